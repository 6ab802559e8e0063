"""From the start of a process to the first key that its window takes, ours beside a bare one; memory then and later.

Aim: at most twice the time of the bare one.
"""

import json
from collections.abc import Iterator, Mapping
from statistics import median
from time import perf_counter_ns
from typing import Any, Final, NamedTuple

from benchmarks.spread import ratio, spread
from benchmarks.table import Cell, Table
from benchmarks.window_process import Process, counters, started

BARE: Final = "QMainWindow, QLineEdit"
OURS: Final = "pos-client"
_NAMES: Final[Mapping[str, str]] = {BARE: "bare", OURS: "ours"}
COLUMNS: Final = (
    "window",
    "first key ms",
    "lower quartile",
    "upper quartile",
    "÷ bare",
    "MB at the first key",
    "desk open ms",
    "MB with the desk open",
    "MB of the reader's process",
)
_NS_PER_MS: Final = 1_000_000
_KIB_PER_MB: Final = 1024


class Start(NamedTuple):
    """One start: when the first key was taken and when it stood in its field, and memory at both moments."""

    taken_ms: float
    taken_kib: int
    stands_ms: float
    stands_kib: int
    children_kib: int
    text: str


def tables(rounds: int) -> Iterator[Table]:
    """One table; both start in turns, after a first start that makes the home and does not count."""
    with counters() as desks:
        desk = desks.place(card=False)
        environment = {
            "POS_CLIENT_HOME": desk["home"],
            "POS_CLIENT_READER": desk["reader"],
            "POS_CLIENT_FRONT_END": desk["front_end"],
        }
        yield _table(measure(environment, rounds))


def measure(environment: Mapping[str, str], rounds: int) -> dict[str, list[Start]]:
    """Starts both in every round, the order turning."""
    starts: dict[str, list[Start]] = {name: [] for name in _NAMES}
    order = list(_NAMES)
    for turn in range(rounds + 1):
        for name in order:
            one = start(_NAMES[name], environment)
            if turn:
                starts[name].append(one)
        order.append(order.pop(0))
    return starts


def start(name: str, environment: Mapping[str, str]) -> Start:
    """Starts one and waits for its end."""
    begun = perf_counter_ns()
    with started("benchmarks.window_first_key", name, environment) as process:
        taken, taken_ms = _told(process), _ms_since(begun)
        stands, stands_ms = _told(process), _ms_since(begun)
        children = _told(process)
    return Start(taken_ms, taken["taken"], stands_ms, stands["stands"], children["children"], stands["text"])


def _told(process: Process) -> dict[str, Any]:
    assert process.stdout is not None
    told: dict[str, Any] = json.loads(process.stdout.readline())
    return told


def _ms_since(begun_ns: int) -> float:
    return (perf_counter_ns() - begun_ns) / _NS_PER_MS


def _table(starts: Mapping[str, list[Start]]) -> Table:
    bare_ms = [one.taken_ms for one in starts[BARE]]
    rows: list[tuple[Cell, ...]] = []
    for name, mine in starts.items():
        taken_ms = [one.taken_ms for one in mine]
        rows.append(
            (
                name,
                *spread(taken_ms),
                ratio(taken_ms, bare_ms),
                median(one.taken_kib for one in mine) / _KIB_PER_MB,
                median(one.stands_ms for one in mine),
                median(one.stands_kib for one in mine) / _KIB_PER_MB,
                median(one.children_kib for one in mine) / _KIB_PER_MB,
            )
        )
    return Table(f"From the start of the process to the first key ({len(bare_ms)} rounds)", COLUMNS, rows)
