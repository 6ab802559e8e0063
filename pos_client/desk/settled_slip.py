"""The slip of a settled bill, made from the store: at the counter, after a lost answer was found, and again."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pos_client.desk.money_words import MEANS
from pos_client.desk.slip import NOT_A_FISCAL_BILL, Pair, Slip, SlipLine, Sum, headed, slip_line
from pos_client.desk.slip_record import DIFFERS, Explained, explained_of
from pos_client.desk.station import Office
from pos_client.money import fen_of_yuan, yuan_grouped
from pos_client.offline import journal, money_book, settlements
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.settlements import Settlement
from pos_client.offline.store import StoreConnection
from pos_client.sync.conclude import read_reply
from pos_client.sync.envelope import UnreadableError, read_answer
from pos_client.sync.reply import Accepted
from pos_client.sync.setlinfo import BureauFigures

#: What is settled, by the transaction that settles it.
WHAT = {"2102": "药店购药", "2207": "门诊", "2304": "住院"}
LEARNED_LATER = "查询确认后补打"
REPLACES = "replaces"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the store has of a settled message."""

    booked: Settlement
    figures: BureauFigures | None
    record: dict[str, Any]
    money: dict[Entry, int]
    handed_back: tuple[Paid, ...]
    differs: bool
    voided_by: str
    replaced: "_Replaced | None"


@dataclass(frozen=True, slots=True)
class _Replaced:
    """The bill whose kept part was settled anew: its number, that of its void, what was paid, what comes back.

    ``back_fen`` is the money by means, ``items`` are what the customer brought.
    """

    id: str
    void_id: str
    paid_fen: int
    back_fen: dict[Means, int]
    items: tuple[str, ...]


def settled_slip(office: Office, message: Message, *, found_later: bool = False) -> Slip:
    """The slip of a settled message; every amount on it is the bureau's, the sentences say how it comes about."""
    with office.store.read() as connection:
        kept = _read(office, connection, message)
    explained = explained_of(kept.record)
    agrees = not kept.differs and _adds_up(explained, kept.booked)
    what = LEARNED_LATER if found_later else WHAT.get(message.transaction, "")
    slip = replace(
        headed(office, f"医保结算单（{what}）", message, kept.booked.settled_at),
        who=explained.who,
        lines=tuple(kept_line(line) for line in kept.record.get("lines", ())),
        sentences=explained.sentences if agrees else (DIFFERS,),
        slices=explained.slices if agrees else (),
        sums=_sums(kept),
        big=Sum("应收现金", kept.booked.cash_fen),
        after=(*(explained.after if agrees else ()), *_balance(kept.figures)),
        policy=explained.policy,
        notices=(f"医保结算号 {kept.booked.settlement_id}", NOT_A_FISCAL_BILL),
    )
    if kept.voided_by:
        slip = replace(slip, about=f"本单已撤销（撤销单号 {kept.voided_by}）")
    return slip if kept.replaced is None else _of_part(slip, kept.replaced)


def _read(office: Office, connection: StoreConnection, message: Message) -> _Kept:
    booked = settlements.settlement_of(connection, message.id)
    record = settlements.sale_record(connection, message.id)
    assert booked is not None, "what is settled has its figures"
    assert record is not None, "a settlement has its record, both are written in one commit"
    return _Kept(
        booked=booked,
        figures=figures_of(office, connection, message),
        record=record,
        money=money_book.totals_fen(connection, message.id),
        handed_back=tuple(money_book.handed_back(connection, message.id)),
        differs=bool(settlements.differences_of(connection, message.id)),
        voided_by=void_of(connection, message.id),
        replaced=_replaced(connection, message.id, record),
    )


def void_of(connection: StoreConnection, id_: str) -> str:
    """The number of the void that took a settlement back, or nothing."""
    about = journal.messages_about(connection, id_)
    return next((one.id for one in about if one.kind is Kind.VOID and one.state is State.OK), "")


def _replaced(connection: StoreConnection, id_: str, record: dict[str, Any]) -> _Replaced | None:
    old_id = record.get(REPLACES)
    if old_id is None:
        return None
    old = settlements.sale_record(connection, old_id)
    assert old is not None, "what is replaced was a sale"
    void_id = void_of(connection, old_id)
    refunds, receipts = money_book.refunds(connection, void_id), money_book.kept(connection, id_, [])
    back_fen = dict.fromkeys(Means, 0)
    for sign, moved in ((1, refunds), (-1, receipts)):
        for paid in moved:
            back_fen[paid.means] += sign * paid.amount_fen
    return _Replaced(old_id, void_id, sum(paid.amount_fen for paid in refunds), back_fen, _brought_back(old, record))


