"""What each reason code means, said to a patient; and why a bill that is held cannot be checked here."""

from collections.abc import Mapping
from typing import Final

from pos_client.benefit import reasons
from pos_client.phrase import Phrase

#: A settled bill: why it came out so.
WHY: Final[Mapping[str, Phrase]] = {
    "WAITING": Phrase(
        "连续缴费的等待期还没有满，基金暂不支付。",
        "The waiting period of unbroken contributions is not over, so no fund pays yet.",
    ),
    "LAPSED": Phrase(
        "医保缴费中断，待遇已停止，基金不支付。", "Contributions were interrupted, so benefits have stopped."
    ),
    "NOT_ENROLLED": Phrase(
        "这项待遇还没有开始，基金暂不支付。", "This scheme has not begun for you, so no fund pays yet."
    ),
    "NO_CONTRACT": Phrase(
        "没有与本机构签约，或签约已到期，基金不支付。",
        "There is no contract with this institution in force, so no fund pays.",
    ),
    reasons.EXCLUDED_CAUSE: Phrase(
        "这种原因造成的费用不属于医保支付范围，全部自费。",
        "Expense from this cause is outside the insurance; the whole bill is own expense.",
    ),
    "RECOVER_FROM_THIRD_PARTY": Phrase(
        "第三人没有支付，由医保基金先行支付，以后向第三人追偿。",
        "The third party has not paid; the fund advances the money and will recover it.",
    ),
    "CHRONIC_NOT_APPROVED": Phrase(
        "没有登记为慢性病，按普通门诊结算。", "Not on the chronic register, so this is settled as an ordinary visit."
    ),
    "EXAM_NOT_APPROVED": Phrase(
        "有检查或治疗项目没有按时审批，基金不补助。",
        "An examination or treatment was not approved in time and gets no share from the fund.",
    ),
    "NOT_FLEXIBLE_EMPLOYMENT": Phrase(
        "不是灵活就业参保，不享受这项补助。", "This grant is only for people insured in flexible employment."
    ),
    "NOT_FEMALE": Phrase("这项补助只发给女性参保人。", "This grant is only for insured women."),
    "NO_FAMILY_PLANNING_PAPER": Phrase(
        "没有符合计划生育规定的证明，不发给补助。", "Without the family-planning paper there is no grant."
    ),
    "MATERNITY_INSURANCE_PAYS": Phrase(
        "已享受生育保险待遇，医保基金不再补助。", "Maternity insurance pays, so the health fund does not."
    ),
}
WHY_OTHERWISE: Final = Phrase("按当地规定处理（{reason}）。", "Settled by a local rule ({reason}).")
UNTIL: Final = Phrase("{why}{day} 起可以享受。", "{why} Benefits begin on {day}.")

#: A held bill: why it cannot be checked. ``{detail}`` names the fact, counter, line or value.
WHY_HELD: Final[Mapping[str, Phrase]] = {
    reasons.NO_POLICY_VERSION: Phrase("没有那一天的政策", "there is no policy for that day"),
    reasons.NO_RULE_BENEFIT: Phrase(
        "政策里没有这种就诊类型（{detail}）的规定", "the policy has no rule for this kind of visit ({detail})"
    ),
    reasons.NO_RULE_CLASS_B: Phrase(
        "第 {detail} 项乙类项目没有先行自付比例", "the first share of class-B line {detail} is not known"
    ),
    reasons.NO_RULE_DEDUCTIBLE: Phrase("政策没有给出这种情况的起付线", "the policy gives no deductible for this case"),
    reasons.NO_RULE_SEGMENTS: Phrase("政策没有给出支付比例", "the policy gives no percentages"),
    reasons.NO_RULE_CAP: Phrase("政策没有给出最高限额", "the policy gives no limit"),
    reasons.NO_RULE_SUPPLEMENT: Phrase("政策没有给出补助比例", "the policy gives no percentage for the supplement"),
    reasons.NO_RULE_SHARE: Phrase("政策没有给出项目的补助比例", "the policy gives no percentage for the item"),
    reasons.NO_RULE_AMOUNT: Phrase("政策没有给出补助金额", "the policy gives no amount for the grant"),
    reasons.NO_RULE_PLACE_OF_SETTLEMENT: Phrase(
        "政策没有说明在哪里结算", "the policy does not say where this is settled"
    ),
    reasons.SITE_PARAM_MISSING: Phrase("本地参数“{detail}”还没有填写", "the local value {detail} has not been entered"),
    reasons.SITE_PARAM_OUT_OF_BOUNDS: Phrase(
        "本地参数“{detail}”超出允许范围", "the local value {detail} is out of bounds"
    ),
    reasons.CATEGORY_NOT_IN_POLICY: Phrase(
        "这份政策不适用于该人员类别（{detail}）", "this policy does not cover this category of person ({detail})"
    ),
    reasons.FACT_UNKNOWN: Phrase("不知道{detail}", "{detail} is not known"),
    reasons.COUNTER_UNKNOWN: Phrase("不知道{detail}", "{detail} is not known"),
    "ADMISSION_NOT_APPROVED": Phrase("住院没有按时审批", "the admission was not approved in time"),
    "TRANSFER_NOT_APPROVED": Phrase("转院没有按时审批", "the transfer was not approved in time"),
    "EXAM_NOT_APPROVED": Phrase(
        "第 {detail} 项检查或治疗没有按时审批", "the examination or treatment of line {detail} was not approved in time"
    ),
}
WHY_HELD_OTHERWISE: Final = Phrase("按当地规定暂不结算（{reason}）", "a local rule holds it ({reason})")
HELD: Final = Phrase(
    "本机不能核对这张费用：{why}。以医保中心的结果为准。",
    "This bill cannot be checked here: {why}. The bureau's figures stand.",
)
#: Where a detail names a line as well: "cls: 3" is the class of line 3.
OF_LINE: Final = Phrase("第 {line} 项的{fact}", "the {fact} of line {line}")

