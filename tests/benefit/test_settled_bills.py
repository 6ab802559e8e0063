from datetime import date

import pytest

from pos_client.benefit import Event, split
from pos_client.benefit.settled_bills import bed_days, settled_bill
from pos_client.errors import OurBug
from tests.benefit.bills import bill, line, person, stay, visit
from tests.benefit.policies import yizheng

YIZHENG = yizheng()


def test_a_settled_bill_takes_its_figures_from_the_split() -> None:
    whole = bill(stay(line("5000.00"), line("300.00", id="2", kind="service"), line("200.00", id="3", cls="C")))
    result = split(YIZHENG, whole)

    counted = settled_bill(
        "01-000001", YIZHENG, whole, result, institution="H4399", settled_on=date(2010, 5, 14), diagnosis="J18"
    )

    assert (counted.total_fen, counted.own_expense_fen) == (550000, 20000)
    assert counted.patient_total_fen == result.patient_total_fen
    assert counted.drugs_fen == 520000
    assert (counted.bed_days, counted.month, counted.entitlement) == (10, "2010-05", "ok")


def test_a_settled_bill_answers_what_a_policy_may_ask() -> None:
    whole = bill(stay(line("5000.00")), who=person(category="flexible"))
    counted = settled_bill(
        "01-000001", YIZHENG, whole, split(YIZHENG, whole), institution="H4399", settled_on=date(2010, 5, 14)
    )

    asked = ("category", "age", "level", "event", "hospital", "pension_from", "diagnosis")
    assert [counted.look(fact) for fact in asked] == ["active", 50, 2, "inpatient", "H4399", None, None]


def test_drugs_are_unknown_when_the_kind_of_a_line_is() -> None:
    whole = bill(visit(line("80.00"), line("20.00", id="2", kind=None)))
    counted = settled_bill(
        "01-000001", YIZHENG, whole, split(YIZHENG, whole), institution="H4399", settled_on=date(2010, 5, 4)
    )

    assert counted.drugs_fen is None


def test_a_held_bill_is_not_counted_as_settled() -> None:
    whole = bill(stay(line("5000.00"), level=None))

    with pytest.raises(OurBug, match="HOUSE-01"):
        settled_bill(
            "01-000001", YIZHENG, whole, split(YIZHENG, whole), institution="H4399", settled_on=date(2010, 5, 14)
        )


@pytest.mark.parametrize(
    ("event", "days"),
    [
        (stay(), 10),
        (stay(discharge=date(2010, 5, 5)), 1),
        (stay(discharge=date(2010, 5, 4)), 1),
        (stay(discharge=None), None),
        (visit(), None),
    ],
)
def test_the_day_of_discharge_takes_no_bed_but_a_stay_is_at_least_a_day(event: Event, days: int | None) -> None:
    assert bed_days(event) == days
