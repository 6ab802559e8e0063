"""How a reader is named in the settings: the scheme of its driver, a colon, and what that driver knows it by.

``pcsc:``, ``pcsc:NAME``, ``ccid-serial:DEVICE``, ``ccid-serial:socket://…``, ``library:FILE``, and whatever other
packages bring.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from pos_client.card import words
from pos_client.card.readers import drivers
from pos_client.errors import EXIT_WRONG_USE, EnvironmentProblem

PCSC: Final = "pcsc"
SERIAL: Final = "ccid-serial"


class WrongReaderUrl(EnvironmentProblem):
    """A reader address that nobody can open: a setting or an option was mistyped."""

    kind: ClassVar[str] = "wrong_use"
    exit_code: ClassVar[int] = EXIT_WRONG_USE


@dataclass(frozen=True, slots=True)
class ReaderUrl:
    """A reader address taken apart."""

    kind: str
    """The scheme of its driver."""
    target: str
    """What the driver knows it by: the name of a PC/SC reader (empty: whichever has a card), a port, a file."""

    def __str__(self) -> str:
        return f"{self.kind}:{self.target}"


def parse(text: str) -> ReaderUrl:
    """Takes a reader address apart.

    Raises:
        WrongReaderUrl: an unknown kind, or nothing that its driver could open.
        EnvironmentProblem: K-61, another package's driver does not work.
    """
    kind, colon, target = text.partition(":")
    try:
        if colon and drivers.driver(kind).means(target):
            return ReaderUrl(kind, target)
    except drivers.NoDriver:
        pass
    raise WrongReaderUrl(words.WRONG_READER_URL, url=text)
