"""What the window says of everything that a person has to do: what it is, since when, the one thing to do."""

from pos_client.desk.todo_view import Act
from pos_client.offline.tasks import TaskKind
from pos_client.phrase import Phrase

#: The title of a task, its second line, and the sentence in the message line.
TITLES = {
    TaskKind.COLLECT: Phrase("医保结算比试算多，要补收", "Settled for more than tried: collect"),
    TaskKind.GIVE_BACK: Phrase("离线暂结多收，要退还", "Too much taken offline: give back"),
    TaskKind.CANNOT_RESOLVE: Phrase("医保中心查不到也撤不掉", "The bureau neither shows nor undoes it"),
    TaskKind.LEFT_BUT_SETTLED: Phrase("参保人已离开，医保中心不肯撤销", "Customer left, the void was refused"),
    TaskKind.LOSS: Phrase("离线暂结后被医保中心拒绝", "Settled offline, refused by the bureau"),
    TaskKind.TOTALS_DIFFER: Phrase("与医保中心对总账不平", "Totals differ from the bureau's"),
    TaskKind.TOTALS_MISSING: Phrase("缺其他窗口的日汇总，没有对账", "Other desks' totals missing, not compared"),
    TaskKind.TELL: Phrase("结果查清了，告诉参保人", "Outcome known: tell the customer"),
    TaskKind.RESTORED: Phrase("数据库从备份恢复，已停止收费", "Restored from a backup: no money is taken"),
}
#: By what became of it (``desk.known_later``).
TELL_TITLES = {
    "settled": Phrase("查清了：已入账，告诉参保人", "Known: booked, tell the customer"),
    "not_settled": Phrase("查清了：没有入账，告诉参保人", "Known: not booked, tell the customer"),
    "taken_back": Phrase("查清了：已撤销，告诉参保人", "Known: voided, tell the customer"),
    "voided": Phrase("查清了：退费已办成，告诉参保人", "Known: refund done, tell the customer"),
    "not_voided": Phrase("查清了：退费没有办成", "Known: the refund was not done"),
}
SENTENCES = {
    TaskKind.COLLECT: Phrase(
        "少收 {money} 元。向参保人补收后按回车登记；收不到的，到 F4 查出这一笔撤销。",
        "{money} yuan are missing. Collect them, then Enter; or find the bill with F4 and void it.",
    ),
    TaskKind.GIVE_BACK: Phrase(
        "多收 {money} 元。请退还参保人，再按回车登记。", "{money} yuan too much. Give them back, then press Enter."
    ),
    TaskKind.CANNOT_RESOLVE: Phrase(
        "{said}。请带报文号问医保中心，不要重复收费；问清后按回车写明。",
        "{said}. Ask the bureau with the message number, do not charge again; then Enter and say how.",
    ),
    TaskKind.LEFT_BUT_SETTLED: Phrase(
        "{said}。请带报文号联系医保中心撤销；办妥后按回车写明。",
        "{said}. Have the bureau void the message; then Enter and say how.",
    ),
    TaskKind.LOSS: Phrase(
        "{said}。这笔钱由本机构承担，请负责人决定，按回车写明。",
        "{said}. The institution bears it; a supervisor decides, then Enter and say how.",
    ),
    TaskKind.TOTALS_DIFFER: Phrase(
        "{said}。请向医保中心要当天明细核对；核清后按回车写明。",
        "{said}. Ask the bureau for that day's details; then Enter and say how.",
    ),
    TaskKind.TOTALS_MISSING: Phrase(
        "只有窗口 {desks} 的汇总，应有 {wanted} 个窗口。请在其余窗口日结；不用再对的按回车写明。",
        "Only desks {desks} of {wanted} laid out totals. Close the day there; else Enter and say why.",
    ),
    TaskKind.RESTORED: Phrase(
        "恢复以后的账可能缺失。请负责人与医保中心核对，按回车写明后恢复收费。",
        "What came after may be missing. A supervisor compares with the bureau, then Enter to take money again.",
    ),
}
SIGNS = {
    TaskKind.COLLECT: "look",
    TaskKind.GIVE_BACK: "look",
    TaskKind.TOTALS_MISSING: "note",
    TaskKind.TELL: "look",
}
ACTS = {
    Act.ASK: Phrase("再问一次", "Ask again"),
    Act.TOLD: Phrase("已告知，办妥", "Told and done"),
    Act.COLLECT: Phrase("补收 {money}", "Collect {money}"),
    Act.GIVE_BACK: Phrase("退还 {money}", "Give back {money}"),
    Act.SEND: Phrase("现在上传", "Send now"),
    Act.FINISH: Phrase("写明并办结", "Say how and finish"),
    Act.ACCEPT: Phrase("写明并恢复收费", "Say why and accept"),
    Act.SEEN: Phrase("看过了，写明", "Looked at, say how"),
}
#: What a supervisor is asked to allow.
AUTHORITY = Phrase("办结待办：{title}", "finish: {title}")

