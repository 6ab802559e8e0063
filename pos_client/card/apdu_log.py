"""What went to the card and what came back, for IT: in a training home only, and only where ``reader.apdu_log`` is set.

A log of commands holds everything that stands on a card. So the process that writes it asks the home itself whether it
is a training home, each time that a card is powered; nobody can order it otherwise. A PIN is not written even there:
of commands that could carry one the log has the header and ``***``, and of their answers the status word.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from pos_client.card.readers.reader import CardReader, PinPad
from pos_client.config import Home, load_settings
from pos_client.errors import EnvironmentProblem
from pos_client.runtime import Clock, SystemClock, shanghai

SETTING: Final = "reader.apdu_log"
LARGEST_BYTES: Final = 1_000_000
#: Files that were full, kept beside the present one.
_KEPT: Final = 1
_HEADER_LENGTH: Final = 4
_HIDDEN: Final = "***"
#: Instructions whose data holds no PIN: files, challenges, proofs, the purse, the PSAM.
_OPEN: Final = frozenset((0x26, 0x2E, 0x56, 0x82, 0x84, 0x88, 0xA4, 0xB0, 0xB2, 0xDE, 0xEC))
#: VERIFY, CHANGE PIN, UNBLOCK and RELOAD, keys, what a PSAM enciphers: the header tells, what follows it is hidden. Of
#: anything else not even the header is shown whole: it may be no command.
_HEADER_SHOWN: Final = frozenset((0x20, 0x5E, 0x24, 0xD4, 0xFA))
#: GET RESPONSE: what it fetches belongs to the command before.
_FETCH: Final = 0xC0


def log_file(home: Home) -> Path:
    """Where a home's log lies."""
    return home.logs / "apdu.log"


def is_wanted(home: Home) -> bool:
    """Whether this is a training home in which the log is set; a home that cannot be asked is none."""
    try:
        settings = load_settings(home, {})
    except EnvironmentProblem:
        return False
    return settings.mode == "training" and settings.values.get(SETTING) == "yes"


def logged(card: CardReader, folder: str, clock: Clock | None = None) -> CardReader:
    """The same reader, with its commands logged where that is wanted.

    Args:
        card: the reader.
        folder: of the home; nothing where no log was asked for.
        clock: for the time of each line.
    """
    home = Home(Path(folder))
    if not folder or not is_wanted(home):
        return card
    return LoggedCard(card, ApduLog(log_file(home), clock or SystemClock()))


class ApduLog:
    """One file of lines; when it is full it is put aside and begun anew. A log that cannot be written stops nothing."""

    def __init__(self, file: Path, clock: Clock) -> None:
        """``file``: opened at the first line, in a folder that is made for it."""
        self._file = file
        self._clock = clock
        self._handler: RotatingFileHandler | None = None

    def now_ms(self) -> int:
        """For how long an exchange took."""
        return self._clock.monotonic_ms()

    def write(self, text: str) -> None:
        """Adds a line, with the time before it."""
        at = shanghai(self._clock.now_utc()).isoformat(timespec="milliseconds")
        try:
            handler = self._opened()
        except OSError:
            return
        handler.emit(logging.makeLogRecord({"msg": f"{at} {text}"}))

    def close(self) -> None:
        """Lets the file go; safe to call twice, and the next line opens it again."""
        handler, self._handler = self._handler, None
        if handler is not None:
            with suppress(OSError):  # what the disk did not take
                handler.close()

    def _opened(self) -> RotatingFileHandler:
        if self._handler is None:
            self._file.parent.mkdir(exist_ok=True)
            self._handler = _QuietFile(
                self._file, maxBytes=LARGEST_BYTES, backupCount=_KEPT, encoding="ascii", errors="replace"
            )
        return self._handler


class _QuietFile(RotatingFileHandler):
    """Says nothing on standard error when it cannot write: that would quote the line."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the standard library's name)
        """A line is lost."""


class LoggedCard:
    """A reader whose commands and answers are written down; a PIN that is entered at its own pad never comes by."""

    def __init__(self, card: CardReader, log: ApduLog, slot: str = "card") -> None:
        """``slot``: what the lines of this card begin with."""
        self._card = card
        self._log = log
        self._slot = slot
        self._secret_before = False

    def connect(self) -> str:
        """Powers the card; gives the URL of the very reader it is in.

        Raises:
            EnvironmentProblem: as the reader's own.
        """
        self._secret_before = False
        began_ms = self._log.now_ms()
        try:
            url = self._card.connect()
        except EnvironmentProblem as problem:
            self._write(began_ms, "power", problem.code)
            raise
        self._write(began_ms, "power", _shown(self._card.atr))
        return url

    @property
    def atr(self) -> bytes:
        """The answer to reset of the card that :meth:`connect` powered."""
        return self._card.atr

    def transmit(self, command: bytes) -> bytes:
        """The card's raw answer to one command, status word included.

        Raises:
            EnvironmentProblem: as the reader's own.
        """
        secret = _is_secret(command, after_secret=self._secret_before)
        self._secret_before = secret
        began_ms = self._log.now_ms()
        try:
            answer = self._card.transmit(command)
        except EnvironmentProblem as problem:
            self._write(began_ms, _command(command, secret=secret), problem.code)
            raise
        self._write(began_ms, _command(command, secret=secret), _answer(answer, secret=secret))
        return answer

    def neighbours(self) -> "Sequence[LoggedCard]":
        """The other slots that may hold a PSAM, logged to the same file."""
        beside = enumerate(self._card.neighbours(), start=1)
        return [LoggedCard(one, self._log, f"slot+{number}") for number, one in beside]

    def pin_pad(self) -> PinPad | None:
        """The reader's own PIN pad, None without one; what it sends to the card is not seen here."""
        return self._card.pin_pad()

    def card_present(self) -> bool:
        """Whether a card is in it, without touching the card.

        Raises:
            EnvironmentProblem: as the reader's own.
        """
        return self._card.card_present()

    def disconnect(self) -> None:
        """Takes the power off the card, lets the reader and the file go; never fails, safe to call twice."""
        self._card.disconnect()
        self._log.close()

    def _write(self, began_ms: int, asked: str, answered: str) -> None:
        self._log.write(f"{self._log.now_ms() - began_ms:4} ms {self._slot:6} {asked} > {answered}")


def _is_secret(command: bytes, *, after_secret: bool) -> bool:
    """Whether a command, or what it fetches, could hold a PIN."""
    instruction = command[1] if len(command) > 1 else None
    return after_secret if instruction == _FETCH else instruction not in _OPEN


def _command(command: bytes, *, secret: bool) -> str:
    """Hexadecimal; of one that could carry a PIN no more than tells which it is."""
    if not secret or command[1:2] == bytes((_FETCH,)):
        return _shown(command)
    is_known = len(command) > _HEADER_LENGTH and command[1] in _HEADER_SHOWN
    if is_known and command[_HEADER_LENGTH:] == b"\0":  # asks, and carries nothing
        return _shown(command)
    return _shown(command[: _HEADER_LENGTH if is_known else 2]) + _HIDDEN


def _answer(answer: bytes, *, secret: bool) -> str:
    """Hexadecimal; of a secret one the status word."""
    if secret and len(answer) > 2:
        return _HIDDEN + _shown(answer[-2:])
    return _shown(answer) or "nothing"


def _shown(raw: bytes) -> str:
    return raw.hex().upper()
