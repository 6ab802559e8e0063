"""What this desk settled on a day, as the bureau counts it for 3201: by scheme, clearing type and clearing agency.

The bureau's clock decides the day. Cancellations belong to it on the day on which they were booked themselves, with
negative amounts, and each counts one (protocol, 5.7). Only what is certain counts.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, or_, select

from pos_client.offline import schema
from pos_client.offline.instants import instant_of
from pos_client.offline.journal import State
from pos_client.offline.schema import message, outcome, settlement
from pos_client.runtime import business_date


class Group(NamedTuple):
    """What the bureau compares by; all three come from the answers of settlements."""

    insurance_type: str
    clearing_type: str
    agency: str


@dataclass(frozen=True, slots=True)
class Sums:
    """The totals of a group; amounts in fen."""

    total_fen: int = 0
    fund_fen: int = 0
    account_fen: int = 0
    cash_fen: int = 0
    count: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, name) + getattr(other, name) for name in _SUMS))

    def record(self) -> dict[str, int]:
        """The totals as data."""
        return {name: getattr(self, name) for name in _SUMS}

    @classmethod
    def of(cls, record: Mapping[str, int]) -> "Sums":
        """Totals that :meth:`record` gave, among whatever else; KeyError or TypeError when they are none."""
        if not all(type(record[name]) is int for name in _SUMS):
            raise TypeError("totals are whole numbers")
        return cls(*(record[name] for name in _SUMS))


_SUMS = tuple(Sums.__dataclass_fields__)


def totals_of_days(connection: Connection, begin: date, end: date) -> dict[date, dict[Group, Sums]]:
    """The totals of each business day from begin to end; a group without a settlement that day is not in it."""
    found: dict[date, dict[Group, Sums]] = {begin + timedelta(days=n): {} for n in range((end - begin).days + 1)}
    for row in connection.execute(_settled(begin)):
        day = found.get(_day(row))
        if day is not None:
            group = Group(row.insurance_type, row.clearing_type, row.agency)
            one = Sums(row.total_fen, row.fund_fen, row.account_fen, row.cash_fen, 1)
            day[group] = day.get(group, Sums()) + one
    return found


def _settled(begin: date) -> Select[Any]:
    """Certain settlements and cancellations; what a cancellation's answer leaves out is that of what it cancels."""
    original = settlement.alias("original")

    def of_both(name: str) -> ColumnElement[str]:
        own: ColumnElement[str] = func.nullif(settlement.c[name], "")
        return func.coalesce(own, original.c[name], "")

    certain = exists().where(outcome.c.id == settlement.c.id, outcome.c.state == State.OK)
    figures = [settlement.c[name] for name in ("total_fen", "fund_fen", "account_fen", "cash_fen", "settled_at")]
    return (
        select(
            *figures,
            message.c.created_at,
            message.c.skew_ms,
            of_both("insurance_type").label("insurance_type"),
            of_both("clearing_type").label("clearing_type"),
            of_both("clearing_agency").label("agency"),
        )
        .join(message, message.c.id == settlement.c.id)
        .join(original, original.c.id == message.c.about, isouter=True)
        .where(certain, or_(settlement.c.settled_at >= begin.isoformat(), settlement.c.settled_at == ""))
    )


def _day(row: Row[Any]) -> date:
    """The bureau's day; without a readable time in its answer, the day on which the message left, by its clock."""
    with suppress(ValueError):
        return date.fromisoformat(row.settled_at[:10])
    return business_date(instant_of(row.created_at) - timedelta(milliseconds=row.skew_ms))


def known_groups(connection: Connection) -> set[Group]:
    """Every group in which this desk has ever settled: on a day without settlements they are asked for with zeros."""
    columns = (settlement.c.insurance_type, settlement.c.clearing_type, settlement.c.clearing_agency)
    groups = {Group(*row) for row in connection.execute(select(*columns).distinct())}
    return {one for one in groups if all(one)}


def days_with_books(connection: Connection) -> tuple[date, date] | None:
    """The first and the last day of anything in the books, or None in an unused store.

    By our clock when a message was written and by the bureau's when it was settled: about midnight the two differ.
    """
    written = connection.execute(select(func.min(message.c.business_date), func.max(message.c.business_date))).one()
    settled = connection.execute(select(func.min(settlement.c.settled_at), func.max(settlement.c.settled_at))).one()
    known = [str(one)[:10] for one in (*written, *settled) if one]
    return (date.fromisoformat(min(known)), date.fromisoformat(max(known))) if known else None


def open_on(connection: Connection, day: date) -> list[str]:
    """The messages of a day whose outcome is not certain yet: they may explain a difference."""
    pending = schema.pending
    listed = select(message.c.id).join(pending, pending.c.id == message.c.id)
    that_day = listed.where(message.c.business_date == day.isoformat())
    return list(connection.scalars(that_day.order_by(func.length(message.c.id), message.c.id)))


def summed(parts: Iterable[Mapping[Group, Sums]]) -> dict[Group, Sums]:
    """The totals of several desks together."""
    found: dict[Group, Sums] = {}
    for part in parts:
        for group, sums in part.items():
            found[group] = found.get(group, Sums()) + sums
    return found
