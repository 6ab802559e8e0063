"""Looking after PC/SC readers: with the real service what comes and goes, with a played one what is passed over."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.readers.vpcd import VpcdCard
from pos_client.card import words
from pos_client.card.readers.pcsc_watch import PcscWatch
from pos_client.card.readers.reader import Presence
from pos_client.errors import EnvironmentProblem
from tests.pcscd import READER, PrivatePcscd

LONG_MS = 60_000


@pytest.fixture
def watch(private_pcscd: PrivatePcscd) -> Iterator[PcscWatch]:
    one = PcscWatch("")
    until(one, Presence.EMPTY)
    yield one
    one.let_go()


def until(watch: PcscWatch, wanted: Presence) -> list[Presence]:
    """What is seen until the wanted is; the service may be starting meanwhile."""
    seen: list[Presence] = []
    deadline = time.monotonic() + LONG_MS / 1000
    while time.monotonic() < deadline:
        try:
            seen.append(watch.look(1_000))
        except EnvironmentProblem:
            time.sleep(0.05)
            continue
        if seen[-1] is wanted:
            return seen
    raise AssertionError(seen)


def soon(act: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(0.2, act)
    timer.start()
    return timer


def test_a_card_is_noticed_when_it_comes_and_when_it_goes(private_pcscd: PrivatePcscd, watch: PcscWatch) -> None:
    slot = Slot()
    with VpcdCard(slot, private_pcscd.port):
        slot.insert(chip_of(personas.load("ma-yan").card))
        until(watch, Presence.CARD)
        slot.remove()
        until(watch, Presence.EMPTY)
    assert watch.look(0) is Presence.EMPTY


def test_a_card_that_was_exchanged_between_two_looks_is_seen_to_have_left(
    private_pcscd: PrivatePcscd, watch: PcscWatch
) -> None:
    slot, other = Slot(), PcscWatch("")
    with VpcdCard(slot, private_pcscd.port):
        slot.insert(chip_of(personas.load("ma-yan").card))
        until(watch, Presence.CARD)
        slot.remove()
        until(other, Presence.EMPTY)
        slot.insert(chip_of(personas.load("li-xiulan").card))
        until(other, Presence.CARD)
        assert [watch.look(LONG_MS), watch.look(LONG_MS)] == [Presence.EMPTY, Presence.CARD]
        slot.remove()
        until(other, Presence.EMPTY)
    other.let_go()


def test_a_look_that_waits_ends_when_somebody_is_in_a_hurry(watch: PcscWatch) -> None:
    hurrying = soon(watch.hurry)
    assert watch.look(LONG_MS) is Presence.EMPTY
    hurrying.join()


def test_it_outlives_the_service(private_pcscd: PrivatePcscd, watch: PcscWatch) -> None:
    stopping = soon(private_pcscd.stop)
    with pytest.raises(EnvironmentProblem):
        watch.look(LONG_MS)
    stopping.join()
    try:
        with pytest.raises(EnvironmentProblem) as told:
            watch.look(LONG_MS)
        assert told.value.words is words.SERVICE_NOT_RUNNING
    finally:
        private_pcscd.start()
    until(watch, Presence.EMPTY)


def test_a_reader_that_is_not_plugged_in_is_none(private_pcscd: PrivatePcscd) -> None:
    watch = PcscWatch("No such reader")
    assert [watch.look(0), watch.look(10)] == [Presence.NO_READER] * 2
    watch.let_go()
    watch.let_go()


def test_a_psam_in_its_slot_is_no_persons_card(private_pcscd: PrivatePcscd) -> None:
    asked: list[tuple[str, bytes]] = []

    def pass_over(name: str, atr: bytes) -> bool:
        asked.append((name, atr))
        return name.endswith("01")

    watch, psam, person = PcscWatch(READER, pass_over), Slot(), Slot()
    chip = chip_of(personas.load("psam-in-card-slot").card)
    with VpcdCard(psam, private_pcscd.port + 1), VpcdCard(person, private_pcscd.port):
        psam.insert(chip)
        everything = PcscWatch(READER)
        until(everything, Presence.CARD)
        assert watch.look(0) is Presence.EMPTY
        assert asked == [(f"{READER} 00 01", chip.atr)]
        person.insert(chip_of(personas.load("ma-yan").card))
        until(watch, Presence.CARD)
        psam.remove()
        person.remove()
        until(watch, Presence.EMPTY)
        until(everything, Presence.EMPTY)
    watch.let_go()
    everything.let_go()
