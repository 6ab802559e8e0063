"""What became of a bill and what it was for, in words."""

from pos_client.offline.settlements import SettlementState
from pos_client.phrase import Phrase

BILL_STATES = {
    SettlementState.DRAFT: Phrase("未结算", "not settled"),
    SettlementState.PROVISIONAL: Phrase("离线暂结，待上传", "settled offline, waiting to be sent"),
    SettlementState.PENDING: Phrase("正在结算", "being settled"),
    SettlementState.SETTLED: Phrase("已结算", "settled"),
    SettlementState.REFUSED: Phrase("没有入账", "not booked"),
    SettlementState.UNKNOWN: Phrase("结果未知", "unknown"),
    SettlementState.VOIDING: Phrase("撤销未知", "void unknown"),
    SettlementState.VOIDED: Phrase("已撤销", "void"),
}
#: By the transaction that settles.
BILL_KINDS = {
    "2102": Phrase("购药", "purchase"),
    "2207": Phrase("门诊", "outpatient"),
    "2304": Phrase("住院", "inpatient"),
}
