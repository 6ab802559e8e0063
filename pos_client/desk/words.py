"""What the desk says when a rule of its own stops an act."""

from pos_client.errors import Words

UNKNOWN_ITEM = Words(
    "S-ITEM",
    "目录里没有“{typed}”，没有加入费用。请核对条码、编码或简码。",
    "The catalogue has no “{typed}”, so it was not added to the bill. Check the bar code, the code or the initials.",
)
AMBIGUOUS_ITEM = Words(
    "S-ITEMS",
    "“{typed}”不止一种：{found}。没有加入费用，请输编码选定一种。",
    "“{typed}” fits several items: {found}. Nothing was added; choose one by its code.",
)
QUANTITY_NOT_POSITIVE = Words(
    "S-QTY",
    "{name} 的数量是 {quantity}，必须大于零，没有收费。退药请按 F9 退费。",
    "The quantity of {name} is {quantity} but must be above zero; nothing was charged. To take goods back press F9.",
)
CONSENT_MISSING = Words(
    "S-CONSENT",
    "目录外自费项目要先签知情同意书：{names}。没有收费。签好后选中该行按 F7，或按 Del 去掉。",
    "Own-expense items need a signed consent first: {names}. Nothing was charged. When it is signed press F7 on "
    "the line, or Del removes it.",
)
NOTHING_TO_SELL = Words(
    "S-EMPTY",
    "费用里没有项目，没有收费。请先扫码或输入编码。",
    "There is nothing on the bill, so nothing was charged. Scan a code or type one first.",
)
TENDER_TOO_SMALL = Words(
    "S-TENDER",
    "应收现金 {due} 元，只收到 {tendered} 元，还差 {short} 元，没有收费。请收足后再按 F8。",
    "{due} yuan are due in cash, {tendered} were tendered, {short} are missing; nothing was charged. Collect the "
    "rest, then F8.",
)
OTHER_PERSON = Words(
    "S-PERSON",
    "卡上的证件号码和医保中心登记的不一致，没有收费。请核对卡和本人；确为本人，请到医保经办机构更正。",
    "The ID number on the card is not the bureau's; nothing was charged. Compare card and person; the bureau "
    "must correct its record.",
)
NO_SUCH_SALE = Words(
    "S-NOSALE",
    "没有 {id} 这一笔，什么也没有撤销。请核对小票上的单号，或按 F4 查找。",
    "There is no bill {id}, so nothing was voided. Check the number on the slip, or find it with F4.",
)
CANNOT_VOID = Words(
    "S-VOID",
    "{id} 这一笔现在是“{state}”，不能撤销，什么也没有改变。{next}",
    "Bill {id} is now “{state}” and cannot be voided; nothing was changed. {next}",
)
NO_CHANGE_FOR = Words(
    "S-CHANGE",
    "应收 {due} 元，非现金（含押金）收了 {paid} 元，多收的不能找现金，没有结算。请把多收的原路退回，再结算。",
    "{due} yuan are due but {paid} were paid without cash (deposit included), and that gives no change; nothing "
    "was settled. Return the excess the way it came and settle again.",
)
TENDER_HANDED_BACK = Words(
    "R-{transaction}",
    "医保中心拒绝：{said}。没有入账，{money_zh}；按提示处理，或改为自费。",
    "The bureau refused: {said}. Nothing was booked; {money_en}, then act on what it says or charge as own expense.",
)
NOT_SENT_HAND_BACK = Words(
    "N-SEND",
    "连不上医保前置机，这一笔没有发出，没有入账；{money_zh}，稍后再结算。",
    "The front-end server cannot be reached; this bill was not sent and not booked; {money_en}, and settle again "
    "later.",
)
STOPPED_HAND_BACK = Words(
    "N-UNSENT",
    "您按了 Esc，这一笔还没有发出，没有入账；{money_zh}。要结算请再按 F8。",
    "You pressed Esc before this bill was sent, so nothing was booked; {money_en}. F8 settles it again.",
)
SLIP_NOT_WRITTEN = Words(
    "S-SLIP",
    "{id} 已经入账，但小票写不进 {folder}（{why}）。不要重复收费；请叫信息科，修好后可以补打。",
    "{id} is booked, but its slip could not be written to {folder} ({why}). Do not charge again; call IT, the "
    "slip can be printed later.",
)
OUTCOME_NOT_WRITTEN = Words(
    "U-DISK",
    "{id} 医保中心可能已经办成，但结果写不进本机磁盘，按“结果未知”处理。不要重复办理，收下的钱先放着；请信息科修"
    "好磁盘，重新启动后程序会自动查清。",
    "The bureau may have done {id}, but the outcome could not be written to this disk, so it is unknown. Do not "
    "do it again, keep its money apart; call IT to mend the disk. After a new start the program finds out.",
)
VISIT_BLOCKED = Words(
    "S-BLOCKED",
    "这次就诊的{what}（{id}）从 {since} 起结果未知：{asking}。这一步没有做，查清之前不能继续；系统正在查询，请先"
    "服务其他人。",
    "The outcome of this visit's {what} ({id}) is unknown since {since}: {asking}. This step was not done; until "
    "it is known the visit cannot go on. Serve others meanwhile.",
)
NO_SUCH_VISIT = Words(
    "S-NOVISIT",
    "没有 {id} 这次就诊或住院，这一步没有做。请核对登记的单号。",
    "There is no visit or stay {id}, so this step was not done. Check its number.",
)
VISIT_STATE_WRONG = Words(
    "S-VISIT",
    "{id} 这次就诊或住院现在是“{state}”，不能{act}，什么也没有改变。{next}",
    "Visit or stay {id} is now “{state}”, so this cannot be done: {act}. Nothing was changed. {next}",
)
NOTHING_TO_SETTLE = Words(
    "S-NOCHARGES",
    "{id} 没有未结算的费用，没有试算，没有收费。请先录入费用；已结算的不用再结。",
    "{id} has no unsettled charges, so nothing was tried or charged. Enter charges first; what is settled needs "
    "nothing more.",
)
NOT_UNKNOWN = Words(
    "S-KNOWN",
    "{id} 这一笔的结果已经清楚：{state}；没有登记“参保人已离开”。{next}",
    "The outcome of {id} is known: {state}; it was not noted that the customer left. {next}",
)
NOTHING_TO_COLLECT = Words(
    "S-COLLECT",
    "{id} 没有 {amount} 元待补收，什么也没有登记。请按 F11 在待办里核对金额。",
    "No {amount} yuan are to be collected for {id}, so nothing was noted. Check the amount in the tasks (F11).",
)
NO_DEPOSIT_LEFT = Words(
    "S-DEPOSIT",
    "{id} 的押金只剩 {held} 元可用，不够 {asked} 元，什么也没有登记，没有收费。请按剩下的金额办理。",
    "Of the deposit of {id} only {held} yuan are left, not {asked}; nothing was noted or charged. Use what is left.",
)
NO_SUCH_TASK = Words(
    "S-NOTASK",
    "没有待办 {number}，可能已经办完，什么也没有登记。请按 F11 看待办。",
    "There is no open task {number}, it may be done already; nothing was noted. F11 shows the tasks.",
)
NOT_OFFLINE_HERE = Words(
    "S-OFFLINE",
    "本统筹区没有允许离线暂结的文件，没有收费。请收全款并开收据，由参保人联网后凭据报销；或等联网。",
    "This region has no document that allows settling offline, so nothing was charged. Collect in full with a "
    "receipt to claim on later, or wait for the network.",
)
BUREAU_IS_THERE = Words(
    "S-ONLINE",
    "医保前置机能连上，不能离线暂结，没有收费。请按 F5 试算，再正常收款。",
    "The front-end server can be reached, so nothing is settled offline; nothing was charged. F5 tries the bill, "
    "then collect as usual.",
)
PERSON_NOT_KNOWN = Words(
    "S-PERSON-OLD",
    "本窗口 {days} 天内没有查过这位参保人的待遇，不能离线暂结，没有收费。请按自费收费，或等联网。",
    "This desk has not asked about this person within {days} d, so it cannot settle offline; nothing was "
    "charged. Charge as own expense or wait for the network.",
)
CARD_WANTED_OFFLINE = Words(
    "S-OFFLINE-CARD",
    "离线暂结要插社保卡，没有收费。请插卡重新识别；没有卡的按自费收费，或等联网。",
    "Settling offline needs the card; nothing was charged. Insert it; without it charge as own expense or wait "
    "for the network.",
)
CANNOT_SPLIT_OFFLINE = Words(
    "S-ESTIMATE",
    "本机算不清这一笔（原因见说明），不能离线暂结，没有收费。请按自费收费，或等联网。",
    "This bill cannot be computed here (the sentences say why), so not settled offline; nothing was charged. "
    "Charge as own expense or wait for the network.",
)
OFFLINE_LIMIT = Words(
    "S-LIMIT",
    "超过离线暂结的限额（{why}；依据 {document}），没有收费。请按自费收费，或等联网。",
    "Beyond the limits of settling offline ({why}; by {document}); nothing was charged. Charge as own expense or "
    "wait for the network.",
)
