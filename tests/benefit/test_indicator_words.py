from pathlib import Path

import pytest

from pos_client.benefit.indicator_words import NAMES, sentence_of
from pos_client.benefit.indicators import Indicator, measure
from pos_client.benefit.settled_bills import SettledBill
from tests.benefit.house import rules, settled, shipped_indicator, shipped_rules

OWN_EXPENSE = shipped_indicator("own_expense_ratio")


def said(indicator: Indicator, *bills: SettledBill) -> tuple[str, str]:
    [reading] = measure(indicator, bills)
    return sentence_of(reading, "zh"), sentence_of(reading, "en")


def test_every_shipped_indicator_has_a_name_in_both_languages() -> None:
    assert {indicator.id for indicator in shipped_rules().indicators} == set(NAMES)


@pytest.mark.parametrize(
    ("own_fen", "zh", "en"),
    [
        (
            100000,
            "自费费用占总费用的比例（H4399、2010-05，1 张）：10.00%，在警戒线 20% 以内。",
            "Own expense as a share of the total (H4399, 2010-05, bills: 1): 10.00 %, within the line of 20 %.",
        ),
        (
            250000,
            "自费费用占总费用的比例（H4399、2010-05，1 张）：25.00%，超过警戒线 20%。请查明原因。",
            (
                "Own expense as a share of the total (H4399, 2010-05, bills: 1): 25.00 %, above the line of 20 %."
                " Find out why."
            ),
        ),
        (
            200001,
            "自费费用占总费用的比例（H4399、2010-05，1 张）：约 20.00%，超过警戒线 20%，超出不到 0.01。请查明原因。",
            (
                "Own expense as a share of the total (H4399, 2010-05, bills: 1): about 20.00 %, above the line of 20 %"
                " by less than 0.01. Find out why."
            ),
        ),
    ],
)
def test_a_share_is_told_with_the_line_that_it_is_held_against(own_fen: int, zh: str, en: str) -> None:
    assert said(OWN_EXPENSE, settled(1000000, own_expense_fen=own_fen)) == (zh, en)


def test_an_amount_without_a_line_is_only_shown() -> None:
    zh, en = said(shipped_indicator("outpatient_mean"), settled(123456789))

    assert zh == "门诊人次平均费用（H4399、2010-05，1 张）：1,234,567.89 元。文件没有规定警戒线，只供参考。"
    assert en.endswith("1,234,567.89 yuan. No source sets a line for it, so it is only shown.")


@pytest.mark.parametrize(("site", "word"), [({}, "还没有录入"), ({"line": "200"}, "超出允许范围")])
def test_a_line_to_be_entered_by_hand_says_what_is_wrong_with_it(
    tmp_path: Path, site: dict[str, str], word: str
) -> None:
    [indicator] = rules(
        tmp_path,
        """
        [[site_param]]
        id = "line"
        label = "警戒线"
        type = "percent"
        [[indicator]]
        id = "our own"
        numerator = "patient_total"
        denominator = "total"
        group_by = []
        warn_above = { site = "line" }
        """,
        **site,
    ).indicators

    zh, _ = said(indicator, settled())
    assert zh.startswith("our own（全部账单，1 张）：100.00%。")
    assert word in zh


def test_why_there_is_no_result_is_told() -> None:
    assert said(OWN_EXPENSE) == (
        "自费费用占总费用的比例（全部账单）：算不出来，没有可以统计的账单。",
        "Own expense as a share of the total (all bills): cannot be computed, there is no bill to count.",
    )
    assert "用来相除的总费用是零" in said(OWN_EXPENSE, settled(0))[0]
    assert "政策没有写明是哪几类药" in said(shipped_indicator("three_groups_share"), settled())[0]


def test_missing_data_are_named_with_their_bills_but_not_without_end() -> None:
    stays = [settled(100, id=f"01-00000{number}", event="inpatient") for number in range(1, 8)]

    zh, en = said(shipped_indicator("bed_day_cost"), *stays)

    assert "7 处缺少数据，请补上：01-000001 的床日数、01-000002 的床日数" in zh
    assert "the number of bed-days of 01-000005…" in en
    assert "01-000006" not in en


def test_a_row_without_a_diagnosis_is_told_as_unknown() -> None:
    zh, en = said(shipped_indicator("per_disease_cost"), settled(100, event="inpatient"))

    assert "（H4399、未知，1 张）" in zh
    assert "(H4399, unknown, bills: 1)" in en
