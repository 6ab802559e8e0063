"""Typing in a catalogue as large as a province's: from a letter to the list of what it finds, painted.

Aim: the 99th percentile at most 16 ms in 200 000 items.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from statistics import median
from typing import Final

from benchmarks.spread import ratio
from benchmarks.table import Cell, Table
from benchmarks.window_keys import figures
from benchmarks.window_process import Worker, counters, worker

COLUMNS: Final = ("letters typed", "items", "p50 ms", "p99 ms", "worst ms", "p50 ÷ sample")
SAMPLE: Final = "the sample's"
_WORDS_A_ROUND: Final = 20
_ALL: Final = "any"

#: Nanoseconds a letter: how many letters stand there, whose catalogue, one list a round.
Times = Mapping[str, Mapping[str, list[list[int]]]]


def tables(rounds: int, items: int) -> Iterator[Table]:
    """One table: each letter of a word, in the sample's catalogue and in the large one."""
    sizes = {SAMPLE: 0, f"{items:,}": items}
    with counters() as desks, ExitStack() as stack:
        windows = {name: stack.enter_context(worker("ours")) for name in sizes}
        for name, count in sizes.items():
            windows[name].tell("open", **desks.place(), items=count)
        times = measure(windows, rounds)
    yield _table(times, f"Letter to painted list of what it finds ({rounds} rounds of {_WORDS_A_ROUND} words)")


def measure(windows: Mapping[str, Worker], rounds: int, words: int = _WORDS_A_ROUND) -> Times:
    """So many words in each window, in rounds, the order turning."""
    times: dict[str, dict[str, list[list[int]]]] = {}
    order = list(windows)
    for _ in range(rounds):
        for name in order:
            taken: dict[str, list[int]] = windows[name].tell("found", count=words)
            taken[_ALL] = [each for one in taken.values() for each in one]
            for length, some in taken.items():
                times.setdefault(length, {}).setdefault(name, []).append(some)
        order.append(order.pop(0))
    return times


def _table(times: Times, title: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for length, catalogues in sorted(times.items()):
        sample_ns = [median(one) for one in catalogues[SAMPLE]]
        for name, taken in sorted(catalogues.items(), key=lambda one: one[0] != SAMPLE):
            every = figures([each for one in taken for each in one])
            rows.append((length, name, *every, ratio([median(one) for one in taken], sample_ns)))
    return Table(title, COLUMNS, rows)
