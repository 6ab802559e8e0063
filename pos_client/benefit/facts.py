"""What a bill is split from: the person, the visit with its lines, the counters of the year.

``None`` always means *not known*: a rule that looks at it holds the bill. ``ABSENT`` means it is known that there
is none (no unpaid month, no contract). Nothing here defaults to "covered".
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Final, Literal

from pos_client.benefit.rounding import Percent, amount_fen, percent


class Absent(Enum):
    """The one value ``ABSENT``: known to be none, which is not the same as unknown."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent.ABSENT

Sex = Literal["M", "F"]
CatalogueClass = Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """An outpatient-pooling contract with one institution (签约), in force from its day of signing."""

    institution: str
    signed_on: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """An approval (审批) of a stay, a transfer or an item: its day, and whether it was an emergency."""

    date: datetime.date
    emergency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What the register knows of the insured person.

    ``category`` is the register's word (active, flexible, retired, employee …); the policy maps it to its own.
    ``first_unpaid_month`` is any day of the first month without a contribution, ABSENT when none is unpaid;
    ``renewed_on`` the day contributions were taken up again, ABSENT when they were not.
    ``insured_years`` overrides the completed years since ``first_contribution`` where the register counts others
    (deemed years, 视同缴费年限).
    """

    category: str | None
    birth: datetime.date | None
    sex: Sex | None
    first_contribution: datetime.date | None
    first_unpaid_month: datetime.date | Absent | None = None
    renewed_on: datetime.date | Absent | None = None
    arrears_paid: bool | None = None
    insured_years: int | None = None
    flexible: bool | None = None
    civil_servant: bool | None = None
    maternity_insured: bool | None = None
    chronic_approved: bool | None = None
    contract: Contract | Absent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the bill as charged.

    Prices in yuan, at most six decimals; the quantity at most four. ``limit_price`` None: the catalogue has no
    ceiling for it. ``pre_self_pay_percent`` is the first share (先行自付) of the catalogue row, 10 for 10 %.
    ``approval`` None: no approval is known of, which is the same as not approved.

    What no policy can change is computed here, once: ``amount_fen`` is price times quantity, ``over_limit_fen`` the
    part above the ceiling, each half up to the fen (rules part 6, R1 and R2).

    Raises:
        NotAnAmount: a negative price or quantity; this version splits no refund lines.
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
    amount_fen: int = field(init=False, repr=False, compare=False)
    over_limit_fen: int = field(init=False, repr=False, compare=False)
    first_share: Percent | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        limit, first_share = self.limit_price, self.pre_self_pay_percent
        over = self.unit_price - limit if limit is not None and self.unit_price > limit else None
        object.__setattr__(self, "amount_fen", amount_fen(self.unit_price, self.quantity))
        object.__setattr__(self, "over_limit_fen", 0 if over is None else amount_fen(over, self.quantity))
        object.__setattr__(self, "first_share", None if first_share is None else percent(first_share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The visit (``date``) or the stay (``admit`` and ``discharge``), and what the desk declares of it.

    ``cause`` and ``treatment`` are declared at the desk: ABSENT, the default, says that the clerk declared nothing
    special. ``approvals`` holds those of the whole bill by the name that the policy gives them
    (``transfer_approval``); one that is not there was not given. ``estimate_fen`` is the cost estimated at
    admission, ``deposit_paid_fen`` None: as much as was required.
    """

    type: str
    lines: tuple[Line, ...]
    use_account: bool = False
    date: datetime.date | None = None
    admit: datetime.date | None = None
    discharge: datetime.date | None = None
    level: int | None = None
    place: Literal["local", "out"] | None = None
    institution: str | None = None
    treatment: str | Absent | None = ABSENT
    delivery: str | None = None
    family_planning_ok: bool | None = None
    cause: str | Absent | None = ABSENT
    third_party_unpaid: bool | None = None
    approvals: Mapping[str, Approval] = field(default_factory=lambda: MappingProxyType({}))
    estimate_fen: int | None = None
    deposit_paid_fen: int | None = None

    @property
    def first_day(self) -> datetime.date | None:
        """The day of admission, or of the visit."""
        return self.admit or self.date

    @property
    def last_day(self) -> datetime.date | None:
        """The day of discharge, or of the visit."""
        return self.discharge or self.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """What was counted in the insurance year ``year`` before this bill (or after it, in a split).

    A counter that is missing from the mappings is unknown. The account's balance belongs to no year.
    """

    year: int
    amounts_fen: Mapping[str, int]
    counts: Mapping[str, int]
    account_balance_fen: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """All that one split looks at. ``site`` holds the values entered by hand for this place or institution."""

    person: Person
    counters: Counters
    event: Event
    site: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
