"""What the desk says of bills of the past and of taking them back."""

from pos_client.errors import Words
from pos_client.phrase import Phrase

FUNDS = Phrase("基金支付", "Funds")
KEPT_TOTAL = Phrase("留下的合计", "Kept, total")
KEPT_FUNDS = Phrase("其中基金支付", "of it, funds")
KEPT_ACCOUNT = Phrase("其中账户支付", "of it, account")
KEPT_CASH = Phrase("其中个人支付", "of it, own money")
BACK_CASH = Phrase("退现金", "Cash back")
BACK_MEANS = Phrase("退回{means}", "Back to {means}")
BACK_ACCOUNT = Phrase("退回个人账户", "Back to account")
BACK_FUNDS = Phrase("退回基金", "Back to funds")
MORE_BY_ACCOUNT = Phrase("账户多付", "Account pays more")

HAND_OUT = Phrase("请退现金 {amount} 元", "hand back {amount} yuan in cash")
NO_CASH = Phrase("不用退现金", "no cash to hand back")
SEND_BACK = Phrase("{means} {amount} 元原路退回", "{amount} yuan back by {means}")
SEND_BACK_REFERENCE = Phrase(
    "{means} {amount} 元原路退回（交易号 {reference}）", "{amount} yuan back by {means} (No. {reference})"
)
TO_DEPOSIT = Phrase("押金账上退回 {amount} 元", "{amount} yuan back to the deposit")
TO_ACCOUNT = Phrase("账户已退回 {amount} 元", "{amount} yuan back on the account")
DONE_WHOLE = Phrase("{id} 已撤销：{what}。下一位请插卡。", "{id} is void: {what}. Next person: card.")
DONE_PART = Phrase(
    "{id} 已退一部分，留下的是新单 {new}：{what}。下一位请插卡。",
    "A part of {id} is returned, the new bill is {new}: {what}. Next person: card.",
)

VOID_UNKNOWN = Words(
    "U-VOIDING",
    "{id} 的撤销医保中心办没办成还不知道，系统正在查询。不要退钱，不要再退一次；可先服务下一位。",
    "Whether {id} is voided is not known yet; the bureau is being asked. Hand back nothing, do not void again; "
    "serve the next person.",
)
STILL_SELLING = Words(
    "S-SELLING",
    "手上这张单子还没收完，没有退费，单子还在。请按 Esc 回到单子，F12 挂单，再来退费。",
    "The bill in work is not finished and is kept; nothing was taken back. Esc goes back to it, F12 parks it, "
    "then take back.",
)
