"""Cards that come and go all day: none is missed, and nothing grows, not threads, files, processes nor memory.

What goes wrong in between is thrown by a seed, which stands in every failure.
"""

import os
import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault, LineFault
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.readers.gempc_twin import GemPcTwin
from hardware_sim.readers.serial_lines import TcpLine
from hardware_sim.readers.vpcd import VpcdCard
from pos_client.card import words
from pos_client.card.process import CardProcess
from pos_client.card.readers.reader import Presence
from pos_client.card.social_security.reading import read_identity
from pos_client.errors import Problem
from pos_client.runtime import SystemChild
from tests.card.readers.test_pcsc_service import real
from tests.card.simulated import SOCIAL_SECURITY_PERSONAS, DirectCard
from tests.pcscd import PrivatePcscd

SEED: Final = 20261122
WARM_UP: Final = 50
COMMANDS: Final = 4
LONG_MS: Final = 30_000
#: Allocators give memory back in steps: 0.1 to 1 MB was seen over a thousand readings, the same in each thousand.
#: A leak of 5 kB a reading would come to more than this.
TOLERANCE_KB: Final = 4_096


@dataclass(frozen=True)
class Footprint:
    """What a process holds on to."""

    threads: int
    files: int
    children: int
    memory_kb: int

    @classmethod
    def of(cls, pid: int) -> "Footprint":
        status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        files = len(os.listdir(f"/proc/{pid}/fd"))
        return cls(int(status["Threads"]), files, len(children), int(status["VmRSS"].split()[0]))

    def assert_not_above(self, before: "Footprint", who: str) -> None:
        assert self.threads <= before.threads, f"{who}: threads, seed {SEED}"
        assert self.files <= before.files, f"{who}: files, seed {SEED}"
        assert self.children <= before.children, f"{who}: processes, seed {SEED}"
        assert self.memory_kb <= before.memory_kb + TOLERANCE_KB, f"{who}: memory, seed {SEED}"


@dataclass
class Day:
    """The hands of a day: whose card comes, and what befalls it."""

    rng: random.Random = field(default_factory=lambda: random.Random(SEED))
    read: int = 0
    told: list[str] = field(default_factory=list)

    def persona(self) -> str:
        return self.rng.choice(SOCIAL_SECURITY_PERSONAS)

    def tear(self, one_in: int) -> Fault | None:
        if self.rng.randrange(one_in):
            return None
        kind = self.rng.choice((CardFault.TEAR_BEFORE, CardFault.TEAR_AFTER))
        return Fault(kind, self.rng.randint(1, COMMANDS - 1))


def reading(day: Day, read: "CardProcess | None", wanted: str, card: DirectCard | None = None) -> str:
    """The code of what was told, or nothing for a card that was read as the very one that was put in."""
    try:
        identity = read.read() if read is not None else read_identity(card, "direct:")  # type: ignore[arg-type]
    except Problem as problem:
        day.told.append(problem.code)
        return problem.code
    assert identity.name == personas.load(wanted).card.name, f"another card was read, seed {SEED}"
    day.read += 1
    return ""


def test_a_thousand_cards_without_a_reader() -> None:
    day, slot = Day(), Slot()
    before = Footprint.of(os.getpid())
    for cycle in range(1_000):
        wanted, tear = day.persona(), day.tear(10)
        slot.insert(chip_of(personas.load(wanted).card))
        if tear is not None:
            slot.add_fault(tear)
        said = reading(day, None, wanted, DirectCard(slot))
        assert said == ("" if tear is None else words.CARD_TORN.code), f"cycle {cycle}, seed {SEED}"
        slot.remove()
        if cycle == WARM_UP:
            before = Footprint.of(os.getpid())
    Footprint.of(os.getpid()).assert_not_above(before, "tests")
    assert day.read + len(day.told) == 1_000


