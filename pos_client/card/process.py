"""The program's end of the card process: asks, waits with a deadline, and replaces a process that hangs or ended."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self

from pos_client.card import pipe, words
from pos_client.card.account import CardAccount
from pos_client.card.finding import Finding
from pos_client.card.readers import reader_url
from pos_client.card.readers.reader import Presence, ReaderState
from pos_client.card.social_security.identity import CardIdentity
from pos_client.errors import EnvironmentProblem
from pos_client.runtime import Child, ChildGone, Errand, Runtime, Turn

READ_TIMEOUT_MS = 10_000
#: A holder at a PIN pad may take a minute, and the reader tells of it only then.
_PIN_TIMEOUT_MS: Final = 100_000
#: A look that hangs must not keep a reading waiting for long.
_LOOK_GRACE_MS: Final = 5_000
#: The number of a request whose answer nobody waits for.
_NOBODY_ASKED: Final = 0


class CardProcess:
    """One reader, read by a child process that may hang without harm: a driver was seen blocking for 232 s."""

    def __init__(
        self,
        runtime: Runtime,
        url: str,
        *,
        read_timeout_ms: int = READ_TIMEOUT_MS,
        psam: str = "",
        check_genuine: bool = False,
    ) -> None:
        """Nothing is started yet.

        Args:
            runtime: where the process comes from.
            url: the reader's address.
            read_timeout_ms: the longest that any answer may take.
            psam: the address of the PSAM's reader; empty finds it by itself, ``none`` uses none.
            check_genuine: whether cards that do not insist on a PSAM are tested with it, too.

        Raises:
            WrongReaderUrl: the address cannot be meant.
        """
        self._runtime = runtime
        self._url = str(reader_url.parse(url))
        self._read_timeout_ms = read_timeout_ms
        self._options: dict[str, object] = {"psam": psam, "check_genuine": check_genuine}
        self._child: Child | None = None
        self._number = 0
        self._turn = Turn()
        self._waiting = False
        self._looking = False
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
        return pipe.identity_of(self._ask("read", self._options))

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

    def look(self, seen: Presence | None = None, wait_ms: int = 0) -> Presence:
        """Whether a card is in the reader, without touching it; from any thread, and whoever reads comes first.

        Args:
            seen: what was seen before: it answers once that changed, or the time is up.
            wait_ms: how long it may wait for a change.

        Raises:
            EnvironmentProblem: K-06, K-08, the process did not answer; trouble of the reader is NO_READER.
        """
        options = {"seen": seen, "wait_ms": wait_ms}
        with self._turn:
            self._looking = True
            try:
                return Presence(*self._exchange("look", options, wait_ms + _LOOK_GRACE_MS))
            finally:
                self._looking = False

    def pin_tries_left(self) -> int | None:
        """How often the card's PIN may still be tried; None when it has none. Uses up nothing.

        Raises:
            EnvironmentProblem, Refused: as :meth:`read`; K-42, it is locked.
        """
        return self._pin("tries")

    def verify_pin(self, typed: str | None, *, last_try_confirmed: bool = False) -> int | None:
        """Has the card check its PIN; the tries left afterwards.

        Args:
            typed: the PIN as the holder typed it, or None to have it entered at the reader's own pad.
            last_try_confirmed: the holder wants to use the last try.

        Raises:
            Refused: K-41 with the tries left, K-42 locked, K-46 malformed, K-47 last try not confirmed.
            EnvironmentProblem: K-43 the reader has no pad, K-44, K-45, K-48; as :meth:`read`.
        """
        return self._pin("verify", typed=typed, last_try_confirmed=last_try_confirmed)

    def change_pin(
        self, typed: str | None, new: str | None, *, digits: int = 6, last_try_confirmed: bool = False
    ) -> int | None:
        """Has the card take another PIN; both typed, or both entered at the reader's own pad.

        Args:
            typed: the PIN as it is, or None for the pad.
            new: the PIN as it shall be, or None for the pad.
            digits: how many digits both have, where they are entered at the pad.
            last_try_confirmed: the holder wants to use the last try.

        Raises:
            Refused, EnvironmentProblem: as :meth:`verify_pin`; K-49, the pad cannot do this.
        """
        return self._pin("change", typed=typed, new=new, digits=digits, last_try_confirmed=last_try_confirmed)

    def account(self, typed_pin: str | None = None, *, on_pad: bool = False) -> CardAccount:
        """The medical-insurance application and the account on the card, as the card tells them.

        Raises:
            Refused: K-41 … K-47, the PIN.
            EnvironmentProblem: K-51, the card has no such application; as :meth:`read`.
        """
        options = {**self._options, "typed": typed_pin, "on_pad": on_pad}
        return CardAccount.of(self._ask("account", options, _PIN_TIMEOUT_MS))

    def examine(self) -> Iterator[Finding]:
        """Looks at everything from the service to the PSAM; each finding as it is made.

        Raises:
            EnvironmentProblem: K-06, K-08, the process did not answer.
        """
        yield from self._asked("examine", self._options, self._read_timeout_ms)

    def _pin(self, act: str, **more: object) -> int | None:
        answer = self._ask("pin", {**self._options, "pin": act, **more}, _PIN_TIMEOUT_MS)
        tries: int | None = answer["tries_left"]
        return tries

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

    def _ask(self, act: pipe.Act, options: Mapping[str, object] | None = None, timeout_ms: int = 0) -> Any:
        (answer,) = self._asked(act, options, max(timeout_ms, self._read_timeout_ms))
        return answer

    def _asked(self, act: pipe.Act, options: Mapping[str, object] | None, timeout_ms: int) -> Iterator[Any]:
        """What comes back to somebody who waits for it; a look that is under way ends at once."""
        self._given_up, self._waiting = False, True
        try:
            self._hurry()
            with self._turn:
                if self._given_up:
                    raise EnvironmentProblem(words.STOPPED_BY_CLERK)
                yield from self._exchange(act, options, timeout_ms)
        finally:
            self._waiting = False

    def _hurry(self) -> None:
        child = self._child
        if self._looking and child is not None:
            with suppress(ChildGone):  # whoever looks is told
                child.send(pipe.request(_NOBODY_ASKED, "ping", self._url))

    def _exchange(self, act: pipe.Act, options: Mapping[str, object] | None, timeout_ms: int) -> Iterator[Any]:
        """Any number of findings, or the one answer."""
        number = self._next_number()
        child = self._sent(pipe.request(number, act, self._url, options))
        while "finding" in (answer := self._answer_to(child, number, timeout_ms)):
            yield Finding.of(answer["finding"])
        if "problem" in answer:
            raise pipe.problem_of(answer["problem"])
        if act != "examine":
            yield answer["value"]

    def _sent(self, line: bytes) -> Child:
        child = self._child or self._spawn()
        try:
            child.send(line)
        except ChildGone:  # it ended while nobody looked
            self.close()
            child = self._spawn()
            self._send_to_new(child, line)
        return child

    def _send_to_new(self, child: Child, line: bytes) -> None:
        try:
            child.send(line)
        except ChildGone:
            self.close()
            raise EnvironmentProblem(words.READING_STOPPED) from None

    def _answer_to(self, child: Child, number: int, timeout_ms: int) -> dict[str, Any]:
        """The answer with that number; older ones, to questions nobody waits for any more, are passed over."""
        clock = self._runtime.clock
        deadline_ms = clock.monotonic_ms() + timeout_ms
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
                evidence = {"deadline_ms": timeout_ms}
                raise EnvironmentProblem(words.READER_SILENT, evidence)
            answer: dict[str, Any] = json.loads(line)
            if answer["id"] == number:
                return answer
