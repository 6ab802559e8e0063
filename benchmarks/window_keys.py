"""From a key to the frame that shows it, in the product's window and in a bare one, idle and while a backlog drains.

Aims at the 99th percentile: 16 ms idle, 33 ms while a backlog of 10 000 is being sent by a process of its own.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from statistics import median, quantiles
from typing import Final, NamedTuple

from benchmarks.spread import ratio
from benchmarks.table import Cell, Table
from benchmarks.window_process import Worker, counters, worker
from benchmarks.window_strokes import KINDS, LINES

OURS: Final = "ours"
BARE: Final = "a QLineEdit alone"
_NAMES: Final[Mapping[str, str]] = {OURS: "ours", BARE: "bare"}
_NS_PER_MS: Final = 1_000_000
COLUMNS: Final = ("keys", "window", "p50 ms", "p99 ms", "worst ms", "p50 ÷ bare")

#: Nanoseconds a key: kind, window, one list a round.
Times = Mapping[str, Mapping[str, list[list[int]]]]


class Figures(NamedTuple):
    """What is read of many keys, in milliseconds."""

    p50: float
    p99: float
    worst: float


def figures(taken: list[int]) -> Figures:
    """Median, 99th percentile and the slowest."""
    p99 = quantiles(taken, n=100, method="inclusive")[98]
    return Figures(median(taken) / _NS_PER_MS, p99 / _NS_PER_MS, max(taken) / _NS_PER_MS)


def tables(rounds: int, keys: int, backlog: int) -> Iterator[Table]:
    """One table with nothing else going on, one while the backlog is being sent."""
    with counters(people=backlog) as desks:
        for queued in (0, backlog):
            with ExitStack() as stack:
                windows = {name: stack.enter_context(worker(kind)) for name, kind in _NAMES.items()}
                ours = windows[OURS]
                ours.tell("open", **desks.place(), backlog=queued)
                ours.tell("bill")
                if queued:
                    ours.tell("wait_until_sending", backlog=queued)
                times = measure(windows, rounds, keys, until_sent=bool(queued))
            yield _table(times, f"while {queued} queued settlements are being sent" if queued else "idle")


def measure(windows: Mapping[str, Worker], rounds: int, keys: int, *, until_sent: bool = False) -> Times:
    """So many keys of each kind in each window, in rounds, the order turning.

    ``until_sent``: only rounds count in which ours was sending from the beginning to the end.

    Raises:
        RuntimeError: all was sent before one round was over.
    """
    a_round = max(keys // rounds, 2)
    times: dict[str, dict[str, list[list[int]]]] = {kind: {name: [] for name in windows} for kind in KINDS}
    order = list(windows)
    for done in range(rounds):
        one = {(kind, name): windows[name].tell("keys", kind=kind, count=a_round) for kind in KINDS for name in order}
        if until_sent and not windows[OURS].tell("unsent"):
            if not done:
                raise RuntimeError("all was sent before one round was over: queue more")
            break
        for (kind, name), taken in one.items():
            times[kind][name].append(taken)
        order.append(order.pop(0))
    return times


def _table(times: Times, doing: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    measured = times[KINDS[0]][OURS]
    size = f"{len(measured)} rounds of {len(measured[0])} keys"
    for kind, windows in times.items():
        bare_ns = [median(one) for one in windows[BARE]]
        for name, taken in windows.items():
            every = figures([each for one in taken for each in one])
            rows.append((kind, name, *every, ratio([median(one) for one in taken], bare_ns)))
    return Table(f"Key to painted frame, a bill of {LINES} lines, {doing} ({size})", COLUMNS, rows)
