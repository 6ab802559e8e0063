"""What every reader can do, whatever wire it hangs on, and how the program finds its driver."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, Protocol, runtime_checkable

from pos_client.card.social_security.identity import CardIdentity
from pos_client.errors import EnvironmentProblem

PCSC: Final = "pcsc"
SERIAL: Final = "ccid-serial"


@dataclass(frozen=True, slots=True)
class ReaderUrl:
    """A reader address taken apart."""

    kind: str
    """The scheme of its driver."""
    target: str
    """What the driver knows it by: the name of a PC/SC reader (empty: whichever has a card), a port, a file."""

    def __str__(self) -> str:
        return f"{self.kind}:{self.target}"


class Presence(StrEnum):
    """What can be seen of the reader without touching a card."""

    NO_READER = "no_reader"
    EMPTY = "empty"
    CARD = "card"
    UNKNOWN = "unknown"
    """The reader cannot be looked at: only reading tells."""


@dataclass(frozen=True, slots=True)
class ReaderState:
    """A reader as the desk may choose it."""

    name: str
    url: str
    card_present: bool | None
    """None where nobody can know without disturbing whatever hangs on that port."""
    trouble: EnvironmentProblem | None = None
    """Why the one that is set cannot be used; of all others nobody asks."""


@dataclass(frozen=True, slots=True)
class PinEntry:
    """What the holder is asked for at a reader's own PIN pad; no PIN ever comes into this program."""

    act: Literal["verify", "change"]
    fewest_digits: int = 4
    most_digits: int = 12
    timeout_ms: int = 60_000


class CardReader(Protocol):
    """One reader. A session is connect, any number of transmits, disconnect, whatever happened before."""

    def connect(self) -> str:
        """Powers the card; gives the URL of the very reader it is in.

        Raises:
            EnvironmentProblem: no reader, no card, a card that does not answer …
        """

    @property
    def atr(self) -> bytes:
        """The answer to reset of the card that :meth:`connect` powered."""

    def transmit(self, command: bytes) -> bytes:
        """The card's raw answer to one command, status word included.

        Raises:
            EnvironmentProblem: the card was pulled out or fell silent, or the reader went away.
        """

    def neighbours(self) -> "Sequence[CardReader]":
        """The other slots that may hold a PSAM: of the same reader or, on PC/SC, of any; not yet connected.

        They stay usable for as long as this reader is connected, and must be disconnected before it is.
        """

    def pin_pad(self) -> "PinPad | None":
        """The reader's own PIN pad, None without one; only while connected."""

    def card_present(self) -> bool:
        """Whether a card is in it, without touching the card.

        Raises:
            EnvironmentProblem: it cannot be asked.
        """

    def disconnect(self) -> None:
        """Takes the power off the card and lets the reader go; never fails, safe to call twice."""


class PinPad(Protocol):
    """Keys and a display on the reader itself: the PIN goes from there to the card, past this program."""

    def enter(self, entry: PinEntry) -> int:
        """Lets the holder enter a PIN; the card's status word (6400 timed out, 6401 cancelled at the pad).

        Raises:
            EnvironmentProblem: the card was pulled out or fell silent, or the reader went away.
        """


@runtime_checkable
class WholeCardReader(Protocol):
    """A maker's library that reads a card by itself and carries no commands."""

    def read(self) -> CardIdentity:
        """Reads the card that is in it.

        Raises:
            EnvironmentProblem, Refused: as the library's number says.
        """

    def card_present(self) -> bool | None:
        """Whether a card is in it; None where the library cannot tell without reading.

        Raises:
            EnvironmentProblem: it cannot be asked.
        """

    def disconnect(self) -> None:
        """Lets it go; never fails, safe to call twice."""


class ReaderDriver(Protocol):
    """One kind of readers, found by the scheme of the reader's URL.

    Another package adds one with an entry point of the group ``pos_client.reader_drivers`` whose name is the scheme
    and which leads to an object like this.
    """

    def means(self, target: str) -> bool:
        """Whether what stands behind the scheme can be meant."""

    def open(self, target: str) -> CardReader | WholeCardReader:
        """The reader at an address; nothing is opened yet, but the driver's libraries are loaded."""

    def states(self) -> Sequence[ReaderState]:
        """The readers of this kind that this machine has.

        Raises:
            EnvironmentProblem: their service does not run.
        """
