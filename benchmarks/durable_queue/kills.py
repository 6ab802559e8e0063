"""Producer and consumer at work on one file, both killed with -9 at a random moment, again and again.

What the page cache holds survives a kill; a power cut is another thing, tested on the failing disk of ``tests/disk``.
"""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.durable_queue.worker import BUREAU, booked

PROJECT: Final = Path(__file__).parents[2]
#: Each time both are killed.
TIMES: Final = 8
LONGEST_S: Final = 0.1
NUMBERS_A_TIME: Final = 1_000_000


class Harm(NamedTuple):
    """What came of it; a message is promised when its put had returned."""

    promised: int
    #: Promised, not done, and not in the file any more.
    lost: int
    #: Done more than once.
    doubled: int
    #: In the file, while a healthy consumer says that there is nothing to do.
    stuck: int


def kill_again_and_again(name: str, folder: Path, seed: int, times: int = TIMES) -> Harm:
    """Kills both so many times, then lets a healthy consumer finish, and counts."""
    dice = random.Random(seed)
    promised: set[int] = set()
    for turn in range(times):
        promised.update(_killed_once(name, folder, turn * NUMBERS_A_TIME, dice))
    _run("finish", name, folder)
    left = {int(number) for number in _run("left", name, folder).split()}
    done = Counter(booked(folder / BUREAU))
    return Harm(
        promised=len(promised),
        lost=len(promised - set(done) - left),
        doubled=sum(often > 1 for often in done.values()),
        stuck=len(left),
    )


def _killed_once(name: str, folder: Path, first: int, dice: random.Random) -> list[int]:
    """Both work side by side for a moment, then each is killed; returns what was promised."""
    with _started("produce", name, folder, first) as producer, _started("consume", name, folder) as consumer:
        for each in (producer, consumer):
            _tell(each, b"go\n")
        for each in dice.sample((producer, consumer), 2):
            time.sleep(dice.uniform(0, LONGEST_S))  # the other one has the file for itself for a while
            assert each.poll() is None, f"{name}: it ended by itself"
            each.kill()
        return [int(line) for line in producer.communicate()[0].split()]


@contextmanager
def _started(act: str, name: str, folder: Path, *more: object) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that has opened its queue and waits to be told to go; it never outlives this."""
    command = _command(act, name, folder, *more)
    with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        try:
            assert worker.stdout is not None
            assert worker.stdout.readline() == b"ready\n", f"{name}: it does not even start"
            yield worker
        finally:
            worker.kill()


def _tell(worker: subprocess.Popen[bytes], line: bytes) -> None:
    assert worker.stdin is not None
    worker.stdin.write(line)
    worker.stdin.flush()


def _command(act: str, name: str, folder: Path, *more: object) -> list[str]:
    return [sys.executable, "-m", "benchmarks.durable_queue.worker", act, name, str(folder), *map(str, more)]


def _run(act: str, name: str, folder: Path) -> str:
    done = subprocess.run(_command(act, name, folder), cwd=PROJECT, stdout=subprocess.PIPE, check=True, text=True)
    return done.stdout
