"""100 cards put in, read and pulled out at a reader of the real PC/SC service, each in for at least a second.

Cards are torn out at random commands, and the service is restarted in between, with a card in or without. No card is
missed, and in the end the program holds no more threads, handles, processes or memory than after the first cycles.
"""

import os
import random
import time
from collections.abc import Iterator

import pytest

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from pos_client.card.readers.reader import Presence
from pos_client.runtime import SystemChild
from tests.card.matrix.belongings import Belongings, assert_not_grown
from tests.card.matrix.cards import told
from tests.card.matrix.desks import PATIENCE_MS, VPCD, ServiceDesk, through_the_virtual_driver
from tests.card.matrix.expectations import READ, V2, card_fault, expected

CYCLES = 100
WARM_UP = 20
SEED = 20261122
TORN = 0.3
RESTARTS = {27: "with a card in", 52: "without a card", 78: "with a card in"}
IN_AT_LEAST_S = 1.0
TEARS = ("tear-before", "tear-after")
STEPS = ("select", "issue", "holder", "confirm")

ZHANG = personas.load(V2.persona).card


class Counter:
    """The program as a window uses it: it waits for a card, then reads it."""

    def __init__(self, desk: ServiceDesk) -> None:
        self.desk = desk
        self.seen: Presence | None = None

    @property
    def worker(self) -> int:
        child = self.desk.process._child
        assert isinstance(child, SystemChild)
        return child._process.pid

    def notices(self, wanted: Presence) -> None:
        """Waits until the program sees it."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while self.seen is not wanted:
            assert time.monotonic() < deadline, f"sees {self.seen} and not {wanted}"
            self.seen = self.desk.process.look(self.seen, 2_000)

    def reads(self, code: str) -> None:
        assert told(self.desk.read(), ZHANG) == code

    def restart(self) -> None:
        self.desk.service.stop()
        self.notices(Presence.NO_READER)
        self.reads("K-04")
        self.desk.service.start()


@pytest.fixture
def counter() -> Iterator[Counter]:
    with through_the_virtual_driver() as desk:
        assert isinstance(desk, ServiceDesk)
        yield Counter(desk)


def test_no_card_is_missed_and_nothing_is_kept(counter: Counter) -> None:
    dice = random.Random(SEED)
    counter.notices(Presence.EMPTY)
    counter.reads("K-11")
    worker = counter.worker
    for cycle in range(CYCLES):
        if cycle == WARM_UP:
            warm = Belongings.of(worker), Belongings.of(os.getpid())
        try:
            one_cycle(counter, dice, RESTARTS.get(cycle, ""))
        except AssertionError as failure:
            failure.add_note(f"seed {SEED}, cycle {cycle}")
            raise
        assert counter.worker == worker, "one card process has served them all"
    for before, pid in zip(warm, (worker, os.getpid()), strict=True):
        assert_not_grown(before, Belongings.of(pid))


def one_cycle(counter: Counter, dice: random.Random, restart: str) -> None:
    slot = counter.desk.slot
    if restart == "without a card":
        counter.restart()
        counter.notices(Presence.EMPTY)
    slot.insert(chip_of(ZHANG))
    put_in_at = time.monotonic()
    counter.notices(Presence.CARD)
    counter.reads(READ)
    if restart == "with a card in":
        counter.restart()
        counter.notices(Presence.CARD)
        counter.reads(READ)
    time.sleep(max(0, put_in_at + IN_AT_LEAST_S - time.monotonic()))
    if dice.random() < TORN:
        fault, step = dice.choice(TEARS), dice.choice(STEPS)
        slot.add_fault(card_fault(V2, fault, step))
        counter.reads(expected(VPCD, V2, fault, step))
        slot.clear_faults()
        assert not slot.present
    else:
        counter.desk.let_go()
        slot.remove()
    counter.notices(Presence.EMPTY)
