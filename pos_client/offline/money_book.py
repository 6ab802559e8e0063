"""The money book: what lay on the counter, what was kept, given back and paid out. It only grows.

    tender     the customer's money, laid down with the intent; not yet ours
    receipt    what of it became ours, with the outcome
    change     what of it went back at once, with the outcome
    hand_back  the whole tender went back: refused, not sent, or reversed
    refund     paid out for a void

A tender is closed when receipt + change, or hand_back, equal it. The drawer holds receipts minus refunds.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from pos_client.offline.instants import text_of
from pos_client.offline.schema import money
from pos_client.runtime import business_date


class Entry(StrEnum):
    """What happened to the money."""

    TENDER = "tender"
    RECEIPT = "receipt"
    CHANGE = "change"
    HAND_BACK = "hand_back"
    REFUND = "refund"


class Means(StrEnum):
    """How money was paid."""

    CASH = "cash"


@dataclass(frozen=True, slots=True)
class Drawer:
    """Who took or gave the money."""

    desk: int
    operator: str


def book(
    connection: Connection, id_: str, entry: Entry, amount_fen: int, *, now: datetime, drawer: Drawer, means: Means
) -> None:
    """Writes one entry for a message; an amount of zero writes nothing."""
    assert amount_fen >= 0, "the entry says the direction, the amount is never negative"
    if amount_fen:
        connection.execute(
            insert(money).values(
                id=id_,
                at=text_of(now),
                business_date=business_date(now).isoformat(),
                entry=entry,
                means=means,
                amount_fen=amount_fen,
                desk=drawer.desk,
                operator=drawer.operator,
            )
        )


def totals_fen(connection: Connection, id_: str) -> dict[Entry, int]:
    """What the book holds for one message, by entry."""
    rows = connection.execute(
        select(money.c.entry, func.sum(money.c.amount_fen)).where(money.c.id == id_).group_by(money.c.entry)
    )
    return dict.fromkeys(Entry, 0) | {Entry(row[0]): int(row[1]) for row in rows}


def open_tender_fen(connection: Connection, id_: str) -> int:
    """What of a customer's money still lies on the counter for a message."""
    total = totals_fen(connection, id_)
    return total[Entry.TENDER] - total[Entry.RECEIPT] - total[Entry.CHANGE] - total[Entry.HAND_BACK]


def drawer_fen(connection: Connection) -> int:
    """The cash that this desk has kept: receipts minus refunds."""
    rows = connection.execute(select(money.c.entry, func.sum(money.c.amount_fen)).group_by(money.c.entry))
    total = {row[0]: int(row[1]) for row in rows}
    return total.get(Entry.RECEIPT, 0) - total.get(Entry.REFUND, 0)
