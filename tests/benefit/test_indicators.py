from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.benefit.indicators import Indicator, Reading, measure, readings, tally, together
from pos_client.benefit.policy_file import PolicyFileProblem
from pos_client.benefit.settled_bills import SettledBill
from tests.benefit.house import rules, settled, shipped_indicator, shipped_rules

OWN_EXPENSE = shipped_indicator("own_expense_ratio")
SHIPPED = {indicator.id: indicator for indicator in shipped_rules().indicators}


def only(indicator: Indicator, bills: Sequence[SettledBill]) -> Reading:
    [reading] = measure(indicator, bills)
    return reading


# ------------------------------------------------------------------------------------------------- figures by hand


def test_the_outpatient_mean_of_the_source_is_rounded_where_the_source_cut_it() -> None:
    visits = [settled(5875, id=str(number)) for number in range(665)] + [settled(3913150 - 665 * 5875, id="last")]

    mean = only(SHIPPED["outpatient_mean"], visits)

    assert mean.exact == Fraction(3913150, 66600)
    assert mean.shown == Decimal("58.76")
    assert mean.tally.bills == 666


def test_the_own_expense_share_leaves_out_excluded_and_birth_bills_above_and_below_the_line() -> None:
    insured = [settled(80000), settled(20000, id="2", own_expense_fen=10000)]
    accident = settled(900000, id="3", own_expense_fen=900000, entitlement="excluded")
    birth = settled(300000, id="4", own_expense_fen=300000, event="maternity")

    share = only(OWN_EXPENSE, [*insured, accident, birth])

    assert (share.tally.numerator_fen, share.tally.denominator, share.tally.bills) == (10000, 100000, 2)
    assert (share.shown, share.alarm) == (Decimal("10.00"), False)


@pytest.mark.parametrize(
    ("own_fen", "shown", "alarm"), [(200000, "20.00", False), (200001, "20.00", True), (200100, "20.01", True)]
)
def test_twenty_percent_is_still_within_and_one_fen_more_is_not(own_fen: int, shown: str, alarm: bool) -> None:
    share = only(OWN_EXPENSE, [settled(1000000, own_expense_fen=own_fen)])

    assert (share.shown, share.alarm) == (Decimal(shown), alarm)


def test_stays_are_counted_by_disease_by_bed_day_and_as_a_sum() -> None:
    bills = [
        settled(300000, id="1", event="inpatient", diagnosis="J18", bed_days=10),
        settled(500000, id="2", event="inpatient", diagnosis="J18", bed_days=7),
        settled(100000, id="3", event="inpatient", diagnosis=None, bed_days=3),
        settled(999999, id="4"),
    ]

    by_disease = measure(SHIPPED["per_disease_cost"], bills)
    assert [(reading.group, reading.shown) for reading in by_disease] == [
        (("H4399", "J18"), Decimal("4000.00")),
        (("H4399", None), Decimal("1000.00")),
    ]
    assert only(SHIPPED["bed_day_cost"], bills).shown == Decimal("450.00")
    assert only(SHIPPED["inpatient_total"], bills).shown == Decimal("9000.00")


def test_shares_of_drugs_and_of_what_patients_bear() -> None:
    bills = [settled(30000, drugs_fen=10000, patient_total_fen=5000)]

    assert only(SHIPPED["drug_share"], bills).shown == Decimal("33.33")
    assert only(SHIPPED["patient_burden"], bills).shown == Decimal("16.67")


def test_rows_are_institutions_and_months_in_their_order() -> None:
    bills = [settled(100, settled_on=date(2010, 6, 1)), settled(100, id="2"), settled(100, id="3", institution="G")]

    groups = [reading.group for reading in measure(OWN_EXPENSE, bills)]

    assert groups == [("G", "2010-05"), ("H4399", "2010-05"), ("H4399", "2010-06")]


