"""Plays one day's script from opening to the last drained message, and asks the oracle whether the books agree."""

import hashlib
import json
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, cast

from hardware_sim.front_end.faults import Fault
from hardware_sim.front_end.region import Edition
from pos_client.config import Home
from pos_client.desk.books import open_books
from pos_client.offline import journal
from pos_client.runtime import Runtime

from .bureau_side import BureauSide
from .cases import Case
from .clerk import Clerk
from .disk import FileShelf, MemoryShelf, ProgramDisk
from .door import Network
from .machine import Machine, Surroundings
from .oracle import Findings, is_doubtful, judge_desk, judge_reversals
from .program import Program
from .sales import ends_of, sell
from .script import Act, ActKind, Event, EventKind, Script, Troubles
from .shortcuts import shortcuts, virtual_locks
from .story import Story
from .virtual_time import DeskClock, VirtualTime

_BEGINNING = datetime(2026, 11, 21, tzinfo=UTC)

#: How often the open messages are asked about when everything works again, and how long is waited between.
_LAST_PASSES = 6
_LAST_ROUNDS = 5
_BETWEEN_PASSES_MS = 320_000


@dataclass(frozen=True, slots=True)
class DayResult:
    """What a day came to; ``counts`` are faults that fired, syncs and the like."""

    seed: int
    findings: Findings
    settlements: int
    messages: int
    counts: Counter[str]
    crashes: Counter[str]
    digest: str
    story: tuple[str, ...]


def play(script: Script) -> DayResult:
    """Plays a script."""
    with _folder() as folder, virtual_locks(), nullcontext() if script.true_disk else shortcuts():
        day = _Day(script, folder)
        try:
            return day.play()
        finally:
            day.close()


