"""What a message costs the disk: syncs, counted from under the process, and bytes that stay."""

import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.durable_queue.opening import CONTESTANTS
from benchmarks.durable_queue.payload import text_of
from benchmarks.durable_queue.queues import DurableQueue
from benchmarks.durable_queue.speed import take_and_acknowledge
from tests.disk import shim

PROJECT: Final = Path(__file__).parents[2]
COUNTED: Final = 200
#: Messages that are put and acknowledged before the files are weighed.
GROWN: Final = 5_000


class Syncs(NamedTuple):
    """Calls of fsync and fdatasync a message."""

    put: float
    take: float


def syncs(name: str, folder: Path) -> Syncs:
    """Counts in a process of its own, which runs on the disk of ``tests/disk``."""
    library = shim.build(folder)
    command = [sys.executable, "-m", "benchmarks.durable_queue.footprint", name, str(folder)]
    environment = shim.environment(library, folder)
    told = subprocess.run(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, check=True).stdout
    put, take = told.split()
    return Syncs(int(put) / COUNTED, int(take) / COUNTED)


def megabytes(name: str, messages: int = GROWN) -> float:
    """What lies on the disk after so many messages were put, taken and acknowledged.

    Nothing is synced meanwhile: the size does not depend on it. All is checkpointed before it is weighed.
    """
    with tempfile.TemporaryDirectory() as folder:
        with closing(CONTESTANTS[name](Path(folder))) as queue:
            queue.pragma("synchronous = OFF")
            for number in range(messages):
                queue.put(text_of(number))
                take_and_acknowledge(queue)
            queue.pragma("wal_checkpoint(TRUNCATE)")
        return sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file()) / 1_000_000


def _count(queue: DurableQueue) -> Syncs:
    disk = shim.FailingDisk()
    disk.begin()
    for number in range(COUNTED):
        queue.put(text_of(number))
    put = disk.syncs
    disk.begin()
    for _ in range(COUNTED):
        take_and_acknowledge(queue)
    return Syncs(put, disk.syncs)


if __name__ == "__main__":
    with closing(CONTESTANTS[sys.argv[1]](Path(sys.argv[2]))) as opened:
        print(*_count(opened))
