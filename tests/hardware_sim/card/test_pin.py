"""The holder's number: its packing, its counter, and how it is changed."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.card.pin import Pin, packed
from hardware_sim.card.status import Refusal

RIGHT, WRONG = packed("123456"), packed("654321")


def status(act: Callable[[], None]) -> str:
    try:
        act()
    except Refusal as refusal:
        return f"{refusal.status:04X}"
    return "9000"


def test_digits_are_packed_two_a_byte() -> None:
    assert [packed(digits).hex() for digits in ("1234", "12345", "")] == ["1234", "12345f", ""]


def test_three_wrong_ones_lock_it() -> None:
    pin = Pin("123456")
    assert [status(lambda: pin.verify(WRONG)) for _ in range(4)] == ["63C2", "63C1", "63C0", "6983"]
    assert status(lambda: pin.verify(RIGHT)) == "6983"
    assert status(pin.status) == "6983"


def test_the_right_one_brings_all_tries_back() -> None:
    pin = Pin("123456", left=1)
    assert status(pin.status) == "63C1"
    assert status(lambda: pin.verify(RIGHT)) == "9000"
    assert status(pin.status) == "63C3"


def test_to_ask_how_it_stands_costs_nothing() -> None:
    pin = Pin("123456", tries=6)
    assert {status(pin.status) for _ in range(10)} == {"63C6"}


def test_without_a_number_there_is_nothing_to_check() -> None:
    pin = Pin()
    assert not pin.is_set
    assert status(pin.status) == "9000"
    assert status(lambda: pin.verify(RIGHT)) == "6984"


def test_a_change_takes_the_old_one_and_the_new_one() -> None:
    pin = Pin("12345")
    assert status(lambda: pin.change(bytes.fromhex("12345fff6789"))) == "9000"
    assert status(lambda: pin.verify(packed("6789"))) == "9000"


def test_a_change_with_a_wrong_old_one_costs_a_try() -> None:
    pin = Pin("123456")
    assert status(lambda: pin.change(WRONG + b"\xff" + packed("6789"))) == "63C2"
    assert status(lambda: pin.change(b"\xff" + packed("6789"))) == "63C1"
    assert status(lambda: pin.verify(RIGHT)) == "9000"


def test_a_first_one_is_set_and_the_last_one_taken_away() -> None:
    pin = Pin()
    assert status(lambda: pin.change(b"\xff" + RIGHT)) == "9000"
    assert pin.is_set
    assert status(lambda: pin.change(RIGHT + b"\xff")) == "9000"
    assert not pin.is_set


@pytest.mark.parametrize("data", ["123456", "123456ff12", "123456ff12a4", "12f4ffff1234", "123456ff" + "12" * 9])
def test_what_is_no_number_changes_nothing(data: str) -> None:
    pin = Pin("123456")
    assert status(lambda: pin.change(bytes.fromhex(data))) == "6A80"
    assert status(lambda: pin.verify(RIGHT)) == "9000"


def test_a_new_one_from_the_bureau_has_all_its_tries() -> None:
    pin = Pin("123456", left=0)
    assert status(lambda: pin.reload(b"\x12")) == "6A80"
    assert status(lambda: pin.reload(packed("88886666"))) == "9000"
    assert status(pin.status) == "63C3"


@given(st.from_regex(r"[0-9]{4,16}", fullmatch=True), st.from_regex(r"[0-9]{4,16}", fullmatch=True))
def test_any_number_can_follow_any_other(old: str, new: str) -> None:
    pin = Pin(old)
    assert status(lambda: pin.change(packed(old) + b"\xff" + packed(new))) == "9000"
    assert status(lambda: pin.verify(packed(new))) == "9000"
