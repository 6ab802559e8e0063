"""One running program of a simulated machine: the steps at which it may be killed, and what a killed one still does.

Unwinding Python's stack is not what a kill does: ``finally`` blocks of the product would still run. So a killed
program's disk, door, card and sleep refuse from that step on, and only what the operating system would do by itself
(roll back, let locks go) takes place.
"""

from collections import Counter
from dataclasses import dataclass

#: Where a program can be killed. "before" and "after" a commit and a message; "sent": the message is on its way.
CRASH_POINTS = ("commit_before", "commit_after", "post_before", "post_sent", "post_after", "sleep", "card")


class Killed(BaseException):
    """The program was killed here."""


@dataclass(frozen=True, slots=True)
class Crash:
    """A planned kill: at the so-manyth step from now, or at the so-manyth of one kind."""

    step: int
    point: str = ""

    def __str__(self) -> str:
        """As it stands in a story."""
        return f"killed@{self.point or 'step'} {self.step}"


class Program:
    """Counts the steps of a running program and kills it at the planned one."""

    def __init__(self, crashes: Counter[str]) -> None:
        self._crashes = crashes
        self._crash: Crash | None = None
        self._steps = 0
        self.dead = False
        self.killed_at = ""

    def plan_crash(self, crash: Crash | None) -> None:
        """Kills the program, counted from now; None: not at all."""
        self._crash, self._steps = crash, 0

    def step(self, point: str) -> None:
        """One of :data:`CRASH_POINTS` is reached.

        Raises:
            Killed: here and at every later step.
        """
        self.breathe()
        crash = self._crash
        if crash is None or crash.point not in ("", point):
            return
        self._steps += 1
        if self._steps == crash.step:
            self.dead, self.killed_at = True, point
            self._crashes[point] += 1
            raise Killed(point)

    def breathe(self) -> None:
        """Raises Killed when the program is dead."""
        if self.dead:
            raise Killed(self.killed_at)
