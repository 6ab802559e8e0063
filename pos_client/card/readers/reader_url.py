"""How a reader is named in the settings: the scheme of its driver, a colon, and what that driver knows it by.

``pcsc:``, ``pcsc:NAME``, ``ccid-serial:DEVICE``, ``ccid-serial:socket://…``, ``library:FILE``, and whatever other
packages bring.
"""

from typing import ClassVar

from pos_client.card import words
from pos_client.card.readers import drivers
from pos_client.card.readers.reader import ReaderUrl
from pos_client.errors import EXIT_WRONG_USE, EnvironmentProblem


class WrongReaderUrl(EnvironmentProblem):
    """A reader address that nobody can open: a setting or an option was mistyped."""

    kind: ClassVar[str] = "wrong_use"
    exit_code: ClassVar[int] = EXIT_WRONG_USE


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
