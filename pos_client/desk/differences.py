"""Ours against the bureau's, figure by figure: a wrong system on either side is seen on the first bill."""

from pos_client.benefit import Split
from pos_client.money import yuan_grouped
from pos_client.offline.settlements import Difference, unequal
from pos_client.phrase import Language, Phrase
from pos_client.sync.region import AccountUse
from pos_client.sync.setlinfo import BureauFigures

FIGURES = {
    "total": Phrase("合计", "total"),
    "own_expense": Phrase("自费", "own expense"),
    "pre_self_pay": Phrase("先行自付", "first share"),
    "eligible": Phrase("符合政策范围", "eligible expense"),
    "deductible": Phrase("起付线", "deductible"),
    "fund.pool": Phrase("统筹支付", "pool"),
    "fund.relief": Phrase("救助/大额支付", "relief"),
    "fund_total": Phrase("基金支付合计", "all funds"),
    "account": Phrase("账户支付", "account"),
    "cash": Phrase("现金支付", "cash"),
}
#: What nobody here can compute while a family account pays, whose balance the bureau does not tell.
_OF_FAMILY = ("account", "cash")
_AT_TRIAL = Phrase(
    "{figure}：本机计算 {ours} 元，医保中心试算 {theirs} 元；以医保中心为准，差异已登记待核对。",
    "{figure}: we computed {ours}, the bureau's trial says {theirs} yuan; the bureau's figure stands, the difference "
    "is recorded.",
)
_AT_SETTLEMENT = Phrase(
    "{figure}：医保中心试算 {ours} 元，结算 {theirs} 元；以结算为准，差异已登记待核对。",
    "{figure}: the bureau's trial said {ours}, it settled {theirs} yuan; the settled figure stands, the difference is "
    "recorded.",
)


def compare_with_trial(
    split: Split, bureau: BureauFigures, account: AccountUse = AccountUse.OWN
) -> tuple[Difference, ...]:
    """Every figure of the trial on which our split does not agree; ``account`` is the one that pays."""
    ours = {
        "total": split.total_fen,
        "own_expense": split.own_expense_fen,
        "pre_self_pay": split.pre_self_pay_fen,
        "eligible": split.eligible_fen,
        "deductible": split.deductible_fen,
        "fund_total": split.fund_total_fen,
        "account": split.account_pay_fen,
        "cash": split.cash_pay_fen,
    } | {f"fund.{fund}": split.fund_pay_fen.get(fund, 0) for fund in bureau.fund_pay_fen}
    if account is AccountUse.FAMILY:
        ours |= {name: bureau.by_name()[name] for name in _OF_FAMILY}
    return unequal("trial", ours, bureau.by_name())


def compare_settled(trial: BureauFigures, booked: BureauFigures) -> tuple[Difference, ...]:
    """Every figure that the bureau booked otherwise than its trial had said."""
    return unequal("settlement", trial.by_name(), booked.by_name())


def sentence(difference: Difference, language: Language) -> str:
    """One difference in words."""
    phrase = _AT_TRIAL if difference.stage == "trial" else _AT_SETTLEMENT
    return phrase.say(
        language,
        figure=FIGURES[difference.figure].say(language),
        ours=yuan_grouped(difference.ours_fen),
        theirs=yuan_grouped(difference.bureau_fen),
    )
