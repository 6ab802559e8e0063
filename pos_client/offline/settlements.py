"""Sales as they were shown, settlements as the bureau booked them, and every figure on which the two differ.

A settlement's state is a projection of its messages (design, section 5): nothing here is a state of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import simplejson
from sqlalchemy import Connection, bindparam, insert, literal, select

from pos_client.offline import journal
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.schema import difference, message, sale, settlement
from pos_client.offline.visits import Visit


class SettlementState(StrEnum):
    """What became of a bill."""

    DRAFT = "DRAFT"  # charges are with the bureau, nobody has asked to settle them
    PROVISIONAL = "PROVISIONAL"  # settled here without the bureau, waiting to be sent
    PENDING = "PENDING"
    SETTLED = "SETTLED"
    REFUSED = "REFUSED"
    UNKNOWN = "UNKNOWN"
    VOIDING = "VOIDING"
    VOIDED = "VOIDED"


_BEFORE_ANY_VOID: Mapping[State, SettlementState] = {
    State.QUEUED: SettlementState.PROVISIONAL,
    State.INTENT: SettlementState.PENDING,
    State.UNKNOWN: SettlementState.UNKNOWN,
    State.OK: SettlementState.SETTLED,
    State.REFUSED: SettlementState.REFUSED,
    State.NOT_SENT: SettlementState.REFUSED,
    State.REVERSED: SettlementState.VOIDED,
}


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the bureau booked for one message; amounts in fen, negative for a cancellation."""

    settlement_id: str
    visit_id: str
    settled_at: str
    total_fen: int
    fund_fen: int
    account_fen: int
    cash_fen: int
    insurance_type: str
    clearing_type: str
    clearing_agency: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure on which our calculation and the bureau's do not agree."""

    stage: str
    figure: str
    ours_fen: int
    bureau_fen: int


_FIGURES = tuple(Settlement.__dataclass_fields__)
_DIFFERING = tuple(Difference.__dataclass_fields__)

_ADD_SALE = insert(sale)
_SALE = select(sale.c.record).where(sale.c.id == bindparam("id"))
_ADD_SETTLEMENT = insert(settlement)
_SETTLEMENT = select(*(settlement.c[name] for name in _FIGURES)).where(settlement.c.id == bindparam("id"))
_KNOWN = (
    select(settlement.c.settlement_id, settlement.c.visit_id)
    .join(message, message.c.id == settlement.c.id)
    .where(message.c.person_no == bindparam("person_no"))
)
_ADD_DIFFERENCE = insert(difference)
_DIFFERENCES = (
    select(*(difference.c[name] for name in _DIFFERING))
    .where(difference.c.id == bindparam("id"))
    .order_by(difference.c.number)
)


def record_sale(connection: Connection, id_: str, total_fen: int, record: Mapping[str, object]) -> None:
    """Keeps a sale as it was shown to the clerk, in the commit of its intent."""
    text = simplejson.dumps(dict(record), ensure_ascii=False, use_decimal=True, default=str)
    connection.execute(_ADD_SALE, {"id": id_, "total_fen": total_fen, "record": text})


def copy_sale(connection: Connection, from_id: str, to_id: str) -> None:
    """Keeps a sale once more for the message that takes the first one's place."""
    columns = select(literal(to_id), sale.c.total_fen, sale.c.record).where(sale.c.id == from_id)
    connection.execute(insert(sale).from_select(["id", "total_fen", "record"], columns))


def sale_record(connection: Connection, id_: str) -> dict[str, Any] | None:
    """A sale as it was shown, or None when there is no such sale."""
    text = connection.scalar(_SALE, {"id": id_})
    return None if text is None else simplejson.loads(text, use_decimal=True)


def record_settlement(connection: Connection, id_: str, booked: Settlement) -> None:
    """Keeps what the bureau booked, in the commit of the outcome."""
    connection.execute(_ADD_SETTLEMENT, {"id": id_} | {name: getattr(booked, name) for name in _FIGURES})


def settlement_of(connection: Connection, id_: str) -> Settlement | None:
    """What the bureau booked for a message, or None."""
    row = connection.execute(_SETTLEMENT, {"id": id_}).first()
    return None if row is None else Settlement(*row)


def known_of_person(connection: Connection, person_no: str) -> tuple[frozenset[str], frozenset[str]]:
    """The bureau's numbers of settlements and of visits that this store already has of a person."""
    rows = connection.execute(_KNOWN, {"person_no": person_no}).all()
    return frozenset(row.settlement_id for row in rows), frozenset(row.visit_id for row in rows)


def record_differences(connection: Connection, id_: str, found: tuple[Difference, ...]) -> None:
    """Keeps every figure that differs, for the evening's list to the bureau."""
    for one in found:
        connection.execute(_ADD_DIFFERENCE, {"id": id_} | {name: getattr(one, name) for name in _DIFFERING})


def record_differences_from_trial(connection: Connection, id_: str, booked_fen: Mapping[str, int]) -> None:
    """Keeps every figure that the bureau booked otherwise than the trial had said that was shown before."""
    record = sale_record(connection, id_)
    trial = {} if record is None else record.get("trial_fen", {})
    record_differences(connection, id_, unequal("settlement", trial, booked_fen))


def unequal(stage: str, ours_fen: Mapping[str, int], theirs_fen: Mapping[str, int]) -> tuple[Difference, ...]:
    """The figures that both name and that differ."""
    return tuple(
        Difference(stage, name, ours_fen[name], theirs_fen[name])
        for name in theirs_fen
        if name in ours_fen and ours_fen[name] != theirs_fen[name]
    )


def differences_of(connection: Connection, id_: str) -> list[Difference]:
    """The figures that differ for one sale, in the order in which they were found."""
    return [Difference(*row) for row in connection.execute(_DIFFERENCES, {"id": id_})]


def state_of(connection: Connection, settle: Message) -> SettlementState:
    """The state of the sale that a settle message began; a refused or undone void leaves it SETTLED."""
    state = _BEFORE_ANY_VOID[settle.state]
    if state is not SettlementState.SETTLED:
        return state
    voids = [one.state for one in journal.messages_about(connection, settle.id) if one.kind is Kind.VOID]
    if State.OK in voids:
        return SettlementState.VOIDED
    if {State.QUEUED, State.INTENT, State.UNKNOWN} & set(voids):
        return SettlementState.VOIDING
    return SettlementState.SETTLED


def state_of_visit(connection: Connection, visit: Visit) -> SettlementState | None:
    """The state of what is being settled at a visit; None where there is nothing to settle.

    While charges are unsettled and nobody asks for a settlement it is a draft; otherwise the newest settlement counts.
    """
    settles = [one for one in visit.messages if one.kind is Kind.SETTLE]
    newest = state_of(connection, settles[-1]) if settles else None
    if visit.unsettled_charges and newest not in _UNDER_WAY:
        return SettlementState.DRAFT
    return newest


_UNDER_WAY = (SettlementState.PENDING, SettlementState.UNKNOWN, SettlementState.PROVISIONAL)
