"""Which settle messages somebody may be looking for, newest first, and what a list shows of each; by indexes alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, bindparam, func, literal_column, select, union

from pos_client.offline.journal import Kind
from pos_client.offline.money_book import Entry, Means
from pos_client.offline.schema import message, money, sale, settlement

#: Written as the index that holds it; nothing bound, or the index would not fit.
_NAME: ColumnElement[str] = literal_column("json_extract(sale.record, '$.person.name')")
_LAST_CHARACTER = "\U0010ffff"

_NEWEST_FIRST = (func.length(message.c.id).desc(), message.c.id.desc())
_SETTLES = (
    select(message.c.id).where(message.c.kind == Kind.SETTLE.value).order_by(*_NEWEST_FIRST).limit(bindparam("most"))
)
_ENDING = select(message.c.id).where(message.c.kind == Kind.SETTLE.value, message.c.id.endswith(bindparam("text")))
_TOTAL = select(sale.c.id).where(sale.c.total_fen == bindparam("fen"))
_CASH = select(settlement.c.id).where(settlement.c.cash_fen == bindparam("fen"))
_NAMED = select(sale.c.id).where(_NAME.between(bindparam("text"), bindparam("end")))
_LAST_OF_SHIFT = _SETTLES.where(
    message.c.business_date == bindparam("day"), message.c.operator == bindparam("operator")
)
_HEAD = select(
    sale.c.total_fen,
    func.coalesce(_NAME, "").label("name"),
    func.coalesce(func.json_array_length(sale.c.record, "$.lines"), 0).label("lines"),
    *(
        func.coalesce(func.json_extract(sale.c.record, f"$.trial_fen.{figure}"), 0).label(figure)
        for figure in ("fund_total", "account", "cash")
    ),
).where(sale.c.id == bindparam("of"))
_MEANS = (
    select(money.c.means)
    .where(money.c.id == bindparam("of"), money.c.entry.in_((Entry.TENDER.value, Entry.COLLECT.value)))
    .group_by(money.c.means)
    .order_by(func.min(money.c.number))
)


@dataclass(frozen=True, slots=True)
class SaleHead:
    """A sale as it was shown before it was settled, without its lines; amounts in fen."""

    name: str
    lines: int
    total_fen: int
    fund_fen: int
    account_fen: int
    cash_fen: int


def newest(connection: Connection, limit: int) -> Sequence[str]:
    """The last settle messages."""
    return connection.scalars(_SETTLES, {"most": limit}).all()


def ending_or_amounting(connection: Connection, digits: str, fen: int | None, limit: int) -> Sequence[str]:
    """Those whose number ends so, or whose total or cash was that amount in fen."""
    found: CompoundSelect[tuple[str]] | Select[tuple[str]] = _ENDING if fen is None else union(_ENDING, _TOTAL, _CASH)
    return _newest_of(connection, found, {"text": digits, "fen": fen}, limit)


def named(connection: Connection, beginning: str, limit: int) -> Sequence[str]:
    """Those of people whose name begins so."""
    return _newest_of(connection, _NAMED, {"text": beginning, "end": beginning + _LAST_CHARACTER}, limit)


def last_of_shift(connection: Connection, day: str, operator: str) -> str | None:
    """The last one that an operator sent on a business day, or None."""
    return connection.scalar(_LAST_OF_SHIFT, {"day": day, "operator": operator, "most": 1})


def head_of(connection: Connection, id_: str) -> SaleHead | None:
    """What a sale's record says of it, or None when there is no such sale."""
    row = connection.execute(_HEAD, {"of": id_}).first()
    if row is None:
        return None
    return SaleHead(row.name, row.lines, row.total_fen, row.fund_total, row.account, row.cash)


def means_of(connection: Connection, id_: str) -> tuple[Means, ...]:
    """By what it was paid, in the order in which it was laid down."""
    return tuple(Means(one) for one in connection.scalars(_MEANS, {"of": id_}))


def _newest_of(
    connection: Connection,
    found: CompoundSelect[tuple[str]] | Select[tuple[str]],
    values: dict[str, object],
    limit: int,
) -> Sequence[str]:
    return connection.scalars(_SETTLES.where(message.c.id.in_(found)), values | {"most": limit}).all()
