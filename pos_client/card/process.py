"""The program's end of the card process: asks, waits with a deadline, and replaces a process that hangs or ended."""

import json
import sys
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from pos_client.card import pipe, reader_url, words
from pos_client.card.identity import CardIdentity
from pos_client.card.reader import Presence, ReaderState
from pos_client.errors import EnvironmentProblem
from pos_client.runtime import Child, ChildGone, Errand, Runtime

READ_TIMEOUT_MS = 10_000


class CardProcess:
    """One reader, read by a child process that may hang without harm: a driver was seen blocking for 232 s."""

    def __init__(self, runtime: Runtime, url: str, *, read_timeout_ms: int = READ_TIMEOUT_MS) -> None:
        """``url``: the reader's address; ``read_timeout_ms``: the longest that any answer may take.

        Raises:
            WrongReaderUrl: the address cannot be meant.
        """
        self._runtime = runtime
        self._url = str(reader_url.parse(url))
        self._read_timeout_ms = read_timeout_ms
        self._child: Child | None = None
        self._number = 0
        self._waiting = False
        self._given_up = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Starts the process, if it is not running, and lets it load its libraries; does not wait for it."""
        if self._child is None:
            self._spawn()

    def read(self) -> CardIdentity:
        """Reads the card that is in the reader.

        Raises:
            EnvironmentProblem: reader, line or card in trouble, or the wrong card.
            Refused: the card is blocked, or its holder data needs a PSAM.
        """
        return pipe.identity_of(self._ask("read"))

    def readers(self) -> list[ReaderState]:
        """The readers of this machine.

        Raises:
            EnvironmentProblem: PC/SC is in use and its service does not run, or nobody answered in time.
        """
        return [ReaderState(**state) for state in self._ask("readers")]

    def abandon(self) -> None:
        """Gives up what another thread waits for: that one raises K-15, the next reading begins with a new process.

        Does nothing when nobody waits, and never waits itself.
        """
        if not self._waiting:
            return
        self._given_up = True
        child = self._child
        if child is not None:
            ending: Errand[None] = Errand(lambda _: child.kill())
            ending.start()

    def look(self) -> Presence:
        """Whether a card is in the reader; cheap and without touching the card, so it may be asked all the time.

        Asked by the thread that reads: the process does one thing after another.

        Raises:
            EnvironmentProblem: K-06, K-08, K-15, the process did not answer; trouble of the reader is NO_READER.
        """
        return Presence(self._ask("look"))

    def close(self) -> None:
        """Ends the process; safe to call twice."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def _spawn(self) -> Child:
        self._child = self._runtime.spawn([sys.executable, "-m", "pos_client.card.worker"])
        with suppress(ChildGone):  # the first real request tells
            self._child.send(pipe.request(self._next_number(), "ping", self._url))
        return self._child

    def _replace(self) -> None:
        self.close()
        self._spawn()

    def _next_number(self) -> int:
        self._number += 1
        return self._number

    def _ask(self, act: pipe.Act) -> Any:
        self._given_up, self._waiting = False, True
        try:
            return self._answered(act)
        finally:
            self._waiting = False

    def _answered(self, act: pipe.Act) -> Any:
        number = self._next_number()
        line = pipe.request(number, act, self._url)
        child = self._child or self._spawn()
        try:
            child.send(line)
        except ChildGone:  # it ended while nobody looked
            self.close()
            child = self._spawn()
            self._send_to_new(child, line)
        answer = self._answer_to(child, number)
        if "problem" in answer:
            raise pipe.problem_of(answer["problem"])
        return answer["value"]

    def _send_to_new(self, child: Child, line: bytes) -> None:
        try:
            child.send(line)
        except ChildGone:
            self.close()
            raise EnvironmentProblem(words.READING_STOPPED) from None

    def _answer_to(self, child: Child, number: int) -> dict[str, Any]:
        """The answer with that number; older ones, to questions nobody waits for any more, are passed over."""
        clock = self._runtime.clock
        deadline_ms = clock.monotonic_ms() + self._read_timeout_ms
        while True:
            try:
                if self._given_up:
                    raise ChildGone
                line = child.receive(max(deadline_ms - clock.monotonic_ms(), 0))
            except ChildGone:
                self._replace()
                stopped = words.STOPPED_BY_CLERK if self._given_up else words.READING_STOPPED
                raise EnvironmentProblem(stopped) from None
            if line is None:
                self._replace()
                evidence = {"deadline_ms": self._read_timeout_ms}
                raise EnvironmentProblem(words.READER_SILENT, evidence)
            answer: dict[str, Any] = json.loads(line)
            if answer["id"] == number:
                return answer
