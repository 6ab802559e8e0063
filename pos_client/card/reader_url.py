"""How a reader is named in the settings: ``pcsc:``, ``pcsc:NAME``, ``ccid-serial:DEVICE``, ``ccid-serial:socket://…``."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal
from urllib.parse import urlsplit

from pos_client.card import words
from pos_client.errors import EXIT_WRONG_USE, EnvironmentProblem

PCSC: Final = "pcsc"
SERIAL: Final = "ccid-serial"
_SOCKET: Final = "socket://"


class WrongReaderUrl(EnvironmentProblem):
    """A reader address that nobody can open: a setting or an option was mistyped."""

    kind: ClassVar[str] = "wrong_use"
    exit_code: ClassVar[int] = EXIT_WRONG_USE


@dataclass(frozen=True, slots=True)
class ReaderUrl:
    """A reader address taken apart."""

    kind: Literal["pcsc", "ccid-serial"]
    target: str
    """The name of a PC/SC reader (empty: whichever has a card), or what pyserial opens."""

    def __str__(self) -> str:
        return f"{self.kind}:{self.target}"


def parse(text: str) -> ReaderUrl:
    """Takes a reader address apart.

    Raises:
        WrongReaderUrl: an unknown kind, no device, or a socket without host and port.
    """
    kind, colon, target = text.partition(":")
    if kind == PCSC and colon:
        return ReaderUrl(PCSC, target)
    if kind == SERIAL and target and ("://" not in target or _is_socket(target)):
        return ReaderUrl(SERIAL, target)
    raise WrongReaderUrl(words.WRONG_READER_URL, url=text)


def _is_socket(target: str) -> bool:
    parts = urlsplit(target)
    try:
        port = parts.port
    except ValueError:
        return False
    return target.startswith(_SOCKET) and bool(parts.hostname and port) and parts.path in ("", "/") and not parts.query
