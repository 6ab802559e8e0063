"""What an indicator says: the result, the figure to warn by, or why there is no result, in both languages."""

from collections.abc import Mapping
from typing import Final

from pos_client.benefit import reason_words
from pos_client.benefit.indicators import (
    DRUG_GROUPS_UNSET,
    NO_BILLS,
    NOTHING_TO_DIVIDE_BY,
    SOMETHING_UNKNOWN,
    Reading,
)
from pos_client.benefit.reasons import SITE_PARAM_MISSING, SITE_PARAM_OUT_OF_BOUNDS
from pos_client.benefit.rounding import plain_decimal
from pos_client.benefit.thresholds import NOT_SET
from pos_client.money import yuan_grouped
from pos_client.phrase import Language, Phrase

NAMES: Final[Mapping[str, Phrase]] = {
    "own_expense_ratio": Phrase("自费费用占总费用的比例", "Own expense as a share of the total"),
    "inpatient_total": Phrase("住院总费用", "Total cost of stays"),
    "per_disease_cost": Phrase("单病种平均费用", "Mean cost of a stay by disease"),
    "bed_day_cost": Phrase("平均床日费用", "Mean cost of a bed-day"),
    "three_groups_share": Phrase("三类治疗药物费用比例", "Share of the three groups of drugs"),
    "patient_burden": Phrase("个人负担费用率", "What patients bear as a share of the total"),
    "outpatient_mean": Phrase("门诊人次平均费用", "Mean cost of an outpatient visit"),
    "drug_share": Phrase("药品费用比例", "Drugs as a share of the total"),
}
ALL_BILLS: Final = Phrase("全部账单", "all bills")
NOT_KNOWN: Final = Phrase("未知", "unknown")
PERCENT: Final = Phrase("{number}%", "{number} %")
YUAN: Final = Phrase("{number} 元", "{number} yuan")
_BETWEEN: Final = Phrase("、", ", ")

ABOVE: Final = Phrase(
    "{name}（{row}，{bills} 张）：{value}，超过警戒线 {limit}。请查明原因。",
    "{name} ({row}, bills: {bills}): {value}, above the line of {limit}. Find out why.",
)
JUST_ABOVE: Final = Phrase(
    "{name}（{row}，{bills} 张）：约 {value}，超过警戒线 {limit}，超出不到 0.01。请查明原因。",
    "{name} ({row}, bills: {bills}): about {value}, above the line of {limit} by less than 0.01. Find out why.",
)
WITHIN: Final = Phrase(
    "{name}（{row}，{bills} 张）：{value}，在警戒线 {limit} 以内。",
    "{name} ({row}, bills: {bills}): {value}, within the line of {limit}.",
)
NO_LINE: Final[Mapping[str, Phrase]] = {
    NOT_SET: Phrase(
        "{name}（{row}，{bills} 张）：{value}。文件没有规定警戒线，只供参考。",
        "{name} ({row}, bills: {bills}): {value}. No source sets a line for it, so it is only shown.",
    ),
    SITE_PARAM_MISSING: Phrase(
        "{name}（{row}，{bills} 张）：{value}。警戒线还没有录入，请录入后再看。",
        "{name} ({row}, bills: {bills}): {value}. The line is not entered yet; enter it and look again.",
    ),
    SITE_PARAM_OUT_OF_BOUNDS: Phrase(
        "{name}（{row}，{bills} 张）：{value}。录入的警戒线超出允许范围，没有采用，请改正。",
        "{name} ({row}, bills: {bills}): {value}. The line entered is out of bounds and not used; correct it.",
    ),
}
NO_RESULT: Final = Phrase("{name}（{row}）：算不出来，{why}。", "{name} ({row}): cannot be computed, {why}.")
WHY_NO_RESULT: Final[Mapping[str, Phrase]] = {
    NO_BILLS: Phrase("没有可以统计的账单", "there is no bill to count"),
    NOTHING_TO_DIVIDE_BY: Phrase("用来相除的{below}是零", "{below} to divide by comes to zero"),
    SOMETHING_UNKNOWN: Phrase(
        "{count} 处缺少数据，请补上：{lacking}", "data are missing in {count} places, fill them in: {lacking}"
    ),
    DRUG_GROUPS_UNSET: Phrase("政策没有写明是哪几类药", "the policy does not say which groups of drugs are meant"),
}
FIGURES: Final[Mapping[str, Phrase]] = {
    **reason_words.NAMES,
    "total": Phrase("总费用", "the total"),
    "count": Phrase("人次", "the number of bills"),
    "bed_days": Phrase("床日数", "the number of bed-days"),
    "total_drugs": Phrase("药品费用", "the total of drugs"),
    "total_by_group": Phrase("分类药品费用", "the total of drugs by group"),
}
#: So many missing figures are named in the sentence; all of them are in the tally.
_MOST_NAMED: Final = 5
_LACKING: Final = Phrase("{bill} 的{what}", "{what} of {bill}")


def sentence_of(reading: Reading, language: Language) -> str:
    """One sentence: what the indicator is, for which row, its result and what that means."""
    name = _named(NAMES, reading.indicator.id, language)
    row = _BETWEEN.say(language).join(value or NOT_KNOWN.say(language) for value in reading.group)
    fill = {"name": name, "row": row or ALL_BILLS.say(language)}
    value = reading.shown
    if value is None:
        return NO_RESULT.say(language, **fill, why=_why_not(reading, language))
    unit = PERCENT if reading.indicator.unit == "percent" else YUAN
    shown = unit.say(language, number=yuan_grouped(int(value * 100)))
    limit = reading.indicator.warn_above
    if limit.number is None:
        return NO_LINE[limit.missing].say(language, **fill, bills=reading.tally.bills, value=shown)
    phrase = WITHIN
    if reading.alarm:
        phrase = ABOVE if value > limit.number else JUST_ABOVE
    line = unit.say(language, number=f"{plain_decimal(limit.number):,f}")
    return phrase.say(language, **fill, bills=reading.tally.bills, value=shown, limit=line)


def _why_not(reading: Reading, language: Language) -> str:
    unknown = sorted(reading.tally.unknown)
    named = [_LACKING.say(language, bill=bill, what=_named(FIGURES, what, language)) for what, bill in unknown]
    lacking = _BETWEEN.say(language).join(named[:_MOST_NAMED]) + ("…" if len(named) > _MOST_NAMED else "")
    below = _named(FIGURES, str(reading.indicator.denominator), language)
    return WHY_NO_RESULT[reading.not_computable].say(language, count=len(unknown), lacking=lacking, below=below)


def _named(names: Mapping[str, Phrase], word: str, language: Language) -> str:
    phrase = names.get(word)
    return word if phrase is None else phrase.say(language)
