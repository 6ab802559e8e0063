"""The holder at the pad."""

import pytest

from hardware_sim.readers import pin_entry
from hardware_sim.readers.pin_pad import Ending, NotEntered, PinPad, PinPadHands
from tests.hardware_sim.readers.test_pin_entry import EXACT_CHANGE, EXACT_VERIFY

VERIFY = pin_entry.read(bytes.fromhex(EXACT_VERIFY))
CHANGE = pin_entry.read(bytes.fromhex(EXACT_CHANGE))


class Time:
    """Counts what passes; the card stays until it is said to have left."""

    def __init__(self) -> None:
        self.passed_ms = 0
        self.card_leaves_at_ms = 1_000_000

    def tick(self, duration_ms: int) -> bool:
        self.passed_ms += duration_ms
        return self.passed_ms < self.card_leaves_at_ms


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def hands() -> PinPadHands:
    return PinPadHands()


def ended(hands: PinPadHands, time: Time, entry: pin_entry.PinEntry = VERIFY, ending: Ending | None = None) -> Ending:
    with pytest.raises(NotEntered) as told:
        PinPad(hands).command(entry, time.tick, ending)
    assert not hands.asked
    return told.value.ending


def test_a_pin_becomes_a_command(hands: PinPadHands, time: Time) -> None:
    hands.enter("123456")
    assert PinPad(hands).command(VERIFY, time.tick) == bytes.fromhex("0020000003123456")


def test_too_few_or_too_many_digits_are_not_taken(hands: PinPadHands, time: Time) -> None:
    for pressed in ("123", "1234567890123", "12a4", "1234"):
        hands.enter(pressed)
    assert PinPad(hands).command(VERIFY, time.tick) == bytes.fromhex("00200000021234")


def test_nothing_pressed(hands: PinPadHands, time: Time) -> None:
    assert ended(hands, time) is Ending.TIMED_OUT
    assert time.passed_ms == 30_000
    hands.let_it_time_out()
    assert ended(hands, time) is Ending.TIMED_OUT
    assert time.passed_ms == 30_000


def test_cancelled_and_left(hands: PinPadHands, time: Time) -> None:
    hands.cancel()
    assert ended(hands, time) is Ending.CANCELLED
    time.card_leaves_at_ms = 500
    assert ended(hands, time) is Ending.CARD_LEFT
    assert time.passed_ms == 500


def test_a_fault_ends_it_before_it_begins_and_leaves_what_was_pressed(hands: PinPadHands, time: Time) -> None:
    hands.enter("1234")
    assert ended(hands, time, ending=Ending.CANCELLED) is Ending.CANCELLED
    assert PinPad(hands).command(VERIFY, time.tick) == bytes.fromhex("00200000021234")


def test_a_change_takes_three_entries(hands: PinPadHands, time: Time) -> None:
    for pressed in ("1234", "5678", "5678"):
        hands.enter(pressed)
    assert PinPad(hands).command(CHANGE, time.tick) == bytes.fromhex("805E0100051234FF5678")


def test_two_new_pins_that_differ_go_nowhere(hands: PinPadHands, time: Time) -> None:
    for pressed in ("1234", "5678", "5679"):
        hands.enter(pressed)
    assert PinPad(hands).command(CHANGE, time.tick) == bytes.fromhex("6402")


def test_the_pad_shows_that_it_asks(hands: PinPadHands) -> None:
    shown = []

    def tick(_: int) -> bool:
        shown.append(hands.asked)
        hands.enter("1234")
        return True

    PinPad(hands).command(VERIFY, tick)
    assert shown == [True]
