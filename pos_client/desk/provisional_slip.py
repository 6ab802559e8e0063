"""The slip of a provisional settlement: says in its title and its notices that the bureau has not agreed yet."""

from collections.abc import Sequence

from pos_client.benefit import Split
from pos_client.desk.cart import CartLine
from pos_client.desk.identify import Identified
from pos_client.desk.masking import masked_name
from pos_client.desk.slip import NOT_A_FISCAL_BILL, Slip, slip_line
from pos_client.desk.station import Office
from pos_client.offline.journal import Message
from pos_client.runtime import shanghai


def provisional_slip(
    office: Office,
    message: Message,
    cart: Sequence[CartLine],
    split: Split,
    tendered_fen: int,
    identified: Identified,
) -> Slip:
    """The slip; every amount on it is our own estimate."""
    return Slip(
        training=office.settings.mode == "training",
        institution=office.settings.text("institution.name"),
        title="离线暂结单（医保中心尚未确认）",
        number=message.id,
        at=shanghai(message.created_at).strftime("%Y-%m-%d %H:%M:%S"),
        who=((masked_name(identified.person.name), ""),),
        lines=tuple(slip_line(line) for line in cart),
        sentences=(f"依据：{office.region.offline.document}。联网后以医保中心结算为准，多退少补。",),
        slices=(),
        sums=(
            ("合计", split.total_fen),
            ("基金支付（估算）", split.fund_total_fen),
            ("账户支付（估算）", split.account_pay_fen),
            ("现金支付（估算）", split.cash_pay_fen),
            ("实收", tendered_fen),
            ("找零", tendered_fen - split.cash_pay_fen),
        ),
        big=("现金支付", split.cash_pay_fen),
        after=(),
        policy="",
        notices=("凭此单查询医保结算结果。", NOT_A_FISCAL_BILL),
        operator=message.operator,
    )
