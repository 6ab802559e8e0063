"""What an answer to reset says: the table of examples of the standard, cut ones, and contactless ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.card.answer_to_reset import card_factor, historical_bytes, speaks_blocks

HISTORICAL = "00814A44468660519900000001"


@pytest.mark.parametrize(
    ("atr", "blocks"),
    [
        ("3B6D0000" + HISTORICAL, False),
        ("3B7D950000" + HISTORICAL, False),
        ("3BED0000801FC3" + HISTORICAL + "57", False),
        ("3BED00008131FE45" + HISTORICAL + "00", True),
        ("3B8D8001" + HISTORICAL + "55", True),
    ],
)
def test_the_thirteen_historical_bytes_and_the_protocol(atr: str, blocks: bool) -> None:
    assert historical_bytes(bytes.fromhex(atr)).hex().upper() == HISTORICAL
    assert card_factor(bytes.fromhex(atr)).hex().upper() == "8660519900000001"
    assert speaks_blocks(bytes.fromhex(atr)) is blocks


@given(st.binary(max_size=40))
def test_any_bytes_give_a_factor_of_eight(atr: bytes) -> None:
    assert len(card_factor(atr)) == 8
    assert speaks_blocks(atr) in (True, False)
