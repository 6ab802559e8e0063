"""What a slip says, as data: who, what, why, how much, what is left, by which rules, and what it is not.

A slip is a paper for the patient and therefore Chinese. As data it is masked, because it is also written to a file;
what is printed for the person in front of the counter is rendered from the store.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_client.desk.assess import Assessment
from pos_client.desk.cart import CartLine
from pos_client.desk.masking import masked_name, masked_number
from pos_client.desk.money_words import MEANS
from pos_client.desk.quote import Quote
from pos_client.desk.station import Office
from pos_client.errors import OutcomeUnknown
from pos_client.money import yuan_grouped
from pos_client.offline.journal import Message
from pos_client.offline.money_book import Means, Paid
from pos_client.runtime import shanghai
from pos_client.sync.setlinfo import Booked, BureauFigures

SEX = {"1": "男", "2": "女"}
CLASS = {"A": "甲", "B": "乙", "C": "自费"}
NOT_A_FISCAL_BILL = "本单不是医疗收费电子票据。"


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line of the bill: what, how many at which price, class and first share, amount in fen."""

    name: str
    price_and_quantity: str
    mark: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Slip:
    """The content of one slip; ``big`` is the one amount that must be read across the counter."""

    training: bool
    institution: str
    title: str
    number: str
    at: str
    who: tuple[tuple[str, str], ...]
    lines: tuple[SlipLine, ...]
    sentences: tuple[str, ...]
    slices: tuple[tuple[str, int, str, int], ...]
    sums: tuple[tuple[str, int], ...]
    big: tuple[str, int]
    after: tuple[tuple[str, str], ...]
    policy: str
    notices: tuple[str, ...]
    operator: str


def settled_slip(
    office: Office,
    quoted: Quote,
    message: Message,
    booked: Booked,
    tendered_fen: int,
    change_fen: int,
    elsewhere: Sequence[Paid],
) -> Slip:
    """The slip of a settled sale; every amount on it is the bureau's, the sentences say how it comes about."""
    figures = booked.figures
    return Slip(
        training=office.settings.mode == "training",
        institution=office.settings.text("institution.name"),
        title="医保结算单（药店购药）",
        number=message.id,
        at=booked.settled_at,
        who=_who(quoted),
        lines=tuple(slip_line(line) for line in quoted.cart),
        sentences=_sentences(quoted.assessment, bool(quoted.differences)),
        slices=_slices(quoted.assessment),
        sums=(
            ("合计", figures.total_fen),
            *_funds(figures),
            ("账户支付", figures.account_pay_fen),
            ("现金支付", figures.cash_pay_fen),
            ("实收", tendered_fen),
            ("找零", change_fen),
            *((f"退回{MEANS[paid.means].zh}", paid.amount_fen) for paid in elsewhere),
        ),
        big=("现金支付", figures.cash_pay_fen),
        after=(("个人账户余额", yuan_grouped(figures.account_balance_fen)),),
        policy=_policy(quoted.assessment),
        notices=(f"医保结算号 {booked.settlement_id}", NOT_A_FISCAL_BILL),
        operator=office.settings.text("desk.operator"),
    )


def unknown_slip(office: Office, quoted: Quote, message: Message, tendered_fen: int, problem: OutcomeUnknown) -> Slip:
    """The numbered 待确认 slip: says that money lies here and that nobody knows yet whether the bureau booked."""
    return Slip(
        training=office.settings.mode == "training",
        institution=office.settings.text("institution.name"),
        title="待确认（不是结算单）",
        number=message.id,
        at=shanghai(message.created_at).strftime("%Y-%m-%d %H:%M:%S"),
        who=_who(quoted),
        lines=tuple(slip_line(line) for line in quoted.cart),
        sentences=(problem.sentence("zh"),),
        slices=(),
        sums=(("合计", quoted.purchase.total_fen), ("试算应收现金", quoted.due_fen)),
        big=("已收待确认", tendered_fen),
        after=(),
        policy="",
        notices=("凭此单查询结果；若未入账，已收现金全部退还。", NOT_A_FISCAL_BILL),
        operator=office.settings.text("desk.operator"),
    )


