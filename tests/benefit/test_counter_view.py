import pytest

from pos_client.benefit.counter_view import CounterView
from pos_client.benefit.facts import Counters
from pos_client.benefit.reasons import Held

BEFORE = Counters(year=2010, amounts_fen={"pool_paid": 500}, counts={"stays": 2}, account_balance_fen=1000)


def test_counters_of_the_year_are_read_as_they_are() -> None:
    view = CounterView(BEFORE, 2010)

    assert (view.amount_fen("pool_paid"), view.count("stays"), view.account_balance_fen()) == (500, 2, 1000)


def test_a_new_year_starts_from_zero_and_keeps_the_account() -> None:
    view = CounterView(BEFORE, 2011)

    assert (view.amount_fen("pool_paid"), view.count("stays"), view.account_balance_fen()) == (0, 0, 1000)
    assert view.after({}, (), 0) == Counters(
        year=2011, amounts_fen={"pool_paid": 0}, counts={"stays": 0}, account_balance_fen=1000
    )


def test_in_a_new_year_even_an_unknown_counter_is_zero() -> None:
    view = CounterView(BEFORE, 2011)

    assert view.amount_fen("relief_paid") == 0
    assert view.after({"relief_paid": 7}, ("chronic",), 0).amounts_fen["relief_paid"] == 7


def test_what_is_counted_is_added_and_what_was_unknown_stays_unknown() -> None:
    after = CounterView(BEFORE, 2010).after({"pool_paid": 25, "relief_paid": 7}, ("stays", "other"), 300)

    assert after == Counters(year=2010, amounts_fen={"pool_paid": 525}, counts={"stays": 3}, account_balance_fen=700)


def test_a_bill_that_counts_nothing_leaves_the_counters_as_they_are() -> None:
    assert CounterView(BEFORE, 2010).after({}, (), 0) is BEFORE


@pytest.mark.parametrize("year", [2009, 2008])
def test_counters_of_a_year_that_is_over_are_unknown(year: int) -> None:
    view = CounterView(BEFORE, year)

    with pytest.raises(Held, match="COUNTER_UNKNOWN"):
        view.amount_fen("pool_paid")
    with pytest.raises(Held, match="COUNTER_UNKNOWN"):
        view.after({"pool_paid": 1}, (), 0)
    assert view.after({}, (), 100).account_balance_fen == 900


def test_an_unknown_balance_holds() -> None:
    unknown = Counters(year=2010, amounts_fen={}, counts={}, account_balance_fen=None)

    with pytest.raises(Held, match="account_balance"):
        CounterView(unknown, 2010).account_balance_fen()
