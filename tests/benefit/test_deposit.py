import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.benefit import DepositFigures
from pos_client.benefit.deposit import compile_deposit
from tests.benefit.bills import line, stay

WRITTEN = {"deposit": {"bracket": [{"to": 1000, "percent": 100}, {"percent": 50}]}}
DEPOSIT = compile_deposit(WRITTEN)


@pytest.mark.parametrize(
    ("estimate", "required"),
    [(0, 0), (80000, 80000), (100000, 100000), (100001, 100001), (100003, 100002), (300000, 200000)],
)
def test_the_part_above_the_first_thousand_is_halved(estimate: int, required: int) -> None:
    assert DEPOSIT is not None
    assert DEPOSIT.required_fen(estimate) == required


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_what_was_paid_in_and_what_is_settled_even_out(estimate: int, paid: int, cash: int) -> None:
    assert DEPOSIT is not None
    event = stay(line("1.00"), estimate_fen=estimate, deposit_paid_fen=paid)

    figures = DEPOSIT.settle(event, cash)

    assert figures is not None
    assert paid + figures.collect_fen - figures.refund_fen == cash
    assert 0 in (figures.collect_fen, figures.refund_fen)


def test_a_deposit_that_is_not_told_is_as_high_as_was_required() -> None:
    assert DEPOSIT is not None

    assert DEPOSIT.settle(stay(line("1.00"), estimate_fen=80000), 50000) == DepositFigures(80000, 30000, 0)
    assert DEPOSIT.settle(stay(line("1.00")), 50000) is None


def test_most_policies_ask_for_none() -> None:
    assert compile_deposit({}) is None
