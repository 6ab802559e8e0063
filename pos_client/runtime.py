"""The one place that reads the clock, sleeps, rolls dice, starts processes and holds the door to the network.

Everything else gets a :class:`Runtime` handed in, so that a whole day at a counter can be replayed in one
process under virtual time. The HTTP adapter is only described here; the real one stands in ``sync``.
"""

import contextlib
import os
import queue
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, InvalidStateError, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import IO, Any, Generic, Protocol, TypeVar

L = TypeVar("L")
R = TypeVar("R")

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


#: What :class:`NotSent` and :class:`NoAnswer` say when a person at the desk did not want to wait.
GIVEN_UP = "given up at the desk"


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


class GivenUp(Exception):
    """Nobody waits any more; ``departed`` tells whether what cannot be called back had begun."""

    def __init__(self, *, departed: bool) -> None:
        super().__init__()
        self.departed = departed


class Errand(Generic[R]):
    """Work in a thread of its own, for whose result one thread waits until another one says not to.

    Work that is given up ends by itself, and what it comes to is dropped. It asks by ``depart`` before it does what
    cannot be called back; after :meth:`give_up` it may not depart any more, so that whoever waited knows for certain.
    """

    def __init__(self, work: Callable[["Errand[R]"], R]) -> None:
        self._work = work
        self._result: Future[R] = Future()
        self._deciding = threading.Lock()
        self._departed = False
        self._given_up = False

    def start(self) -> None:
        """Begins the work."""
        threading.Thread(target=self._run, name="errand", daemon=True).start()

    def depart(self) -> None:
        """For the work: from here on it cannot be called back.

        Raises:
            GivenUp: nobody waits any more; the work must end without having done it.
        """
        with self._deciding:
            if self._given_up:
                raise GivenUp(departed=False)
            self._departed = True

    def wait(self) -> R:
        """The result of the work, or what it raised.

        Raises:
            GivenUp: another thread said not to wait.
        """
        return self._result.result()

    def give_up(self) -> None:
        """Lets whoever waits go on at once; after the end of the work it does nothing. Safe to call twice."""
        with self._deciding:
            self._given_up = True
        with contextlib.suppress(InvalidStateError):
            self._result.set_exception(GivenUp(departed=self._departed))

    def _run(self) -> None:
        try:
            result = self._work(self)
        except BaseException as error:  # noqa: BLE001 (it is raised again where the result is waited for)
            with contextlib.suppress(InvalidStateError):
                self._result.set_exception(error)
        else:
            with contextlib.suppress(InvalidStateError):
                self._result.set_result(result)


class Lanes(Protocol[L, R]):
    """Carries out work that waits for others side by side; what it does must not touch shared state."""

    def start(self, label: L, work: Callable[[], R]) -> None:
        """Begins a piece of work."""

    def finished(self) -> list[tuple[L, R]]:
        """Waits until something has finished and returns all that has: label and result (or raises what it raised)."""

    def close(self) -> None:
        """Waits for what is under way."""


class OneByOne(Generic[L, R]):
    """Does every piece of work at once, one after the other."""

    def __init__(self) -> None:
        self._done: list[tuple[L, R]] = []

    def start(self, label: L, work: Callable[[], R]) -> None:
        """Does the work now."""
        self._done.append((label, work()))

    def finished(self) -> list[tuple[L, R]]:
        """What was done since the last call."""
        done, self._done = self._done, []
        return done

    def close(self) -> None:
        """Nothing is ever under way."""


class SideBySide(Generic[L, R]):
    """Carries out work in threads of its own."""

    def __init__(self, width: int) -> None:
        self._pool = ThreadPoolExecutor(width, thread_name_prefix="lane")
        self._under_way: dict[Future[R], L] = {}

    def start(self, label: L, work: Callable[[], R]) -> None:
        """Begins a piece of work as soon as a thread is free."""
        self._under_way[self._pool.submit(work)] = label

    def finished(self) -> list[tuple[L, R]]:
        """Waits for the first, and takes all others that are done by then."""
        done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
        return [(self._under_way.pop(future), future.result()) for future in done]

    def close(self) -> None:
        """Waits for what is under way."""
        self._pool.shutdown()