def void_slip(
    office: Office,
    record: dict[str, object],
    message: Message,
    about: str,
    booked: Booked,
    refunds: Sequence[Paid],
) -> Slip:
    """The slip of a void: what went back to whom."""
    figures = booked.figures
    person = record["person"]
    assert isinstance(person, dict)
    return Slip(
        training=office.settings.mode == "training",
        institution=office.settings.text("institution.name"),
        title="医保退费单（撤销结算）",
        number=message.id,
        at=booked.settled_at,
        who=((f"撤销单号 {about}", masked_name(str(person["name"]))),),
        lines=(),
        sentences=(_voided_sentence(about, figures, refunds),),
        slices=(),
        sums=(("合计", figures.total_fen), *_funds(figures), ("账户支付", figures.account_pay_fen)),
        big=("应退现金", sum(paid.amount_fen for paid in refunds if paid.means is Means.CASH)),
        after=(("个人账户余额", yuan_grouped(figures.account_balance_fen)),),
        policy="",
        notices=(f"医保退费结算号 {booked.settlement_id}", NOT_A_FISCAL_BILL),
        operator=office.settings.text("desk.operator"),
    )


def _voided_sentence(about: str, figures: BureauFigures, refunds: Sequence[Paid]) -> str:
    """What went back where; money goes back as it came, that of a stay to its deposit."""
    parts = [f"退回账户 {yuan_grouped(-figures.account_pay_fen)} 元"]
    parts += [f"退{MEANS[paid.means].zh} {yuan_grouped(paid.amount_fen)} 元" for paid in refunds]
    return f"{about} 号结算已全部撤销：{'，'.join(parts)}。"


def _who(quoted: Quote) -> tuple[tuple[str, str], ...]:
    person, credential = quoted.identified.person, quoted.identified.credential
    return (
        (
            f"{masked_name(person.name)} {SEX.get(person.sex, '')}".strip(),
            f"卡 {masked_number(credential.card_number)}",
        ),
        ("", f"证 {masked_number(person.id_number)}"),
    )


def slip_line(line: CartLine) -> SlipLine:
    """One line of the bill as it is printed."""
    item = line.item
    share = f" {item.pre_self_pay_percent}%" if item.pre_self_pay_percent is not None else ""
    return SlipLine(
        name=f"{line.number} {item.name} {item.spec}".rstrip(),
        price_and_quantity=f"{item.unit_price} × {line.quantity} {item.unit}",
        mark=CLASS[item.cls] + share,
        amount_fen=line.amount_fen,
    )


def _sentences(assessment: Assessment, differs: bool) -> tuple[str, ...]:
    if differs:
        return ("本机计算与医保中心不一致，以医保中心为准，差异已登记待核对。",)
    return tuple(sentence.text for sentence in assessment.sentences)


def _slices(assessment: Assessment) -> tuple[tuple[str, int, str, int], ...]:
    split = assessment.settled
    if split is None:
        return ()
    return tuple(
        (f"至 {yuan_grouped(one.to_fen)}", one.to_fen - one.from_fen, f"{one.percent}%", one.pays_fen)
        for one in split.slices
    )


def _funds(figures: BureauFigures) -> tuple[tuple[str, int], ...]:
    """Relief is shown only where it pays, the pool always: a reader looks for it."""
    rows = [("统筹支付", figures.fund_pay_fen.get("pool", 0))]
    other_fen = figures.fund_total_fen - figures.fund_pay_fen.get("pool", 0)
    if other_fen:
        rows.append(("其他基金支付", other_fen))
    return tuple(rows)


def _policy(assessment: Assessment) -> str:
    if assessment.split is None:
        return "本机不能核对这一笔"
    used = assessment.split.policy
    return f"{assessment.policy_title}（{used.valid_from} 起，第 {used.revision} 版）"
