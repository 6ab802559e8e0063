"""The contestants by name; what one of them needs is loaded when it is opened, and nothing of the others."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from benchmarks.durable_queue.queues import DurableQueue

Opening = Callable[[Path], DurableQueue]


def _ours(folder: Path) -> DurableQueue:
    from benchmarks.durable_queue.ours import Journal

    return Journal(folder)


def _outbox(folder: Path) -> DurableQueue:
    from benchmarks.durable_queue.outbox import Outbox

    return Outbox(folder)


def _persist_queue(folder: Path) -> DurableQueue:
    from benchmarks.durable_queue.peers import PersistQueue

    return PersistQueue(folder)


def _huey(folder: Path) -> DurableQueue:
    from benchmarks.durable_queue.peers import Huey

    return Huey(folder)


def _litequeue(folder: Path) -> DurableQueue:
    from benchmarks.durable_queue.peers import Lite

    return Lite(folder)


def _litequeue_full(folder: Path) -> DurableQueue:
    from benchmarks.durable_queue.peers import Lite

    return Lite(folder, synchronous="FULL")


#: The first one is the reference of ratios.
CONTESTANTS: Final[Mapping[str, Opening]] = MappingProxyType(
    {
        "ours: journal, encrypted": _ours,
        "by hand: sqlite3 outbox": _outbox,
        "persist-queue SQLiteAckQueue": _persist_queue,
        "huey SqliteStorage, fsync": _huey,
        "litequeue, set to FULL": _litequeue_full,
        "litequeue, as shipped": _litequeue,
    }
)
