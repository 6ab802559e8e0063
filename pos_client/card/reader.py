"""What every reader can do, whatever wire it hangs on."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Presence(StrEnum):
    """What can be seen of the reader without touching a card."""

    NO_READER = "no_reader"
    EMPTY = "empty"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class ReaderState:
    """A reader as the desk may choose it."""

    name: str
    url: str
    card_present: bool | None
    """None where nobody can know without disturbing whatever hangs on that port."""


class CardReader(Protocol):
    """One reader. A session is connect, any number of transmits, disconnect, whatever happened before."""

    def connect(self) -> str:
        """Powers the card; gives the URL of the very reader it is in.

        Raises:
            EnvironmentProblem: no reader, no card, a card that does not answer …
        """

    def transmit(self, command: bytes) -> bytes:
        """The card's raw answer to one command, status word included.

        Raises:
            EnvironmentProblem: the card was pulled out or fell silent, or the reader went away.
        """

    def disconnect(self) -> None:
        """Takes the power off the card and lets the reader go; never fails, safe to call twice."""
