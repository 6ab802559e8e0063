"""What the window says while the outcome of a settlement is unknown."""

from pos_client.phrase import Phrase

SENT = Phrase("结算请求已发出，本机已存底", "sent, and kept on this machine")
WAITED = Phrase("等了 {seconds} 秒，没有回答", "no answer after {seconds} s")
UNCLEAR = Phrase("没有得到明确的回答", "no clear answer")
STOPPED = Phrase("按了 Esc，没有再等", "Esc: not waited for")
INTERRUPTED = Phrase("程序中断，没有等到回答", "the program ended before the answer")
NOW = Phrase("现在", "now")
QUESTION = Phrase(
    "问：这一笔结算入账了没有？{counts} 之前查不到，不算没有入账",
    "Asking: is it booked? Before {counts} “not found” does not count",
)
QUESTION_COUNTS = Phrase("问：这一笔结算入账了没有？", "Asking: is it booked?")
LEFT = Phrase("参保人已离开，钱已退还", "customer left, money handed back")
BOOKED_LEFT = Phrase("已入账，正在自动撤销", "booked; it is being voided")
KNOWN = Phrase("查清了：{what}", "Known: {what}")
IS_BOOKED = Phrase("已入账", "booked")
IS_NOT_BOOKED = Phrase("没有入账", "not booked")
IS_TAKEN_BACK = Phrase("已入账，已自动撤销", "booked and voided")

IF_BOOKED = Phrase("查到已入账", "If booked")
IF_NOT_BOOKED = Phrase("确认没有入账", "If not booked")
FINISH = Phrase("补打单据，这一笔完成", "print the slip; done")
VOID = Phrase("系统自动撤销，账户退回", "it is voided by itself, the account gets its money back")
HAND_BACK = Phrase("退还{means}，账户没有动", "hand back {means}; the account is untouched")
NO_MONEY = Phrase("没有收过钱，账户没有动", "no money was taken; the account is untouched")
NOTHING_TO_DO = Phrase("钱已退还，不用再做", "the money went back; nothing to do")

HANDED_BACK = Phrase(
    "已登记参保人离开。请退还{means}；查到已入账会自动撤销。",
    "Noted: the customer left. Hand back {means}; found booked, it will be voided.",
)
LEFT_NOTED = Phrase(
    "已登记参保人离开，没有要退的钱；查到已入账会自动撤销。",
    "Noted: the customer left, nothing to hand back; found booked, it will be voided.",
)
FUNDS = Phrase("基金支付", "Funds")