UNKNOWN = Phrase("结果未知，参保人等答复", "Outcome unknown, the customer waits")
UNKNOWN_LEFT = Phrase("结果未知，参保人已离开", "Outcome unknown, the customer left")
UNKNOWN_OTHER = Phrase("{kind}：结果未知", "{kind}: outcome unknown")
UNKNOWN_SAYS = Phrase(
    "系统正在查询，不要重复收费。按回车现在就问一次；查清后告诉参保人。",
    "It is being asked; do not charge again. Enter asks now; tell the customer when it is known.",
)
UNKNOWN_LEFT_SAYS = Phrase(
    "钱已退还。查到已入账会自动撤销；按回车现在就问一次。",
    "The money went back. Found booked, it is voided by itself; Enter asks now.",
)
UNKNOWN_OTHER_SAYS = Phrase(
    "系统正在查询，查清之前这次就诊不能继续。按回车现在就问一次。",
    "It is being asked; until it is known the visit cannot go on. Enter asks now.",
)
WAITING = Phrase("离线暂结，等待上传", "Settled offline, waiting to be sent")
WAITING_FIRST = Phrase("{count} 笔，最早 {at}", "{count}, the first of {at}")
WAITING_SECOND = Phrase("联网后自动上传", "sent by itself once online")
WAITING_SAYS = Phrase(
    "这些已按离线暂结收讫，联网后自动上传。按回车现在就试一次。",
    "They are settled offline and sent by themselves once online. Enter tries now.",
)
DIFFERENCES = Phrase("{day} 有 {count} 笔与医保中心相差", "{day}: differing from the bureau's: {count}")
DIFFERENCES_SECOND = Phrase("以医保中心为准；账已平", "the bureau's figures stand")
DIFFERENCES_SAYS = Phrase(
    "右边是医保中心和本机各算多少。请核对后报医保中心，按回车写明。",
    "At the right: the bureau's figures and ours. Check and report them, then Enter and say how.",
)
ASKED = Phrase("{at} {means}，已问 {count} 次", "{at} {means}, asked {count}×")
ASKED_NO_MONEY = Phrase("{at}，已问 {count} 次", "{at}, asked {count}×")
SLIP_AND_NEXT = Phrase("待确认单 {id}；{asking}", "slip {id}; {asking}")
SINCE = Phrase("{who} {at}", "{who} {at}")
OF_BILL = Phrase("单号 {id}", "bill {id}")

TOTAL = Phrase("合计", "Total")
FUNDS = Phrase("基金", "Funds")
ACCOUNT = Phrase("账户", "Account")
CASH = Phrase("现金", "Cash")
COUNT = Phrase("笔数", "Count")
BILL = Phrase("单号", "Bill")
MESSAGE = Phrase("报文号", "Message")
WHEN = Phrase("时间", "At")
LAID_DOWN = Phrase("已收{means}", "Taken, {means}")
ASKED_TIMES = Phrase("已问", "Asked")
TIMES = Phrase("{count} 次", "{count}×")
NEXT = Phrase("下次再问", "Next try")
TO_COLLECT = Phrase("要补收", "To collect")
TO_GIVE_BACK = Phrase("要退还", "To give back")
BUREAU_SAYS = Phrase("医保中心", "Bureau")
MORE = Phrase("还有 {count} 项", "{count} more")

COLLECTED = Phrase("已登记补收 {money} 元（{means}）。", "{money} yuan noted as collected ({means}).")
GIVEN_BACK = Phrase("已登记退还 {money} 元现金。", "{money} yuan noted as given back in cash.")
DONE = Phrase("已办结：{title}。", "Done: {title}.")
TOLD = Phrase("已登记告知参保人。", "Noted: the customer was told.")
SENDING = Phrase("正在上传和查询，结果会自动显示。", "Sending and asking; the outcome will show.")
SENDING_ALREADY = Phrase("系统正在上传和查询，结果会自动显示。", "It is sending already; the outcome will show.")
