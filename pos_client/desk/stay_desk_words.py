"""What the window says of stays, and of what was entered for them."""

from pos_client.errors import Words
from pos_client.phrase import Phrase

LEVELS = {1: Phrase("一级", "level 1"), 2: Phrase("二级", "level 2"), 3: Phrase("三级", "level 3")}
BED = Phrase("{department} {bed} 床", "{department}, bed {bed}")
YEARS = Phrase("{age} 岁", "{age} y")
CHARGED = Phrase("已上传费用", "Charged")
UNSETTLED = Phrase("未结算费用", "Unsettled")
DEPOSIT = Phrase("押金 {count} 张收据", "Deposit, receipts: {count}")
DEPOSIT_LEFT = Phrase("押金余额", "Deposit left")
LESS_CASH = Phrase("减 现金承担", "less own cash")
CASH_PART = Phrase("现金承担", "Own part, cash")
TO_COLLECT = Phrase("应补收", "To collect")
TO_GIVE_BACK = Phrase("应退", "To hand back")
ALL_FUNDS = Phrase("基金支付", "Funds")
POOL = Phrase("统筹支付", "Pool")
FINISHING = Phrase("这次住院已经结算。", "The stay is settled.")
TAKEN_BACK = Phrase("入院没有办成，或已撤销。", "Nobody was admitted, or it was taken back.")
DEPOSIT_GOES_BACK = Phrase("押金余 {held} 元要退还。", "{held} yuan of the deposit go back.")
DOCUMENTS_GO_BACK = Phrase("要交还{documents}。", "To be handed back: {documents}.")
ROW_WRONG = Phrase("{column}：{why}", "{column}: {why}")
ROW_UPLOADED = Phrase("以前已上传", "uploaded before")
ROW_UNSIGNED = Phrase("自费，未签知情同意（F7）", "own expense, not signed (F7)")
ROW_PRICE = Phrase("单价与目录 {price} 不同", "the catalogue says {price}")
TOTAL_NEW = Phrase("本次上传", "To upload")
CLASS_ROWS = Phrase("{label} {count} 行", "{label}: {count}")
AS_IT_CAME = Phrase("按原路退回", "as it came")

NO_CHOICE = Words(
    "S-CHOICE",
    "清单里没有{what_zh}“{typed}”，没有办理入院。请在列表里选一个。",
    "{what_en} “{typed}” is not in the list, so nobody was admitted. Choose one from the list.",
)
NO_BED = Words(
    "S-BED",
    "还没有填床号，没有办理入院。请填床号；没有床位时填“加1”这样的号。",
    "The bed number is missing, so nobody was admitted. Type it; where there is no bed yet, one like “X1”.",
)
WHO_FIRST = Words(
    "S-STAYWHO",
    "还不知道是哪位参保人，没有办。请插卡；没有卡按 F2。",
    "Nobody is identified yet, so nothing was done. Insert the card; without one press F2.",
)
NOTHING_TO_CLOSE = Words(
    "S-NOCLOSE",
    "{id} 没有要退的押金和证件，什么也没有做。请按 Esc 返回。",
    "Stay {id} has no deposit or document to hand back; nothing was done. Esc goes back.",
)