def _brought_back(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, ...]:
    """What the old bill had more of: items of one code are the same goods."""
    more: dict[str, Decimal] = {}
    for sign, record in ((1, old), (-1, new)):
        for line in record["lines"]:
            more[line["code"]] = more.get(line["code"], Decimal()) + sign * Decimal(line["quantity"])
    named = {line["code"]: f"{line['name']} {line['spec']}".rstrip() for line in old["lines"]}
    return tuple(f"{named[code]} × {quantity}" for code, quantity in more.items() if quantity)


def figures_of(office: Office, connection: StoreConnection, message: Message) -> BureauFigures | None:
    """All the bureau's figures, where its answer was kept; what was found by asking has only its sums."""
    answer = next((one.answer for one in journal.outcomes_of(connection, message.id) if one.state is State.OK), None)
    if answer is None:
        return None
    try:
        booked = read_reply(office.region, message, Accepted(read_answer(answer.encode()))).booked
    except UnreadableError:
        return None
    return None if booked is None else booked.figures


def _adds_up(explained: Explained, booked: Settlement) -> bool:
    """Whether our parts come to what the bureau booked; where there are none, the sentences say why."""
    if not explained.slices:
        return True
    total_fen = sum(row.amount_fen for row in explained.slices)
    fund_fen = sum(row.fund_fen for row in explained.slices)
    return (total_fen, fund_fen) == (booked.total_fen, booked.fund_fen)


def kept_line(line: dict[str, Any]) -> SlipLine:
    """A line of a sale's record as it is printed."""
    return slip_line(
        f"{line['number']} {line['name']} {line['spec']}",
        f"{line['unit_price']} × {line['quantity']} {line.get('unit', '')}",
        line.get("cls", ""),
        line.get("pre_self_pay_percent"),
        fen_of_yuan(line["amount"]),
    )


def _sums(kept: _Kept) -> tuple[Sum, ...]:
    booked, money = kept.booked, kept.money
    short_fen = booked.cash_fen - money[Entry.RECEIPT] - money[Entry.COLLECT]
    return (
        Sum("合计", booked.total_fen),
        *fund_sums(booked.fund_fen, kept.figures),
        Sum("账户支付", booked.account_fen),
        Sum("现金支付", booked.cash_fen),
        Sum("实收", money[Entry.TENDER]),
        *((Sum("补收", money[Entry.COLLECT]),) if money[Entry.COLLECT] else ()),
        Sum("找零", money[Entry.CHANGE]),
        *(Sum(f"退回{MEANS[paid.means].zh}", paid.amount_fen) for paid in kept.handed_back),
        *((Sum("还应补收", short_fen),) if short_fen > 0 else ()),
    )


def fund_sums(fund_fen: int, figures: BureauFigures | None) -> tuple[Sum, ...]:
    """The pool always, because a reader looks for it; other funds where they pay; in one sum where no more is known."""
    if figures is None:
        return (Sum("基金支付合计", fund_fen),)
    pool_fen = figures.fund_pay_fen.get("pool", 0)
    other_fen = fund_fen - pool_fen
    return (Sum("统筹支付", pool_fen), *((Sum("其他基金支付", other_fen),) if other_fen else ()))


def _balance(figures: BureauFigures | None) -> tuple[Pair, ...]:
    return () if figures is None else (Pair("个人账户余额", yuan_grouped(figures.account_balance_fen)),)


def _of_part(slip: Slip, replaced: _Replaced) -> Slip:
    """One paper for the whole act: what was paid before, what is left to pay, what goes back."""
    sums = slip.sums[: next(place for place, one in enumerate(slip.sums) if one.label == "实收")]
    cash_fen = replaced.back_fen[Means.CASH]
    elsewhere = [(means, fen) for means, fen in replaced.back_fen.items() if means is not Means.CASH and fen]
    return replace(
        slip,
        title="医保退费单（部分退货，其余重新结算）",
        about=f"原单号 {replaced.id} 已撤销（撤销单号 {replaced.void_id}）" + (f"；{slip.about}" if slip.about else ""),
        sentences=(f"退回：{'；'.join(replaced.items)}。", *slip.sentences),
        sums=(
            *sums,
            Sum("原单已付", replaced.paid_fen),
            *(Sum(f"退回{MEANS[means].zh}", fen) for means, fen in elsewhere),
        ),
        big=Sum("应退现金", cash_fen) if cash_fen >= 0 else Sum("应补现金", -cash_fen),
    )
