"""The table: what a message costs, at which durability, and what is left of the promise after kill -9."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.durable_queue.footprint import GROWN, megabytes, syncs
from benchmarks.durable_queue.kills import TIMES, kill_again_and_again
from benchmarks.durable_queue.opening import CONTESTANTS
from benchmarks.durable_queue.speed import MESSAGES, Speed, measure
from benchmarks.spread import ratio, spread
from benchmarks.table import Cell, Table

#: The weight is proportional to the messages (measured); it is told for so many.
TOLD_FOR: Final = 100_000
COLUMNS: Final = (
    "contestant",
    "synchronous",
    "put µs",
    "quartiles",
    "take + ack µs",
    "quartiles of it",
    "CPU µs of both",
    "time of both ÷ first",
    "syncs a put",
    "syncs a take + ack",
    "MB",
    "promised",
    "lost",
    "done twice",
    "stuck",
)


def tables(seed: int, rounds: int) -> Iterator[Table]:
    """One table; each contestant in files of its own on the disk of the system's temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        speeds = measure(CONTESTANTS, Path(folder), rounds)
    first = _whole(next(iter(speeds.values())))
    rows: list[tuple[Cell, ...]] = []
    for name, speed in speeds.items():
        put, take = (spread([sample / 1_000 for sample in samples]) for samples in (speed.put, speed.take))
        rows.append(
            (
                name,
                speed.level,
                put.median,
                f"{put.lower_quartile:.0f}–{put.upper_quartile:.0f}",
                take.median,
                f"{take.lower_quartile:.0f}–{take.upper_quartile:.0f}",
                spread(speed.cpu).median / 1_000,
                ratio(_whole(speed), first),
                *_disk_and_harm(name, seed),
            )
        )
    yield Table(
        f"A durable queue: {MESSAGES} messages of 1 KB a round ({rounds} rounds), MB a {TOLD_FOR:,} messages "
        f"(weighed: {GROWN:,}), {TIMES} × kill -9 of producer and consumer",
        COLUMNS,
        rows,
    )


def _whole(speed: Speed) -> list[float]:
    return [put + take for put, take in zip(speed.put, speed.take, strict=True)]


def _disk_and_harm(name: str, seed: int) -> tuple[Cell, ...]:
    with tempfile.TemporaryDirectory() as counting, tempfile.TemporaryDirectory() as killing:
        counted = syncs(name, Path(counting))
        harm = kill_again_and_again(name, Path(killing), seed)
    return (*counted, megabytes(name) * TOLD_FOR / GROWN, *harm)
