"""Entitlement day by day; the shipped places show the usual, changed copies of them the other readings."""

from datetime import date
from pathlib import Path

import pytest

from pos_client.benefit import ABSENT, Contract, Policy, split
from pos_client.benefit.eligibility import _CannotBeKnown
from pos_client.benefit.facts import Absent
from tests.benefit.bills import bill, counters, line, person, visit
from tests.benefit.policies import SHIPPED, changed, yizheng

RIZHAO = SHIPPED.pick("rizhao", date(2012, 3, 1))


def entitlement(policy: Policy, day: date, **facts: object) -> str:
    event = visit(line("100.00"), date=day, institution="站", use_account=False)
    return split(
        policy, bill(event, who=person(**facts), before=counters(year=day.year, outpatient_eligible=0))
    ).entitlement


@pytest.mark.parametrize(
    ("day", "state"), [(date(2010, 7, 14), "waiting"), (date(2010, 7, 15), "ok"), (date(2010, 1, 1), "waiting")]
)
def test_six_months_of_contributions_come_first(day: date, state: str) -> None:
    assert entitlement(yizheng(day), day, first_contribution=date(2010, 1, 15)) == state


def test_a_strict_reading_waits_one_day_longer(tmp_path: Path) -> None:
    library = changed(tmp_path, "yizheng/2010-01-01", ('first_day = "same_day"', 'first_day = "next_day"'))
    day = date(2010, 7, 15)

    assert entitlement(library.pick("yizheng", day), day, first_contribution=date(2010, 1, 15)) == "waiting"


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2010, 3, 31), "ok"),
        (date(2010, 4, 30), "ok"),
        (date(2010, 5, 1), "lapsed"),
        (date(2010, 8, 9), "lapsed"),
        (date(2010, 8, 10), "waiting"),
        (date(2011, 2, 9), "waiting"),
        (date(2011, 2, 10), "ok"),
    ],
)
def test_an_unpaid_month_stops_benefits_until_six_months_after_the_renewal(day: date, state: str) -> None:
    broken = {"first_unpaid_month": date(2010, 4, 1), "renewed_on": date(2010, 8, 10), "arrears_paid": True}

    assert entitlement(yizheng(day), day, **broken) == state


def test_a_harder_reading_stops_in_the_unpaid_month_itself(tmp_path: Path) -> None:
    library = changed(tmp_path, "yizheng/2010-01-01", ('stop = "first_of_next_month"', 'stop = "first_of_month"'))
    day = date(2010, 4, 30)

    assert (
        entitlement(library.pick("yizheng", day), day, first_unpaid_month=date(2010, 4, 1), renewed_on=ABSENT)
        == "lapsed"
    )


def test_without_a_renewal_benefits_stay_stopped() -> None:
    day = date(2015, 1, 1)

    assert entitlement(yizheng(day), day, first_unpaid_month=date(2010, 4, 1), renewed_on=ABSENT) == "lapsed"


@pytest.mark.parametrize(
    ("category", "day", "state"),
    [
        ("adult_resident", date(2012, 3, 31), "not_enrolled"),
        ("adult_resident", date(2012, 4, 1), "ok"),
        ("employee", date(2012, 12, 31), "not_enrolled"),
        ("employee", date(2013, 1, 1), "ok"),
    ],
)
def test_residents_begin_in_the_next_month_and_employees_in_the_next_year(category: str, day: date, state: str) -> None:
    contract = Contract(institution="站", signed_on=date(2012, 2, 1))

    assert entitlement(RIZHAO, day, category=category, first_contribution=date(2012, 3, 10), contract=contract) == state


def test_an_insurance_year_that_begins_in_july_moves_the_begin(tmp_path: Path) -> None:
    library = changed(tmp_path, "rizhao/2012-01-01", ('year_starts = "01-01"', 'year_starts = "07-01"'))
    contract = Contract(institution="站", signed_on=date(2012, 2, 1))
    facts = {"category": "employee", "first_contribution": date(2012, 3, 10), "contract": contract}

    for day, state in ((date(2012, 6, 30), "not_enrolled"), (date(2012, 7, 1), "ok")):
        assert entitlement(library.pick("rizhao", day), day, **facts) == state


@pytest.mark.parametrize(
    ("contract", "state"),
    [
        (Contract(institution="站", signed_on=date(2012, 3, 1)), "ok"),
        (Contract(institution="站", signed_on=date(2012, 3, 2)), "no_contract"),
        (Contract(institution="站", signed_on=date(2011, 3, 2)), "ok"),
        (Contract(institution="站", signed_on=date(2011, 3, 1)), "no_contract"),
        (Contract(institution="别处", signed_on=date(2012, 3, 1)), "no_contract"),
        (ABSENT, "no_contract"),
        (None, "unknown"),
    ],
)
def test_a_contract_covers_one_institution_for_one_year(contract: Contract | Absent | None, state: str) -> None:
    day = date(2012, 3, 1)

    assert entitlement(RIZHAO, day, category="employee", contract=contract) == state


def test_a_contract_cannot_be_judged_where_the_institution_is_unknown() -> None:
    contract = Contract(institution="站", signed_on=date(2012, 3, 1))
    event = visit(line("100.00"), date=date(2012, 3, 1))

    result = split(RIZHAO, bill(event, who=person(category="employee", contract=contract)))

    assert (result.reasons, result.details) == (("FACT_UNKNOWN",), ("institution",))


def test_a_rule_for_some_categories_holds_where_the_category_is_unknown() -> None:
    result = split(RIZHAO, bill(visit(line("100.00"), date=date(2012, 3, 1)), who=person(category=None)))

    assert (result.reasons, result.details) == (("FACT_UNKNOWN",), ("category",))


def test_where_no_arrears_are_due_nobody_asks_whether_they_were_paid(tmp_path: Path) -> None:
    policy = changed(tmp_path, "yizheng/2010-01-01", ("arrears_due = true", "arrears_due = false")).pick(
        "yizheng", date(2010, 12, 1)
    )
    facts = {"first_unpaid_month": date(2010, 1, 1), "renewed_on": date(2010, 4, 1), "arrears_paid": None}

    assert entitlement(policy, date(2010, 9, 30), **facts) == "waiting"
    assert entitlement(policy, date(2010, 10, 1), **facts) == "ok"


def test_a_rule_that_cannot_be_judged_ends_on_no_day() -> None:
    day = date(2010, 5, 4)

    assert _CannotBeKnown("category", "…").ends_on(bill(visit(line("1.00"))), day) is None


def test_known_to_be_none_is_written_so() -> None:
    assert repr(ABSENT) == "ABSENT"
