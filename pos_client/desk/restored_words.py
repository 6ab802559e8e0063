"""What the window says of a bill that came back, where it is not as it was."""

from pos_client.phrase import Phrase

LINE = Phrase("{name} ×{quantity}", "{name} ×{quantity}")
NOT_BACK = Phrase(
    "有 {count} 行没有取回：{named}；目录里已没有，没有计入费用。请改卖别的，或请信息科补进目录后再扫。",
    "Lines not brought back: {count} ({named}). The catalogue has them no more, nothing is charged for them. Sell "
    "something else, or have IT add them and scan again.",
)
PRICE = Phrase("{name} {before}→{now} 元", "{name} {before} → {now} yuan")
REPRICED = Phrase(
    "价格有变：{named}；按现在的价格计，请告诉顾客。",
    "Prices changed: {named}. The bill has the new ones, tell the customer.",
)
SIGN_AGAIN = Phrase(
    "第 {numbers} 行涨价前签的同意书不算了，请重签后按 F7。",
    "Line {numbers} was signed for at a lower price; have it signed again, then F7.",
)
LAID_DOWN = Phrase("{means} {amount} 元", "{means} {amount} yuan")
NOT_ON_BILL = Phrase(
    "原来记下的{laid_down}现在不在单上：没有退给顾客的，试算后请再记一次，不要重复收。",
    "Noted before and not on the bill now: {laid_down}. What was not handed back is noted again after the trial; do "
    "not collect it twice.",
)
