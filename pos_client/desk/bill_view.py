"""What the window shows of bills of the past and of taking them back: values that do not change any more.

Nothing heavy is imported here: the window names these types before the store is loaded.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from pos_client.desk.sale_view import Amount
from pos_client.errors import Problem

if TYPE_CHECKING:
    from pos_client.desk.customer import Customer


@dataclass(frozen=True, slots=True)
class BillRow:
    """One bill in the list. ``when`` is month, day and time on the wall clock of the business, ``at`` the whole of it.

    ``sign`` is done, look, unknown or note; ``state`` and ``what`` are words, ``means`` how it was paid. ``open`` says
    that it stands and may be taken back.
    """

    id: str
    at: str
    when: str
    name_masked: str
    what: str
    sign: str
    state: str
    open: bool
    total_fen: int
    cash_fen: int
    sums: tuple[Amount, ...]
    means: str
    tendered_fen: int
    change_fen: int


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line as it was sold; ``unit_price`` in yuan, ``price`` as it is shown."""

    number: int
    name: str
    spec: str
    unit_price: Decimal
    price: str
    quantity: Decimal
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Bill:
    """One bill with its lines; a bill of a visit or a stay has none here."""

    row: BillRow
    lines: tuple[BillLine, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for taking a bill back: what the desk calls it, and the word."""

    key: str
    word: str


@dataclass(frozen=True, slots=True)
class ToRefund:
    """A bill that may be taken back, its person by full name, to be compared with whoever stands there.

    ``in_parts``: whether a part of it may come back. ``back`` is what goes back if all of it does, ``cash_back_fen``
    the cash of it.
    """

    bill: Bill
    name: str = field(repr=False)
    in_parts: bool
    cash_back_fen: int
    back: tuple[Amount, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class PartTried:
    """What goes back if a part does, as the bureau's trial has it; the void changes account and totals, so it is near.

    ``more_fen`` is what the person is to add where what is kept costs more than was paid.
    """

    customer: "Customer" = field(repr=False)
    kept: tuple[Amount, ...]
    back: tuple[Amount, ...]
    cash_back_fen: int
    more_fen: int


@dataclass(frozen=True, slots=True)
class Refunded:
    """What was taken back. ``paper`` is the number of the slip that says so, ``back`` what to hand out now.

    Where what is kept is not settled, or not for certain, ``problem`` says where it stands, and ``parked`` whether it
    waits among the parked bills.
    """

    about: str
    paper: str
    name_masked: str
    cash_back_fen: int
    back: tuple[Amount, ...]
    sentence: str
    slip_problem: Problem | None = None
    problem: Problem | None = None
    parked: bool = False
