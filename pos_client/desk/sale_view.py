"""What the window shows of a sale: values that do not change any more, every amount ready to be read.

Nothing heavy is imported here: the window names these types before the store is loaded.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos_client.desk.customer import Customer


class Stage(StrEnum):
    """How far a sale is."""

    EMPTY = "empty"  # nobody, nothing
    GATHERING = "gathering"  # lines or a person, by our own estimate at most
    TRIED = "tried"  # the bureau has said what it comes to


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the bill; prices and quantities are texts, amounts in fen."""

    number: int
    code: str
    name: str
    spec: str
    unit_price: str
    quantity: str
    class_word: str
    share: str
    own_expense: bool
    consent_wanted: bool
    consent_signed: bool
    amount_fen: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A label with its amount in fen."""

    label: str
    amount_fen: int
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PayerView:
    """One row of "who pays"."""

    label: str
    amount_fen: int
    sentence: str


@dataclass(frozen=True, slots=True)
class PaidView:
    """What was laid down by another means than cash."""

    means: str
    word: str
    amount_fen: int
    reference: str


@dataclass(frozen=True, slots=True)
class LimitView:
    """A limit of provisional settlements: how much of it is used with this bill, as texts and in 1/1000."""

    label: str
    used: str
    limit: str
    per_mille: int


@dataclass(frozen=True, slots=True)
class OfflineView:
    """By which document a bill may be settled provisionally, and what of the limits it uses."""

    document: str
    limits: tuple[LimitView, ...]


@dataclass(frozen=True, slots=True)
class SaleView:
    """A sale as it stands. ``due_fen`` is what the person is to pay in all, ``to_collect_fen`` what of it is still open
    after what was laid down by other means; both None as long as nobody can say.
    """

    stage: Stage
    customer: "Customer | None" = None
    lines: tuple[LineView, ...] = ()
    total_fen: int = 0
    due_fen: int | None = None
    to_collect_fen: int | None = None
    sums: tuple[Amount, ...] = ()
    payers: tuple[PayerView, ...] = ()
    paid: tuple[PaidView, ...] = ()
    account: str = "no"
    account_word: str = ""
    account_after_fen: int | None = None
    estimated: bool = False
    agrees: bool | None = None
    differences: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    reading_too_old: bool = False
    why_no_estimate: str = ""
    policy: str = ""
    parked: int = 0
    known_since: str = ""
    """When the bureau last told about the person, where it could not be asked now."""
    offer: str = ""
    """The sentence that offers to settle provisionally; empty where it does not."""
    offline: "OfflineView | None" = None
    """Set where the stage is TRIED by our own calculation, to be settled provisionally."""
    told: str = ""
    """What did not come back with the bill as it was, or is not on it any more: a sentence that stands until the clerk
    does something with the bill."""


@dataclass(frozen=True, slots=True)
class SoldView:
    """A sale that is settled: what is given back, and what the next glance at the window still tells of it."""

    id: str
    at: str
    name_masked: str
    sums: tuple[Amount, ...]
    change_fen: int
    tendered_fen: int
    elsewhere: tuple[PaidView, ...] = ()
    short_fen: int = 0
    differences: tuple[str, ...] = ()
    provisional: bool = False
    slip_problem: str = ""
    printed: bool = False
    state_word: str = ""
    """What became of it where it is not simply booked."""
