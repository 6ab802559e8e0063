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
from typing import Final, Literal, NamedTuple

from pos_client.benefit.line import Approval as Approval
from pos_client.benefit.line import CatalogueClass as CatalogueClass
from pos_client.benefit.line import Line as Line
from pos_client.benefit.returns import Returned, remaining_lines, returned_lines


class Absent(Enum):
    """The one value ``ABSENT``: known to be none, which is not the same as unknown."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent.ABSENT

Sex = Literal["M", "F"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """An outpatient-pooling contract with one institution (签约), in force from its day of signing."""

    institution: str
    signed_on: datetime.date


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
class Event:
    """The visit (``date``) or the stay (``admit`` and ``discharge``), and what the desk declares of it.

    ``cause`` and ``treatment`` are declared at the desk: ABSENT, the default, says that the clerk declared nothing
    special. ``approvals`` holds those of the whole bill by the name that the policy gives them
    (``transfer_approval``); one that is not there was not given. ``estimate_fen`` is the cost estimated at
    admission, ``deposit_paid_fen`` None: as much as was required.

    ``lines`` are all rows, those that take something back among them. What is split is ``remaining``: the lines after
    their returns, without those of which nothing is left. ``returned`` holds, by id, the lines with returns.

    Raises:
        BadReturn: a row takes back what it cannot.
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
    remaining: tuple[Line, ...] = field(init=False, repr=False, compare=False)
    returned: Mapping[str, Returned] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        returned = returned_lines(self.lines)
        object.__setattr__(self, "returned", returned)
        object.__setattr__(self, "remaining", remaining_lines(self.lines, returned) if returned else self.lines)

    @property
    def first_day(self) -> datetime.date | None:
        """The day of admission, or of the visit."""
        return self.admit or self.date

    @property
    def last_day(self) -> datetime.date | None:
        """The day of discharge, or of the visit."""
        return self.discharge or self.date


class Counters(NamedTuple):
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
