"""The one place that reads the clock, sleeps, rolls dice, starts processes and holds the door to the network.

Everything else gets a :class:`Runtime` handed in, so that a whole day at a counter can be replayed in one
process under virtual time. The HTTP adapter is only described here; the real one stands in ``sync``.
"""

import contextlib
import queue
import random
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import IO, Protocol

#: Business dates and wire times are Asia/Shanghai, which has been a fixed UTC+8 since 1991.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


class Clock(Protocol):
    """Where instants come from."""

    def now_utc(self) -> datetime:
        """The present instant, aware, in UTC."""

    def monotonic_ms(self) -> int:
        """Milliseconds of a clock that only goes forward; for waiting, never for dates."""


def shanghai(instant: datetime) -> datetime:
    """The same instant on the wall clock of the business."""
    return instant.astimezone(SHANGHAI)


def business_date(instant: datetime) -> date:
    """The business day that an instant belongs to (UTC+8)."""
    return shanghai(instant).date()


class Child(Protocol):
    """A child process that is spoken to in lines over its standard input and output."""

    def send(self, line: bytes) -> None:
        """Hands one line (without its newline) to the child.

        Raises:
            ChildGone: the child has ended.
        """

    def receive(self, timeout_ms: int) -> bytes | None:
        """The child's next line without its newline, or None when the time is up.

        Raises:
            ChildGone: the child has ended and nothing of it is left to read.
        """

    def kill(self) -> None:
        """Ends the child now, whatever it is doing; safe to call twice."""


class ChildGone(Exception):
    """The child process has ended."""


Spawn = Callable[[Sequence[str]], Child]


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back over HTTP, whole and unparsed."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NotSent(Exception):
    """The request certainly did not reach the other side: no connection was made."""


class NoAnswer(Exception):
    """The request may have reached the other side; no whole answer came back."""


class HttpAdapter(Protocol):
    """The door to the network."""

    def post(
        self, url: str, *, body: bytes, headers: Mapping[str, str], connect_timeout_ms: int, read_timeout_ms: int
    ) -> HttpAnswer:
        """Posts a body once. It never retries and never follows a redirect.

        Raises:
            NotSent: no connection was made, so nothing was executed.
            NoAnswer: the connection broke or timed out after the request may have left.
        """


@dataclass(frozen=True, slots=True)
class Runtime:
    """What the outside world gives to the program, injected from the first line on."""

    clock: Clock
    sleep_ms: Callable[[int], None]
    random: random.Random
    spawn: Spawn
    http: HttpAdapter


class SystemClock:
    """The machine's own clock."""

    def now_utc(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic_ms(self) -> int:
        """Milliseconds of the machine's monotonic clock."""
        return time.monotonic_ns() // 1_000_000


class SystemChild:
    """A real child process; a thread of its own reads its lines, so that every wait can have a deadline."""

    def __init__(self, argv: Sequence[str]) -> None:
        self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin: IO[bytes] = self._process.stdin
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True)
        self._reader.start()

    def _read(self, stdout: IO[bytes]) -> None:
        with stdout:
            for line in stdout:
                self._lines.put(line.rstrip(b"\r\n"))
        self._lines.put(None)

    def send(self, line: bytes) -> None:
        """Hands one line to the child."""
        try:
            self._stdin.write(line + b"\n")
            self._stdin.flush()
        except (OSError, ValueError) as error:
            raise ChildGone("the child does not read any more") from error

    def receive(self, timeout_ms: int) -> bytes | None:
        """The child's next line, or None when the time is up."""
        try:
            line = self._lines.get(timeout=timeout_ms / 1000)
        except queue.Empty:
            return None
        if line is None:
            self._lines.put(None)
            raise ChildGone("the child has ended")
        return line

    def kill(self) -> None:
        """Ends the child now; safe to call twice."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        with contextlib.suppress(OSError):  # what was still in the buffer goes with the child
            self._stdin.close()


def sleep_ms(duration_ms: int) -> None:
    """Sleeps for real."""
    time.sleep(max(duration_ms, 0) / 1000)


def system_runtime(http: HttpAdapter) -> Runtime:
    """The real world, with the given door to the network."""
    return Runtime(clock=SystemClock(), sleep_ms=sleep_ms, random=random.SystemRandom(), spawn=SystemChild, http=http)
