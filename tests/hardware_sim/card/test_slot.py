"""A slot: a card comes, goes, is pulled out by a fault, and comes back."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.secrecy import read_seen, seen
from hardware_sim.card.slot import Entry, Event, Exchange, Interrupted, Reaction, Slot, SlotEvent

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


def test_an_answer_longer_than_asked_keeps_its_status_word() -> None:
    assert slot_with(Fault(CardFault.OVERSIZED, 1, value=3)).transmit(COMMAND).answer == b"\0\0\0\x90\0"


def test_random_bytes_are_the_same_for_the_same_seed() -> None:
    def answer(seed: int) -> bytes | None:
        return slot_with(Fault(CardFault.RANDOM, 1, value=seed)).transmit(COMMAND).answer

    assert answer(4) == answer(4)
    assert len({answer(seed) for seed in range(20)}) == 20


def test_a_card_that_comes_back_has_no_power_and_counts_as_put_in_again() -> None:
    slot = slot_with(Fault(CardFault.DISCONNECT, 1))
    assert slot.transmit(COMMAND) == Reaction(None)
    assert slot.present
    assert not slot.powered
    assert slot.insertions == 2


def test_another_card_may_lie_in_its_place() -> None:
    zhang, ma = (chip_of(personas.load(name).card) for name in ("zhang-jianguo", "ma-yan"))
    slot = Slot(zhang, [Fault(CardFault.SWAP, 1, value=5)], others=[ma])
    slot.power_on()
    assert slot.transmit(COMMAND) == Reaction(None)
    assert not slot.powered
    assert slot.power_on() == ma.atr
    slot.add_fault(Fault(CardFault.SWAP, 1))
    slot.lay_ready(zhang)
    slot.transmit(COMMAND)
    assert slot.power_on() == zhang.atr


def test_without_another_card_the_same_one_lies_there() -> None:
    slot = slot_with(Fault(CardFault.SWAP, 1))
    slot.transmit(COMMAND)
    assert slot.power_on() == personas.load("zhang-jianguo").card.atr


def logged(*faults: Fault, commands: tuple[bytes, ...] = (COMMAND, COMMAND)) -> list[Entry]:
    heard: list[Entry] = []
    slot = Slot(faults=faults, log=heard.append)
    slot.insert(chip_of(personas.load("zhang-jianguo").card))
    slot.power_on()
    for command in commands:
        slot.transmit(command)
    slot.remove()
    slot.remove()
    return heard


def test_everything_that_happens_is_logged_in_its_order() -> None:
    slow = Fault(CardFault.MUTE, 2, value=700)
    answered = Exchange(1, seen(COMMAND), b"\x90\0")
    assert logged(slow) == [
        Event(SlotEvent.INSERTED),
        Event(SlotEvent.POWERED, personas.load("zhang-jianguo").card.atr),
        answered,
        Exchange(2, seen(COMMAND), b"\x90\0", 700, slow),
        Event(SlotEvent.REMOVED),
    ]


@pytest.mark.parametrize(
    ("kind", "event"),
    [
        (CardFault.TEAR_BEFORE, SlotEvent.TORN),
        (CardFault.MUTE, SlotEvent.MUTE),
        (CardFault.SWAP, SlotEvent.SWAPPED),
        (CardFault.DISCONNECT, SlotEvent.CAME_BACK),
    ],
)
def test_what_befalls_the_card_is_logged_behind_the_command_without_an_answer(
    kind: CardFault, event: SlotEvent
) -> None:
    fault = Fault(kind, 2)
    assert logged(fault)[3:5] == [Exchange(2, seen(COMMAND), None, 0, fault), Event(event)]


def test_a_card_torn_out_after_its_answer_has_answered() -> None:
    fault = Fault(CardFault.TEAR_AFTER, 1)
    assert logged(fault)[2:4] == [Exchange(1, seen(COMMAND), b"\x90\0", 0, fault), Event(SlotEvent.TORN)]


def test_a_torn_card_that_comes_back_is_logged_as_put_in() -> None:
    heard: list[Entry] = []
    chip = chip_of(personas.load("zhang-jianguo").card)
    slot = Slot(chip, [Fault(CardFault.TEAR_BEFORE, 1)], put_back_after_ms=0, log=heard.append)
    slot.power_on()
    slot.transmit(COMMAND)
    assert slot.present
    assert heard[-2:] == [Event(SlotEvent.TORN), Event(SlotEvent.INSERTED)]


def test_a_recorded_chip_may_be_interrupted() -> None:
    class Torn:
        atr = b"\x3b\0"

        def power_on(self) -> bytes:
            return self.atr

        def command(self, _command: bytes) -> bytes:
            raise Interrupted(SlotEvent.TORN, b"\x90\0")

    slot = Slot(Torn())
    slot.power_on()
    assert slot.transmit(COMMAND) == Reaction(b"\x90\0")
    assert not slot.present


PINS = ["0020000003123456", "805E010007123456FF654321", "842400010C2C00A619F9657785F778280A", "0020000003123456 00",
        "002000000312", "00200000123456", "040001123456"]  # fmt: skip


@pytest.mark.parametrize("command", PINS)
def test_no_pin_comes_out_of_the_slot(command: str) -> None:
    entries = logged(commands=(bytes.fromhex(command),))
    exchange = next(entry for entry in entries if isinstance(entry, Exchange))
    assert exchange.command.hidden
    assert str(exchange.command) in (command[:8] + "***", command[:10] + "***")
    assert all(digits not in repr(entries).upper() for digits in ("123456", "654321", "4V", "2C00A6"))


@given(st.binary(min_size=4, max_size=20), st.sampled_from([0x20, 0x24, 0x5E, 0x00, 0x40, 0x60, 0xFA, 0xD4]))
def test_whatever_could_carry_a_pin_shows_no_more_than_its_head(command: bytes, instruction: int) -> None:
    command = command[:1] + bytes((instruction,)) + command[2:]
    shown = seen(command)
    assert len(shown.shown) <= 5
    assert shown.hidden == (len(shown.shown) < len(command))
    if len(shown.shown) == 5:
        assert len(command) in (5 + command[4], 6 + command[4])
    assert read_seen(str(shown)) == shown


def test_faults_still_to_come_can_be_forgotten() -> None:
    slot = slot_with(Fault(CardFault.TEAR_BEFORE, 1))
    slot.clear_faults()
    assert slot.transmit(COMMAND).answer == b"\x90\0"
