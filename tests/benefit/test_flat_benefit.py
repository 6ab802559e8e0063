from datetime import date
from typing import Any

import pytest

from pos_client.benefit import Split, split
from tests.benefit.bills import bill, line, person, visit
from tests.benefit.policies import yizheng

MOTHER: dict[str, Any] = {"category": "flexible", "sex": "F", "flexible": True, "maternity_insured": False}


def birth(delivery: str | None = "natural", *, papers: bool | None = True, **facts: Any) -> Split:
    event = visit(line("3000.00", cls="B"), type="maternity", delivery=delivery, family_planning_ok=papers)
    return split(yizheng(), bill(event, who=person(**(MOTHER | facts))))


def test_a_birth_is_paid_for_outside_the_bill() -> None:
    result = birth("caesarean")

    assert (result.flat_benefit_fen, result.own_expense_fen, result.mode) == (120000, 300000, "bureau")
    assert result.lines[0].reasons == ("PAID_OUTSIDE_THE_BILL",)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"flexible": False, "sex": "M"}, "NOT_FLEXIBLE_EMPLOYMENT"),
        ({"sex": "M"}, "NOT_FEMALE"),
        ({"papers": False, "maternity_insured": True}, "NO_FAMILY_PLANNING_PAPER"),
        ({"maternity_insured": True}, "MATERNITY_INSURANCE_PAYS"),
    ],
)
def test_the_first_reason_for_a_refusal_is_given(facts: dict[str, Any], reason: str) -> None:
    result = birth(**facts)

    assert (result.flat_benefit_fen, result.reasons) == (0, (reason,))


@pytest.mark.parametrize(
    ("facts", "detail"),
    [
        ({"flexible": None}, "flexible"),
        ({"papers": None}, "family_planning_ok"),
        ({"maternity_insured": None}, "maternity_insured"),
        ({"delivery": None}, "delivery"),
    ],
)
def test_what_a_grant_hangs_on_must_be_known(facts: dict[str, Any], detail: str) -> None:
    result = birth(**facts)

    assert (result.reasons, result.details) == (("FACT_UNKNOWN",), (detail,))


def test_a_refusal_looks_no_further() -> None:
    assert birth(sex="M", maternity_insured=None, delivery=None).reasons == ("NOT_FEMALE",)


def test_a_mother_who_waits_gets_nothing_yet() -> None:
    result = birth(first_contribution=date(2010, 1, 15))

    assert (result.entitlement, result.flat_benefit_fen, result.mode) == ("waiting", 0, "bureau")


def test_a_birth_after_an_excluded_cause_is_outside_the_fund() -> None:
    event = visit(line("3000.00"), type="maternity", cause="abroad")

    assert split(yizheng(), bill(event, who=person(**MOTHER))).entitlement == "excluded"
