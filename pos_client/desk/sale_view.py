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
    """A label with its amount in fen; ``always`` is shown also when it is nothing."""

    label: str
    amount_fen: int
    bold: bool = False
    always: bool = True


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


@dataclass(frozen=True, slots=True)
class StepView:
    """Something that happened on the way to an outcome: ``sign`` is done, look or unknown."""

    sign: str
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class UnknownView:
    """A settlement of which nobody knows yet whether the bureau booked it; ``outcome`` once it is known."""

    id: str
    sale: SaleView
    on_counter_fen: int
    account_fen: int
    steps: tuple[StepView, ...]
    asked: int
    next_try_s: int | None
    outcome: str = ""
    outcome_sentence: str = ""
    customer_left: bool = False
