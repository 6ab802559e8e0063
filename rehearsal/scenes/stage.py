"""The stage: a desk with everything around it simulated in this process, and a clock that stands still.

Bureau, reader, card and store are the real ones of a rehearsal; only time is bent, so that a picture taken tomorrow
looks like the one taken today.
"""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import requests
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.slot import Slot
from hardware_sim.front_end.clock import BureauClock
from hardware_sim.front_end.region import Edition
from hardware_sim.front_end.server import FrontEnd
from hardware_sim.readers.models import POS_PRO
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import TcpLine
from pos_client.card.readers.reader import Presence
from pos_client.config import Home, write_settings
from pos_client.desk import operators
from pos_client.desk.books import open_books
from pos_client.desk.operators import SignedIn
from pos_client.desk.station import Office, open_counter
from pos_client.errors import OurBug, Problem, Words
from pos_client.phrase import Language
from pos_client.runtime import Child, Runtime, SystemClock, shanghai, system_runtime
from pos_client.sync.http import RequestsHttp
from pos_client.ui.program import Program
from rehearsal.scenes.clerk import Clerk
from rehearsal.scenes.played_reader import PlayedReader

#: 2026-11-20 11:02 in Shanghai, a Friday.
OPENING = datetime(2026, 11, 20, 3, 2, tzinfo=UTC)
_REGIONS = Path(__file__).resolve().parents[2] / "pos_client" / "sync" / "regions"
_CARD_PROCESS = "pos_client.card.worker"
_BROKE = Words("X-BUG", "程序自己坏了。", "The program itself is broken.")


class StandingClock(SystemClock):
    """Stands still until somebody sleeps or lets time pass."""

    def __init__(self) -> None:
        self._now = OPENING

    def now_utc(self) -> datetime:
        """The moment at which it stands."""
        return self._now

    def go_on(self, duration: timedelta) -> None:
        """Lets time pass."""
        self._now += duration


class _AtWork:
    """A drain beside the window that is still at work: nothing changes in a picture by itself."""

    def send(self, line: bytes) -> None:
        """Is told nothing."""
        del line

    def receive(self, timeout_ms: int) -> bytes | None:
        """Says nothing yet."""
        del timeout_ms
        return None

    def kill(self) -> None:
        """Ends."""


class _StagedProgram(Program):
    """The program, its face of the clock that of the stage."""

    def __init__(self, ground: "_Ground", clock: StandingClock) -> None:
        self._stage_clock = clock
        super().__init__(ground)

    def clock_face(self) -> str:
        return f"{shanghai(self._stage_clock.now_utc()):%H:%M}"

    def minutes_since(self, instant: datetime) -> int:
        return (self._stage_clock.now_utc() - instant) // timedelta(minutes=1)


@dataclass
class _Ground:
    """What the program stands on here."""

    home: Home
    environment: Mapping[str, str]
    language: Language
    runtime: Runtime
    broke: list[BaseException] = field(default_factory=list)

    @contextmanager
    def open_runtime(self) -> Iterator[Runtime]:
        yield self.runtime

    def report(self, error: BaseException) -> Problem:
        self.broke.append(error)
        return OurBug(_BROKE)


