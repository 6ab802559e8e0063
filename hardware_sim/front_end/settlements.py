"""Booking, cancelling and reversing settlements: the only code that moves money in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, insert, select, update

from . import register
from .amounts import AMOUNT_NAMES, Amounts
from .ledger import settlements
from .refusal import Refusal
from .register import Counters, Insured

SETTLE = "settle"
CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A row of the ledger; ``counter_changes`` is what this row added to the person's counters."""

    setl_id: str
    mdtrt_id: str
    msgid: str
    infno: str
    kind: str
    cancels: str | None
    institution_code: str
    psn_no: str
    setl_time: str
    pool_prop_selfpay: Decimal
    counter_changes: Counters
    amounts: Amounts
    voided: bool = False
    reversed: bool = False


def book(connection: Connection, person: Insured, settlement: Settlement) -> Insured:
    """Writes a settlement or a cancellation and moves the person's money; the caller holds the person's lock.

    Raises:
        Refusal: the account would fall below zero.
    """
    moved = _moved(person, settlement.amounts.acct_pay, settlement.counter_changes, sign=1)
    register.save(connection, moved)
    connection.execute(insert(settlements).values(_columns(settlement)))
    if settlement.cancels is not None:
        _mark(connection, settlement.cancels, voided=True)
    return moved


def reverse(connection: Connection, person: Insured, settlement: Settlement) -> Insured:
    """Undoes a row as if it had never been; reversing a cancellation puts its original back in force.

    Raises:
        Refusal: the account would fall below zero.
    """
    moved = _moved(person, -settlement.amounts.acct_pay, settlement.counter_changes, sign=-1)
    register.save(connection, moved)
    _mark(connection, settlement.setl_id, reversed=True)
    if settlement.cancels is not None:
        _mark(connection, settlement.cancels, voided=False)
    return moved


def by_setl_id(connection: Connection, setl_id: str) -> Settlement | None:
    """The settlement of an id."""
    row = connection.execute(select(settlements).where(settlements.c.setl_id == setl_id)).mappings().one_or_none()
    return None if row is None else _settlement(row)


def by_msgid(connection: Connection, msgid: str) -> Settlement | None:
    """What a message booked."""
    row = connection.execute(select(settlements).where(settlements.c.msgid == msgid)).mappings().one_or_none()
    return None if row is None else _settlement(row)


def everything(connection: Connection) -> list[Settlement]:
    """All rows in the order of their ids, which is the order of booking."""
    rows = connection.execute(select(settlements).order_by(settlements.c.setl_id)).mappings()
    return [_settlement(row) for row in rows]


def changes_between(before: Counters, after: Counters) -> Counters:
    """What was added to the counters of ``after.year``."""
    start = before.in_year(after.year)
    return Counters(
        year=after.year,
        amounts_fen=_minus(after.amounts_fen, start.amounts_fen),
        counts=_minus(after.counts, start.counts),
    )


def negative_changes(changes: Counters) -> Counters:
    """The counter changes of a cancellation."""
    return Counters(
        year=changes.year,
        amounts_fen=_minus({}, changes.amounts_fen),
        counts=_minus({}, changes.counts),
    )


def _minus(left: Mapping[str, int], right: Mapping[str, int]) -> dict[str, int]:
    differences = {name: left.get(name, 0) - right.get(name, 0) for name in {**left, **right}}
    return {name: value for name, value in differences.items() if value}


def _moved(person: Insured, account_fen: int, changes: Counters, *, sign: int) -> Insured:
    """The person after paying ``account_fen`` and counting the changes; counters of a past year stay closed."""
    balance_fen = person.balance_fen - account_fen
    if balance_fen < 0:
        raise Refusal("个人账户余额不足")
    counters = person.counters.in_year(changes.year)
    if changes.year == counters.year:
        counters = Counters(
            year=counters.year,
            amounts_fen=_plus(counters.amounts_fen, changes.amounts_fen, sign),
            counts=_plus(counters.counts, changes.counts, sign),
        )
    return replace(person, balance_fen=balance_fen, counters=counters)


def _plus(values: Mapping[str, int], changes: Mapping[str, int], sign: int) -> dict[str, int]:
    return {name: values.get(name, 0) + sign * changes.get(name, 0) for name in {**values, **changes}}


def _mark(connection: Connection, setl_id: str, **marks: bool) -> None:
    connection.execute(update(settlements).where(settlements.c.setl_id == setl_id).values(**marks))


_PLAIN_COLUMNS = (
    *("setl_id", "mdtrt_id", "msgid", "infno", "kind", "cancels", "institution_code", "psn_no", "setl_time"),
    *("voided", "reversed"),
)


def _columns(settlement: Settlement) -> dict[str, object]:
    return {
        **{name: getattr(settlement, name) for name in _PLAIN_COLUMNS},
        **{f"{name}_fen": getattr(settlement.amounts, name) for name in AMOUNT_NAMES},
        "pool_prop_selfpay": str(settlement.pool_prop_selfpay),
        "counters_year": settlement.counter_changes.year,
        "counter_changes": register.counters_as_json(settlement.counter_changes),
    }


def _settlement(columns: RowMapping) -> Settlement:
    return Settlement(
        **{name: columns[name] for name in _PLAIN_COLUMNS},
        pool_prop_selfpay=Decimal(columns["pool_prop_selfpay"]),
        counter_changes=register.counters_from_json(columns["counters_year"], columns["counter_changes"]),
        amounts=Amounts(**{name: columns[f"{name}_fen"] for name in AMOUNT_NAMES}),
    )
