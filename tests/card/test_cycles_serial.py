"""1 000 cards put in, read and pulled out at a serial reader, noticed and read by the real card process.

Torn and mute cards, disturbed lines and a reader that is unplugged come in between, by a seed. No card is missed, and
in the end card process and test hold no more threads, handles, processes or memory than after the first cycles.
"""

import os
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.readers.models import GEMPC_TWIN
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import PtyLine
from pos_client.card.process import CardProcess
from pos_client.card.readers.reader import Presence
from pos_client.runtime import SystemChild
from tests.card.matrix.belongings import Belongings, assert_not_grown
from tests.card.matrix.cards import OTHER, told
from tests.card.matrix.conftest import quick_reader
from tests.card.matrix.desks import PATIENCE_MS, PTY_ECHO, real
from tests.card.matrix.expectations import ALTERED, CARD_FAULTS, LINE_FAULTS, READ, V2, at_command, card_fault, expected
from tests.card.simulated import outcome

__all__ = ["quick_reader"]

CYCLES = 1_000
WARM_UP = 50
SEED = 20261122
#: How often what happens in a cycle; else it is a good reading. These line faults end by themselves and soon.
CARD_FAULT, LINE_FAULT, UNPLUGGED, LATE = 0.25, 0.05, 0.02, 0.1
QUICK_LINE_FAULTS = ("nak", "check", "stray", "extension", "slot-change", "no-card")
LATEST_S = 0.3

ZHANG = personas.load(V2.persona).card


class SerialCounter:
    """A serial reader on a real device, and the program that watches and reads it."""

    def __init__(self, device: Path) -> None:
        self.slot = Slot()
        self.slot.lay_ready(chip_of(OTHER))
        self.reader = SerialReader(GEMPC_TWIN, [self.slot])
        self._device = device
        self._line = self._plugged_in()
        self.process = CardProcess(real(), self._line.url, read_timeout_ms=PATIENCE_MS)
        self.seen: Presence | None = None

    def _plugged_in(self) -> PtyLine:
        line = PtyLine(self.reader, self._device)
        line.start()
        return line

    def close(self) -> None:
        self.process.close()
        self._line.close()

    @property
    def worker(self) -> int:
        child = self.process._child
        assert isinstance(child, SystemChild)
        return child._process.pid

    def notices(self, wanted: Presence) -> None:
        """The program sees it, and nothing else before."""
        self.seen = self.process.look(self.seen, PATIENCE_MS)
        assert self.seen is wanted

    def read(self) -> str:
        return told(outcome(self.process.read), ZHANG)

    def unplugged_for_a_while(self) -> None:
        self._line.close()
        self.notices(Presence.NO_READER)
        assert self.read() == "K-03"
        self._line = self._plugged_in()
        self.notices(Presence.EMPTY)

    @contextmanager
    def doing_it_late(self, hand: Callable[[], None], delay_s: float) -> Iterator[None]:
        """A hand that moves while the program is waiting for it."""
        timer = threading.Timer(delay_s, hand)
        timer.start()
        yield
        timer.join()


@pytest.fixture
def counter(tmp_path: Path, quick_reader: None) -> Iterator[SerialCounter]:
    counter = SerialCounter(tmp_path / "ttyS0")
    yield counter
    counter.close()


def test_no_card_is_missed_and_nothing_is_kept(counter: SerialCounter) -> None:
    dice = random.Random(SEED)
    counter.notices(Presence.EMPTY)
    worker = counter.worker
    for cycle in range(CYCLES):
        if cycle == WARM_UP:
            warm = Belongings.of(worker), Belongings.of(os.getpid())
        try:
            one_cycle(counter, dice)
        except AssertionError as failure:
            failure.add_note(f"seed {SEED}, cycle {cycle}")
            raise
        assert counter.worker == worker, "one card process has served them all"
    for before, pid in zip(warm, (worker, os.getpid()), strict=True):
        assert_not_grown(before, Belongings.of(pid))


def one_cycle(counter: SerialCounter, dice: random.Random) -> None:
    if dice.random() < UNPLUGGED:
        counter.unplugged_for_a_while()
    with moving(counter, dice, lambda: counter.slot.insert(chip_of(ZHANG))):
        counter.notices(Presence.CARD)
    code = something_goes_wrong(counter, dice)
    assert counter.read() == code
    counter.slot.clear_faults()
    counter.reader._plan.clear()
    assert counter.read() == what_is_in(counter.slot)
    with moving(counter, dice, counter.slot.remove):
        counter.notices(Presence.EMPTY)


def what_is_in(slot: Slot) -> str:
    """What an undisturbed reading comes to: nothing, the card, or somebody else's."""
    if not slot.present:
        return "K-11"
    return READ if slot.atr == ZHANG.atr else ALTERED


@contextmanager
def moving(counter: SerialCounter, dice: random.Random, hand: Callable[[], None]) -> Iterator[None]:
    """Most hands have moved when the program looks again, some move while it waits."""
    if dice.random() < LATE:
        with counter.doing_it_late(hand, dice.uniform(0, LATEST_S)):
            yield
    else:
        hand()
        yield


def something_goes_wrong(counter: SerialCounter, dice: random.Random) -> str:
    """What the next reading must come to."""
    fate = dice.random()
    if fate < CARD_FAULT:
        fault = dice.choice(list(CARD_FAULTS[V2]))
        step = dice.choice(list(CARD_FAULTS[V2][fault]))
        counter.slot.add_fault(card_fault(V2, fault, step))
        return expected(PTY_ECHO, V2, fault, step)
    if fate < CARD_FAULT + LINE_FAULT:
        fault = dice.choice(QUICK_LINE_FAULTS)
        counter.reader.add_fault(replace(at_command(fault, dice.randint(1, 4)), times=1))
        return LINE_FAULTS[fault].once
    return READ
