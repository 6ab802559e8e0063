"""A slot: a card comes, goes, is pulled out by a fault, and comes back."""

import time

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Reaction, Slot, SlotEvent

COMMAND = bytes.fromhex("00A40000023F00")


def slot_with(*faults: Fault, put_back_after_ms: int | None = None) -> Slot:
    slot = Slot(chip_of(personas.load("zhang-jianguo").card), faults, put_back_after_ms=put_back_after_ms)
    slot.power_on()
    return slot


def test_an_empty_slot_has_no_answer_to_anything() -> None:
    slot = Slot()
    assert not slot.present
    assert slot.power_on() is None
    assert slot.atr is None
    assert slot.transmit(COMMAND) == Reaction(None)
    slot.insert()
    assert not slot.present


def test_a_card_without_power_does_not_answer() -> None:
    slot = slot_with()
    slot.power_off()
    assert slot.transmit(COMMAND) == Reaction(None)


def test_a_card_that_was_pulled_out_and_put_back_has_no_power() -> None:
    slot = slot_with()
    slot.remove()
    slot.insert()
    assert slot.present
    assert not slot.powered
    assert slot.insertions == 2


def test_tearing_before_and_after_a_command() -> None:
    slot = slot_with(Fault(CardFault.TEAR_BEFORE, 2))
    assert slot.transmit(COMMAND).answer == b"\x90\0"
    assert slot.transmit(COMMAND) == Reaction(None)
    assert not slot.present
    slot = slot_with(Fault(CardFault.TEAR_AFTER, 1))
    assert slot.transmit(COMMAND).answer == b"\x90\0"
    assert not slot.present


def test_a_torn_card_comes_back_when_its_time_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    moments_ns = [0, 1_499_999_999, 1_500_000_000]
    monkeypatch.setattr(time, "monotonic_ns", lambda: moments_ns.pop(0))
    slot = slot_with(Fault(CardFault.TEAR_BEFORE, 1), put_back_after_ms=1500)
    slot.transmit(COMMAND)
    assert [slot.present, slot.present] == [False, True]
    slot.power_on()
    assert slot.transmit(COMMAND).answer == b"\x90\0"


def test_a_mute_card_stays_mute_until_its_power_is_taken() -> None:
    slot = slot_with(Fault(CardFault.MUTE, 2))
    answers = [slot.transmit(COMMAND).answer for _ in range(3)]
    assert answers == [b"\x90\0", None, None]
    slot.power_on()
    assert slot.transmit(COMMAND).answer == b"\x90\0"


def test_a_slow_card_answers_late() -> None:
    slot = slot_with(Fault(CardFault.MUTE, 1, value=700))
    assert slot.transmit(COMMAND) == Reaction(b"\x90\0", delay_ms=700)


def test_spoiled_answers() -> None:
    assert slot_with(Fault(CardFault.STATUS, 1, value=0x6A83)).transmit(COMMAND).answer == b"\x6a\x83"
    assert slot_with(Fault(CardFault.WRONG_LE, 1, value=0x12)).transmit(COMMAND).answer == b"\x6c\x12"
    assert slot_with(Fault(CardFault.TRUNCATED, 1, value=1)).transmit(COMMAND).answer == b"\x90"
    assert slot_with(Fault(CardFault.GARBAGE, 1, value=3)).transmit(COMMAND).answer == b"\x90\x5a"


def test_faults_are_counted_from_power_on_and_may_be_added_later() -> None:
    slot = slot_with()
    slot.transmit(COMMAND)
    slot.add_fault(Fault(CardFault.STATUS, 1, value=0x6F00))
    slot.power_on()
    assert slot.transmit(COMMAND).answer == b"\x6f\0"


def test_a_watcher_hears_what_befalls_the_card() -> None:
    heard: list[SlotEvent] = []
    slot = Slot(chip_of(personas.load("zhang-jianguo").card), watcher=heard.append)
    slot.add_fault(Fault(CardFault.MUTE, 1))
    slot.add_fault(Fault(CardFault.TEAR_AFTER, 2))
    for _ in range(2):
        slot.power_on()
        slot.transmit(COMMAND)
        slot.transmit(COMMAND)
    assert heard == [SlotEvent.POWERED, SlotEvent.MUTE, SlotEvent.POWERED, SlotEvent.TORN]


def test_faults_still_to_come_can_be_forgotten() -> None:
    slot = slot_with(Fault(CardFault.TEAR_BEFORE, 1))
    slot.clear_faults()
    assert slot.transmit(COMMAND).answer == b"\x90\0"
