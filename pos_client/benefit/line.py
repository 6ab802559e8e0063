"""One line of a bill as charged, and what no policy can change about it: its amount and its part above the ceiling."""

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from pos_client.benefit.rounding import amount_fen, percent
from pos_client.money import NotAnAmount

CatalogueClass = Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """An approval (审批) of a stay, a transfer or an item: its day, and whether it was an emergency."""

    date: datetime.date
    emergency: bool = False


# Not frozen: a bill is made of many lines, and a frozen dataclass takes three times as long to make. Nothing changes a
# line all the same: its fields are final.
@dataclass(init=False, unsafe_hash=True)
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

    __slots__ = (
        "amount_fen",
        "approval",
        "cls",
        "essential",
        "first_share",
        "id",
        "kind",
        "limit_price",
        "listed",
        "name",
        "over_limit_fen",
        "performed",
        "pre_self_pay_percent",
        "quantity",
        "returns",
        "unit_price",
    )

    id: Final[str]
    name: Final[str]
    kind: Final[str | None]
    cls: Final[CatalogueClass | None]
    unit_price: Final[Decimal]
    quantity: Final[Decimal]
    limit_price: Final[Decimal | None]
    pre_self_pay_percent: Final[Decimal | None]
    essential: Final[bool | None]
    listed: Final[bool | None]
    approval: Final[Approval | None]
    performed: Final[datetime.date | None]
    returns: Final[str | None]

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 - the field's own name
        name: str,
        kind: str | None,
        cls: CatalogueClass | None,
        unit_price: Decimal,
        quantity: Decimal,
        limit_price: Decimal | None = None,
        pre_self_pay_percent: Decimal | None = None,
        essential: bool | None = None,
        listed: bool | None = None,
        approval: Approval | None = None,
        performed: datetime.date | None = None,
        returns: str | None = None,
    ) -> None:
        if (quantity < 0) is not (returns is not None):
            raise NotAnAmount(f"only a return, and every return, has a negative quantity: {quantity}")
        self.id = id
        self.name = name
        self.kind = kind
        self.cls = cls
        self.unit_price = unit_price
        self.quantity = quantity
        self.limit_price = limit_price
        self.pre_self_pay_percent = pre_self_pay_percent
        self.essential = essential
        self.listed = listed
        self.approval = approval
        self.performed = performed
        self.returns = returns
        over = unit_price - limit_price if limit_price is not None and unit_price > limit_price else None
        self.amount_fen: Final = amount_fen(unit_price, quantity)
        self.over_limit_fen: Final = 0 if over is None else amount_fen(over, quantity)
        self.first_share: Final = None if pre_self_pay_percent is None else percent(pre_self_pay_percent)

    def part(self, quantity: Decimal, amount_fen: int, over_limit_fen: int) -> "Line":
        """So much of this line; the amounts are those of the rows that it is made up of, not rounded once more."""
        part = replace(self, quantity=quantity)
        object.__setattr__(part, "amount_fen", amount_fen)
        object.__setattr__(part, "over_limit_fen", over_limit_fen)
        return part
