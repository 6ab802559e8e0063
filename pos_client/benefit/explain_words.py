"""The sentences of an explanation, in the two languages of the program. Amounts are filled in with two decimals."""

from collections.abc import Mapping
from typing import Final

from pos_client.phrase import Phrase

FUNDS: Final[Mapping[str, Phrase]] = {
    "pool": Phrase("统筹基金", "the pool"),
    "relief": Phrase("医疗救助基金", "medical relief"),
    "civil_servant": Phrase("公务员医疗补助", "the civil-servant supplement"),
}

# Lines
CLASS_C: Final = Phrase(
    "{name} {amount} 元：不在医保目录内（丙类），全部自费。",
    "{name}, {amount} yuan: outside the catalogue (class C), own expense in full.",
)
OUT_OF_SCOPE: Final = Phrase(
    "{name} {amount} 元：不在本地支付范围内，全部自费。",
    "{name}, {amount} yuan: outside what this scheme covers, own expense in full.",
)
LINE_NOT_APPROVED: Final = Phrase(
    "{name} {amount} 元：没有按时审批，全部自费。",
    "{name}, {amount} yuan: not approved in time, own expense in full.",
)
OVER_LIMIT: Final = Phrase(
    "{name}：单价 {price} 元，限价 {limit} 元，超出部分 {over} 元 × {quantity} = {amount} 元自费。",
    "{name}: price {price}, ceiling {limit}; the part above it, {over} × {quantity} = {amount} yuan, is own expense.",
)
FIRST_SHARE: Final = Phrase(
    "{name}：乙类，{base} 元 × {percent}% = {amount} 元由您先行自付。",
    "{name}: class B, {base} × {percent} % = {amount} yuan is your first share.",
)
RETURNED: Final = Phrase(
    "{name}：退回 {quantity}，减去 {amount} 元；以下只算剩下的部分。",
    "{name}: {quantity} returned, {amount} yuan less; from here on only what remains is counted.",
)
ALL_RETURNED: Final = Phrase(
    "本次费用已全部退回，没有需要支付的金额，年度累计和住院次数都不变。",
    "Everything on this bill was returned: nothing is to be paid, and neither yearly totals nor stays are counted.",
)
OWN_EXPENSE_TOTAL: Final = Phrase(
    "自费合计 {amount} 元，由您承担，不能用个人账户支付。",
    "Own expense comes to {amount} yuan; it is yours, and the account cannot pay it.",
)
FIRST_SHARE_TOTAL: Final = Phrase("先行自付合计 {amount} 元。", "First shares come to {amount} yuan.")
ELIGIBLE_TOTAL: Final = Phrase(
    "本次符合医保规定的费用 {amount} 元。", "The insurance covers {amount} yuan of this bill in principle."
)

