"""Time that passes only when somebody waits, and what happens while he does."""

import heapq
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Happening = Callable[[], None]


def _never() -> bool:
    return False


class VirtualTime:
    """A day's time in milliseconds since its beginning, and the happenings that are still to come.

    A happening may itself let time pass (another desk serves somebody meanwhile); whoever waited outside then goes on
    late, as on a busy machine.
    """

    def __init__(self, start: datetime) -> None:
        self.start = start
        self.now_ms = 0
        self._order = itertools.count()
        self._coming: list[tuple[int, int, Happening]] = []

    def now(self) -> datetime:
        """The true instant, in UTC; nobody's clock shows exactly this."""
        return self.start + timedelta(milliseconds=self.now_ms)

    def at(self, due_ms: int, happening: Happening) -> None:
        """Plans something; what is due already happens as soon as time is let pass."""
        heapq.heappush(self._coming, (due_ms, next(self._order), happening))

    def pass_until(self, end_ms: int, unless: Callable[[], bool] = _never) -> None:
        """Lets time pass, and what is due happen in its order; stops early when the condition has come true."""
        while not unless():
            if not self._coming or self._coming[0][0] > end_ms:
                self.now_ms = max(self.now_ms, end_ms)
                return
            due_ms, _, happening = heapq.heappop(self._coming)
            self.now_ms = max(self.now_ms, due_ms)
            happening()

    def sleep_ms(self, duration_ms: int) -> None:
        """Lets so much time pass."""
        self.pass_until(self.now_ms + max(duration_ms, 0))

    def play_out(self) -> None:
        """Lets everything happen that is still to come."""
        while self._coming:
            self.pass_until(self._coming[0][0])


class DeskClock:
    """The clock of one machine: off by some seconds, running a little fast or slow, set by hands now and then."""

    def __init__(self, time: VirtualTime, *, offset_ms: int = 0, drift_ppm: int = 0) -> None:
        self._time = time
        self._drift_ppm = drift_ppm
        self.offset_ms = offset_ms

    def now_utc(self) -> datetime:
        """What this machine takes for the present instant."""
        drift_ms = self._time.now_ms * self._drift_ppm // 1_000_000
        return self._time.now().astimezone(UTC) + timedelta(milliseconds=self.offset_ms + drift_ms)

    def monotonic_ms(self) -> int:
        """Milliseconds since the day began."""
        return self._time.now_ms
