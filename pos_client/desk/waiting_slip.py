"""The papers of what the bureau has not confirmed: the numbered 待确认 slip, and that of a provisional settlement.

Both are made from the store, so that they come out the same when they are printed again.
"""

from dataclasses import replace
from typing import Any

from pos_client.desk.money_words import MEANS
from pos_client.desk.settled_slip import kept_line
from pos_client.desk.slip import NOT_A_FISCAL_BILL, Slip, Sum, headed
from pos_client.desk.slip_record import explained_of
from pos_client.desk.station import Office
from pos_client.offline import money_book, settlements
from pos_client.offline.journal import Message
from pos_client.offline.money_book import Entry
from pos_client.runtime import shanghai


def unknown_slip(office: Office, message: Message) -> Slip:
    """The slip of a settlement of unknown outcome: money lies here, and nobody knows yet whether the bureau booked."""
    with office.store.read() as connection:
        record = settlements.sale_record(connection, message.id) or {}
        laid_down = money_book.open_tender(connection, message.id)
    tendered_fen = sum(paid.amount_fen for paid in laid_down)
    return replace(
        _slip(office, message, "待确认（不是结算单）", record),
        sentences=("医保中心没有明确回答，这一笔是否入账还不知道，正在查询。查清之前不会重复收费。",),
        sums=(
            Sum("合计", message.amount_fen),
            Sum("试算应收现金", _shown_fen(record, "cash")),
            *(Sum(f"已收{MEANS[paid.means].zh}", paid.amount_fen) for paid in laid_down),
        ),
        big=Sum("已收待确认", tendered_fen),
        notices=("凭此单查询结果；若未入账，已收的钱全部退还。", NOT_A_FISCAL_BILL),
    )


def provisional_slip(office: Office, message: Message) -> Slip:
    """The slip of a provisional settlement; every amount on it is our own estimate."""
    with office.store.read() as connection:
        record = settlements.sale_record(connection, message.id) or {}
        total = money_book.totals_fen(connection, message.id)
    cash_fen = _shown_fen(record, "cash")
    return replace(
        _slip(office, message, "离线暂结单（医保中心尚未确认）", record),
        sentences=(f"依据：{office.region.offline.document}。联网后以医保中心结算为准，多退少补。",),
        slices=explained_of(record).slices,
        sums=(
            Sum("合计", message.amount_fen),
            Sum("基金支付（估算）", _shown_fen(record, "fund_total")),
            Sum("账户支付（估算）", _shown_fen(record, "account")),
            Sum("现金支付（估算）", cash_fen),
            Sum("实收", total[Entry.TENDER]),
            Sum("找零", total[Entry.CHANGE]),
        ),
        big=Sum("应收现金", cash_fen),
        notices=("凭此单查询医保结算结果。", NOT_A_FISCAL_BILL),
    )


def _slip(office: Office, message: Message, title: str, record: dict[str, Any]) -> Slip:
    at = shanghai(message.created_at).strftime("%Y-%m-%d %H:%M:%S")
    return replace(
        headed(office, title, message, at),
        who=explained_of(record).who,
        lines=tuple(kept_line(line) for line in record.get("lines", ())),
    )


def _shown_fen(record: dict[str, Any], figure: str) -> int:
    return int(record.get("trial_fen", {}).get(figure, 0))
