"""The program's end of the card process: asks, waits with a deadline, and replaces a process that hangs or ended."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
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


#: What the value of an answer is, by what was asked.
_MEANINGS: Final[Mapping[pipe.Act, Callable[[Any], object]]] = {
    "read": pipe.identity_of,
    "readers": lambda states: [pipe.state_of(state) for state in states],
    "look": Presence,
    "pin": lambda told: told["tries_left"],
    "account": CardAccount.of,
    "examine": lambda _nothing: None,
}


class _Unanswered(EnvironmentProblem):
    """What was asked went out, and nobody knows what became of it."""


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
        log_home: str = "",
    ) -> None:
        """Nothing is started yet.

        Args:
            runtime: where the process comes from.
            url: the reader's address.
            read_timeout_ms: the longest that any answer may take.
            psam: the address of the PSAM's reader; empty finds it by itself, ``none`` uses none.
            check_genuine: whether cards that do not insist on a PSAM are tested with it, too.
            log_home: the folder of the training home that wants its commands logged; empty for none.

        Raises:
            WrongReaderUrl: the address cannot be meant.
        """
        self._runtime = runtime
        self._url = str(reader_url.parse(url))
        self._read_timeout_ms = read_timeout_ms
        self._options: dict[str, object] = {"psam": psam, "check_genuine": check_genuine, "log_home": log_home}
        self._child: Child | None = None
        self._number = 0
        self._turn = Turn()
        self._exchanging = Turn()  # of one child for another; never held while an answer is waited for
        self._asked_before = 0
        self._waiting = 0  # for what was asked as so many-th; 0 for nothing
        self._given_up = 0
        self._looking = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Starts the process, if it is not running, and lets it load its libraries; does not wait for it."""
        with self._exchanging:
            if self._child is None:
                self._spawn()

    def read(self) -> CardIdentity:
        """Reads the card that is in the reader.

        Raises:
            EnvironmentProblem: reader, line or card in trouble, or the wrong card.
            Refused: the card is blocked, or its holder data needs a PSAM.
        """
        identity: CardIdentity = self._ask("read", self._options)
        return identity

    def readers(self) -> list[ReaderState]:
        """The readers of this machine; the one that is set tells what is wrong with it.

        Raises:
            EnvironmentProblem: K-06, K-08, the process did not answer.
        """
        states: list[ReaderState] = self._ask("readers")
        return states

    def abandon(self) -> None:
        """Gives up what another thread waits for: that one raises K-15, the next reading begins with a new process.

        Does nothing when nobody waits, and never waits itself.
        """
        if not self._waiting:
            return
        self._given_up = self._waiting
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
            child, number = self._sent("look", options)
            self._looking = True
            try:
                if self._waiting:  # whoever came before this could be seen
                    self._hurry()
                (presence,) = self._answers(child, number, "look", wait_ms + _LOOK_GRACE_MS)
                return Presence(presence)
            except _Unanswered as trouble:
                if trouble.words is not words.STOPPED_BY_CLERK:
                    raise
                return Presence.NO_READER if seen is None else seen  # the reading behind it was given up
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
        with_pin = on_pad or typed_pin is not None
        found: CardAccount = self._ask_with_pin("account", options) if with_pin else self._ask("account", options)
        return found

    def examine(self) -> Iterator[Finding]:
        """Looks at everything from the service to the PSAM; each finding as it is made.

        Raises:
            EnvironmentProblem: K-06, K-08, the process did not answer.
        """
        yield from self._asked("examine", self._options, self._read_timeout_ms)

    def _pin(self, act: str, **more: object) -> int | None:
        options = {**self._options, "pin": act, **more}
        tries: int | None = self._ask("pin", options) if act == "tries" else self._ask_with_pin("pin", options)
        return tries

    def _ask_with_pin(self, act: pipe.Act, options: Mapping[str, object]) -> Any:
        """An act that may have used up a try of the PIN even where no answer comes."""
        try:
            return self._ask(act, options, _PIN_TIMEOUT_MS)
        except _Unanswered as trouble:
            raise EnvironmentProblem(words.PIN_UNCERTAIN, {"cause": trouble.code}) from None

    def close(self) -> None:
        """Ends the process, also under whoever waits for it; safe to call twice. The next who asks begins another."""
        with self._exchanging:
            self._end()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def _spawn(self) -> Child:
        self._child = self._runtime.spawn([sys.executable, "-m", "pos_client.card.worker"])
        with suppress(ChildGone):  # the first real request tells
            self._child.send(pipe.request(self._next_number(), "ping", self._url))
        return self._child

    def _replace(self, child: Child) -> None:
        """Another process in the place of this one, unless somebody has closed or replaced it meanwhile."""
        with self._exchanging:
            if self._child is child:
                self._end()
                self._spawn()

    def _next_number(self) -> int:
        self._number += 1
        return self._number

    def _ask(self, act: pipe.Act, options: Mapping[str, object] | None = None, timeout_ms: int = 0) -> Any:
        (answer,) = self._asked(act, options, max(timeout_ms, self._read_timeout_ms))
        return answer

    def _asked(self, act: pipe.Act, options: Mapping[str, object] | None, timeout_ms: int) -> Iterator[Any]:
        """What comes back to somebody who waits for it; a look that is under way ends at once."""
        self._asked_before += 1
        self._waiting = self._asked_before
        try:
            self._hurry()
            with self._turn:
                if self._is_given_up:
                    raise EnvironmentProblem(words.STOPPED_BY_CLERK)
                child, number = self._sent(act, options)
                yield from self._answers(child, number, act, timeout_ms)
        finally:
            self._waiting = 0

    @property
    def _is_given_up(self) -> bool:
        return self._waiting != 0 and self._given_up == self._waiting

    def _hurry(self) -> None:
        child = self._child
        if self._looking and child is not None:
            with suppress(ChildGone):  # whoever looks is told
                child.send(pipe.request(_NOBODY_ASKED, "ping", self._url))

    def _answers(self, child: Child, number: int, act: pipe.Act, timeout_ms: int) -> Iterator[Any]:
        """Any number of findings, or the one answer.

        What cannot be understood is no answer: whoever talks so is replaced, and nobody quotes it.
        """
        try:
            while "finding" in (answer := self._answer_to(child, number, timeout_ms)) and act == "examine":
                yield Finding.of(answer["finding"])
            problem = pipe.problem_of(answer["problem"]) if "problem" in answer else None
            value = None if problem is not None else _MEANINGS[act](answer["value"])
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
            self._replace(child)
            raise _Unanswered(words.READING_STOPPED, {"answer": "not understood"}) from None
        if problem is not None:
            raise problem
        if act != "examine":
            yield value

    def _sent(self, act: pipe.Act, options: Mapping[str, object] | None) -> tuple[Child, int]:
        """The process that was asked, and the number that its answer will have."""
        number = self._next_number()
        line = pipe.request(number, act, self._url, options)
        with self._exchanging:
            child = self._child or self._spawn()
            try:
                child.send(line)
            except ChildGone:  # it ended while nobody looked
                self._end()
                child = self._spawn()
                self._send_to_new(child, line)
        return child, number

    def _send_to_new(self, child: Child, line: bytes) -> None:
        try:
            child.send(line)
        except ChildGone:
            self._end()
            raise EnvironmentProblem(words.READING_STOPPED) from None

    def _answer_to(self, child: Child, number: int, timeout_ms: int) -> dict[str, Any]:
        """The answer with that number; older ones, to questions nobody waits for any more, are passed over."""
        clock = self._runtime.clock
        deadline_ms = clock.monotonic_ms() + timeout_ms
        while True:
            try:
                if self._is_given_up:
                    raise ChildGone
                line = child.receive(max(deadline_ms - clock.monotonic_ms(), 0))
            except ChildGone:
                stopped = words.STOPPED_BY_CLERK if self._is_given_up else words.READING_STOPPED
                self._replace(child)
                raise _Unanswered(stopped) from None
            if line is None:
                self._replace(child)
                raise _Unanswered(words.READER_SILENT, {"deadline_ms": timeout_ms})
            answer: dict[str, Any] = json.loads(line)
            if answer["id"] == number:
                return answer
