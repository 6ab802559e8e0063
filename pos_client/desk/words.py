"""What the desk says when a rule of its own stops an act."""

from pos_client.errors import Words

UNKNOWN_ITEM = Words(
    "S-ITEM",
    "目录里没有“{typed}”，没有加入费用。请核对条码、编码或简码。",
    "The catalogue has no “{typed}”, so it was not added to the bill. Check the bar code, the code or the initials.",
)
AMBIGUOUS_ITEM = Words(
    "S-ITEMS",
    "“{typed}”不止一种：{found}。没有加入费用，请用编码选定一种。",
    "“{typed}” may be several items: {found}. Nothing was added to the bill; choose one by its code.",
)
QUANTITY_NOT_POSITIVE = Words(
    "S-QTY",
    "{name} 的数量是 {quantity}，销售数量必须大于零，没有收费。退药请用撤销（void），再按剩下的重新收费。",
    "The quantity of {name} is {quantity}; a sale wants more than zero, so nothing was charged. To take something "
    "back, void the sale and charge what is left.",
)
CONSENT_MISSING = Words(
    "S-CONSENT",
    "目录外自费项目要先征得参保人同意：{names}。没有收费。请签知情同意书后记下（F7，命令行 --consent），或去掉这一项。",
    "Items outside the insurance want the person's consent first: {names}. Nothing was charged. Have the form signed "
    "(F7, or --consent), or leave the item out.",
)
NOTHING_TO_SELL = Words(
    "S-EMPTY",
    "费用里没有项目，没有收费。请先扫码或输入编码。",
    "There is nothing on the bill, so nothing was charged. Scan a code or type one first.",
)
TENDER_TOO_SMALL = Words(
    "S-TENDER",
    "应收现金 {due} 元，只收到 {tendered} 元，还差 {short} 元；没有收费。请收足后再结算。",
    "{due} yuan are due in cash and only {tendered} were tendered, {short} are missing; nothing was charged. Collect "
    "the rest and settle again.",
)
OTHER_PERSON = Words(
    "S-PERSON",
    "卡上的证件号码和医保中心登记的不一致，没有收费。请核对卡和本人；确为本人请到医保经办机构更正。",
    "The number on the card is not the one that the bureau has; nothing was charged. Compare card and person; the "
    "bureau must correct its record.",
)
NO_SUCH_SALE = Words(
    "S-NOSALE",
    "没有 {id} 这一笔，什么也没有撤销。请核对小票上的单号，或用 queue list --all 查找。",
    "There is no sale {id}, so nothing was voided. Check the number on the slip, or find it with queue list --all.",
)
CANNOT_VOID = Words(
    "S-VOID",
    "{id} 这一笔现在是“{state}”，不能撤销，什么也没有改变。{next}",
    "Sale {id} is now “{state}” and cannot be voided; nothing was changed. {next}",
)
NO_CHANGE_FOR = Words(
    "S-CHANGE",
    "应收 {due} 元，非现金（含押金）收了 {paid} 元，多收的不能找现金；没有结算。请把多收的原路退回，再按应收金额结算。",
    "{due} yuan are due and {paid} were paid otherwise than in cash (deposit included); no cash is given back for "
    "that, so nothing was settled. Return the excess the way it came and settle again.",
)
TENDER_HANDED_BACK = Words(
    "R-{transaction}",
    "医保中心拒绝：{said}。没有入账，请把收下的 {tendered} 元退还参保人；按提示处理，或改为自费。",
    "The bureau refused: {said}. Nothing was booked; hand the {tendered} yuan back to the person, then act on what it "
    "says or charge the bill as own expense.",
)
NOT_SENT_HAND_BACK = Words(
    "N-SEND",
    "连不上医保前置机，这一笔没有发出，没有入账。请把收下的 {tendered} 元退还参保人，稍后再结算。",
    "The front-end server could not be reached; this bill was not sent and nothing was booked. Hand the {tendered} "
    "yuan back to the person and settle again later.",
)
STOPPED_HAND_BACK = Words(
    "N-UNSENT",
    "您按了 Esc，这一笔还没有发出，没有入账。请把收下的 {tendered} 元退还参保人，要结算请再做一次。",
    "You pressed Esc before this bill was sent, so nothing was booked. Hand the {tendered} yuan back to the person and "
    "settle again.",
)
SLIP_NOT_WRITTEN = Words(
    "S-SLIP",
    "{id} 这一笔已经入账，但小票写不进 {folder}（{why}）。不要重复收费；请叫信息科，小票内容都在数据库里。",
    "Sale {id} is booked, but its slip could not be written to {folder} ({why}). Do not charge again; ask IT, the "
    "content of the slip is in the database.",
)
OUTCOME_NOT_WRITTEN = Words(
    "U-DISK",
    "{id} 这一笔医保中心可能已经办成，但结果写不进本机磁盘，先按“结果待查”处理。不要重复办理，收下的钱先不要动；"
    "请叫信息科修好磁盘并重新启动程序，程序会自动查清。",
    "The bureau may have done {id}, but the outcome could not be written to this machine's disk, so it counts as "
    "unknown. Do not do it again and leave its money aside; IT must mend the disk and start the program again, which "
    "then finds out.",
)
VISIT_BLOCKED = Words(
    "S-BLOCKED",
    "这次就诊的{what}（{id}）从 {since} 起结果待查：{asking}。查清之前这次就诊不能继续，这一步没有做；"
    "程序会继续查询，请先服务其他人。",
    "The outcome of this visit's {what} ({id}) has been unknown since {since}: {asking}. Until it is known the visit "
    "cannot go on, so this step was not done; the program keeps asking, serve others meanwhile.",
)
NO_SUCH_VISIT = Words(
    "S-NOVISIT",
    "没有 {id} 这次就诊或住院，这一步没有做。请核对登记的单号。",
    "There is no visit or stay {id}, so this step was not done. Check the number that it was registered under.",
)
VISIT_STATE_WRONG = Words(
    "S-VISIT",
    "{id} 这次就诊或住院现在是“{state}”，不能{act}，什么也没有改变。{next}",
    "Visit or stay {id} is now “{state}”, so this cannot be done: {act}. Nothing was changed. {next}",
)
NOTHING_TO_SETTLE = Words(
    "S-NOCHARGES",
    "{id} 没有未结算的费用，没有试算，也没有收费。请先录入费用；已结算的不用再结。",
    "{id} has no unsettled charges, so nothing was tried or charged. Enter charges first; what is settled needs "
    "nothing more.",
)
NOT_UNKNOWN = Words(
    "S-KNOWN",
    "{id} 这一笔的结果已经清楚：{state}；没有登记“客户已离开”。{next}",
    "The outcome of {id} is known: {state}; that the customer left was not noted. {next}",
)
NOTHING_TO_COLLECT = Words(
    "S-COLLECT",
    "{id} 没有 {amount} 元待补收，什么也没有登记。请用 queue list 核对要补收的金额。",
    "There are not {amount} yuan to be collected for {id}, so nothing was noted. Look up the amount with queue list.",
)
NO_DEPOSIT_LEFT = Words(
    "S-DEPOSIT",
    "{id} 的押金只剩 {held} 元可用，不够 {asked} 元；什么也没有登记，没有收费。请按剩下的金额办理。",
    "Of the deposit of {id} only {held} yuan are left, not {asked}; nothing was noted or charged. Go on with what is "
    "left.",
)
NO_SUCH_TASK = Words(
    "S-NOTASK",
    "没有待办 {number}（可能已经办完），什么也没有登记。请用 queue list 核对。",
    "There is no open task {number} (it may be done already); nothing was noted. Compare with queue list.",
)
NOT_OFFLINE_HERE = Words(
    "S-OFFLINE",
    "本统筹区没有允许离线暂结的文件，没有收费。请按自费收全款并开收据，联网后由参保人凭据报销。",
    "This region has no document that allows settling offline, so nothing was charged. Let the person pay in full and "
    "claim later.",
)
BUREAU_IS_THERE = Words(
    "S-ONLINE",
    "医保前置机能连上，不能离线暂结，没有收费。请按正常流程结算。",
    "The front-end server can be reached, so nothing is settled offline and nothing was charged. Settle as usual.",
)
PERSON_NOT_KNOWN = Words(
    "S-PERSON-OLD",
    "本窗口 {days} 天内没有查过这位参保人的待遇，不能离线暂结，没有收费。请按自费收费。",
    "This desk has not asked about this person within {days} days, so nothing is settled offline and nothing was "
    "charged. Charge it as own expense.",
)
CARD_WANTED_OFFLINE = Words(
    "S-OFFLINE-CARD",
    "离线暂结只能凭社保卡，没有收费。请插卡重新识别；没有卡的按自费收费，或等联网。",
    "Settling offline wants the social-security card, so nothing was charged. Insert the card; without it charge as "
    "own expense or wait for the network.",
)
CANNOT_SPLIT_OFFLINE = Words(
    "S-ESTIMATE",
    "本机算不清这一笔（原因见说明），不能离线暂结，没有收费。请按自费收费，或等联网。",
    "Our calculator cannot split this bill (the sentences say why), so nothing is settled offline and nothing was "
    "charged. Charge it as own expense or wait for the network.",
)
OFFLINE_LIMIT = Words(
    "S-LIMIT",
    "超过离线暂结的限额（{why}；依据 {document}），没有收费。请按自费收费，或等联网。",
    "This is beyond the limits of settling offline ({why}; by {document}), so nothing was charged. Charge it as own "
    "expense or wait for the network.",
)