class _Day:
    def __init__(self, script: Script, folder: Path) -> None:
        self._script = script
        self._time = VirtualTime(script.starts_at)
        self._story = Story(self._time)
        self._edition: Edition = "hunan" if script.region == "training-hunan" else "base"
        self._bureau = BureauSide(self._edition, self._time)
        latencies = {desk.number: desk.latency_ms for desk in script.desks}
        self._network = Network(self._time, self._bureau.wire, self._bureau.faults, latencies)
        self._around = Surroundings(self._time, self._network, Counter(), Counter())
        self._shelf = FileShelf() if script.true_disk else MemoryShelf(_template())
        self._machines = {
            desk.number: Machine(self._around, desk, folder, self._shelf, script) for desk in script.desks
        }
        self._clerks = {number: Clerk(machine, self._story) for number, machine in self._machines.items()}
        self._cases: dict[int, Case] = {}
        self._busy: set[tuple[int, bool]] = set()
        self._waiting: dict[tuple[int, bool], list[Act]] = {}
        self._broken: list[str] = []

    def play(self) -> DayResult:
        for event in self._script.events:
            self._time.at(event.at_ms, lambda event=event: self._happen(event))  # type: ignore[misc]
        for act in self._script.acts:
            self._time.at(act.at_ms, lambda act=act: self._begin(act))  # type: ignore[misc]
        self._time.play_out()
        self._evening()
        return self._result()

    def close(self) -> None:
        for machine in self._machines.values():
            machine.close()
        self._shelf.close()

    # --- the world ---------------------------------------------------------------------------------------------------

    def _happen(self, event: Event) -> None:
        network, until_ms = self._network, event.at_ms + event.lasts_ms
        if event.kind is EventKind.OUTAGE:
            down = Fault(name="down")
            network.faults.stand(down)
            self._time.at(until_ms, lambda: network.faults.lift(down))
        elif event.kind is EventKind.CABLE:
            network.unplugged.add(event.desk)
            self._time.at(until_ms, lambda: network.unplugged.discard(event.desk))
        elif event.kind is EventKind.CLOCK_JUMP:
            self._machines[event.desk].clock.offset_ms += event.seconds * 1000
            self._time.at(until_ms, lambda: self._set_clock(event.desk))
        else:
            network.faults.skew_s = event.seconds
            network.faults.counts["clock_skew"] += 1
            self._time.at(until_ms, self._set_bureau_clock)
        self._around.counts[event.kind.value] += 1
        self._story.tell(event.desk, f"{event.kind} for {event.lasts_ms // 1000} s, {event.seconds} s")

    def _set_clock(self, desk: int) -> None:
        self._machines[desk].clock.offset_ms = self._machines[desk].plan.offset_ms
        self._story.tell(desk, "the clock is set")

    def _set_bureau_clock(self) -> None:
        self._network.faults.skew_s = 0
        self._story.tell(0, "the bureau's clock is set")

    # --- acts --------------------------------------------------------------------------------------------------------

    def _begin(self, act: Act) -> None:
        """Begins an act, or lets it wait until whoever does such work at that desk is free again."""
        who = (act.desk, act.kind in (ActKind.SYNC, ActKind.NIGHTLY))
        if who in self._busy:
            self._waiting.setdefault(who, []).append(act)
            return
        self._busy.add(who)
        try:
            self._perform(act)
        except Exception as error:  # noqa: BLE001 - whatever else comes out of the program is a finding, not ours
            self._broken.append(f"desk {act.desk}, act {act.number}: {type(error).__name__}: {error}")
            self._story.tell(act.desk, "".join(traceback.format_exception(error)))
        finally:
            self._busy.discard(who)
        if self._waiting.get(who):
            coming = self._waiting[who].pop(0)
            self._time.at(self._time.now_ms, lambda: self._begin(coming))

    def _perform(self, act: Act) -> None:
        clerk, machine = self._clerks[act.desk], self._machines[act.desk]
        if act.kind is ActKind.SYNC:
            clerk.sync(act.troubles, f"act {act.number}")
        elif act.kind is ActKind.NIGHTLY:
            clerk.close_the_day(act.troubles)
        else:
            machine.expect(act.troubles)
            self._at_the_counter(clerk, act)
            machine.expect(Troubles())

    def _at_the_counter(self, clerk: Clerk, act: Act) -> None:
        if act.kind is ActKind.SALE:
            sell(clerk, act)
        elif act.kind is ActKind.VOID:
            clerk.take_back(act)
        elif act.kind is ActKind.REOPEN:
            clerk.reopen(act)
        elif act.kind is ActKind.GO_ON:
            if act.about in self._cases:
                self._cases[act.about].sit(f"act {act.number}{act.troubles}")
        else:
            self._cases[act.number] = Case(clerk, act)
            self._cases[act.number].sit(f"act {act.number}{act.troubles}")
        self._somebody_asks(clerk, act)

    def _somebody_asks(self, clerk: Clerk, act: Act) -> None:
        """Not long after a clerk was told that nobody knows, somebody lets the program ask."""
        if act.asks_after_ms is not None and any(deal.is_open for deal in clerk.deals):
            asking = Act(act.number, 0, act.desk, ActKind.SYNC, troubles=act.asking)
            self._time.at(self._time.now_ms + act.asks_after_ms, lambda: self._begin(asking))

    # --- the end of the day ------------------------------------------------------------------------------------------

    def _evening(self) -> None:
        """Everything works again: each desk drains, finishes what was begun, drains again, and closes the day."""
        for machine in self._machines.values():
            machine.close()
        for _ in range(_LAST_ROUNDS):
            quiet = [self._drain(clerk) for clerk in self._clerks.values()]
            for case in self._cases.values():
                case.sit("evening")
            if all(quiet) and all(case.done for case in self._cases.values()):
                break
        for clerk in self._clerks.values():
            clerk.settle_up()
            clerk.machine.close()
        for _ in range(2):  # the totals of all desks must be laid out before the last one compares them
            for clerk in self._clerks.values():
                clerk.close_the_day(Troubles())

    def _drain(self, clerk: Clerk) -> bool:
        for done in range(_LAST_PASSES):
            if clerk.sync(Troubles(), "evening"):
                return done == 0
            self._time.sleep_ms(_BETWEEN_PASSES_MS)
        return True

    def _result(self) -> DayResult:
        ledger = self._bureau.ledger()
        findings = Findings()
        findings.unexplained += self._broken
        digest = hashlib.sha256(json.dumps(ledger, default=str, sort_keys=True).encode())
        doubtful = False
        for machine in self._machines.values():
            with machine.books() as books, books.store.read() as connection:
                doubtful = doubtful or is_doubtful(connection)
                digest.update(_journal_digest(connection))
        may_differ = doubtful or bool(self._bureau.faults.counts["recon_shifted"])
        for clerk in self._clerks.values():
            with clerk.machine.books() as books, books.store.read() as connection:
                judge_desk(findings, clerk, connection, self._bureau, may_differ=may_differ)
        judge_reversals(findings, self._bureau.asked("2601"), self._edition)
        network = self._network
        return DayResult(
            seed=self._script.seed,
            findings=findings,
            settlements=sum(1 for row in ledger if row["kind"] == "settle"),
            messages=network.messages,
            counts=self._around.counts + network.counts + network.faults.counts + self._ends(),
            crashes=self._around.crashes,
            digest=digest.hexdigest(),
            story=(*self._story.lines, *findings.lines()),
        )

    def _ends(self) -> Counter[str]:
        return sum((ends_of(clerk.deals) for clerk in self._clerks.values()), Counter())


def _journal_digest(connection: Any) -> bytes:
    rows = [
        (one.id, one.message_id, one.transaction, one.state, one.amount_fen, one.about)
        for one in journal.all_messages(connection)
    ]
    return json.dumps(rows).encode()


@cache
def _template() -> Any:
    """An empty store of the present version with the sample catalogue, made once in this process; it has no owner."""
    time = VirtualTime(_BEGINNING)
    with tempfile.TemporaryDirectory(dir=_shared_memory()) as folder:
        home = Home(Path(folder))
        shelf = MemoryShelf()
        program = Program(Counter())
        runtime = Runtime(
            clock=DeskClock(time),
            sleep_ms=time.sleep_ms,
            random=Random(0),
            spawn=cast(Any, None),
            http=cast(Any, None),
            disk=ProgramDisk(program, shelf, Counter()),
        )
        with open_books(home, {}, runtime):
            pass
        raw = shelf.open(home.database, b"")
        raw.execute("DELETE FROM meta WHERE name = 'owner'")
        return raw


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="pos-client-day-", dir=_shared_memory()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _shared_memory() -> Path | None:
    memory = Path("/dev/shm")  # noqa: S108 - where there is none, the machine's own place for such files
    return memory if memory.is_dir() else None