def test_without_a_figure_in_the_source_nothing_is_an_alarm() -> None:
    everything = [settled(10**9, event=event, bed_days=1, drugs_fen=10**9) for event in ("inpatient", "outpatient")]

    assert [name for name, indicator in SHIPPED.items() if any(r.alarm for r in measure(indicator, everything))] == []
    assert SHIPPED["drug_share"].warn_above.missing == "UNSET"


# -------------------------------------------------------------------------------------------- what cannot be computed


def test_no_bill_is_not_zero() -> None:
    for indicator in SHIPPED.values():
        nothing = only(indicator, [])
        assert (nothing.exact, nothing.shown, nothing.alarm) == (None, None, False)
    assert only(OWN_EXPENSE, [settled(entitlement="excluded")]).not_computable == "NO_BILLS"


def test_bills_that_come_to_nothing_give_no_share() -> None:
    assert only(OWN_EXPENSE, [settled(0)]).not_computable == "NOTHING_TO_DIVIDE_BY"


def test_a_missing_figure_is_named_and_not_taken_for_zero() -> None:
    bills = [settled(300000, event="inpatient", bed_days=3), settled(100000, id="2", event="inpatient")]

    cost = only(SHIPPED["bed_day_cost"], bills)

    assert (cost.shown, cost.not_computable) == (None, "SOMETHING_UNKNOWN")
    assert cost.tally.unknown == {("bed_days", "2")}


def test_a_missing_figure_of_one_row_leaves_the_others_alone() -> None:
    bills = [settled(100, drugs_fen=50), settled(100, id="2", settled_on=date(2010, 6, 1))]

    assert [reading.shown for reading in measure(SHIPPED["drug_share"], bills)] == [Decimal("50.00"), None]


def test_a_bill_of_which_nobody_can_tell_whether_it_counts_is_named(tmp_path: Path) -> None:
    [indicator] = rules(
        tmp_path,
        """
        [[indicator]]
        id = "large_hospitals"
        numerator = "own_expense"
        denominator = "total"
        where = { event = "outpatient" }
        leave_out = [{ level = 1 }]
        group_by = []
        warn_above = 5
        """,
    ).indicators

    known = settled(facts={"level": 3})
    assert only(indicator, [known]).shown == Decimal("0.00")
    assert only(indicator, [known, settled(id="2")]).tally.unknown == {("level", "2")}
    assert only(indicator, [known, settled(id="2", event="inpatient")]).shown == Decimal("0.00")
    assert only(indicator, [known, settled(id="2", facts={"level": 1})]).tally.bills == 1


def test_the_three_groups_are_not_computable_until_the_policy_names_them() -> None:
    share = only(SHIPPED["three_groups_share"], [settled(drug_groups_fen={"antibiotics": 5000})])

    assert (share.not_computable, share.shown, share.alarm) == ("DRUG_GROUPS_UNSET", None, False)


def test_named_groups_of_drugs_are_rows_of_their_own(tmp_path: Path) -> None:
    [indicator] = rules(
        tmp_path,
        """
        [[indicator]]
        id = "three_groups_share"
        numerator = "total_by_group"
        denominator = "total"
        groups = "antibiotics, infusions"
        group_by = ["month"]
        warn_above = { site = "group_line" }
        [[site_param]]
        id = "group_line"
        label = "药品比例警戒线 (%)"
        type = "percent"
        """,
        group_line="30",
    ).indicators

    found = measure(indicator, [settled(10000, drug_groups_fen={"antibiotics": 4000}), settled(10000, id="2")])
    assert [(reading.group, reading.not_computable) for reading in found] == [
        (("2010-05", "antibiotics"), "SOMETHING_UNKNOWN"),
        (("2010-05", "infusions"), "SOMETHING_UNKNOWN"),
    ]
    found = measure(indicator, [settled(10000, drug_groups_fen={"antibiotics": 4000})])
    assert [(reading.shown, reading.alarm) for reading in found] == [(Decimal("40.00"), True), (Decimal("0.00"), False)]


# ----------------------------------------------------------------------------------------------- whatever is counted

