"""What the window says of a sale's figures."""

from pos_client.errors import Words
from pos_client.phrase import Phrase
from pos_client.sync.region import AccountUse

TOTAL = Phrase("合计", "Total")
POOL = Phrase("统筹支付", "Pool")
RELIEF = Phrase("医疗救助", "Relief")
ACCOUNT = Phrase("账户支付", "Account")
FAMILY = Phrase("其中家庭共济", "of it, family account")
CASH = Phrase("现金", "Cash")
ACCOUNTS = {
    AccountUse.NO: Phrase("不用个人账户", "account not used"),
    AccountUse.OWN: Phrase("用本人账户", "own account"),
    AccountUse.FAMILY: Phrase("用家庭共济账户", "family account"),
}
CLASSES = {
    "A": Phrase("甲", "A"),
    "B": Phrase("乙", "B"),
    "C": Phrase("自费", "Own"),
}
IN_CATALOGUE = Phrase("目录内", "In catalogue")
OUTSIDE = Phrase("目录外自费", "Own expense")
PAID_BY_ACCOUNT = Phrase("个人账户支付 {account}", "account pays {account}")
PAID_BY_FUND = Phrase("基金支付 {fund}", "funds pay {fund}")
PAID_IN_CASH = Phrase("现金 {cash}", "cash {cash}")
FIRST_SHARE = Phrase("含先自付 {share}", "incl. first share {share}")
OWN_ONLY_CASH = Phrase("不能用账户，收现金", "cash only, not account")
CONSENT_OF = Phrase("第 {numbers} 行已签知情同意书", "consent signed for line {numbers}")
CONSENT_WANTED = Phrase("第 {numbers} 行还没签知情同意书（F7）", "consent not signed for line {numbers} (F7)")
LINE_IN_FULL = Phrase(
    "第 {number} 行：甲类，{amount} 元全部在医保目录内。",
    "Line {number}: class A, all of {amount} yuan is in the catalogue.",
)
LINE_PLAIN = Phrase("第 {number} 行：{amount} 元。", "Line {number}: {amount} yuan.")
LINE_SAYS = Phrase("第 {number} 行：{sentence}", "Line {number}: {sentence}")
OFFLINE_OFFERED = Phrase(
    "连不上医保中心，没有试算。按 F8 离线暂结（依据{document}，每笔限 {each} 元），或按 F12 挂单等联网。",
    "The bureau cannot be reached, nothing was tried. F8 settles offline ({document}, at most {each} yuan a bill), F12 "
    "parks the bill.",
)
LIMIT_EACH = Phrase("本笔垫付", "This bill")
LIMIT_TOTAL = Phrase("累计垫付", "All waiting")
LIMIT_COUNT = Phrase("待上传笔数", "Bills waiting")
PARKED = Phrase("{name}，{count} 行", "{name}, lines: {count}")

NOBODY_IDENTIFIED = Words(
    "S-NOBODY",
    "还不知道是哪位参保人，没有试算，没有收费。请插卡；没有卡按 F2。",
    "Nobody is identified yet, so nothing was tried or charged. Insert the card; without one press F2.",
)
READING_TOO_OLD = Words(
    "S-AGE",
    "读卡已超过 {minutes} 分钟，没有收费，单子还在。请再插一次卡；没有卡按 F2。",
    "The card was read more than {minutes} min ago; nothing was charged, the bill is kept. Insert the card "
    "again; without one press F2.",
)
