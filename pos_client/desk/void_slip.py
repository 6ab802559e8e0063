"""The slip of a void, made from the store: what went back to whom, and which bill it took back."""

from collections.abc import Sequence
from dataclasses import replace

from pos_client.desk.money_words import MEANS
from pos_client.desk.settled_slip import figures_of, fund_sums
from pos_client.desk.slip import NOT_A_FISCAL_BILL, Pair, Slip, Sum, headed
from pos_client.desk.slip_record import explained_of
from pos_client.desk.station import Office
from pos_client.money import yuan_grouped
from pos_client.offline import money_book, settlements
from pos_client.offline.journal import Message
from pos_client.offline.money_book import Means, Paid


def void_slip(office: Office, message: Message) -> Slip:
    """The slip of a void that is booked."""
    assert message.about is not None, "a void is about a settlement"
    with office.store.read() as connection:
        booked = settlements.settlement_of(connection, message.id)
        record = settlements.sale_record(connection, message.about)
        figures = figures_of(office, connection, message)
        refunds = money_book.refunds(connection, message.id)
    assert booked is not None, "a void that is OK has its figures"
    assert record is not None, "a settlement has its record, both are written in one commit"
    balance = () if figures is None else (Pair("个人账户余额", yuan_grouped(figures.account_balance_fen)),)
    return replace(
        headed(office, "医保退费单（撤销结算）", message, booked.settled_at),
        about=f"撤销单号 {message.about}",
        who=explained_of(record).who,
        sentences=(_sentence(message.about, booked.account_fen, refunds),),
        sums=(
            Sum("合计", booked.total_fen),
            *fund_sums(booked.fund_fen, figures),
            Sum("账户支付", booked.account_fen),
            Sum("现金支付", booked.cash_fen),
        ),
        big=Sum("应退现金", sum(paid.amount_fen for paid in refunds if paid.means is Means.CASH)),
        after=balance,
        notices=(f"医保退费结算号 {booked.settlement_id}", NOT_A_FISCAL_BILL),
    )


def _sentence(about: str, account_fen: int, refunds: Sequence[Paid]) -> str:
    """What went back where; money goes back as it came, that of a stay to its deposit."""
    parts = [f"退回账户 {yuan_grouped(-account_fen)} 元"]
    parts += [f"退{MEANS[paid.means].zh} {yuan_grouped(paid.amount_fen)} 元" for paid in refunds]
    return f"{about} 号结算已全部撤销：{'，'.join(parts)}。"
