"""The program's end of the device process: gives orders without waiting, takes what comes, replaces it in need."""

import sys
from collections import deque
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

from pos_client.devices import pipe, words
from pos_client.devices.announcer import Sentence
from pos_client.devices.device_url import DeviceUrls
from pos_client.devices.display import BLANK, DisplayState
from pos_client.devices.scanner import Scan
from pos_client.errors import EnvironmentProblem
from pos_client.runtime import Child, ChildGone, Errand, Runtime

#: An order that is not answered by then is stuck in a driver: the process is replaced.
ANSWER_TIMEOUT_MS: Final = 10_000
#: How long a process that ended is not started again, so that one that cannot live is not started for ever.
RESTART_MS: Final = 5000
#: With nothing else to say, the process is asked so often whether it is still there.
ASK_AGAIN_MS: Final = 5000
#: So many unanswered orders go into the pipe, which holds 4 KiB on some systems: writing to a full one would wait.
_MOST_UNANSWERED: Final = 24
#: A display state waits here, where a newer one takes its place, while so many orders are unanswered.
_STATES_WAIT_FROM: Final = 8
_ENDING_MS: Final = 2000
_MOST_KEPT: Final = 64


class DeviceProcess:
    """All devices of a counter, in a child process. No call waits for a device; use it from one thread only."""

    def __init__(self, runtime: Runtime, urls: DeviceUrls) -> None:
        """``urls``: where the devices hang; a wrong address is found among the troubles, that device is not there."""
        self._runtime = runtime
        self._urls = urls
        self._child: Child | None = None
        self._number = 0
        self._unanswered: dict[int, int] = {}
        self._sent_ms = 0
        self._spawned_ms: int | None = None
        self._told_stopped = False
        self._shown = BLANK
        self._owed = False
        self._scans: deque[Scan] = deque(maxlen=_MOST_KEPT)
        self._troubles: deque[EnvironmentProblem] = deque(maxlen=_MOST_KEPT)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Starts the process, if there is a device at all and it does not run; does not wait for it."""
        self._living()

    def show(self, state: DisplayState) -> None:
        """What the customer is to see from now on."""
        self._look()
        self._owed |= state != self._shown
        self._shown = state
        self._living()
        self._show_newest()

    def announce(self, *sentences: Sentence) -> None:
        """What is to be said now, one sentence after the other, instead of what was not begun yet.

        Sentences that only clear wait until the others are said.
        """
        self._look()
        self._give(pipe.Announce(sentences))

    def open_drawer(self) -> None:
        """Opens the cash drawer now; when it certainly did not open, G-05 is found among the troubles."""
        self._look()
        if self._urls.drawer and not self._give(pipe.OpenDrawer()):
            self._troubles.append(EnvironmentProblem(words.DRAWER_NOT_OPENED))

    def scans(self) -> list[Scan]:
        """What was scanned since the last call. Ask for it several times a second."""
        self._look()
        came = list(self._scans)
        self._scans.clear()
        return came

    def troubles(self) -> list[EnvironmentProblem]:
        """What went wrong with a device, or right again, since the last call; each is told once."""
        self._look()
        came = list(self._troubles)
        self._troubles.clear()
        return came

    def close(self, *, blank: bool = True) -> None:
        """Lets the process blank the display, or leave it as it is, and end; does not wait, safe to call twice."""
        child, self._child = self._child, None
        self._unanswered.clear()
        self._spawned_ms = None  # it did not fail: whoever starts it again need not wait
        if child is None:
            return
        with suppress(ChildGone):
            child.send(pipe.order_line(self._next_number(), pipe.End(blank)))
        ending: Errand[None] = Errand(lambda _: _end(child))
        ending.start()

    def wait(self, timeout_ms: int) -> None:
        """Waits until something has come, or the time is up: for somebody who tries a device and has time."""
        self._look()
        child = self._child
        if child is None or self._scans or self._troubles:
            return
        try:
            line = child.receive(timeout_ms)
            if line is not None:
                self._take(pipe.event_of(line))
        except (ChildGone, pipe.NotUnderstood):
            self._stopped()

    def _give(self, order: pipe.Order) -> bool:
        """Gives an order, if a process lives or can be started; False when it certainly was not carried out."""
        child = self._living()
        return child is not None and len(self._unanswered) < _MOST_UNANSWERED and self._send(child, order)

    def _show_newest(self) -> None:
        if self._owed and self._child is not None and len(self._unanswered) < _STATES_WAIT_FROM:
            self._owed = False
            self._send(self._child, pipe.Show(self._shown))

    def _send(self, child: Child, order: pipe.Order) -> bool:
        number, now_ms = self._next_number(), self._runtime.clock.monotonic_ms()
        try:
            child.send(pipe.order_line(number, order))
        except ChildGone:
            self._stopped()
            return False
        self._unanswered[number] = self._sent_ms = now_ms
        return True

    def _living(self) -> Child | None:
        """The process; a new one in place of one that ended, unless the last start was a moment ago."""
        if self._child is not None or not self._urls.any():
            return self._child
        now_ms = self._runtime.clock.monotonic_ms()
        if self._spawned_ms is not None and now_ms - self._spawned_ms < RESTART_MS:
            return None
        self._spawned_ms = now_ms
        urls = self._urls
        argv = (sys.executable, "-m", "pos_client.devices.worker")
        try:
            self._child = self._runtime.spawn([*argv, urls.display, urls.announcer, urls.drawer, urls.scanner])
        except OSError:
            self._stopped()
            return None
        self._owed = True
        self._show_newest()
        return self._child

    def _look(self) -> None:
        """Takes what has come, and sees whether the process still answers."""
        child = self._child
        if child is None:
            if self._spawned_ms is not None:
                self._living()
            return
        try:
            while (line := child.receive(0)) is not None:
                self._take(pipe.event_of(line))
        except (ChildGone, pipe.NotUnderstood):
            self._stopped()
            return
        self._show_newest()
        now_ms = self._runtime.clock.monotonic_ms()
        oldest_ms = min(self._unanswered.values(), default=now_ms)
        if now_ms - oldest_ms >= ANSWER_TIMEOUT_MS:
            self._stopped()
        elif not self._unanswered and now_ms - self._sent_ms >= ASK_AGAIN_MS:
            self._send(child, pipe.AreYouThere())

    def _take(self, event: pipe.Event) -> None:
        match event:
            case pipe.Done(number):
                self._unanswered.pop(number, None)
                self._told_stopped = False
            case Scan():
                self._scans.append(event)
            case pipe.Troubled(problem):
                self._troubles.append(problem)

    def _stopped(self) -> None:
        """The process ended, or hangs: another one takes its place; told once until one answers."""
        child, self._child = self._child, None
        self._unanswered.clear()
        if child is not None:
            ending: Errand[None] = Errand(lambda _: child.kill())
            ending.start()
        if not self._told_stopped:
            self._told_stopped = True
            self._troubles.append(EnvironmentProblem(words.PROCESS_STOPPED))

    def _next_number(self) -> int:
        self._number += 1
        return self._number


def _end(child: Child) -> None:
    """Waits a little for a process that was told to end, then ends it."""
    with suppress(ChildGone):
        while child.receive(_ENDING_MS) is not None:
            pass
    child.kill()
