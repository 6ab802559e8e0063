"""The journal: one row for each message that books money, written before it leaves, and the outcomes it came to.

    INTENT ─ not sent ──────────────→ NOT_SENT      nothing happened there
           ─ answered 0 ────────────→ OK
           ─ answered −1 ───────────→ REFUSED       nothing was booked
           ─ anything else, or the program died ──→ UNKNOWN
    UNKNOWN ─ found at the bureau → OK · reversed → REVERSED · proven absent → NOT_SENT · else asked again

Rows are never changed: an outcome is a row of its own, the state of a message is its last outcome.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import simplejson
from sqlalchemy import Connection, RowMapping, Select, delete, func, insert, select, update

from pos_client.errors import OurBug, Words
from pos_client.offline.ids import next_number
from pos_client.offline.instants import instant_of, text_of
from pos_client.offline.schema import message, outcome, pending
from pos_client.runtime import business_date

NO_SUCH_ARROW = Words(
    "J-BUG",
    "程序内部的账目状态不对（{id}：{found} → {asked}），这一步没有做。请叫信息科，不要重复收费。",
    "The state of a message is not what the program expected ({id}: {found} → {asked}); this step was not done. Ask "
    "IT and do not charge again.",
)


class Kind(StrEnum):
    """What a message does at the bureau."""

    SETTLE = "settle"
    VOID = "void"
    REVERSAL = "reversal"


class State(StrEnum):
    """What is known of a message's outcome (design, section 5)."""

    INTENT = "INTENT"
    OK = "OK"
    REFUSED = "REFUSED"
    NOT_SENT = "NOT_SENT"
    UNKNOWN = "UNKNOWN"
    REVERSED = "REVERSED"


FINAL = frozenset({State.OK, State.REFUSED, State.NOT_SENT, State.REVERSED})
_ARROWS: Mapping[State, frozenset[State]] = {
    State.INTENT: frozenset({State.OK, State.REFUSED, State.NOT_SENT, State.UNKNOWN}),
    State.UNKNOWN: frozenset({State.OK, State.NOT_SENT, State.REVERSED}),
}


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the journal with its present state."""

    id: str
    message_id: str
    transaction: str
    kind: Kind
    about: str | None
    person_no: str
    amount_fen: int
    business_date: str
    created_at: datetime
    operator: str
    request: str
    state: State


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was learned of a message, when, and from what."""

    state: State
    at: datetime
    answer: str | None
    evidence: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be sent; ``request`` already carries ``message_id``."""

    kind: Kind
    transaction: str
    message_id: str
    person_no: str
    amount_fen: int
    request: str
    about: str | None = None


def record_intent(connection: Connection, draft: Draft, *, now: datetime, desk: int, operator: str) -> str:
    """Writes the intent of a message and returns its id; nothing may leave before this is committed."""
    id_ = f"{desk:02d}-{next_number(connection):06d}"
    connection.execute(
        insert(message).values(
            id=id_,
            message_id=draft.message_id,
            transaction=draft.transaction,
            kind=draft.kind,
            about=draft.about,
            person_no=draft.person_no,
            amount_fen=draft.amount_fen,
            business_date=business_date(now).isoformat(),
            created_at=text_of(now),
            desk=desk,
            operator=operator,
            request=draft.request,
        )
    )
    # A reversal has no outcome of its own worth chasing: what it undoes is chased until it is known.
    if draft.kind is not Kind.REVERSAL:
        connection.execute(insert(pending).values(id=id_, tries=0, next_try_at=text_of(now)))
    return id_


def record_outcome(
    connection: Connection, id_: str, state: State, *, now: datetime, answer: str | None, evidence: Mapping[str, object]
) -> None:
    """Adds an outcome to a message.

    Raises:
        OurBug: the state machine has no such arrow; a final outcome stands for good.
    """
    found = state_of(connection, id_)
    if state not in _ARROWS.get(found, frozenset()):
        raise OurBug(NO_SUCH_ARROW, id=id_, found=found, asked=state)
    connection.execute(
        insert(outcome).values(
            id=id_, state=state, at=text_of(now), answer=answer, evidence=simplejson.dumps(dict(evidence), default=str)
        )
    )
    if state in FINAL:
        connection.execute(delete(pending).where(pending.c.id == id_))


def state_of(connection: Connection, id_: str) -> State:
    """The state of a message: its last outcome, INTENT before the first."""
    newest = select(outcome.c.state).where(outcome.c.id == id_).order_by(outcome.c.number.desc()).limit(1)
    return State(connection.scalar(newest) or State.INTENT)


def find(connection: Connection, id_: str) -> Message | None:
    """The message of that id (or of that message id, which the bureau's papers show)."""
    meant = _messages().where((message.c.id == id_) | (message.c.message_id == id_))
    row = connection.execute(meant).mappings().first()
    return None if row is None else _message(row)


def open_messages(connection: Connection) -> list[Message]:
    """Messages without a final outcome, oldest first."""
    listed = _messages().join(pending, pending.c.id == message.c.id).order_by(message.c.id)
    return [_message(row) for row in connection.execute(listed).mappings()]


def all_messages(connection: Connection) -> list[Message]:
    """Every message, oldest first."""
    return [_message(row) for row in connection.execute(_messages().order_by(message.c.id)).mappings()]


def messages_about(connection: Connection, id_: str) -> list[Message]:
    """The voids and reversals of a message, oldest first."""
    listed = _messages().where(message.c.about == id_).order_by(message.c.id)
    return [_message(row) for row in connection.execute(listed).mappings()]


def outcomes_of(connection: Connection, id_: str) -> list[Outcome]:
    """The outcomes of a message in the order in which they were learned."""
    columns = select(outcome.c.state, outcome.c.at, outcome.c.answer, outcome.c.evidence)
    rows = connection.execute(columns.where(outcome.c.id == id_).order_by(outcome.c.number))
    return [Outcome(State(row.state), instant_of(row.at), row.answer, simplejson.loads(row.evidence)) for row in rows]


def due(connection: Connection, id_: str) -> tuple[int, datetime]:
    """How often an open message has been asked about, and from when it is due again."""
    row = connection.execute(select(pending.c.tries, pending.c.next_try_at).where(pending.c.id == id_)).one()
    return row.tries, instant_of(row.next_try_at)


def postpone(connection: Connection, id_: str, next_try_at: datetime) -> None:
    """Counts one more attempt on an open message and says when it is due again."""
    changed = update(pending).where(pending.c.id == id_)
    connection.execute(changed.values(tries=pending.c.tries + 1, next_try_at=text_of(next_try_at)))


def _messages() -> Select[tuple[object, ...]]:
    of_message = select(outcome.c.state).where(outcome.c.id == message.c.id)
    last = of_message.order_by(outcome.c.number.desc()).limit(1).scalar_subquery()
    columns = [column for column in message.c if column.name != "desk"]
    return select(*columns, func.coalesce(last, State.INTENT.value).label("state"))


def _message(row: RowMapping) -> Message:
    values = dict(row) | {
        "kind": Kind(str(row["kind"])),
        "created_at": instant_of(str(row["created_at"])),
        "state": State(str(row["state"])),
    }
    return Message(**values)