@dataclass
class Stage:
    """One desk, and what a story does to the world around it. Nothing here touches a page."""

    home: Home
    language: Language
    theme: str
    size: tuple[int, int]
    bureau: Path
    """The ledger of the bureau's server."""
    front_end: FrontEnd
    slot: Slot
    psam_slot: Slot
    """The reader's second slot, empty at first."""
    reader_url: str
    clock: StandingClock
    http: RequestsHttp
    edition: Edition
    _bare: bool = False
    _played: PlayedReader | None = None
    program: Program = field(init=False)
    """The program that was started last."""
    _ends: ExitStack = field(default_factory=ExitStack)

    # --- before the program starts ---

    @property
    def environment(self) -> Mapping[str, str]:
        """Where reader and bureau are."""
        if self._bare:
            return {}
        return {"POS_CLIENT_READER": self.reader_url, "POS_CLIENT_FRONT_END": self.front_end.url}

    @property
    def runtime(self) -> Runtime:
        """The outside world with the stage's time in it."""
        real = system_runtime(self.http)

        def sleep_ms(duration_ms: int) -> None:
            self.clock.go_on(timedelta(milliseconds=duration_ms))

        def spawn(argv: Sequence[str]) -> Child:
            if "sync" in argv:
                return _AtWork()
            return self._played if self._played is not None and _CARD_PROCESS in argv else real.spawn(argv)

        return Runtime(self.clock, sleep_ms, Random(1), spawn, self.http)

    def make_bare(self) -> None:
        """Takes the settings away: a machine on which nothing was set up."""
        self.home.config_file.unlink()
        self._bare = True

    def set(self, values: Mapping[str, str | int]) -> None:
        """Changes settings of the home."""
        write_settings(self.home, values)

    def play_reader(self, presence: Presence, problem: Problem) -> None:
        """Puts a reader in the place of the stage's that sees this, and whose every reading ends so."""
        self._played = PlayedReader(presence, problem)

    def change_region(self, old: str, new: str) -> None:
        """Edits the home's own region file; a program that is started afterwards reads it."""
        name = "training" if self.edition == "base" else f"training-{self.edition}"
        file = self.home.regions / f"{name}.toml"
        source = file if file.exists() else _REGIONS / file.name
        text = source.read_text(encoding="utf-8")
        assert old in text, f"the region has no {old}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace(old, new), encoding="utf-8")

    def employ(self, password: str, *people: SignedIn) -> None:
        """Registers people who work here, the first of them a supervisor."""
        with open_books(self.home, self.environment, self.runtime) as books:
            for one in people:
                operators.add(books, one.name, one.title, one.role, password, by=people[0])

    def rename(self, persona: str, name: str) -> None:
        """Gives somebody another name in the bureau's register."""
        with closing(sqlite3.connect(self.bureau)) as bureau, bureau:
            bureau.execute("UPDATE persons SET name = ? WHERE psn_no = ?", (name, _person_no(persona)))

    @contextmanager
    def behind(self) -> Iterator[Office]:
        """The desk's own use cases, while no program is open: for what has happened before a story begins."""
        with open_counter(self.home, self.environment, self.runtime) as office:
            yield office

    # --- the program ---

    def start(self, *, signs_in: bool = False) -> Clerk:
        """Starts the program and waits until it is ready, or until it asks who works here (``signs_in``)."""
        ground = _Ground(self.home, self.environment, self.language, self.runtime)
        program = self.program = _StagedProgram(ground, self.clock)
        self._ends.callback(_end, program, ground)
        clerk = Clerk(program)
        program.window.resize(*self.size)
        program.window.show()
        program.window.activateWindow()
        program.start()
        first = program.welcome
        if signs_in:
            clerk.until(lambda: program.window.page is not first)
        else:
            clerk.until(lambda: program.shift is not None and program.watch.state != "")
        clerk.settle()
        return clerk

    def stop(self) -> None:
        """Closes the program as its close button does."""
        self._ends.close()

    # --- around it ---

    def put_in(self, persona: str) -> None:
        """Puts somebody's card in, and waits for nothing."""
        self.slot.insert(chip_of(personas.load(persona).card))

    def put_psam_in(self) -> None:
        """Puts a PSAM into the reader's second slot."""
        self.psam_slot.insert(PSAMS["nation"]())

    def insert(self, persona: str, clerk: Clerk) -> None:
        """Puts somebody's card in and waits until the program has dealt with it."""
        self.put_in(persona)
        clerk.until(lambda: clerk.program.watch.state == "card")
        clerk.settle()

    def take_card(self, clerk: Clerk) -> None:
        """Takes the card out and waits until the program has seen it."""
        self.slot.remove()
        clerk.until(lambda: clerk.program.watch.state == "empty")
        clerk.settle()

    def faults(self, *faults: Mapping[str, object]) -> None:
        """Replaces the faults of the bureau's server."""
        self._put("faults", {"faults": list(faults)})

    def persons(self, *changes: Mapping[str, object]) -> None:
        """Changes what the bureau's register says of people."""
        self._put("persons", {"persons": list(changes)})

    def voucher(self, persona: str) -> str:
        """A fresh electronic voucher of somebody."""
        document = {"psn_no": _person_no(persona)}
        answer = requests.post(f"{self.front_end.control_url}/_sim/vouchers", json=document, timeout=10)
        answer.raise_for_status()
        return str(answer.json()["token"])

    def cut_off(self) -> None:
        """Takes the bureau's server off the network, connections that are open too."""
        self.faults({"name": "down"})
        self.http.close()

    def glance(self, clerk: Clerk) -> None:
        """Lets the strip be counted again, as it is every few seconds."""
        clerk.program.refresh_strip()
        clerk.settle()

    def minutes_pass(self, minutes: int) -> None:
        """Lets time pass."""
        self.clock.go_on(timedelta(minutes=minutes))

    def _put(self, what: str, document: Mapping[str, object]) -> None:
        answer = requests.put(f"{self.front_end.control_url}/_sim/{what}", json=document, timeout=10)
        answer.raise_for_status()


@contextmanager
def staged(language: Language, theme: str, size: tuple[int, int], *, edition: Edition = "base") -> Iterator[Stage]:
    """Builds a stage in a folder of its own; all of it is gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pos-client-")))
        home, bureau, clock = Home(folder / "home"), folder / "bureau.db", StandingClock()
        slot, psam_slot = Slot(), Slot()
        line = stack.enter_context(TcpLine(SerialReader(POS_PRO, (slot, psam_slot)), 0))
        bureau_clock = BureauClock(clock.now_utc)
        front_end = FrontEnd(f"sqlite:///{bureau}", edition=edition, clock=bureau_clock)
        stack.enter_context(front_end)
        http = RequestsHttp()
        stack.callback(http.close)
        stage = Stage(home, language, theme, size, bureau, front_end, slot, psam_slot, line.url, clock, http, edition)
        stage.set(
            {
                "language": language,
                "ui.theme": theme,
                "institution.name": "示例市人民医院",
                "desk.number": 3,
                "desk.operator": "03",
                "desk.operator_name": "收费员 03",
                "region.id": "training" if edition == "base" else f"training-{edition}",
            }
        )
        try:
            yield stage
        finally:
            stage.stop()


def _person_no(persona: str) -> str:
    register = personas.load(persona).register
    assert register is not None, f"{persona} has no row in the register"
    return register.person_no


def _end(program: Program, ground: _Ground) -> None:
    """Ends the program as its close button does, and lets Qt forget the window."""
    closed: list[bool] = []
    program.closed.connect(lambda: closed.append(True))
    program.close()
    with suppress(TimeoutError):
        Clerk(program).until(lambda: bool(closed))
    forget(program.window, program)
    if ground.broke:
        raise ground.broke[0]


def forget(*objects: QObject) -> None:
    """Lets Qt delete them now."""
    for one in objects:
        one.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
