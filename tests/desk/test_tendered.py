"""Money as it is typed at the counter: exact, forgiving about thousands, never guessing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.desk.tendered import MOST_FEN, Tendered, amount_of, still_open_fen, tendered
from pos_client.money import yuan, yuan_grouped


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("50", 5_000),
        ("50.0", 5_000),
        ("50.00", 5_000),
        ("0.5", 50),
        (".5", 50),
        ("50.", 5_000),
        (" 50 ", 5_000),
        ("007", 700),
        ("0", 0),
        ("1,000", 100_000),
        ("1,000.50", 100_050),
        ("1,000,000", MOST_FEN),
    ],
)
def test_what_is_an_amount(typed: str, fen: int) -> None:
    assert amount_of(typed) == fen


NONE = [
    *("", " ", ".", ",", "-1", "+1", "1e2", "0x10", "NaN", "inf", "1.234", "1.2.3", "1000000.01", "9" * 400, "1 2"),
    *("١", "１２", "一"),
]


@pytest.mark.parametrize("typed", NONE)
def test_what_is_none(typed: str) -> None:
    assert amount_of(typed) is None


@pytest.mark.parametrize("typed", ["12,5", "1,2,3", "12,50", "1,0000", ",500", "1,000,0"])
def test_a_comma_typed_for_a_point_is_no_amount(typed: str) -> None:
    assert amount_of(typed) is None


def test_nothing_typed_is_the_exact_amount() -> None:
    assert tendered("", 1_260) == tendered("  ", 1_260) == Tendered(1_260, 0, 0)


@pytest.mark.parametrize(("typed", "wanted"), [("50", Tendered(5_000, 3_740, 0)), ("10", Tendered(1_000, 0, 260))])
def test_too_much_goes_back_and_too_little_is_missing(typed: str, wanted: Tendered) -> None:
    assert tendered(typed, 1_260) == wanted


def test_what_is_no_amount_is_nothing_tendered() -> None:
    assert tendered("abc", 1_260) is None


@given(st.integers(0, MOST_FEN), st.integers(0, MOST_FEN))
def test_no_fen_is_lost_between_what_is_laid_down_and_what_goes_back(laid_down_fen: int, due_fen: int) -> None:
    for typed in (yuan(laid_down_fen), yuan_grouped(laid_down_fen)):
        found = tendered(typed, due_fen)
        assert found is not None
        assert found.tendered_fen == laid_down_fen
        assert found.tendered_fen - found.change_fen + found.short_fen == due_fen
        assert 0 in (found.change_fen, found.short_fen)


@given(st.text(max_size=20))
def test_any_text_is_an_amount_within_reason_or_none(typed: str) -> None:
    amount_fen = amount_of(typed)
    assert amount_fen is None or 0 <= amount_fen <= MOST_FEN


def test_what_was_laid_down_leaves_the_rest_open() -> None:
    assert still_open_fen(1260, [500, 260]) == 500
    assert still_open_fen(1260, []) == 1260
