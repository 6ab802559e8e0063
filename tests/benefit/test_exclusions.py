from datetime import date

import pytest

from pos_client.benefit import split
from tests.benefit.bills import bill, counters, line, person, stay, visit
from tests.benefit.policies import SHIPPED, yizheng


@pytest.mark.parametrize("cause", ["work_injury", "third_party", "public_health", "abroad"])
def test_nothing_of_an_excluded_bill_is_looked_at(cause: str) -> None:
    nobody = person(category="soldier", first_contribution=None, first_unpaid_month=None)
    event = stay(line("50.00", cls=None), line("20.00", id="2", cls="B"), level=None, place=None, cause=cause)

    result = split(yizheng(), bill(event, who=nobody, before=counters(balance_fen=None)))

    assert (result.status, result.entitlement, result.mode) == ("settled", "excluded", "pos")
    assert result.own_expense_fen == result.cash_pay_fen == 7000


def test_the_first_excluded_bill_of_a_new_year_resets_the_counters() -> None:
    event = visit(line("50.00"), cause="work_injury")

    after = split(yizheng(), bill(event, before=counters(year=2009, pool_paid=900, balance_fen=5))).counters_after

    assert (after.year, after.amounts_fen["pool_paid"], after.account_balance_fen) == (2010, 0, 5)


def test_a_place_without_a_list_of_causes_asks_for_none() -> None:
    policy = SHIPPED.pick("cn", date(2012, 1, 1))

    assert split(policy, bill(visit(line("1.00"), cause="work_injury"))).reasons == ("NO_RULE_BENEFIT",)
