"""The money book: what lay on the counter, what was kept, given back and paid out. It only grows.

    tender        the customer's money, laid down with the intent; not yet ours
    receipt       what of it became ours, with the outcome
    change        what of it went back at once, with the outcome
    hand_back     the whole tender went back: refused, not sent, reversed, or the customer left
    collect       what the bureau settled above the tender, collected afterwards
    refund        paid out for a void
    deposit       taken for a stay                (entries of a stay stand on its admission)
    deposit_used  what of it paid the settlement of the stay; it is a receipt of that settlement then
    deposit_back  what of it went back

A tender is closed when receipt + change, or hand_back, equal it. Every entry names means, reference, desk and shift.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from pos_client.offline.instants import text_of
from pos_client.offline.schema import money
from pos_client.runtime import business_date


class Entry(StrEnum):
    """What happened to the money."""

    TENDER = "tender"
    RECEIPT = "receipt"
    CHANGE = "change"
    HAND_BACK = "hand_back"
    COLLECT = "collect"
    REFUND = "refund"
    DEPOSIT = "deposit"
    DEPOSIT_USED = "deposit_used"
    DEPOSIT_BACK = "deposit_back"


class Means(StrEnum):
    """How money was paid."""

    CASH = "cash"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    BANK_CARD = "bank_card"
    DEPOSIT = "deposit"  # what was taken for the stay before


@dataclass(frozen=True, slots=True)
class Paid:
    """An amount in fen by one means; ``reference`` finds it where it left a trace, such as a voucher number."""

    means: Means
    amount_fen: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Drawer:
    """Who took or gave the money."""

    desk: int
    operator: str

    def shift(self, now: datetime) -> str:
        """The shift that an entry of now belongs to: business date and operator."""
        return f"{business_date(now).isoformat()}/{self.operator}"


_ADD = insert(money)
_SUMS = select(money.c.entry, func.sum(money.c.amount_fen)).group_by(money.c.entry)
_SUMS_OF_MESSAGE = _SUMS.where(money.c.id == bindparam("id"))
_ENTRIES = (
    select(money.c.means, money.c.reference, money.c.entry, money.c.amount_fen)
    .where(money.c.id == bindparam("id"))
    .order_by(money.c.number)
)


def book(connection: Connection, id_: str, entry: Entry, paid: Paid, *, now: datetime, drawer: Drawer) -> None:
    """Writes one entry for a message; an amount of zero writes nothing."""
    assert paid.amount_fen >= 0, "the entry says the direction, the amount is never negative"
    if paid.amount_fen:
        values = {
            "id": id_,
            "at": text_of(now),
            "business_date": business_date(now).isoformat(),
            "entry": entry,
            "means": paid.means,
            "amount_fen": paid.amount_fen,
            "desk": drawer.desk,
            "operator": drawer.operator,
            "reference": paid.reference,
            "shift": drawer.shift(now),
        }
        connection.execute(_ADD, values)


def totals_fen(connection: Connection, id_: str) -> dict[Entry, int]:
    """What the book holds for one message, by entry."""
    return _by_entry(connection.execute(_SUMS_OF_MESSAGE, {"id": id_}))


def open_tender_fen(connection: Connection, id_: str) -> int:
    """What of a customer's money still lies on the counter for a message."""
    total = totals_fen(connection, id_)
    return total[Entry.TENDER] - total[Entry.RECEIPT] - total[Entry.CHANGE] - total[Entry.HAND_BACK]


def kept_fen(total: Mapping[Entry, int]) -> int:
    """What of one message's money is ours now."""
    return total[Entry.RECEIPT] + total[Entry.COLLECT] - total[Entry.REFUND]


def deposit_left_fen(total: Mapping[Entry, int]) -> int:
    """What of a stay's deposit is neither used nor given back."""
    return total[Entry.DEPOSIT] - total[Entry.DEPOSIT_USED] - total[Entry.DEPOSIT_BACK]


def open_tender(connection: Connection, id_: str) -> list[Paid]:
    """What of a customer's money still lies on the counter for a message, by means."""
    return _by_means(connection, [id_], {Entry.TENDER: 1, Entry.RECEIPT: -1, Entry.CHANGE: -1, Entry.HAND_BACK: -1})


def kept(connection: Connection, settle_id: str, void_ids: Sequence[str]) -> list[Paid]:
    """What of a settlement's money is ours now, by means; ``void_ids`` are its voids, which hold the refunds."""
    return _by_means(connection, [settle_id, *void_ids], {Entry.RECEIPT: 1, Entry.COLLECT: 1, Entry.REFUND: -1})


def refunds(connection: Connection, void_id: str) -> list[Paid]:
    """What a void gave back, by means."""
    return _by_means(connection, [void_id], {Entry.REFUND: 1})


def handed_back(connection: Connection, id_: str) -> list[Paid]:
    """What of a tender went back otherwise than as change in cash, by means."""
    return _by_means(connection, [id_], {Entry.HAND_BACK: 1})


def _by_means(connection: Connection, ids: Sequence[str], signs: Mapping[Entry, int]) -> list[Paid]:
    amounts: dict[tuple[Means, str], int] = {}
    rows = [row for id_ in ids for row in connection.execute(_ENTRIES, {"id": id_})]
    for means, reference, entry, amount_fen in rows:
        if entry in signs:
            key = (Means(means), reference)
            amounts[key] = amounts.get(key, 0) + signs[Entry(entry)] * amount_fen
    return [Paid(means, amount_fen, reference) for (means, reference), amount_fen in amounts.items() if amount_fen]


def drawer_fen(connection: Connection) -> int:
    """The money that this desk has kept for settled bills, by all means."""
    return kept_fen(_by_entry(connection.execute(_SUMS)))


def deposits_fen(connection: Connection) -> int:
    """The deposits that this desk holds."""
    return deposit_left_fen(_by_entry(connection.execute(_SUMS)))


def _by_entry(rows: Iterable[Row[str, int]]) -> dict[Entry, int]:
    return dict.fromkeys(Entry, 0) | {Entry(row[0]): int(row[1]) for row in rows}
