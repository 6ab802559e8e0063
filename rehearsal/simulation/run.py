"""``./run simulate``: many days, each from its own seed, on all cores; what they came to in one line."""

import hashlib
import json
import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator, Sequence

import click

from hardware_sim.front_end.faults import FAULTS

from .card_reader import CARD_TROUBLES
from .day import DayResult, play
from .disk import DISK_TROUBLES
from .door import LINE_FAULTS
from .draw import draw
from .program import CRASH_POINTS
from .sales import ENDS
from .script import EventKind, Script
from .shrink import shrink

#: Everything that can go wrong, apart from crashes.
ALL_FAULTS = (
    *FAULTS,
    *CARD_TROUBLES,
    *DISK_TROUBLES,
    *LINE_FAULTS,
    *("unplugged", "read_timeout"),
    *(kind.value for kind in EventKind),
)


def simulate(first: int, seeds: int) -> int:
    """Plays the days of that many seeds and prints what they came to; the exit code is 1 when a day ended badly."""
    failed: list[int] = []
    total = _Total()
    for result in play_all(range(first, first + seeds)):
        total.add(result)
        if result.findings.any:
            failed.append(result.seed)
    for seed in failed[:1]:
        _tell_shortest_story(seed)
    if len(failed) > 1:
        click.echo(f"failing seeds: {', '.join(str(seed) for seed in failed)}\n", err=True)
    click.echo(json.dumps(total.record(), ensure_ascii=False))
    click.echo(f"{seeds} seeds, {total.lost} lost, {total.doubled} doubled, {total.unexplained} unexplained")
    return 1 if failed else 0


def tell_story(seed: int) -> int:
    """Plays the day of one seed and prints its whole story."""
    result = play(draw(seed))
    click.echo("\n".join(result.story))
    click.echo(f"{result.settlements} settlements, hash {result.digest}")
    return 1 if result.findings.any else 0


class _Total:
    """The sums over all days."""

    def __init__(self) -> None:
        self._sums: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()
        self._crashes: Counter[str] = Counter()
        self._hash = hashlib.sha256()
        self.lost = self.doubled = self.unexplained = 0

    def add(self, result: DayResult) -> None:
        """Adds a day; days come in the order of their seeds, so that the hash can be compared."""
        self._sums += Counter(days=1, settlements=result.settlements, messages=result.messages)
        self._counts += result.counts
        self._crashes += result.crashes
        self._hash.update(result.digest.encode())
        self.lost += len(result.findings.lost)
        self.doubled += len(result.findings.doubled)
        self.unexplained += len(result.findings.unexplained)

    def record(self) -> dict[str, object]:
        """The totals as one JSON object; a fault that never fired is there with zero."""
        return {
            **self._sums,
            "crashes": sum(self._crashes.values()),
            "syncs": self._counts["syncs"],
            "killed_at": {point: self._crashes[point] for point in CRASH_POINTS},
            **{name: self._counts[name] for name in ENDS},
            "faults": {name: self._counts[name] for name in ALL_FAULTS},
            "hash": self._hash.hexdigest(),
        }


def play_all(seeds: Sequence[int]) -> Iterator[DayResult]:
    """The days in the order of their seeds."""
    workers = min(os.cpu_count() or 1, len(seeds))
    if workers <= 1:
        yield from map(_play_seed, seeds)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(_play_seed, seeds, chunksize=4)


def _play_seed(seed: int) -> DayResult:
    return play(draw(seed))


def _tell_shortest_story(seed: int) -> None:
    script = draw(seed)

    def fails(shorter: Script) -> bool:
        return play(shorter).findings.any

    shortest = shrink(script, fails)
    click.echo(f"seed {seed} fails; its shortest story ({len(shortest.acts)} acts, {shortest.troubles} troubles):")
    for line in play(shortest).story:
        click.echo(f"  {line}")
    click.echo(f"repeat it: ./run simulate --seed-story {seed}\n")
