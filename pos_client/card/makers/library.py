"""A maker's library as a reader: asked in a process of its own, which is killed when it does not answer in time."""

import json
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from pos_client.card import words
from pos_client.card.makers import answer, numbers
from pos_client.card.makers.target import LibraryTarget, parse
from pos_client.card.makers.unusable import is_reason, unusable
from pos_client.card.readers.reader import ReaderState
from pos_client.card.social_security.identity import CardIdentity
from pos_client.errors import EnvironmentProblem, Problem
from pos_client.runtime import Child, ChildGone, Clock, Spawn, SystemChild, SystemClock

SCHEME: Final = "library"
#: Less than what the program waits for its card process, so that a library that hangs costs its own process only.
TIMEOUT_MS: Final = 8_000

_HEX: Final = re.compile(r"(?:[0-9a-f]{2})*", re.ASCII)
_HOST: Final = Path(__file__).with_name("host.py")


class LibraryReader:
    """One maker's library. Every reading has a process of its own: nothing of a card or of a crash outlives it."""

    def __init__(
        self,
        target: str,
        *,
        spawn: Spawn = SystemChild,
        clock: Clock | None = None,
        timeout_ms: int = TIMEOUT_MS,
    ) -> None:
        """One library at one address.

        Args:
            target: what stands behind the scheme: the library's path and options (``makers.target``).
            spawn: starts the library's process.
            clock: what the deadline is measured by.
            timeout_ms: the longest that one reading may take, the library's loading included.

        Raises:
            ValueError: the target cannot be meant.
        """
        library = parse(target)
        if library is None:
            raise ValueError("no maker's library can be meant")
        self._library: LibraryTarget = library
        self._url = f"{SCHEME}:{target}"
        self._spawn = spawn
        self._clock = clock or SystemClock()
        self._timeout_ms = timeout_ms
        self._host: Child | None = None

    def read(self) -> CardIdentity:
        """Reads the card that is in the reader.

        Raises:
            EnvironmentProblem: library, reader or card in trouble, or the wrong card.
            Refused: the card is blocked or not genuine, or its holder data needs a PSAM.
        """
        self.disconnect()
        deadline_ms = self._clock.monotonic_ms() + self._timeout_ms
        name = self._library.file_name
        host = self._started()
        if self._said(host, deadline_ms, unusable(name, "no-python")) != {"host": 1}:
            raise unusable(name, "no-python")
        with suppress(ChildGone):  # what it said last tells why
            asked = {"library": self._library.path, "type": self._library.card_type}
            host.send(json.dumps(asked).encode())
        said = self._said(host, deadline_ms, unusable(name, "not-loadable"))
        if said == {"loaded": True}:
            said = self._said(host, deadline_ms, EnvironmentProblem(words.READING_STOPPED, {"library": name}))
        return self._understood(said)

    def card_present(self) -> None:
        """Nobody can know: the convention has no such call, and reading again and again would wear the card.

        Raises:
            EnvironmentProblem: K-61, there is not even a file.
        """
        if not Path(self._library.path).is_file():
            raise unusable(self._library.file_name, "missing")

    def disconnect(self) -> None:
        """Ends the library's process."""
        host, self._host = self._host, None
        if host is not None:
            host.kill()

    def _started(self) -> Child:
        argv = [self._library.python or sys.executable, "-I", "-S", str(_HOST)]
        try:
            self._host = self._spawn(argv)
        except OSError:
            raise unusable(self._library.file_name, "no-python") from None
        return self._host

    def _said(self, host: Child, deadline_ms: int, if_gone: Problem) -> object:
        """What the process says next, None where it is nothing that can be understood."""
        try:
            line = host.receive(max(deadline_ms - self._clock.monotonic_ms(), 0))
        except ChildGone:
            raise if_gone from None
        if line is None:
            self.disconnect()
            evidence = {"library": self._library.file_name, "deadline_ms": self._timeout_ms}
            raise EnvironmentProblem(words.READER_SILENT, evidence)
        try:
            said: object = json.loads(line)
        except (ValueError, RecursionError):
            return None
        return said

    def _understood(self, said: object) -> CardIdentity:
        match said:
            case {"number": 0, "said": str(text)} if _HEX.fullmatch(text):
                return answer.identity_of(bytes.fromhex(text), self._url)
            case {"number": int(number)} if number != 0:
                raise numbers.problem(number, self._library.file_name)
            case {"unusable": str(why), "detail": str(detail)} if is_reason(why):
                raise unusable(self._library.file_name, why, detail)
            case _:
                raise EnvironmentProblem(words.LIBRARY_UNREADABLE, {"library": self._library.file_name})


class LibraryDriver:
    """The driver of all makers' libraries."""

    def means(self, target: str) -> bool:
        """Whether it is a path with options that are known."""
        return parse(target) is not None

    def open(self, target: str) -> LibraryReader:
        """The reader behind a library; the library itself is loaded when a card is read."""
        return LibraryReader(target)

    def states(self) -> Sequence[ReaderState]:
        """None: a library on the disk tells nobody that it is one."""
        return ()
