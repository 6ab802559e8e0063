"""One line of a bill as charged, and what no policy can change about it: its amount and its part above the ceiling."""

import datetime
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from pos_client.benefit.rounding import Percent, amount_fen, percent
from pos_client.money import NotAnAmount

CatalogueClass = Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """An approval (审批) of a stay, a transfer or an item: its day, and whether it was an emergency."""

    date: datetime.date
    emergency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the bill as charged.

    Prices in yuan, at most six decimals; the quantity at most four. ``limit_price`` None: the catalogue has no
    ceiling for it. ``pre_self_pay_percent`` is the first share (先行自付) of the catalogue row, 10 for 10 %.
    ``approval`` None: no approval is known of, which is the same as not approved.

    ``returns`` is the id of the line of the same bill that this one takes something back of (退费); its quantity is
    then below zero.

    What no policy can change is computed here, once: ``amount_fen`` is price times quantity, ``over_limit_fen`` the
    part above the ceiling, each half up to the fen, those of a return away from zero (rules part 6, R1 and R2).

    Raises:
        NotAnAmount: a negative price, a negative quantity that returns nothing, or a return that is not negative.
    """

    id: str
    name: str
    kind: str | None
    cls: CatalogueClass | None
    unit_price: Decimal
    quantity: Decimal
    limit_price: Decimal | None = None
    pre_self_pay_percent: Decimal | None = None
    essential: bool | None = None
    listed: bool | None = None
    approval: Approval | None = None
    performed: datetime.date | None = None
    returns: str | None = None
    amount_fen: int = field(init=False, repr=False, compare=False)
    over_limit_fen: int = field(init=False, repr=False, compare=False)
    first_share: Percent | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        limit, first_share = self.limit_price, self.pre_self_pay_percent
        over = self.unit_price - limit if limit is not None and self.unit_price > limit else None
        if (self.quantity < 0) is not (self.returns is not None):
            raise NotAnAmount(f"only a return, and every return, has a negative quantity: {self.quantity}")
        object.__setattr__(self, "amount_fen", amount_fen(self.unit_price, self.quantity))
        object.__setattr__(self, "over_limit_fen", 0 if over is None else amount_fen(over, self.quantity))
        object.__setattr__(self, "first_share", None if first_share is None else percent(first_share))

    def part(self, quantity: Decimal, amount_fen: int, over_limit_fen: int) -> "Line":
        """So much of this line; the amounts are those of the rows that it is made up of, not rounded once more."""
        part = replace(self, quantity=quantity)
        object.__setattr__(part, "amount_fen", amount_fen)
        object.__setattr__(part, "over_limit_fen", over_limit_fen)
        return part
