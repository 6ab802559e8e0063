"""The drain beside the window: a child process that sends the queue and asks what became of lost answers.

The window itself drains nothing. It starts ``pos-client sync --once`` when something is due, at most one at a time, and
never waits for it. It leaves the processor to the window: a key comes before a backlog. A child that outlives its
window finishes its pass and ends; the drain's lock keeps a second away.
"""

import json
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pos_client.config import Home
from pos_client.errors import EnvironmentProblem, Words
from pos_client.offline import backup, journal
from pos_client.offline.journal import State
from pos_client.offline.store import Store
from pos_client.offline.words import DRAIN_TAKEN
from pos_client.phrase import Language
from pos_client.runtime import Child, ChildGone, Runtime
from pos_client.sync.drain import left_but_settled

#: Between two passes, so that what cannot be settled is not asked about without a pause.
SOON_MS = 5_000
#: After a pass that reached nobody, or settled nothing.
LATER_MS = 60_000

ENDED_WITHOUT_A_WORD = Words(
    "N-DRAIN",
    "上传和查询中途停了，没有一笔丢失，稍后自动再来。总是这样请叫信息科看 logs 文件夹。",
    "Sending and asking stopped half-way; nothing is lost, it starts again by itself. If it stays so, IT must "
    "look into the folder logs.",
)


@dataclass(frozen=True, slots=True)
class Drained:
    """What one pass came to, in messages; ``problem`` is the code of what kept it from working, ``sentence`` says it.

    ``unreachable``: of those still open, how many could not be asked about because nobody answered. ``probed``: whether
    the bureau answered a sign-in where there was nothing to ask; None where it was not tried.
    """

    resolved: int = 0
    still_open: int = 0
    unreachable: int = 0
    probed: bool | None = None
    problem: str = ""
    sentence: str = ""

    @property
    def in_contact(self) -> bool | None:
        """Whether the bureau was reached; None when nothing had to be asked."""
        tried = self.resolved + self.still_open
        return self.unreachable < tried if tried else self.probed

    @property
    def came_to_nothing(self) -> bool:
        """Whether trying again soon would come to the same."""
        return self.resolved == 0 and self.probed is None


def next_due(store: Store) -> datetime | None:
    """When the next message is due to be sent or asked about; None when nothing is open.

    What a desk has under way at this moment does not count; a restored store sends nothing that waits in it.
    """
    with store.read() as connection:
        waiting = {State.UNKNOWN} if backup.restored_at(connection) is not None else {State.UNKNOWN, State.QUEUED}
        left = [one.created_at for one in left_but_settled(connection)]
        due = journal.next_due(connection, waiting)
    return min([*left, *([] if due is None else [due])], default=None)


def may_start(*, due: bool, in_contact: bool, since_last_ms: int | None, came_to_nothing: bool) -> bool:
    """Whether a pass may begin now.

    ``since_last_ms``: how long ago the last one began, None before the first; ``came_to_nothing``: what became of it.
    """
    if not due or since_last_ms is None:
        return due
    soon = in_contact and not came_to_nothing
    return since_last_ms >= (SOON_MS if soon else LATER_MS)


class Drainer:
    """Starts passes and hears how they went; everything here returns at once."""

    def __init__(self, runtime: Runtime, home: Home, language: Language) -> None:
        self._runtime = runtime
        self._language: Language = language
        self._argv = [sys.executable, "-m", "pos_client", "--home", str(home.folder), "--language", language]
        self._argv += ["sync", "--once", "--probe", "--aside", "--json"]
        self._child: Child | None = None
        self._heard = Drained()
        self._began_ms: int | None = None
        self._last_was_in_contact = True

    @property
    def is_running(self) -> bool:
        """Whether a pass is under way."""
        return self._child is not None

    def start_when_due(self, next_due_at: datetime | None, *, in_contact: bool) -> bool:
        """Starts a pass when one may begin; ``in_contact`` is whether the bureau answered whoever asked it last.

        Out of contact there is always something to find out: whether the bureau is back.
        """
        clock = self._runtime.clock
        due = not in_contact or (next_due_at is not None and next_due_at <= clock.now_utc())
        since_ms = None if self._began_ms is None else clock.monotonic_ms() - self._began_ms
        # A contact that came back after the last pass makes what that one came to out of date.
        nothing = self._heard.came_to_nothing and self._last_was_in_contact
        # What was lost after the last pass is asked about soon: only a pass that reached nobody delays the next.
        there = in_contact or self._last_was_in_contact
        if self.is_running or not may_start(due=due, in_contact=there, since_last_ms=since_ms, came_to_nothing=nothing):
            return False
        self.start()
        return True

    def start(self) -> None:
        """Starts a pass now, unless one is under way."""
        if self._child is None:
            self._began_ms = self._runtime.clock.monotonic_ms()
            self._heard = self._silent()
            self._child = self._runtime.spawn(self._argv)

    def poll(self) -> Drained | None:
        """What a pass came to, once, when it has ended since the last call."""
        child = self._child
        if child is None:
            return None
        try:
            while (line := child.receive(0)) is not None:
                self._heard = _read(line) or self._heard
        except ChildGone:
            self.close()
            self._last_was_in_contact = self._heard.in_contact is not False
            return self._heard
        return None

    def close(self) -> None:
        """Ends a pass that is under way; whatever it had sent is found out by the next one."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def _silent(self) -> Drained:
        problem = EnvironmentProblem(ENDED_WITHOUT_A_WORD)
        return Drained(problem=problem.code, sentence=problem.sentence(self._language))


def _read(line: bytes) -> Drained | None:
    """What the child said; None for a line that is not of ours."""
    try:
        said: dict[str, Any] = json.loads(line)
        if "problem" not in said:
            return Drained(int(said["resolved"]), int(said["open"]), int(said["unreachable"]), said.get("reached"))
        if said["problem"] == DRAIN_TAKEN.code:  # another one is at it: just as well
            return Drained()
        return Drained(problem=str(said["problem"]), sentence=str(said["sentence"]))
    except (ValueError, KeyError, TypeError):
        return None
