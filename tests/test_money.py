"""Fen inside, yuan at the edges, and never a float."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.money import (
    LARGEST_FEN,
    NotAnAmount,
    decimal_of,
    fen_of_yuan,
    line_amount_fen,
    quantity,
    unit_price,
    yuan,
    yuan_decimal,
    yuan_grouped,
)


@given(st.integers(-LARGEST_FEN, LARGEST_FEN))
def test_every_amount_survives_being_written_and_read(amount_fen: int) -> None:
    assert fen_of_yuan(yuan(amount_fen)) == amount_fen
    assert fen_of_yuan(yuan_decimal(amount_fen)) == amount_fen


@pytest.mark.parametrize(
    ("amount_fen", "written", "grouped"),
    [
        (0, "0.00", "0.00"),
        (5, "0.05", "0.05"),
        (-5, "-0.05", "\N{MINUS SIGN}0.05"),
        (-100, "-1.00", "\N{MINUS SIGN}1.00"),
        (25_000_000, "250000.00", "250,000.00"),
    ],
)
def test_amounts_are_written_for_the_wire_and_for_people(amount_fen: int, written: str, grouped: str) -> None:
    assert yuan(amount_fen) == written
    assert yuan_grouped(amount_fen) == grouped


@pytest.mark.parametrize("wrong", [1.0, 0.1, True, None, "", "abc", "1.005", "NaN", "Infinity", "1e30", b"1", "1,000"])
def test_what_is_no_exact_amount_is_refused(wrong: object) -> None:
    with pytest.raises(NotAnAmount):
        fen_of_yuan(wrong)


@pytest.mark.parametrize("wrong", ["-0.01", "0.1234567", "1e30", "12345678901", 0.5])
def test_what_is_no_unit_price_is_refused(wrong: object) -> None:
    with pytest.raises(NotAnAmount):
        unit_price(wrong)


@pytest.mark.parametrize("wrong", ["0.12345", "1e30", "x", 2.0])
def test_what_is_no_quantity_is_refused(wrong: object) -> None:
    with pytest.raises(NotAnAmount):
        quantity(wrong)


def test_prices_have_six_decimals_and_quantities_four() -> None:
    assert unit_price("0.123456") == Decimal("0.123456")
    assert quantity("-0.1234") == Decimal("-0.1234")


@pytest.mark.parametrize(
    ("price", "count", "amount_fen"),
    [
        ("12.60", "2", 2520),
        ("0.005", "1", 1),  # half a fen goes up
        ("0.004999", "1", 0),
        ("0.125", "-1", -13),  # and away from zero: a return mirrors its sale
        ("9999999999.999999", "999999999999.9999", 999999999999999800000000),
    ],
)
def test_a_line_is_rounded_half_up_to_the_fen(price: str, count: str, amount_fen: int) -> None:
    assert line_amount_fen(Decimal(price), Decimal(count)) == amount_fen


@given(st.decimals(0, 10**6, places=6), st.decimals(-(10**4), 10**4, places=4))
def test_a_return_is_worth_exactly_what_its_sale_was(price: Decimal, count: Decimal) -> None:
    assert line_amount_fen(price, -count) == -line_amount_fen(price, count)
    exact = price * count * 100
    assert abs(line_amount_fen(price, count) - exact) <= Decimal("0.5")


def test_spaces_round_a_number_do_not_matter() -> None:
    assert decimal_of(" 1.50 ") == Decimal("1.5")


@pytest.mark.parametrize("read", [quantity, unit_price, fen_of_yuan])
def test_a_number_beyond_all_calculating_is_no_amount(read: Callable[[object], object]) -> None:
    with pytest.raises(NotAnAmount):
        read("1e1000000")
