"""A reader's own PIN pad as its PC/SC driver tells of it."""

import pytest

from pos_client.card import words
from pos_client.card.readers.pcsc_pin_pad import PcscPinPad, features
from pos_client.card.readers.pin_pad import modify_structure, verify_structure
from pos_client.card.readers.reader import PinEntry
from pos_client.card.social_security import pin as card_pin
from pos_client.errors import EnvironmentProblem, Refused

VERIFIES, CHANGES = bytes.fromhex("060442330006"), bytes.fromhex("070442330007")
VERIFY, CHANGE = PinEntry("verify"), PinEntry("change", fewest_digits=6, most_digits=6)


class Driver:
    """A driver that tells of these features and answers what a card would."""

    def __init__(self, told: bytes) -> None:
        self._told = told
        self.asked: list[tuple[int, bytes]] = []

    def control(self, code: int, data: bytes) -> bytes:
        if not data:
            return self._told
        self.asked.append((code, data))
        return bytes.fromhex("9000")


class CardWithPin:
    """A card that only tells how many tries are left."""

    def transmit(self, command: bytes) -> bytes:
        assert command == bytes.fromhex("0020000000")
        return bytes.fromhex("63C3")


def test_features_are_taken_from_the_drivers_list_up_to_where_it_makes_sense() -> None:
    assert features(VERIFIES + CHANGES) == {6: 0x42330006, 7: 0x42330007}
    assert features(VERIFIES + bytes.fromhex("0702")) == {6: 0x42330006}
    assert features(bytes.fromhex("060200010000")) == {}


def test_a_driver_that_tells_of_no_verification_has_no_pad() -> None:
    def fails(_code: int, _data: bytes) -> bytes:
        raise EnvironmentProblem(words.READER_UNAVAILABLE, reader="R")

    assert PcscPinPad.of(Driver(CHANGES).control) is None
    assert PcscPinPad.of(fails) is None


def test_the_pad_is_asked_by_the_codes_that_its_driver_told() -> None:
    driver = Driver(VERIFIES + CHANGES)
    pad = PcscPinPad.of(driver.control)
    assert pad is not None
    assert [pad.enter(VERIFY), pad.enter(CHANGE)] == [0x9000] * 2
    assert driver.asked == [(0x42330006, verify_structure(VERIFY)), (0x42330007, modify_structure(CHANGE))]


def test_a_pad_that_only_verifies_refuses_to_change_and_no_try_is_in_doubt() -> None:
    driver = Driver(VERIFIES)
    pad = PcscPinPad.of(driver.control)
    assert pad is not None
    with pytest.raises(Refused) as told:
        card_pin.on_pad(CardWithPin(), pad, CHANGE)
    assert told.value.words is words.PIN_PAD_REFUSED
    assert driver.asked == []
