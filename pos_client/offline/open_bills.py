"""Bills that are being made: the one in work, kept so that a crash loses no line, and the parked ones (挂单).

They are drafts and no books: rows are changed and removed, and nothing is charged by what stands in them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import simplejson
from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, insert, null, select, update

from pos_client.offline.instants import instant_of, text_of
from pos_client.offline.schema import open_bill


@dataclass(frozen=True, slots=True)
class KeptBill:
    """One open bill; ``parked_at`` is None while it is in work, ``label`` a masked name or empty."""

    number: int
    opened_at: datetime
    operator: str
    parked_at: datetime | None
    label: str
    record: Mapping[str, Any]


_OF_NUMBER = open_bill.c.number == bindparam("of")
_IN_WORK = select(open_bill).where(open_bill.c.parked_at.is_(null()))
_PARKED = select(open_bill).where(open_bill.c.parked_at.is_not(null())).order_by(open_bill.c.number)
_ONE = select(open_bill).where(_OF_NUMBER)
_ADD = insert(open_bill)
_WRITTEN: dict[str, BindParameter[str]] = {name: bindparam(name) for name in ("label", "record", "operator")}
_CHANGE = update(open_bill).where(_OF_NUMBER).values(**_WRITTEN)
_MOVE = update(open_bill).where(_OF_NUMBER).values(parked_at=bindparam("at"), operator=bindparam("by"))
_REMOVE = delete(open_bill).where(_OF_NUMBER)


def in_work(connection: Connection) -> KeptBill | None:
    """The bill that is being made, or None; there is one at most."""
    row = connection.execute(_IN_WORK).first()
    return None if row is None else _bill(row)


def parked(connection: Connection) -> list[KeptBill]:
    """The bills that wait, in the order in which they were begun."""
    return [_bill(row) for row in connection.execute(_PARKED)]


def find(connection: Connection, number: int) -> KeptBill | None:
    """The open bill of a number, in work or parked, or None."""
    row = connection.execute(_ONE, {"of": number}).first()
    return None if row is None else _bill(row)


def write(
    connection: Connection, record: Mapping[str, object], label: str, *, now: datetime, desk: int, operator: str
) -> int:
    """Keeps what the bill in work is now, a new one where there is none; returns its number."""
    text = simplejson.dumps(dict(record), ensure_ascii=False, default=str)
    written = {"label": label, "record": text, "operator": operator}
    present = in_work(connection)
    if present is not None:
        connection.execute(_CHANGE, written | {"of": present.number})
        return present.number
    added = connection.execute(_ADD, written | {"opened_at": text_of(now), "desk": desk, "parked_at": None})
    (number,) = added.inserted_primary_key or (0,)
    return int(number)


def move(connection: Connection, number: int, parked_at: datetime | None, *, operator: str) -> None:
    """Parks a bill, or with None takes it into work."""
    at = None if parked_at is None else text_of(parked_at)
    connection.execute(_MOVE, {"of": number, "at": at, "by": operator})


def remove(connection: Connection, number: int) -> None:
    """Forgets an open bill: the one that is settled in the commit of its intent, so that no crash offers it again."""
    connection.execute(_REMOVE, {"of": number})


def _bill(row: Row[Any]) -> KeptBill:
    return KeptBill(
        number=row.number,
        opened_at=instant_of(row.opened_at),
        operator=row.operator,
        parked_at=None if row.parked_at is None else instant_of(row.parked_at),
        label=row.label,
        record=simplejson.loads(row.record),
    )
