"""What the desk says when a part of a sale is returned."""

from pos_client.errors import Words

NOT_IN_PARTS = Words(
    "S-PARTKIND",
    "{id} 不是药店购药的结算，不能退其中一部分，什么也没有改变。请整笔撤销，或在就诊、住院里撤销费用。",
    "{id} is not a sale over the counter, so no part of it can be returned; nothing was changed. Void it as a whole, "
    "or withdraw the charges of its visit or stay.",
)
WRONG_PART = Words(
    "S-PART",
    "{id} 第 {line} 行最多留 {sold}，写的是 {kept}；什么也没有改变。请改成 0 到 {sold} 之间的数量。",
    "Of line {line} of {id} at most {sold} can be kept, not {kept}; nothing was changed. Enter a quantity from 0 to "
    "{sold}.",
)
NOTHING_RETURNED = Words(
    "S-PARTNONE",
    "{id} 没有一行减少，没有要退的，什么也没有改变。请先减少要退的行的数量。",
    "No line of {id} was made less, so there is nothing to return and nothing was changed. Lower the quantity of what "
    "comes back first.",
)
ALL_RETURNED = Words(
    "S-PARTALL",
    "{id} 一行也不留，这是整笔退费，什么也没有改变。请用整笔撤销。",
    "Nothing of {id} is kept, so nothing was changed here. Void the whole sale instead.",
)
PERSON_WANTED = Words(
    "S-PARTPERSON",
    "{id} 是另一位参保人的结算，什么也没有改变。退一部分要把其余的重新结算，请本人到场重新刷卡。",
    "{id} is the bill of another person, so nothing was changed. The rest must be settled anew: the person has to be "
    "here with the card.",
)
VOID_UNKNOWN = Words(
    "U-PARTVOID",
    "{id} 的撤销医保中心是否办成还不知道，系统正在查询。现在不退钱，留下的也先不要重新收费；"
    "查到已撤销后，应退的自动登记，再把留下的 {count} 项重新收费。",
    "Whether the bureau has voided {id} is not known yet, the program is asking. Pay nothing back and do not charge "
    "what is kept; once it is found void, the refund is noted by itself and the {count} lines kept are charged anew.",
)
REST_NOT_SETTLED = Words(
    "S-PARTLEFT",
    "{id} 已整笔撤销（{void}），原来收的 {paid} 元都要退还；留下的 {count} 项没有重新结算，请作为新的费用再收一次。"
    "原因：{why}",
    "{id} is void as a whole ({void}) and all of the {paid} yuan are to be paid back; the {count} lines kept are not "
    "settled, charge them as a new bill. The reason: {why}",
)
REST_UNKNOWN = Words(
    "U-PART",
    "{id} 已整笔撤销（{void}），应退 {back} 元；留下的 {count} 项重新结算是否入账还不知道，为它留下的 {tendered} 元先"
    "不要动，不要重复收费。系统正在查询，可先服务下一位。",
    "{id} is void as a whole ({void}); pay back {back} yuan. Whether the {count} lines kept are settled is not known "
    "yet: leave the {tendered} yuan for them aside and do not charge again. The program is asking; serve the next "
    "person.",
)
