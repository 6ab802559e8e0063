"""Entitled or not, from which day, by which rule."""

from datetime import date
from typing import Any

import pytest

from pos_client.benefit import ABSENT, Contract, standing
from pos_client.benefit.reasons import Held
from tests.benefit.bills import bill, counters, line, person, visit
from tests.benefit.policies import SHIPPED, yizheng

BREAK = {"first_unpaid_month": date(2010, 4, 1)}


@pytest.mark.parametrize(
    ("facts", "state", "first_covered_day"),
    [
        ({}, "ok", None),
        ({"first_contribution": date(2010, 1, 15)}, "waiting", date(2010, 7, 15)),
        (BREAK | {"renewed_on": ABSENT}, "lapsed", None),
        (BREAK | {"renewed_on": date(2010, 5, 3), "arrears_paid": True}, "waiting", date(2010, 11, 3)),
    ],
)
def test_the_answer_names_state_and_first_covered_day(
    facts: dict[str, Any], state: str, first_covered_day: date | None
) -> None:
    day = date(2010, 5, 4)

    found = standing(yizheng(day), bill(visit(line("1.00"), date=day), who=person(**facts)))

    assert (found.state, found.first_covered_day) == (state, first_covered_day)
    assert bool(found.part) is (state != "ok")


def test_what_is_not_known_is_not_answered() -> None:
    unknown = bill(visit(line("1.00")), who=person(first_contribution=None))
    policy = yizheng()
    with pytest.raises(Held):
        standing(policy, unknown)


def test_a_contract_elsewhere_covers_no_day_here() -> None:
    facts = {"category": "employee", "contract": Contract(institution="站甲", signed_on=date(2012, 3, 1))}
    event = visit(line("1.00"), date=date(2012, 5, 4), institution="站乙")

    found = standing(
        SHIPPED.pick("rizhao", date(2012, 5, 4)), bill(event, who=person(**facts), before=counters(year=2012))
    )

    assert found.state == "no_contract"
