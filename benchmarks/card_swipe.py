"""From a card that is in the reader to its holder's identity, on serial lines with a speed and on one without.

Aim: at most 1.1 times the time that the same bytes need on the wire, and 30 ms. Beside it, over the same reader, a
program for any chip card and one that dumps the whole card; all must come to the same identity.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

from benchmarks.card_line import CardLine, Carried, card_line
from benchmarks.card_ways import OURS, WAYS
from benchmarks.spread import ratio, spread
from benchmarks.table import Cell, Table
from benchmarks.window_process import Worker, started
from hardware_sim.personas import CardData

ROUNDS: Final = 5
"""More say nothing more: a line keeps its time, and the longest reading takes seventeen seconds."""
_AIM: Final = 1.1
_NS_PER_MS: Final = 1_000_000
_UNLIMITED: Final = "no limit"
SPEEDS: Final = (9_600, 38_400, None)
SWIPE_COLUMNS: Final = (
    "card and line",
    "ms",
    "lower quartile",
    "upper quartile",
    "wire ms",
    "÷ wire",
    "ms above 1.1 × wire",
)
WAYS_COLUMNS: Final = (
    "card, read by",
    "commands",
    "their bytes",
    "line bytes",
    *(column for baud in SPEEDS for column in (f"{baud or _UNLIMITED}: ms", f"{baud or _UNLIMITED}: ÷ first")),
)


class Kind(NamedTuple):
    """A version of the card, and the reader that it is read in."""

    version: str
    persona: str
    model: str
    psam: str = ""


KINDS: Final = (
    Kind("1.00", "first-generation", "gempc-twin"),
    Kind("2.00", "second-generation", "gempc-twin"),
    Kind("3.00 with PSAM", "third-generation", "pos-pro", "nation"),
)


class Read(NamedTuple):
    """One way on one line: a time each round, and what each reading carried."""

    ms: list[float]
    carried: Carried


#: By kind and speed, then by way.
Readings = Mapping[tuple[Kind, int | None], Mapping[str, Read]]


def tables(rounds: int) -> Iterator[Table]:
    """Two tables: ours against the wire, and ours against other ways to read."""
    readings = measure(rounds)
    yield _swipes(readings, f"From a card in the reader to its holder, through the card process ({rounds} rounds)")
    yield _ways(readings, f"The same cards by other programs, over the same reader ({rounds} rounds)")


def measure(rounds: int, kinds: Sequence[Kind] = KINDS, speeds: Sequence[int | None] = SPEEDS) -> Readings:
    """All ways on each line in rounds, the order turning; before them each way reads once, which does not count.

    Raises:
        AssertionError: they disagree about who it is, or one way carried other bytes than the time before.
    """
    with tempfile.TemporaryDirectory(prefix="card-swipe-") as folder:
        return {(kind, baud): _measured(Path(folder), kind, baud, rounds) for kind in kinds for baud in speeds}


def _measured(folder: Path, kind: Kind, baud: int | None, rounds: int) -> dict[str, Read]:
    taken: dict[str, list[tuple[float, Carried]]] = {way: [] for way in WAYS}
    order = list(WAYS)
    with (
        card_line(folder, kind.persona, model=kind.model, psam=kind.psam, baud=baud) as line,
        started("benchmarks.card_reading", "any") as process,
    ):
        for turn in range(rounds + 1):
            for way in order:
                one = _read(Worker(process), line, way)
                if turn:
                    taken[way].append(one)
            order.append(order.pop(0))
    return {way: _of_one_way(some) for way, some in taken.items()}


def _read(worker: Worker, line: CardLine, way: str) -> tuple[float, Carried]:
    worker.tell("prepare", how=way, url=line.url)
    line.begin()
    told: dict[str, Any] = worker.tell("read", how=way, url=line.url)
    carried = line.carried()
    worker.tell("let_go", how=way, url=line.url)
    assert told["identity"] == _written_on(line.card), f"{way} says another person"
    return told["ns"] / _NS_PER_MS, carried


def _written_on(card: CardData) -> dict[str, str]:
    names = ("card_number", "identification_code", "version", "issued_on", "expires_on", "name", "id_number", "sex")
    said = {name: str(getattr(card, name)) for name in (*names, "nation", "born_on", "card_class")}
    return {**said, "region": card.identification_code[:6]}


def _of_one_way(some: Sequence[tuple[float, Carried]]) -> Read:
    (carried,) = {carried for _, carried in some}
    return Read([ms for ms, _ in some], carried)


def _swipes(readings: Readings, title: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for (kind, baud), ways in readings.items():
        ms, carried = ways[OURS]
        wire_ms = carried.wire_ms(baud)
        at = f"{baud:,} baud" if baud else _UNLIMITED
        share: Cell = median(ms) / wire_ms if wire_ms else "–"
        rows.append((f"{kind.version}, {at}", *spread(ms), wire_ms, share, median(ms) - _AIM * wire_ms))
    return Table(title, SWIPE_COLUMNS, rows)


def _ways(readings: Readings, title: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for kind in dict.fromkeys(kind for kind, _ in readings):
        lines = [readings[kind, baud] for baud in SPEEDS]
        for way in WAYS:
            times = [cell for line in lines for cell in (median(line[way].ms), ratio(line[way].ms, line[OURS].ms))]
            rows.append((f"{kind.version}, {way}", *lines[0][way].carried, *times))
    return Table(title, WAYS_COLUMNS, rows)
