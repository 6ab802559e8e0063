"""Rows that were uploaded for a visit, and rows as texts for the ledger."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import simplejson
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from .catalogue import Item
from .fees import FeeLine, RowSplit, item_of
from .ledger import fee_rows

_BY_VISIT = select(fee_rows).where(fee_rows.c.mdtrt_id == bindparam("visit"))
_ADD = insert(fee_rows)
_REMOVE = delete(fee_rows).where(
    fee_rows.c.mdtrt_id == bindparam("visit"),
    fee_rows.c.feedetl_sn == bindparam("serial"),
)
_SETTLE = (
    update(fee_rows)
    .where(
        fee_rows.c.mdtrt_id == bindparam("visit"),
        fee_rows.c.chrg_bchno == bindparam("batch"),
        fee_rows.c.setl_id.is_(None),
    )
    .values(setl_id=bindparam("settlement"))
)
_RELEASE = (
    update(fee_rows)
    .where(fee_rows.c.mdtrt_id == bindparam("visit"), fee_rows.c.setl_id == bindparam("settlement"))
    .values(setl_id=None)
)


@dataclass(frozen=True, slots=True)
class KeptRow:
    """An uploaded row; ``setl_id`` None: not settled. A stay has no batches, ``chrg_bchno`` is empty there."""

    chrg_bchno: str
    setl_id: str | None
    split: RowSplit

    @property
    def line(self) -> FeeLine:
        """The row as it was billed."""
        return self.split.line


def of_visit(connection: Connection, mdtrt_id: str, catalogue: Mapping[str, Item]) -> list[KeptRow]:
    """The rows of a visit in the order of their serials."""
    kept = [
        KeptRow(row.chrg_bchno, row.setl_id, _split(simplejson.loads(row.row, use_decimal=True), catalogue))
        for row in connection.execute(_BY_VISIT, {"visit": mdtrt_id})
    ]
    return sorted(kept, key=lambda row: int(row.line.feedetl_sn))


def add(connection: Connection, mdtrt_id: str, chrg_bchno: str, splits: Iterable[RowSplit]) -> None:
    """Keeps rows that are not settled yet; their serials must be new in the visit."""
    added = [
        {
            "mdtrt_id": mdtrt_id,
            "feedetl_sn": split.line.feedetl_sn,
            "chrg_bchno": chrg_bchno,
            "setl_id": None,
            "row": simplejson.dumps(_document(split), use_decimal=True, ensure_ascii=False),
        }
        for split in splits
    ]
    connection.execute(_ADD, added)


def remove(connection: Connection, mdtrt_id: str, rows: Iterable[KeptRow]) -> None:
    """Forgets rows that were withdrawn."""
    connection.execute(_REMOVE, [{"visit": mdtrt_id, "serial": row.line.feedetl_sn} for row in rows])


def settle(connection: Connection, mdtrt_id: str, chrg_bchno: str, setl_id: str) -> int:
    """Marks all unsettled rows of a batch (of a stay: all) as settled and counts them."""
    asked = {"visit": mdtrt_id, "batch": chrg_bchno, "settlement": setl_id}
    return connection.execute(_SETTLE, asked).rowcount


def release(connection: Connection, mdtrt_id: str, setl_id: str) -> None:
    """Makes the rows of a settlement that is no longer in force unsettled again."""
    connection.execute(_RELEASE, {"visit": mdtrt_id, "settlement": setl_id})


def are_those_of(connection: Connection, mdtrt_id: str, setl_id: str, settled: str) -> bool:
    """Whether the rows that carry a settlement's id are the very ones that it settled."""
    kept = connection.execute(_BY_VISIT, {"visit": mdtrt_id})
    now = [simplejson.loads(row.row, use_decimal=True) for row in kept if row.setl_id == setl_id]
    then = simplejson.loads(settled, use_decimal=True)
    return sorted(map(_what_was_billed, now)) == sorted(map(_what_was_billed, then))


def _what_was_billed(document: Mapping[str, Any]) -> tuple[str, str, str, int]:
    return document["serial"], document["code"], str(document["quantity"]), document["amount_fen"]


def as_json(splits: Iterable[RowSplit]) -> str:
    """Split rows as a text for the ledger."""
    return simplejson.dumps([_document(split) for split in splits], use_decimal=True, ensure_ascii=False)


def from_json(text: str, catalogue: Mapping[str, Item]) -> tuple[RowSplit, ...]:
    """The rows that :func:`as_json` wrote."""
    return tuple(_split(document, catalogue) for document in simplejson.loads(text, use_decimal=True))


def _document(split: RowSplit) -> dict[str, Any]:
    line = split.line
    parts_fen = (split.own_expense_fen, split.over_limit_fen, split.pre_self_pay_fen, split.eligible_fen)
    return {
        "serial": line.feedetl_sn,
        "code": line.item.national_code,
        "price": line.unit_price,
        "quantity": line.quantity,
        "amount_fen": line.amount_fen,
        "returns": line.returns,
        "parts_fen": parts_fen,
        "facts": line.facts,
    }


def _split(document: Mapping[str, Any], catalogue: Mapping[str, Item]) -> RowSplit:
    item = item_of(catalogue, document["code"], document["facts"])
    assert item is not None, "a ledger belongs to one catalogue"
    line = FeeLine(
        document["serial"],
        item,
        Decimal(document["price"]),
        Decimal(document["quantity"]),
        document["amount_fen"],
        document["returns"],
        document["facts"],
    )
    return RowSplit(line, *document["parts_fen"])
