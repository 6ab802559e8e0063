"""What a hand-written program knows of a stay, and the rules of Yizheng 2010 that need no money (rules part 2.1).

Used by the hand-written contestants: the facts are what such a program would read from its own tables, as plain as
possible, without checks.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, Literal, NamedTuple

State = Literal["ok", "waiting", "lapsed", "excluded"]

FIRST_DAY: Final = date(2010, 1, 1)
LAW_OF_ADVANCES: Final = date(2011, 7, 1)
WAITING_MONTHS: Final = 6
EMERGENCY: Final = timedelta(days=3)


class OnHold(Exception):
    """The bill cannot be split; the message is the reason's code."""


class Stay(NamedTuple):
    """The facts of a stay, or of a visit that is paid like one; money stands with each contestant."""

    retired: bool
    first_contribution: date
    first_unpaid_month: date | None
    renewed_on: date | None
    arrears_paid: bool
    kind: str
    admitted: date
    discharged: date
    level: int | None
    out: bool
    chemotherapy: bool
    cause: str | None
    third_party_unpaid: bool
    transfer_approved_on: date | None
    transfer_emergency: bool
    use_account: bool
    new_year: bool
    stays_before: int


class Slice(NamedTuple):
    """A piece of the axis that a fund takes part in, in fen."""

    fund: str
    from_fen: int
    to_fen: int
    pays_fen: int


class Figures(NamedTuple):
    """What contestants are compared by, in fen; ``lines`` are own expense, first share and eligible part of each."""

    state: State
    total_fen: int
    own_expense_fen: int
    first_share_fen: int
    eligible_fen: int
    deductible_fen: int
    pool_fen: int
    relief_fen: int
    patient_fen: int
    account_fen: int
    cash_fen: int
    slices: tuple[Slice, ...]
    lines: tuple[tuple[int, int, int], ...]
    axis_after_fen: int
    stays_after: int


def covers(record: Mapping[str, Any]) -> bool:
    """Whether the hand-written rules are those of this record."""
    return record["locality"] == "yizheng-2010" and record["event"]["type"] in ("inpatient", "outpatient_special")


def stay_of_record(record: Mapping[str, Any]) -> Stay:
    """Reads the facts of a record that :func:`covers` accepts."""
    person, event, before = record["person"], record["event"], record["acc_before"]
    unpaid, approval = person.get("first_unpaid_month"), event.get("transfer_approval")
    admitted = date.fromisoformat(event.get("admit") or event["date"])
    discharged = date.fromisoformat(event.get("discharge") or event["date"])
    return Stay(
        retired=person["category"] == "retired",
        first_contribution=date.fromisoformat(person["first_contribution"]),
        first_unpaid_month=date.fromisoformat(f"{unpaid}-01") if unpaid else None,
        renewed_on=date.fromisoformat(person["renewed_on"]) if person.get("renewed_on") else None,
        arrears_paid=person.get("arrears_paid", True),
        kind=event["type"],
        admitted=admitted,
        discharged=discharged,
        level=event.get("level"),
        out=event.get("place") == "out",
        chemotherapy=event.get("treatment") == "malignancy_radio_chemo",
        cause=event.get("cause"),
        third_party_unpaid=event.get("third_party_unpaid", False),
        transfer_approved_on=date.fromisoformat(approval["date"]) if approval else None,
        transfer_emergency=bool(approval and approval["emergency"]),
        use_account=event.get("use_pa", False),
        new_year=before["year"] < discharged.year,
        stays_before=before["local_admissions"] if before["year"] == discharged.year else 0,
    )


def six_months_after(day: date) -> date:
    """The first day of benefit: the same day six months later, or the last of that month (A-12)."""
    years, month = divmod(day.month - 1 + WAITING_MONTHS, 12)
    year, month = day.year + years, month + 1
    if day.day <= 28:
        return date(year, month, day.day)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def state_of(stay: Stay) -> State:
    """Y3 to Y5 on the day of admission, after the excluded causes (N12, A-33)."""
    if stay.cause is not None:
        advanced = stay.cause == "third_party" and stay.third_party_unpaid and stay.discharged >= LAW_OF_ADVANCES
        if not advanced:
            return "excluded"
    if stay.admitted < six_months_after(stay.first_contribution):
        return "waiting"
    unpaid = stay.first_unpaid_month
    if unpaid is None:
        return "ok"
    return _state_after_break(stay, unpaid)


def _state_after_break(stay: Stay, unpaid: date) -> State:
    stops = date(unpaid.year + unpaid.month // 12, unpaid.month % 12 + 1, 1)
    if stay.admitted < stops:
        return "ok"
    if stay.renewed_on is None or stay.admitted < stay.renewed_on or not stay.arrears_paid:
        return "lapsed"
    return "waiting" if stay.admitted < six_months_after(stay.renewed_on) else "ok"


def check_version(stay: Stay) -> None:
    """Refuses a stay that ended before these rules were in force (A-32)."""
    if stay.discharged < FIRST_DAY:
        raise OnHold("NO_POLICY_VERSION")


def check_transfer(stay: Stay) -> None:
    """Y31 and Y33: a stay out of the city must be approved by the day of admission, in an emergency in three days."""
    if not stay.out or stay.kind != "inpatient":
        return
    approved = stay.transfer_approved_on
    latest = stay.admitted + EMERGENCY if stay.transfer_emergency else stay.admitted
    if approved is None or approved > latest:
        raise OnHold("TRANSFER_NOT_APPROVED")
