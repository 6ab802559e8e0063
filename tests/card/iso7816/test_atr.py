"""The answer to reset: how the card wants to be spoken to."""

import contextlib
from functools import reduce
from operator import xor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.card.iso7816.atr import AnswerToReset, BlockParameters, NoAtr, historical_bytes, parse

HISTORICAL = bytes.fromhex("00814A44468660519900000001")
EXAMPLES = {
    "ours": ("3B6D000000814A44468660519900000001", AnswerToReset(False, 0, 10, 0, HISTORICAL)),
    "faster": ("3B7D95000000814A44468660519900000001", AnswerToReset(False, 0, 10, 0, HISTORICAL, 0x95)),
    "with classes": ("3BED0000801FC300814A4446866051990000000157", AnswerToReset(False, 0, 10, 0, HISTORICAL)),
    "T=1": (
        "3BED00008131FE4500814A4446866051990000000100",
        AnswerToReset(False, 0, 10, 1, HISTORICAL, blocks=BlockParameters(0xFE, 0x45)),
    ),
    "inverse, slow": ("3FC0FF401E", AnswerToReset(True, 0xFF, 30, 0)),
    "shortest": ("3B00", AnswerToReset(False, 0, 10, 0)),
    "contactless": ("3B8D800100814A44468660519900000001EA", AnswerToReset(False, 0, 10, 0, HISTORICAL)),
    "T=1 chosen by the card": (
        "3B9018918171203501FD",
        AnswerToReset(False, 0, 10, 1, speed=0x18, specific=True, blocks=BlockParameters(0x20, 0x35, crc=True)),
    ),
    "T=0 chosen by the card, its speed unsaid": ("3B90181010", AnswerToReset(False, 0, 10, 0, specific=True)),
}


@pytest.mark.parametrize(("atr", "meaning"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_answers_to_reset(atr: str, meaning: AnswerToReset) -> None:
    assert parse(bytes.fromhex(atr)) == meaning


def test_an_impossible_size_of_blocks_is_the_usual_one() -> None:
    for size in (0x00, 0xFF):
        head = bytes.fromhex("808111") + bytes((size,))
        assert parse(b"\x3b" + head + bytes((reduce(xor, head),))).blocks.card_size == 32


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "3B",
        "3C6D0000",
        "3B6D0000",
        "3BF0",
        "3B8081",
        "3BED0000801FC300814A4446866051990000000158",
        "3BED0000801FC300814A44468660519900000001",
        "3B6F0000" + "00" * 14,
        "3B00" + "00" * 32,
    ],
    ids=[
        "nothing",
        "one byte",
        "neither convention",
        "short of historical bytes",
        "short of interface bytes",
        "short after a protocol",
        "wrong check byte",
        "no check byte",
        "more historical bytes said than there are",
        "too long",
    ],
)
def test_what_is_no_answer_to_reset(wrong: str) -> None:
    with pytest.raises(NoAtr):
        parse(bytes.fromhex(wrong))


def test_the_historical_bytes_alone() -> None:
    assert historical_bytes(bytes.fromhex(EXAMPLES["ours"][0])) == HISTORICAL
    with pytest.raises(NoAtr):
        historical_bytes(b"\x3b")


@given(st.binary(max_size=40))
def test_any_bytes_are_an_answer_to_reset_or_none(data: bytes) -> None:
    with contextlib.suppress(NoAtr):
        assert len(parse(b"\x3b" + data).historical) <= 15
