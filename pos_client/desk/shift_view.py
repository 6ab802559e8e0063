"""What the strip and the empty page say of desk and shift, ready to be read; nothing heavy is imported here."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos_client.desk.sale_view import SoldView


@dataclass(frozen=True, slots=True)
class Place:
    """Where the window stands and who works at it."""

    institution: str
    desk: int
    operator: str
    operator_title: str
    training: bool


@dataclass(frozen=True, slots=True)
class ShiftView:
    """Counts of the shift and of what is open; times on the wall clock of the business, amounts in fen."""

    since: str
    sold: int
    voided: int
    parked: int
    unknown: int
    tasks: int
    unsent: int
    unsent_fen: int
    todo: int = 0
    """How many rows the list of what is to be done has."""
    offline_since: str = ""
    offline_minutes: int = 0
    limit_what: str = ""
    limit_used: str = ""
    last: "SoldView | None" = None
