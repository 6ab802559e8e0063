"""How much processor time processes have used, and how often they woke up, as Linux says."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple, Self

_PROC: Final = Path("/proc")
_MS_PER_TICK: Final = 1000 / os.sysconf("SC_CLK_TCK")
#: Of what stands behind the name in ``stat``: user and system time, of the process and of its children that ended.
_TIMES: Final = slice(11, 15)


class Used(NamedTuple):
    """Of some processes together."""

    cpu_ms: float
    wakes: int

    def since(self, before: Self) -> "Used":
        """What was used in between."""
        return Used(self.cpu_ms - before.cpu_ms, self.wakes - before.wakes)


def used(*pids: int) -> Used:
    """By these, since they began; ended children count where somebody has waited for them."""
    return Used(sum(_cpu_ms(pid) for pid in pids), sum(_wakes(pid) for pid in pids))


def descendants(pid: int) -> Iterator[int]:
    """All living processes that this one and those below it have started."""
    for task in (_PROC / str(pid) / "task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            yield int(child)
            yield from descendants(int(child))


def _cpu_ms(pid: int) -> float:
    behind_name = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
    return sum(int(ticks) for ticks in behind_name.split()[_TIMES]) * _MS_PER_TICK


def _wakes(pid: int) -> int:
    tasks = (_PROC / str(pid) / "task").glob("*/status")
    lines = (line for task in tasks for line in task.read_text(encoding="utf-8", errors="replace").splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches:"))
