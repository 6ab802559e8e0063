"""Booking, cancelling and reversing settlements: the only code that moves money in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from . import kept_rows, register
from .amounts import AMOUNT_NAMES, Amounts
from .ledger import settlements
from .refusal import Refusal
from .register import Counters, Insured

SETTLE: Final = "settle"
CANCEL: Final = "cancel"
_PURCHASES: Final = frozenset({"2102", "2103"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A row of the ledger; ``counter_changes`` is what this row added to the person's counters.

    ``begun`` and ``ended`` are wire times of the visit, ``in_the_middle`` says that the stay went on. ``chrg_bchno`` is
    the batch (empty: a purchase, or all that was not settled of a stay), ``rows`` what was settled as
    :mod:`kept_rows` writes it, ``balance_fen`` what the account holds afterwards.
    """

    setl_id: str
    mdtrt_id: str
    msgid: str
    infno: str
    kind: str
    cancels: str | None
    institution_code: str
    institution_name: str
    psn_no: str
    insutype: str
    med_type: str
    clr_type: str
    mdtrt_cert_type: str
    chrg_bchno: str
    begun: str
    ended: str
    setl_time: str
    pool_prop_selfpay: Decimal
    process: str
    balance_fen: int
    counter_changes: Counters
    amounts: Amounts
    rows: str
    in_the_middle: bool = False
    voided: bool = False
    reversed: bool = False


# Statements are built once: building one takes longer than SQLite takes to run it.
_ADD = insert(settlements)
_BY_SETL_ID = select(settlements).where(settlements.c.setl_id == bindparam("wanted"))
_BY_MSGID = select(settlements).where(settlements.c.msgid == bindparam("wanted"))
_EVERYTHING = select(settlements).order_by(settlements.c.setl_id)
_OF_VISIT = _EVERYTHING.where(settlements.c.mdtrt_id == bindparam("visit"), settlements.c.reversed.is_(False))
_MARK_VOIDED = (
    update(settlements).where(settlements.c.setl_id == bindparam("which")).values(voided=bindparam("new_mark"))
)
_MARK_REVERSED = update(settlements).where(settlements.c.setl_id == bindparam("which")).values(reversed=True)


def book(connection: Connection, person: Insured, settlement: Settlement) -> Insured:
    """Writes a settlement or a cancellation and moves the person's money; the caller holds the person's lock.

    Raises:
        Refusal: the account would fall below zero.
    """
    moved = _moved(person, settlement.amounts.own_account_pay, settlement.counter_changes, sign=1)
    register.save_money(connection, moved)
    _pay_from_family(connection, person, settlement.amounts.acct_mulaid_pay)
    connection.execute(_ADD, _columns(settlement))
    if settlement.cancels is None:
        _take_rows(connection, settlement, settlement.setl_id)
    else:
        connection.execute(_MARK_VOIDED, {"which": settlement.cancels, "new_mark": True})
        _release_rows(connection, settlement, settlement.cancels)
    return moved


def reverse(connection: Connection, person: Insured, settlement: Settlement) -> Insured:
    """Undoes a row as if it had never been; reversing a cancellation puts its original back in force.

    Raises:
        Refusal: the account would fall below zero, or the uploaded rows are no longer those of the original.
    """
    moved = _moved(person, -settlement.amounts.own_account_pay, settlement.counter_changes, sign=-1)
    register.save_money(connection, moved)
    _pay_from_family(connection, person, -settlement.amounts.acct_mulaid_pay)
    connection.execute(_MARK_REVERSED, {"which": settlement.setl_id})
    if settlement.cancels is None:
        _release_rows(connection, settlement, settlement.setl_id)
    else:
        connection.execute(_MARK_VOIDED, {"which": settlement.cancels, "new_mark": False})
        _take_rows(connection, settlement, settlement.cancels)
    return moved


def _pay_from_family(connection: Connection, person: Insured, amount_fen: int) -> None:
    """Takes an amount from the family's account, or gives it back when below zero."""
    if not amount_fen:
        return
    balance_fen = (register.family_balance_fen(connection, person.psn_no) or 0) - amount_fen
    if balance_fen < 0:
        raise Refusal("共济账户余额不足")
    register.save_family_balance(connection, person.psn_no, balance_fen)


def _take_rows(connection: Connection, settlement: Settlement, setl_id: str) -> None:
    """The uploaded rows become those of a settlement; a purchase brought its own."""
    if settlement.infno in _PURCHASES:
        return
    kept_rows.settle(connection, settlement.mdtrt_id, settlement.chrg_bchno, setl_id)
    if settlement.cancels is not None and not _same_rows(connection, settlement, setl_id):
        raise Refusal("撤销后费用明细已变动,不能冲正该撤销交易")


def _same_rows(connection: Connection, cancellation: Settlement, original_id: str) -> bool:
    original = by_setl_id(connection, original_id)
    assert original is not None
    return kept_rows.are_those_of(connection, cancellation.mdtrt_id, original_id, original.rows)


def _release_rows(connection: Connection, settlement: Settlement, setl_id: str) -> None:
    if settlement.infno not in _PURCHASES:
        kept_rows.release(connection, settlement.mdtrt_id, setl_id)


def by_setl_id(connection: Connection, setl_id: str) -> Settlement | None:
    """The settlement of an id."""
    row = connection.execute(_BY_SETL_ID, {"wanted": setl_id}).mappings().one_or_none()
    return None if row is None else _settlement(row)


def by_msgid(connection: Connection, msgid: str) -> Settlement | None:
    """What a message booked."""
    row = connection.execute(_BY_MSGID, {"wanted": msgid}).mappings().one_or_none()
    return None if row is None else _settlement(row)


def of_visit(connection: Connection, mdtrt_id: str) -> list[Settlement]:
    """All settlements and cancellations of a visit but reversed ones, in the order of booking."""
    return [_settlement(row) for row in connection.execute(_OF_VISIT, {"visit": mdtrt_id}).mappings()]


def everything(connection: Connection) -> list[Settlement]:
    """All rows in the order of their ids, which is the order of booking."""
    return [_settlement(row) for row in connection.execute(_EVERYTHING).mappings()]


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


_PLAIN_COLUMNS: Final = (
    *("setl_id", "mdtrt_id", "msgid", "infno", "kind", "cancels", "institution_code", "institution_name", "psn_no"),
    *("insutype", "med_type", "clr_type", "mdtrt_cert_type", "chrg_bchno", "begun", "ended", "setl_time", "process"),
    *("balance_fen", "in_the_middle", "rows", "voided", "reversed"),
)


def _columns(settlement: Settlement) -> dict[str, object]:
    amounts = settlement.amounts
    return {
        **{name: getattr(settlement, name) for name in _PLAIN_COLUMNS},
        **{f"{name}_fen": getattr(amounts, name) for name in AMOUNT_NAMES},
        "reconciled_on": settlement.setl_time[:10],
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
