"""What an answer to reset tells a reader; the answers are those of our notes on real cards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.readers.reset_answer import read


@pytest.mark.parametrize(
    ("atr", "speed", "protocols", "field_size"),
    [
        ("3B6D000000814A44468660519900000001", 0x11, [], 32),
        ("3B7D95000000814A44468660519900000001", 0x95, [], 32),
        ("3BED0000801FC300814A4446866051990000000157", 0x11, [0, 15], 32),
        ("3BED00008131FE4500814A4446866051990000000100", 0x11, [1], 0xFE),
        ("3B8D800100814A44468660439900000007FE", 0x11, [0, 1], 32),
    ],
)
def test_speed_protocols_and_size_of_blocks(atr: str, speed: int, protocols: list[int], field_size: int) -> None:
    answer = read(bytes.fromhex(atr))
    assert (answer.speed, answer.protocols, answer.field_size) == (speed, protocols, field_size)
    assert not answer.fixed_speed
    assert not answer.crc


def test_a_fixed_speed_and_blocks_with_a_crc() -> None:
    answer = read(bytes.fromhex("3B901891 11 51 01".replace(" ", "")))
    assert answer.fixed_speed
    assert (answer.speed, answer.first_protocol) == (0x18, 1)
    assert read(bytes.fromhex("3B80 81 51 40 01".replace(" ", ""))).crc


@given(st.binary(max_size=40))
def test_any_bytes_are_read_as_far_as_they_go(atr: bytes) -> None:
    assert 0 <= read(atr).first_protocol <= 15
