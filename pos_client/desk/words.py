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
    "目录外自费项目要先征得参保人同意：{names}。没有收费；请签知情同意书后加 --consent，或去掉这一项。",
    "Items outside the insurance want the person's consent first: {names}. Nothing was charged; have the form signed "
    "and add --consent, or leave the item out.",
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
SLIP_NOT_WRITTEN = Words(
    "S-SLIP",
    "{id} 这一笔已经入账，但小票写不进 {folder}（{why}）。不要重复收费；请叫信息科，小票内容都在数据库里。",
    "Sale {id} is booked, but its slip could not be written to {folder} ({why}). Do not charge again; ask IT, the "
    "content of the slip is in the database.",
)
