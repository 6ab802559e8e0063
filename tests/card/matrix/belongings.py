"""What a running process holds: threads, open files and sockets, children, memory."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

#: Python's allocator and the C library keep pages for later use, and which ones is chance (up to 140 kB were seen); a
#: single kilobyte lost in each of the cycles would be more.
TOLERANCE_KB: Final = 768


@dataclass(frozen=True, slots=True)
class Belongings:
    """Of one process, at one moment."""

    threads: int
    descriptors: int
    children: int
    resident_kb: int

    @classmethod
    def of(cls, pid: int) -> "Belongings":
        process = Path(f"/proc/{pid}")
        status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
        children = [task.read_text().split() for task in process.glob("task/*/children")]
        return cls(
            threads=int(status["Threads"]),
            descriptors=len(os.listdir(process / "fd")),
            children=sum(map(len, children)),
            resident_kb=int(status["VmRSS"].split()[0]),
        )


def assert_not_grown(before: Belongings, after: Belongings) -> None:
    """Not a thread, handle or process more, and no more memory than is chance."""
    assert after.threads <= before.threads
    assert after.descriptors <= before.descriptors
    assert after.children <= before.children
    assert after.resident_kb - before.resident_kb < TOLERANCE_KB


def in_a_fresh_process(act: Callable[[], None]) -> None:
    """Does ``act``, a function of a module, where no earlier test has left free memory for a leak to hide in.

    Raises:
        Exception: what ``act`` raised.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as fresh:
        fresh.submit(act).result()
