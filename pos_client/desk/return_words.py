"""What the desk says when a part of a sale is returned."""

from pos_client.errors import Words

NOT_IN_PARTS = Words(
    "S-PARTKIND",
    "{id} 是门诊或住院的结算，不能只退一部分，什么也没有改变。请整笔撤销，再改费用重新结算。",
    "{id} settles a visit or stay, so no part of it can be returned; nothing was changed. Void it as a whole, "
    "change the charges and settle again.",
)
WRONG_PART = Words(
    "S-PART",
    "{id} 第 {line} 行最多留 {sold}，写的是 {kept}；什么也没有改变。请改成 0 到 {sold} 之间的数量。",
    "Of line {line} of {id} at most {sold} can be kept, not {kept}; nothing was changed. Enter a quantity from 0 to "
    "{sold}.",
)
NOTHING_RETURNED = Words(
    "S-PARTNONE",
    "{id} 没有一行要退，什么也没有改变。请先输入退回几个。",
    "No line of {id} comes back, so nothing was changed. Type first how many come back.",
)
ALL_RETURNED = Words(
    "S-PARTALL",
    "{id} 一行也不留，就是整单退，什么也没有改变。请按 A 改为整单退。",
    "Nothing of {id} is kept, so nothing was changed. Take back the whole bill (A).",
)
PERSON_WANTED = Words(
    "S-PARTPERSON",
    "{id} 是另一位参保人的，什么也没有改变。退一部分要重新结算其余的，请插本人的卡。",
    "{id} is another person's bill; nothing was changed. The rest is settled anew, so insert that person's card.",
)
VOID_UNKNOWN = Words(
    "U-PARTVOID",
    "{id} 的撤销医保中心办没办成还不知道，系统正在查询。不要退钱，留下的 {count} 项先不要收费；查到已撤销，应退的"
    "自动登记，再收这几项。",
    "Whether {id} is voided is not known yet; the bureau is being asked. Pay nothing back and do not charge what "
    "is kept (lines: {count}); once it is void, the refund is noted and they are charged anew.",
)
REST_NOT_SETTLED = Words(
    "S-PARTLEFT",
    "{id} 已整笔撤销（{void}），原来收的 {paid} 元全部退还；留下的 {count} 项没有结算，请另收一次。原因：{why}",
    "{id} is void as a whole ({void}); pay all {paid} yuan back. What is kept (lines: {count}) is not settled: "
    "charge it as a new bill. Reason: {why}",
)
REST_UNKNOWN = Words(
    "U-PART",
    "{id} 已整笔撤销（{void}），应退 {back} 元。留下的 {count} 项是否入账还不知道，为它留的 {tendered} 元先放着，"
    "不要重复收费；可先服务下一位。",
    "{id} is void as a whole ({void}); pay back {back} yuan. Whether what is kept (lines: {count}) is booked is "
    "unknown: keep its {tendered} yuan apart, do not charge again; serve the next person.",
)
