"""One settlement in the books, both commits, against the same rows written by hand: what a customer waits for.

Aims: two syncs an act, and nine tenths of the speed by hand.
"""

import gc
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from time import perf_counter_ns, process_time_ns
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

from benchmarks.contestants.settle_by_hand import ByHand
from benchmarks.contestants.settle_ours import Ours
from benchmarks.spread import ratio, spread
from benchmarks.table import Cell, Table
from tests.disk import shim

PROJECT: Final = Path(__file__).parents[1]
#: Acts of one contestant in one round; every one is timed by itself.
ACTS: Final = 40
COUNTED: Final = 50
COLUMNS: Final = (
    "contestant",
    "p50 µs",
    "lower quartile",
    "upper quartile",
    "p99 µs",
    "CPU µs",
    "time ÷ first",
    "CPU ÷ first",
    "syncs",
)


class Books(Protocol):
    """Something that writes settlements."""

    def settle(self) -> None:
        """Writes one, both commits."""

    def close(self) -> None:
        """Lets the file go."""


CONTESTANTS: Final[Mapping[str, Callable[[Path], Books]]] = MappingProxyType({"ours": Ours, "by hand": ByHand})


class Times(NamedTuple):
    """Nanoseconds: of every act, and of the processor for one act, once a round."""

    acts: list[int]
    rounds: list[float]
    cpu: list[float]


def tables(rounds: int) -> Iterator[Table]:
    """One table; each contestant has a store of its own on the disk of the system's temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        times = measure(Path(folder), rounds)
    first = next(iter(times.values()))
    rows: list[tuple[Cell, ...]] = []
    for name, one in times.items():
        middle = spread([each / 1_000 for each in one.acts])
        rows.append(
            (
                name,
                *middle,
                percentile_99(one.acts) / 1_000,
                statistics.median(one.cpu) / 1_000,
                ratio(one.rounds, first.rounds),
                ratio(one.cpu, first.cpu),
                syncs_an_act(name),
            )
        )
    yield Table(f"One settlement in the encrypted books, WAL FULL ({rounds} rounds of {ACTS} acts)", COLUMNS, rows)


def measure(folder: Path, rounds: int, acts: int = ACTS) -> dict[str, Times]:
    """Both side by side, in turns, after one round that does not count."""
    with ExitStack() as stack:
        books = {name: stack.enter_context(closing(_open(name, folder))) for name in CONTESTANTS}
        times = {name: Times([], [], []) for name in books}
        order = list(books)
        for turn in range(rounds + 1):
            for name in order:
                taken, cpu_ns = _timed(books[name], acts)
                if turn:
                    times[name].acts.extend(taken)
                    times[name].rounds.append(statistics.fmean(taken))
                    times[name].cpu.append(cpu_ns / acts)
            order.append(order.pop(0))
    return times


def percentile_99(samples: list[int]) -> float:
    """What ninety-nine of a hundred acts do not exceed."""
    return statistics.quantiles(samples, n=100, method="inclusive")[98]


def syncs_an_act(name: str) -> float:
    """Calls of fsync and fdatasync an act, counted in a process of its own on the disk of ``tests/disk``."""
    with tempfile.TemporaryDirectory() as folder:
        environment = shim.environment(shim.build(Path(folder)), Path(folder))
        command = [sys.executable, "-m", "benchmarks.settle_act", name, folder]
        told = subprocess.run(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, check=True).stdout
    return int(told) / COUNTED


def _open(name: str, folder: Path) -> Books:
    own = folder / name.replace(" ", "-")
    own.mkdir()
    return CONTESTANTS[name](own)


def _timed(books: Books, acts: int) -> tuple[list[int], int]:
    taken = []
    gc.collect()
    gc.disable()
    try:
        cpu_begun = process_time_ns()
        for _ in range(acts):
            begun = perf_counter_ns()
            books.settle()
            taken.append(perf_counter_ns() - begun)
        return taken, process_time_ns() - cpu_begun
    finally:
        gc.enable()


def _count(name: str, folder: Path) -> int:
    with closing(_open(name, folder)) as books:
        disk = shim.FailingDisk()
        disk.begin()
        for _ in range(COUNTED):
            books.settle()
        return disk.syncs


if __name__ == "__main__":
    print(_count(sys.argv[1], Path(sys.argv[2])))
