"""Agreeing on a speed: what is asked for, and what counts as a yes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.card.readers.pps import agreed_speed, best_speed, request


@pytest.mark.parametrize(
    ("offered", "first_slot", "further_slots"),
    [
        (0x11, 0x11, 0x11),
        (0x95, 0x95, 0x95),  # 125 000 baud
        (0x13, 0x13, 0x13),
        (0x18, 0x18, 0x14),  # 129 032 baud is more than a further slot can follow
        (0x96, 0x96, 0x95),
        (0x97, 0x96, 0x95),  # 500 000 baud is more than any can
        (0x19, 0x19, 0x14),
        (0x61, 0x11, 0x11),  # slower than the first speed: not worth asking
        (0x7F, 0x11, 0x11),  # reserved values
        (0x10, 0x11, 0x11),
    ],
)
def test_the_fastest_speed_that_both_can(offered: int, first_slot: int, further_slots: int) -> None:
    assert best_speed(offered) == first_slot
    assert best_speed(offered, slot=1) == further_slots


def test_a_card_is_asked_as_the_driver_asks() -> None:
    assert request(0, 0x95).hex().upper() == "FF10957A"
    assert request(1, 0x95).hex().upper() == "FF11957B"


def test_what_counts_as_agreed() -> None:
    asked = request(0, 0x95)
    assert agreed_speed(asked, asked) == 0x95
    assert agreed_speed(asked, bytes.fromhex("FF00FF")) == 0x11
    assert agreed_speed(asked, b"") is None
    assert agreed_speed(asked, bytes.fromhex("6E00")) is None
    assert agreed_speed(asked, bytes.fromhex("FF101100")) is None


@given(offered=st.integers(0, 255), slot=st.integers(0, 4))
def test_every_offer_has_an_answer_with_the_cards_clock_rate(offered: int, slot: int) -> None:
    speed = best_speed(offered, slot=slot)
    assert speed == 0x11 or (speed >> 4 == offered >> 4 and request(0, speed)[2] == speed)