# Benefits
ACCOUNT_ONLY: Final = Phrase(
    "普通门诊和购药由个人账户支付，账户不够的付现金，统筹基金不支付。",
    "Ordinary visits and medicines are paid from the account, then in cash; the pool takes no part.",
)
NO_DEDUCTIBLE: Final = Phrase("本次不设起付线。", "There is no deductible this time.")
DEDUCTIBLE: Final = Phrase("起付线 {due} 元，由您承担。", "The deductible of {due} yuan is yours.")
DEDUCTIBLE_PER_VISIT: Final = Phrase("每次就诊先由您自付 {due} 元。", "The first {due} yuan of every visit is yours.")
DEDUCTIBLE_STEP: Final = Phrase(
    "今年第 {stay} 次住院，起付线 {first} − {less} = {due} 元，由您承担。",
    "Stay number {stay} this year: the deductible is {first} − {less} = {due} yuan and is yours.",
)
DEDUCTIBLE_AT_FLOOR: Final = Phrase(
    "今年第 {stay} 次住院，起付线从 {first} 元降到最低 {due} 元，由您承担。",
    "Stay number {stay} this year: the deductible of {first} is down to its floor of {due} yuan and is yours.",
)
DEDUCTIBLE_FACTOR: Final = Phrase(
    "今年第 {stay} 次住院，起付线 {first} × {percent}% = {due} 元，由您承担。",
    "Stay number {stay} this year: the deductible is {first} × {percent} % = {due} yuan and is yours.",
)
DEDUCTIBLE_OF_YEAR: Final = Phrase(
    "每年起付线 {first} 元，今年以前已计 {used} 元，本次再计 {amount} 元，由您承担。",
    "Of the yearly deductible of {first}, {used} was counted before; this bill adds {amount} yuan, which is yours.",
)
DEDUCTIBLE_OF_YEAR_FULL: Final = Phrase(
    "今年的起付线 {first} 元已经付满，本次不再计。",
    "This year's deductible of {first} yuan is already full; nothing is added.",
)
DEDUCTIBLE_IN_PART: Final = Phrase(
    "本次符合规定的费用里，计入起付线的是 {amount} 元。",
    "Of this bill {amount} yuan counts towards the deductible.",
)
DEDUCTIBLE_OF_LAYER: Final = Phrase(
    "另有 {amount} 元在{fund}的起付线以内，由您承担。",
    "Another {amount} yuan lies within the deductible of {fund} and is yours.",
)
SLICE: Final = Phrase(
    "今年累计 {start} 元到 {end} 元这一段：{expense} 元 × {percent}% = {pays} 元由{fund}支付，其余 {own} 元由您承担。",
    "This year's expense from {start} to {end}: {expense} × {percent} % = {pays} yuan is paid by {fund},"
    " the other {own} yuan is yours.",
)
FUND_USED_UP: Final = Phrase(
    "{fund}今年支付已到最高限额 {cap} 元，再往上的费用不由它支付。",
    "With this, {fund} has paid its yearly limit of {cap} yuan and pays nothing beyond.",
)
ABOVE_LIMITS: Final = Phrase(
    "超过最高限额的 {amount} 元，没有基金支付，由您承担。",
    "{amount} yuan lies above the limits; no fund pays for it and it is yours.",
)
ITEM_GRANT: Final = Phrase(
    "{name}：{base} 元 × {percent}% = {pays} 元由{fund}补助。",
    "{name}: {base} × {percent} % = {pays} yuan is paid by {fund}.",
)
SUPPLEMENT: Final = Phrase(
    "您承担的部分里 {base} 元 × {percent}% = {pays} 元由{fund}支付。",
    "Of your part, {base} × {percent} % = {pays} yuan is paid by {fund}.",
)
SUPPLEMENT_CAPPED: Final = Phrase(
    "您承担的部分里 {base} 元，{fund}按 {percent}% 支付，到年度限额为止 {pays} 元。",
    "Of your part, {base} yuan, {fund} pays {percent} % up to its yearly limit: {pays} yuan.",
)
FLAT_BENEFIT: Final = Phrase(
    "另有一次性补助 {amount} 元，不在本次费用内，请到医保处领取。",
    "A fixed sum of {amount} yuan is paid beside this bill; claim it at the bureau.",
)
FLAT_OUTSIDE: Final = Phrase(
    "这项待遇是定额补助，本次费用不由基金支付。",
    "This benefit is a fixed sum; the bill itself is not paid by a fund.",
)
FUND_TOTAL: Final = Phrase("{fund}支付合计 {amount} 元。", "Paid by {fund} in all: {amount} yuan.")
NO_FUND_PAYS: Final = Phrase("本次没有基金支付。", "No fund pays for this bill.")

# Who pays the rest
PATIENT: Final = Phrase(
    "您承担 {patient} 元：个人账户 {account} 元，现金 {cash} 元。",
    "Your part is {patient} yuan: {account} from the account, {cash} in cash.",
)
ACCOUNT_NOT_USED: Final = Phrase("本次没有使用个人账户。", "The account is not used for this bill.")
ACCOUNT_CLOSED: Final = Phrase(
    "在目前的待遇状态下，个人账户不能使用。", "In the present state of entitlement the account is closed."
)
ACCOUNT_NOT_FOR_THIS: Final = Phrase(
    "按规定，这类费用不能用个人账户支付。", "By the rules the account may not pay for this kind of bill."
)
ACCOUNT_USED_UP: Final = Phrase(
    "可用账户支付的有 {payable} 元，账户余额只有 {balance} 元，已全部用完，其余付现金。",
    "The account could pay {payable} yuan but holds only {balance}; it is used up and the rest is cash.",
)
SETTLED_AT_BUREAU: Final = Phrase(
    "本次费用不在窗口结算：请先垫付，再带材料到医保处报销。",
    "This bill is not settled at the window: pay first, then claim at the bureau with the papers.",
)
DEPOSIT_REFUND: Final = Phrase(
    "押金应交 {required} 元，结算后退还您 {amount} 元。", "The deposit due was {required} yuan; {amount} is given back."
)
DEPOSIT_COLLECT: Final = Phrase(
    "押金应交 {required} 元，结算后还要补交 {amount} 元。",
    "The deposit due was {required} yuan; {amount} more is to be collected.",
)
DEPOSIT_EVEN: Final = Phrase(
    "押金应交 {required} 元，结算后不退不补。", "The deposit due was {required} yuan; it comes out even."
)
