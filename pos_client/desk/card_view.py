"""What the card in the reader says, as the window shows it: the holder, the insurance, the account on it, its PIN.

Light on purpose: the window imports this. The name is in full, it is compared with the person; numbers are masked.
"""

from dataclasses import dataclass
from enum import StrEnum

from pos_client.errors import Problem


class PinStand(StrEnum):
    """How a card's PIN stands."""

    UNKNOWN = "unknown"
    """Nobody has asked, or nobody knows whether the last try counted."""
    NONE = "none"
    """None is set."""
    OPEN = "open"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class CardPin:
    """How the PIN stands; ``tries_left`` counts only while it is open."""

    stand: PinStand = PinStand.UNKNOWN
    tries_left: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it may be tried."""
        return self.stand is PinStand.OPEN

    @property
    def is_last_try(self) -> bool:
        """Whether a wrong one locks the card."""
        return self.is_open and self.tries_left == 1


@dataclass(frozen=True, slots=True)
class CardHolder:
    """Who holds the card, as the card says; ``expires`` is empty where it sets no day."""

    name: str
    sex: str
    card_masked: str
    id_masked: str
    region: str
    expires: str


@dataclass(frozen=True, slots=True)
class CardFact:
    """One thing that the card says of the insurance."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of the account on the card, by the terminal's clock."""

    when: str
    what: str
    account_fen: int
    own_fen: int
    pool_fen: int


@dataclass(frozen=True, slots=True)
class CardPurse:
    """The account on the card: what is in it, what the settlement year counted (``year`` 0 where none has begun)."""

    balance_fen: int
    own_paid_fen: int
    pool_paid_fen: int
    year: int
    movements: tuple[Movement, ...]
    """The newest first."""


@dataclass(frozen=True, slots=True)
class CardView:
    """What was learned of one card up to now."""

    holder: CardHolder | None = None
    pin: CardPin = CardPin()
    facts: tuple[CardFact, ...] = ()
    """Of the insurance; nothing where it was not read."""
    purse: CardPurse | None = None
    is_read: bool = False
    """Whether the insurance was read: a card without a purse has none then."""
    wants_pin: bool = False
    """Whether something opens to the PIN alone."""
    pad_refused: bool = False
    """Whether the reader was found to have no PIN pad that does what was asked."""
    problem: Problem | None = None
    """Why the last thing that was asked was not done."""
    wants_pin_again: bool = False
    """Whether the PIN may be entered again at once: it was wrong, or it never went to the card."""
    may_repeat: bool = False
    """Whether the card is worth reading once more, and that does no harm."""
