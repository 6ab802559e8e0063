"""One running program of a simulated machine: the steps at which it may be killed, and what a killed one still does.

Unwinding Python's stack is not what a kill does: ``finally`` blocks of the product would still run. So a killed
program's disk, door, card and sleep refuse from that step on, and only what the operating system would do by itself
(roll back, let locks go) takes place.
"""

from collections import Counter

#: Where a program can be killed. "before" and "after" a commit and a message; "sent": the message is on its way.
CRASH_POINTS = ("commit_before", "commit_after", "post_before", "post_sent", "post_after", "sleep", "card")


class Killed(BaseException):
    """The program was killed here."""


class Program:
    """Counts the steps of a running program and kills it at the planned one."""

    def __init__(self, crashes: Counter[str]) -> None:
        self._crashes = crashes
        self._steps_left: int | None = None
        self.dead = False
        self.killed_at = ""

    def plan_crash(self, step: int | None) -> None:
        """Kills the program at the so-manyth step from now; None: not at all."""
        self._steps_left = step

    def step(self, point: str) -> None:
        """One of :data:`CRASH_POINTS` is reached.

        Raises:
            Killed: here and at every later step.
        """
        self.breathe()
        if self._steps_left is None:
            return
        self._steps_left -= 1
        if self._steps_left <= 0:
            self.dead, self.killed_at = True, point
            self._crashes[point] += 1
            raise Killed(point)

    def breathe(self) -> None:
        """Raises Killed when the program is dead."""
        if self.dead:
            raise Killed("dead")
