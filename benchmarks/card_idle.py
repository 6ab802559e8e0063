"""Processor time of a desk at which nothing happens: the window waits for a card, at PC/SC and at a serial reader.

All programs idle at the same time, each at a PC/SC service or a reader of its own, which holds no card. Beside the
window a bare one, which knows of no cards, and pyscard's monitors, which have no window.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import Final, NamedTuple

from benchmarks.card_cpu import Used, descendants, used
from benchmarks.card_idle_programs import HOME, READY
from benchmarks.card_service import service
from benchmarks.spread import ratio
from benchmarks.table import Cell, Table
from benchmarks.window_process import counters, started
from hardware_sim.card.slot import Slot
from hardware_sim.readers.models import GEMPC_TWIN
from hardware_sim.readers.reader import SerialReader
from hardware_sim.readers.serial_lines import PtyLine

COLUMNS: Final = (
    "who waits",
    "CPU ms of the program",
    "of its children",
    "of its pcscd",
    "together, ms a second",
    "wake-ups a second, without pcscd",
    "program and children ÷ bare window",
)
PCSC: Final = "ours, PC/SC reader"
SERIAL: Final = "ours, serial reader"
BARE: Final = "bare PySide6 window"
MONITORS: Final = "pyscard CardMonitor and ReaderMonitor, no window"
NOBODY: Final = "a pcscd that nobody asks"
#: After the start, until everything that is loaded in the background is there.
_SETTLING_S: Final = 5


class Idler(NamedTuple):
    """A program that waits, and the service that it asks; 0 is none."""

    program: int
    pcscd: int = 0


class Idle(NamedTuple):
    """What was used while nothing happened."""

    program: Used
    children: Used
    pcscd: Used


def tables(seconds: int) -> Iterator[Table]:
    """One table."""
    yield _table(measure(seconds), seconds)


def measure(seconds: int, settling_s: float = _SETTLING_S) -> dict[str, Idle]:
    """Starts them all, lets them come to rest, and looks twice."""
    with ExitStack() as stack:
        idlers = _started(stack)
        sleep(settling_s)
        before = {name: _look(idler) for name, idler in idlers.items()}
        sleep(seconds)
        after = {name: _look(idler) for name, idler in idlers.items()}
    return {
        name: Idle(*(now.since(then) for now, then in zip(after[name], before[name], strict=True))) for name in idlers
    }


def _started(stack: ExitStack) -> dict[str, Idler]:
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="card-idle-")))
    line = stack.enter_context(PtyLine(SerialReader(GEMPC_TWIN, [Slot()]), folder / "reader"))
    desks = stack.enter_context(counters())
    front_end = desks.place(card=False)["front_end"]

    def program(name: str, environment: dict[str, str]) -> int:
        process = stack.enter_context(started("benchmarks.card_idle_programs", name, environment))
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        if said != READY:
            raise RuntimeError(f"{name} does not come to rest")
        return process.pid

    def desk(home: str, reader: str, environment: dict[str, str]) -> int:
        place = {HOME: str(folder / home), "POS_CLIENT_READER": reader, "POS_CLIENT_FRONT_END": front_end}
        return program("desk", {**place, **environment})

    for_window, for_monitors, for_nobody = (stack.enter_context(service()) for _ in range(3))
    return {
        PCSC: Idler(desk("home-pcsc", "pcsc:", for_window.environment), for_window.pid),
        SERIAL: Idler(desk("home-serial", line.url, {})),
        BARE: Idler(program("bare", {})),
        MONITORS: Idler(program("monitors", for_monitors.environment), for_monitors.pid),
        NOBODY: Idler(0, for_nobody.pid),
    }


def _look(idler: Idler) -> Idle:
    program = [idler.program] if idler.program else []
    children = [below for pid in program for below in descendants(pid)]
    return Idle(used(*program), used(*children), used(*([idler.pcscd] if idler.pcscd else [])))


def _table(idle: dict[str, Idle], seconds: int) -> Table:
    bare_ms = idle[BARE].program.cpu_ms
    rows: list[tuple[Cell, ...]] = []
    for name, (program, children, pcscd) in idle.items():
        own_ms = program.cpu_ms + children.cpu_ms
        rows.append(
            (
                name,
                program.cpu_ms,
                children.cpu_ms,
                pcscd.cpu_ms,
                (own_ms + pcscd.cpu_ms) / seconds,
                (program.wakes + children.wakes) / seconds,
                ratio([own_ms], [bare_ms]) if bare_ms else "–",
            )
        )
    return Table(f"A desk where nothing happens, {seconds} s", COLUMNS, rows)
