"""What a message does, and how finding out about it stands, in words."""

from pos_client.offline.journal import Kind
from pos_client.phrase import Phrase
from pos_client.sync.attempts import Result

KINDS = {
    Kind.REGISTER: Phrase("门诊挂号", "registration"),
    Kind.UNREGISTER: Phrase("退号", "registration taken back"),
    Kind.DESCRIBE: Phrase("诊断上传", "diagnoses"),
    Kind.CHARGE: Phrase("费用上传", "charges"),
    Kind.WITHDRAW: Phrase("费用撤销", "charges withdrawn"),
    Kind.ADMIT: Phrase("入院登记", "admission"),
    Kind.UNADMIT: Phrase("撤销入院", "admission taken back"),
    Kind.CHANGE: Phrase("住院信息变更", "change of a stay"),
    Kind.DISCHARGE: Phrase("出院登记", "discharge"),
    Kind.UNDISCHARGE: Phrase("撤销出院", "discharge taken back"),
    Kind.SETTLE: Phrase("结算", "settlement"),
    Kind.VOID: Phrase("撤销结算", "void"),
    Kind.REVERSAL: Phrase("冲正", "reversal"),
    Kind.REPEAT: Phrase("重发", "sent again"),
}
#: What the last attempt to find out came to; empty before the first.
ASKING = {
    "": Phrase("还没有查询", "not asked yet"),
    Result.TOO_EARLY: Phrase("医保中心暂时查不到，可能还在处理", "not found yet, it may still be on its way"),
    Result.UNREACHABLE: Phrase("问过了，医保中心没有答复", "asked, the bureau has not answered"),
    Result.REFUSED: Phrase(
        "医保中心查不到也撤不掉，请负责人问医保中心", "the bureau neither shows nor undoes it, a supervisor must ask"
    ),
}
