from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.benefit.rounding import amount_fen, expense_for_fen, percent, plain_decimal, share_fen
from pos_client.money import NotAnAmount, line_amount_fen

percents = st.decimals(min_value=0, max_value=100, places=3)
amounts = st.integers(0, 10**16)


def half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))


@pytest.mark.parametrize(
    ("written", "plain"), [("80.0", "80"), ("8E+1", "80"), ("72.50", "72.5"), ("0.00", "0"), ("100", "100")]
)
def test_a_percentage_is_shown_without_idle_zeros(written: str, plain: str) -> None:
    assert str(plain_decimal(Decimal(written))) == plain


@given(amounts, percents)
def test_a_share_is_exact_and_then_half_up(amount: int, part: Decimal) -> None:
    assert share_fen(amount, percent(part)) == half_up(Fraction(amount) * Fraction(part) / 100)


@given(amounts, percents.filter(lambda part: part > 0))
def test_the_expense_for_a_paid_amount_is_exact_and_then_half_up(paid: int, part: Decimal) -> None:
    assert expense_for_fen(paid, percent(part)) == half_up(Fraction(paid) * 100 / Fraction(part))


@given(amounts, percents.filter(lambda part: part > 0), st.data())
def test_where_a_limit_is_crossed_lies_inside_the_slice(expense: int, part: Decimal, data: st.DataObject) -> None:
    pays = share_fen(expense, percent(part))
    left = data.draw(st.integers(0, pays)) if pays else 0
    if left < pays:
        assert expense_for_fen(left, percent(part)) <= expense


@given(st.decimals(min_value=0, max_value=10**9, places=6), st.decimals(min_value=0, max_value=10**5, places=4))
def test_a_line_amount_is_that_of_the_money_module(price: Decimal, count: Decimal) -> None:
    assert amount_fen(price, count) == line_amount_fen(price, count)


def test_a_negative_price_is_no_amount() -> None:
    with pytest.raises(NotAnAmount):
        amount_fen(Decimal("-0.01"), Decimal(1))