#: Facts and counters by the names that a hold gives them.
NAMES: Final[Mapping[str, Phrase]] = {
    "category": Phrase("人员类别", "the category of the person"),
    "age": Phrase("年龄", "the age"),
    "sex": Phrase("性别", "the sex"),
    "insured_years": Phrase("参保年限", "the years insured"),
    "first_contribution": Phrase("首次缴费日期", "the day of the first contribution"),
    "first_unpaid_month": Phrase("缴费是否中断", "whether contributions were interrupted"),
    "renewed_on": Phrase("续保日期", "the day of renewal"),
    "arrears_paid": Phrase("欠费是否补缴", "whether arrears were paid"),
    "contract": Phrase("签约情况", "the contract"),
    "flexible": Phrase("是否灵活就业", "whether this is flexible employment"),
    "civil_servant": Phrase("是否公务员", "whether this is a civil servant"),
    "maternity_insured": Phrase("是否参加生育保险", "whether maternity insurance exists"),
    "chronic_approved": Phrase("慢性病登记情况", "the chronic register"),
    "third_party_unpaid": Phrase("第三人是否支付", "whether the third party pays"),
    "family_planning_ok": Phrase("计划生育证明", "the family-planning paper"),
    "delivery": Phrase("分娩方式", "the kind of delivery"),
    "treatment": Phrase("治疗类型", "the treatment"),
    "cause": Phrase("受伤或发病原因", "the cause"),
    "level": Phrase("医院级别", "the level of the hospital"),
    "place": Phrase("是否市外就医", "whether this is out of town"),
    "hospital": Phrase("医院", "the hospital"),
    "institution": Phrase("就诊机构", "the institution"),
    "date": Phrase("就诊日期", "the day of the visit"),
    "performed": Phrase("项目执行日期", "day performed"),
    "kind": Phrase("项目类别", "kind"),
    "cls": Phrase("目录类别", "catalogue class"),
    "essential": Phrase("是否基本药物", "essential-drug mark"),
    "listed": Phrase("是否在支付清单内", "mark of the list"),
    "account_balance": Phrase("个人账户余额", "the balance of the account"),
    "year": Phrase("那一年的累计数", "that year's counters"),
    "inpatient_eligible": Phrase("今年住院累计费用", "this year's inpatient expense"),
    "outpatient_eligible": Phrase("今年门诊累计费用", "this year's outpatient expense"),
    "chronic_eligible": Phrase("今年慢性病累计费用", "this year's chronic expense"),
    "pool_paid": Phrase("统筹基金今年已付金额", "what the pool has paid this year"),
    "relief_paid": Phrase("医疗救助今年已付金额", "what relief has paid this year"),
    "chronic_paid": Phrase("慢性病今年已补助金额", "what was paid for chronic care this year"),
    "outpatient_paid": Phrase("门诊今年已报销金额", "what was paid for visits this year"),
    "local_admissions": Phrase("今年市内住院次数", "the number of stays in town this year"),
    "admissions": Phrase("今年住院次数", "the number of stays this year"),
}
