"""One desk's machine: its home, disk, clock and reader, and the programs that run on it and may be killed."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pos_client.config import Home, default_config
from pos_client.desk.books import Books, open_books
from pos_client.desk.station import Desk, Office, open_back_office, open_desk
from pos_client.runtime import Runtime

from .card_reader import READER, CardChild, CardSlot
from .disk import ProgramDisk, Shelf
from .door import Door, Network
from .lanes import ShuffledLanes
from .program import Killed, Program
from .script import DeskPlan, Script, Troubles
from .virtual_time import DeskClock, VirtualTime

#: A document that allows it, and limits so wide that a day seldom meets them.
_PROVISIONAL = """mode = "provisional"
document = "模拟区离线暂结办法"
per_settlement_fen = 100000
count = 8
total_fen = 300000
age_days = 7"""
_ENVIRONMENT = {"POS_CLIENT_READER": READER, "POS_CLIENT_FRONT_END": "http://bureau"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all machines of a day share."""

    time: VirtualTime
    network: Network
    counts: Counter[str]
    crashes: Counter[str]


@dataclass(slots=True)
class _Running:
    """A program that was started, with what can be planned for it."""

    name: str
    program: Program
    door: Door
    disk: ProgramDisk
    runtime: Runtime


class Machine:
    """A desk's machine. Its window stays open between acts; what drains is started for each pass."""

    def __init__(self, around: Surroundings, plan: DeskPlan, folder: Path, shelf: Shelf, script: Script) -> None:
        self.plan = plan
        self.home = Home(folder / f"desk{plan.number:02d}")
        self.slot = CardSlot(around.time, around.counts)
        self.clock = DeskClock(around.time, offset_ms=plan.offset_ms, drift_ppm=plan.drift_ppm)
        self._around = around
        self._shelf = shelf
        self._dice = Random(script.seed * 100 + plan.number)
        self._troubles = Troubles()
        self._window: tuple[ExitStack, Desk, _Running] | None = None
        _prepare(self.home, plan.number, script)
        self._set_up(around)

    def _set_up(self, around: Surroundings) -> None:
        """Opens the books once before the day: what a first start writes is the same on every disk afterwards."""
        counts, crashes = around.counts.copy(), around.crashes.copy()
        with self.books():
            pass
        around.counts.clear()
        around.counts.update(counts)
        around.crashes.clear()
        around.crashes.update(crashes)

    @property
    def number(self) -> int:
        """The desk's number."""
        return self.plan.number

    def expect(self, troubles: Troubles) -> None:
        """What goes wrong in the window from now on, until another plan is made; a killed window takes it along."""
        self._troubles = troubles
        if self._window is not None:
            self._strike(self._window[2], troubles)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The desk's window, opened when it is not open.

        Raises:
            Killed: by a planned trouble; the window is gone then.
        """
        try:
            if self._window is None:
                self._open()
            assert self._window is not None
            yield self._window[1]
        except Killed:
            self._drop()
            raise

    @contextmanager
    def back_office(self, troubles: Troubles) -> Iterator[Office]:
        """A program that drains, with these troubles.

        Raises:
            Killed: by one of the troubles.
        """
        running = self._start(f"{self.number}-sync")
        self._strike(running, troubles)
        with open_back_office(self.home, _ENVIRONMENT, running.runtime) as office:
            yield office

    @contextmanager
    def books(self) -> Iterator[Books]:
        """The books, for looking things up; nothing goes wrong meanwhile."""
        with open_books(self.home, _ENVIRONMENT, self._start(f"{self.number}-look").runtime) as books:
            yield books

    def wait_ms(self, duration_ms: int) -> None:
        """Time passes at this desk."""
        self._around.time.sleep_ms(duration_ms)

    def close(self) -> None:
        """Closes the window in good order."""
        window, self._window = self._window, None
        if window is not None:
            window[0].close()

    def _start(self, name: str) -> _Running:
        around = self._around
        program = Program(around.crashes)
        door = Door(program, around.network, name, self.number)
        disk = ProgramDisk(program, self._shelf, around.counts)

        def sleep_ms(duration_ms: int) -> None:
            program.step("sleep")
            around.time.sleep_ms(duration_ms)

        runtime = Runtime(
            clock=self.clock,
            sleep_ms=sleep_ms,
            random=self._dice,
            spawn=lambda _: CardChild(program, self.slot),
            http=door,
            disk=disk,
            lanes=lambda width: ShuffledLanes(self._dice),
        )
        return _Running(name, program, door, disk, runtime)

    def _open(self) -> None:
        running = self._start(f"{self.number}")
        self._strike(running, self._troubles)
        stack = ExitStack()
        desk = stack.enter_context(open_desk(self.home, _ENVIRONMENT, running.runtime))
        self._window = (stack, desk, running)

    def _drop(self) -> None:
        """What the operating system does for a killed program: its locks go, its connections roll back."""
        self._troubles = Troubles()
        window, self._window = self._window, None
        if window is not None:
            with suppress(Killed):
                window[0].close()

    def _strike(self, running: _Running, troubles: Troubles) -> None:
        running.program.plan_crash(troubles.crash)
        running.door.plan_fault(troubles.line)
        running.disk.plan_trouble(troubles.disk)
        self._around.network.faults.plan(running.name, troubles.wire)


def _prepare(home: Home, number: int, script: Script) -> None:
    """A training home with its desk number and the region of the day."""
    home.regions.mkdir(parents=True, mode=0o700)
    config = default_config().replace("\nnumber = 1 ", f"\nnumber = {number} ")
    config = config.replace('id = "training"', f'id = "{script.region}"')
    config = config.replace("\ndesks = 1 ", f"\ndesks = {len(script.desks)} ")
    config = config.replace('\nfolder = "" ', f'\nfolder = "{home.folder.parent / "totals"}" ')
    home.config_file.write_text(config, encoding="utf-8")
    (home.regions / f"{script.region}.toml").write_text(_region_text(script), encoding="utf-8")


def _region_text(script: Script) -> str:
    from pos_client.sync import region

    shipped = Path(region.__file__).parent / "regions" / f"{script.region}.toml"
    text = shipped.read_text(encoding="utf-8")
    text, found = re.subn(r"gateway_timeout_s = \d+", f"gateway_timeout_s = {script.gateway_timeout_s}", text)
    assert found == 1, "the region file names the gateway's time-out once"
    if script.provisional:
        text, found = re.subn(r'^mode = "self_pay"', _PROVISIONAL, text, flags=re.MULTILINE)
        assert found == 1, "the region file says once what is done offline"
    return text