bills_of_any_kind = st.builds(
    settled,
    st.integers(0, 10**9),
    id=st.uuids().map(str),
    settled_on=st.dates(date(2010, 1, 1), date(2010, 3, 31)),
    institution=st.sampled_from(["H4399", "G4399"]),
    event=st.sampled_from(["outpatient", "inpatient", "maternity"]),
    entitlement=st.sampled_from(["ok", "excluded", "waiting"]),
    own_expense_fen=st.integers(0, 10**9),
    patient_total_fen=st.integers(0, 10**9),
    drugs_fen=st.none() | st.integers(0, 10**9),
    bed_days=st.none() | st.integers(1, 90),
    diagnosis=st.none() | st.sampled_from(["J18", "I10"]),
)
streams = st.lists(bills_of_any_kind, max_size=12)
indicators = st.sampled_from(list(SHIPPED.values()))


@given(indicators, streams, st.data())
def test_the_order_of_the_bills_does_not_matter(
    indicator: Indicator, bills: list[SettledBill], data: st.DataObject
) -> None:
    assert measure(indicator, data.draw(st.permutations(bills))) == measure(indicator, bills)


@given(indicators, st.lists(streams, max_size=4))
def test_the_parts_of_a_stream_added_up_give_the_whole(indicator: Indicator, parts: list[list[SettledBill]]) -> None:
    whole = [bill for part in parts for bill in part]

    assert readings(indicator, together(tally(indicator, part) for part in parts)) == measure(indicator, whole)


@given(streams, bills_of_any_kind, st.sampled_from([{"entitlement": "excluded"}, {"event": "maternity"}]))
def test_a_bill_that_is_left_out_changes_nothing(
    bills: list[SettledBill], other: SettledBill, made: dict[str, str]
) -> None:
    kept = {"own_expense_fen": other.own_expense_fen, "institution": other.institution}
    left_out = settled(other.total_fen, id="left out", **(kept | made))

    assert measure(OWN_EXPENSE, [*bills, left_out]) == measure(OWN_EXPENSE, bills)


@given(indicators, streams)
def test_what_is_shown_is_within_half_a_hundredth_of_what_is(indicator: Indicator, bills: list[SettledBill]) -> None:
    for reading in measure(indicator, bills):
        if reading.exact is not None and reading.shown is not None:
            assert -Fraction(1, 200) <= reading.exact - Fraction(reading.shown) < Fraction(1, 200)


# --------------------------------------------------------------------------------------------------- what is refused

GOOD = """[[indicator]]
id = "drug_share"
numerator = "total_drugs"
denominator = "total"
group_by = ["month"]
warn_above = "unset"
unit = "percent"
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "key"),
    [
        ('"total_drugs"', '"drugs"', "POL-04", 10, "indicator[1].numerator"),
        ('denominator = "total"', 'denominator = "days"', "POL-04", 11, "indicator[1].denominator"),
        ('["month"]', '["doctor"]', "POL-04", 12, "indicator[1].group_by[1]"),
        ('"unset"', "-1", "POL-04", 13, "indicator[1].warn_above"),
        ('"unset"', "[{ value = 20 }]", "POL-04", 13, "indicator[1].warn_above"),
        ('"percent"', '"yuan"', "POL-04", 14, "indicator[1].unit"),
        ('unit = "percent"', 'groups = "unset"', "POL-02", 14, "indicator[1].groups"),
        ('"total_drugs"', '"total_by_group"', "POL-03", 8, "indicator[1].groups"),
        ('unit = "percent"', 'colour = "red"', "POL-02", 14, "indicator[1].colour"),
        (GOOD, GOOD + GOOD, "HOUSE-02", 16, "indicator[2].id"),
    ],
)
def test_an_indicator_that_nobody_can_compute_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int, key: str
) -> None:
    with pytest.raises(PolicyFileProblem) as problem:
        rules(tmp_path, GOOD.replace(old, new))

    assert (problem.value.code, problem.value.fill["line"], problem.value.fill["key"]) == (code, line, key)