def test_a_thousand_cards_on_a_serial_line() -> None:
    day, slot = Day(), Slot()
    reader = GemPcTwin(slot)
    troubles = (LineFault.NAK, LineFault.CHECK, LineFault.STRAY, LineFault.HANG_UP, LineFault.EXTENSION)
    with TcpLine(reader) as line, CardProcess(real(), line.url, read_timeout_ms=LONG_MS) as process:
        assert process.look() is Presence.EMPTY
        pid, mine, its = worker(process), Footprint.of(os.getpid()), None
        for cycle in range(1_000):
            wanted, tear = day.persona(), day.tear(12)
            slot.insert(chip_of(personas.load(wanted).card))
            assert process.look(Presence.EMPTY, LONG_MS) is Presence.CARD, f"missed, cycle {cycle}, seed {SEED}"
            if tear is not None:
                slot.add_fault(tear)
            elif day.rng.randrange(12) == 0:
                reader.add_fault(Fault(day.rng.choice(troubles), day.rng.randint(1, COMMANDS)))
            said = reading(day, process, wanted)
            assert said in ("", *allowed(tear)), f"cycle {cycle}, seed {SEED}"
            slot.remove()
            assert until(process, Presence.EMPTY), f"still there, cycle {cycle}, seed {SEED}"
            slot.clear_faults()
            if cycle == WARM_UP:
                mine, its = Footprint.of(os.getpid()), Footprint.of(pid)
        assert its is not None
        assert worker(process) == pid, "one process served the whole day"
        Footprint.of(pid).assert_not_above(its, "card process")
    Footprint.of(os.getpid()).assert_not_above(mine, "tests")
    assert day.read + len(day.told) == 1_000
    assert day.read > 850


def allowed(tear: Fault | None) -> tuple[str, ...]:
    if tear is not None:
        return (words.CARD_TORN.code,)
    return words.LINE_DISTURBED.code, words.READER_UNAVAILABLE.code, words.READER_SILENT.code


def worker(process: CardProcess) -> int:
    child = process._child
    assert isinstance(child, SystemChild)
    return child._process.pid


def until(process: CardProcess, wanted: Presence) -> bool:
    """Whether this comes to be seen in time; what is seen before that may be anything else."""
    deadline = time.monotonic() + LONG_MS / 1000
    seen = None
    while time.monotonic() < deadline:
        seen = process.look(seen, 1_000)
        if seen is wanted:
            return True
    return False


def test_a_hundred_cards_through_the_service_which_is_restarted_three_times(private_pcscd: PrivatePcscd) -> None:
    day, slot = Day(), Slot()
    threads = threading.active_count()
    with (
        VpcdCard(slot, private_pcscd.port) as card,
        CardProcess(real(), "pcsc:", read_timeout_ms=LONG_MS) as process,
    ):
        assert until(process, Presence.EMPTY)
        pid, mine, its = worker(process), Footprint.of(os.getpid()), None
        for cycle in range(100):
            if cycle in (25, 50, 75):
                private_pcscd.stop()
                assert until(process, Presence.NO_READER)
                private_pcscd.start()
                assert until(process, Presence.EMPTY), f"the service came back unnoticed, cycle {cycle}"
            wanted, tear = day.persona(), day.tear(8)
            slot.insert(chip_of(personas.load(wanted).card))
            came = time.monotonic()
            assert until(process, Presence.CARD), f"missed, cycle {cycle}, seed {SEED}"
            if tear is not None:
                slot.add_fault(tear)
            said = reading(day, process, wanted)
            assert said == ("" if tear is None else words.CARD_TORN.code), f"cycle {cycle}, seed {SEED}"
            time.sleep(max(came + 1.0 - time.monotonic(), 0))  # nobody is quicker, and the service would not see it
            slot.remove()
            assert until(process, Presence.EMPTY), f"still there, cycle {cycle}, seed {SEED}"
            if cycle == 10:
                mine, its = Footprint.of(os.getpid()), Footprint.of(pid)
        assert its is not None
        assert worker(process) == pid, "one process outlived three services"
        Footprint.of(pid).assert_not_above(its, "card process")
        assert card.connected.is_set() is False
    Footprint.of(os.getpid()).assert_not_above(mine, "tests")
    assert threading.active_count() <= threads
    assert day.read + len(day.told) == 100


@pytest.mark.parametrize("what", ["threads", "files", "children", "memory_kb"])
def test_growth_would_be_seen(what: str) -> None:
    before = Footprint(2, 8, 0, 30_000)
    grown = Footprint(**{**vars(before), what: vars(before)[what] + (TOLERANCE_KB + 1 if what == "memory_kb" else 1)})
    with pytest.raises(AssertionError, match=str(SEED)):
        grown.assert_not_above(before, "anybody")
