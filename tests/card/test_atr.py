"""The answer to reset, as a serial reader needs it."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.card.atr import AnswerToReset, NoAtr, parse


@pytest.mark.parametrize(
    ("atr", "meaning"),
    [
        ("3B6D000000814A44468660519900000001", AnswerToReset(False, 0, 10, 0)),
        ("3B7D95000000814A44468660519900000001", AnswerToReset(False, 0, 10, 0)),
        ("3BED0000801FC300814A4446866051990000000157", AnswerToReset(False, 0, 10, 0)),
        ("3BED00008131FE4500814A4446866051990000000100", AnswerToReset(False, 0, 10, 1)),
        ("3FC0FF401E", AnswerToReset(True, 0xFF, 30, 0)),
        ("3B00", AnswerToReset(False, 0, 10, 0)),
    ],
)
def test_answers_to_reset(atr: str, meaning: AnswerToReset) -> None:
    assert parse(bytes.fromhex(atr)) == meaning


@pytest.mark.parametrize("wrong", ["", "3B", "3C6D0000", "3B6D0000", "3BF0", "3B8081"])
def test_what_is_cut_short_is_no_answer_to_reset(wrong: str) -> None:
    with pytest.raises(NoAtr):
        parse(bytes.fromhex(wrong))


@given(st.binary(max_size=33))
def test_any_bytes_are_an_answer_to_reset_or_none(data: bytes) -> None:
    with contextlib.suppress(NoAtr):
        assert isinstance(parse(data), AnswerToReset)