class Disk(Protocol):
    """Where databases lie."""

    def connect(self, file: Path, key: bytes) -> Any:
        """A DB-API connection to a database file."""

    def prove_durable(self, connection: Any) -> None:
        """Makes sure that what is committed there stays; raises what the clerk is told when it does not."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """What the outside world gives to the program, injected from the first line on."""

    clock: Clock
    sleep_ms: Callable[[int], None]
    random: random.Random
    spawn: Spawn
    http: HttpAdapter
    #: None is the machine's own disk (``offline.disk``).
    disk: Disk | None = None
    #: How many messages of different people may be under way at once, and who carries them.
    lanes: Callable[[int], "Lanes[Any, Any]"] = field(default=lambda width: OneByOne())


class SystemClock:
    """The machine's own clock."""

    def now_utc(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic_ms(self) -> int:
        """Milliseconds of the machine's monotonic clock."""
        return time.monotonic_ns() // 1_000_000


#: How long a killed child is waited for.
_DYING_S = 2


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
        """Ends the child now; safe to call twice, and while another thread waits for a line of it.

        A child that is stuck in a driver may not die at once: nobody waits for that longer than a moment.
        """
        self._process.kill()
        self._lines.put(None)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_DYING_S)
            self._reader.join(_DYING_S)
        with contextlib.suppress(OSError):  # what was still in the buffer goes with the child
            self._stdin.close()


class Turn:
    """One at a time: a second thread waits in its ``with`` until the first has left its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class InputEnded(Exception):
    """Nothing more will come over the stream."""


class Inbox:
    """The lines of a stream, read by a thread of its own: whoever works sees that one waits."""

    def __init__(self, stream: IO[bytes], arrived: Callable[[], None] = lambda: None) -> None:
        """``arrived`` is told in the reading thread of every line and of the end; it must not wait."""
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._any = threading.Event()
        self._arrived = arrived
        threading.Thread(target=self._read, args=(stream,), name="inbox", daemon=True).start()

    def _read(self, stream: IO[bytes]) -> None:
        for line in stream:
            self._put(line.rstrip(b"\r\n"))
        self._put(None)

    def _put(self, line: bytes | None) -> None:
        self._lines.put(line)
        self._any.set()
        self._arrived()

    @property
    def waiting(self) -> bool:
        """Whether a line, or the end, is there to be taken."""
        return self._any.is_set()

    def wait(self, timeout_ms: int) -> bool:
        """Waits until something is there to be taken, or the time is up; whether it is."""
        return self._any.wait(timeout_ms / 1000)

    def next(self) -> bytes:
        """The next line without its newline, waited for if need be.

        Raises:
            InputEnded: the stream has ended.
        """
        line = self._lines.get()
        if line is None:
            self._put(None)
            raise InputEnded
        if self._lines.empty():
            self._any.clear()
            if not self._lines.empty():  # one came in between
                self._any.set()
        return line


#: As a part of what others get: about a tenth, where they want all of it.
_ASIDE = 10


def work_aside() -> None:
    """From now on leaves the processor to whoever else wants it: called first thing by a process that nobody waits for.

    Only where the system knows ``nice``; elsewhere nothing changes.
    """
    if sys.platform != "win32":
        os.nice(_ASIDE)


def sleep_ms(duration_ms: int) -> None:
    """Sleeps for real."""
    time.sleep(max(duration_ms, 0) / 1000)


def system_runtime(http: HttpAdapter) -> Runtime:
    """The real world, with the given door to the network."""
    return Runtime(
        clock=SystemClock(),
        sleep_ms=sleep_ms,
        random=random.SystemRandom(),
        spawn=SystemChild,
        http=http,
        lanes=SideBySide,
    )
