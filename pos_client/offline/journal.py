"""The journal: one row for each message that books something, written before it leaves, and the outcomes it came to.

    QUEUED ─ taken out of the queue ────────→ INTENT
           ─ taken back before it left ─────→ NOT_SENT
    INTENT ─ not sent ──────────────────────→ NOT_SENT      nothing happened there (QUEUED again when it was queued)
           ─ answered 0 ────────────────────→ OK
           ─ answered −1 ───────────────────→ REFUSED       nothing was booked
           ─ anything else, or the program died ──────────→ UNKNOWN
    UNKNOWN ─ found at the bureau → OK · reversed → REVERSED · proven absent → NOT_SENT · else asked again

Rows are never changed: an outcome is a row of its own, the state of a message is its last outcome.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

import simplejson
from sqlalchemy import BindParameter, Connection, RowMapping, bindparam, delete, func, insert, or_, select, update

from pos_client.errors import OurBug, Words
from pos_client.offline.ids import next_number
from pos_client.offline.instants import instant_of, text_of
from pos_client.offline.schema import message, outcome, pending, remark
from pos_client.runtime import GIVEN_UP, business_date

NO_SUCH_ARROW = Words(
    "J-BUG",
    "账目状态不对（{id}：{found} → {asked}），这一步没有做。不要重复收费，请叫信息科。",
    "The books are not as expected ({id}: {found} → {asked}), so this step was not done. Do not charge again; call IT.",
)


class Kind(StrEnum):
    """What a message does at the bureau."""

    REGISTER = "register"
    UNREGISTER = "unregister"
    DESCRIBE = "describe"  # visit and diagnoses of an outpatient
    CHARGE = "charge"  # rows of charges
    WITHDRAW = "withdraw"  # such rows taken back
    ADMIT = "admit"
    UNADMIT = "unadmit"
    CHANGE = "change"  # the particulars of a stay
    DISCHARGE = "discharge"
    UNDISCHARGE = "undischarge"
    SETTLE = "settle"
    VOID = "void"
    REVERSAL = "reversal"  # 2601: makes sure that another message is gone
    REPEAT = "repeat"  # sends again what does the same when it is done twice


#: They serve to find out about another message; that one is chased until it is known, not they.
AUXILIARY = frozenset({Kind.REVERSAL, Kind.REPEAT})


class State(StrEnum):
    """What is known of a message's outcome (design, section 5)."""

    QUEUED = "QUEUED"
    INTENT = "INTENT"
    OK = "OK"
    REFUSED = "REFUSED"
    NOT_SENT = "NOT_SENT"
    UNKNOWN = "UNKNOWN"
    REVERSED = "REVERSED"


class Remark(StrEnum):
    """What a person at the desk said of a message afterwards."""

    CUSTOMER_LEFT = "customer_left"  # without the goods: should it have been booked, it is to be voided
    DIFFERENCE_SEEN = "difference_seen"  # somebody has looked at the figures on which bureau and desk do not agree


FINAL = frozenset({State.OK, State.REFUSED, State.NOT_SENT, State.REVERSED})
_ARROWS: Mapping[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.INTENT, State.NOT_SENT}),
    State.INTENT: frozenset({State.OK, State.REFUSED, State.NOT_SENT, State.UNKNOWN, State.QUEUED}),
    State.UNKNOWN: frozenset({State.OK, State.NOT_SENT, State.REVERSED}),
}

#: As :attr:`Message.order`.
_AS_WRITTEN = (func.length(message.c.id), message.c.id)


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
    visit: str | None
    own_number: str
    skew_ms: int
    state: State

    @property
    def bureau_time(self) -> datetime:
        """When it was written, by the bureau's clock as far as this desk knew it."""
        return self.created_at - timedelta(milliseconds=self.skew_ms)

    @property
    def order(self) -> tuple[int, str]:
        """Sorts messages as they were written; the running number outgrows its six digits one day."""
        return len(self.id), self.id


@dataclass(frozen=True, slots=True)
class Pending:
    """How a message without a final outcome is being asked about."""

    tries: int
    next_try_at: datetime
    asking: str
    why: str


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
    visit: str | None = None
    own_number: str = ""
    skew_ms: int = 0
    queued: bool = False


_ID: BindParameter[str] = bindparam("of")

_ADD_MESSAGE = insert(message)
_ADD_OUTCOME = insert(outcome)
_ADD_PENDING = insert(pending)
_ADD_REMARK = insert(remark)

_OUTCOMES = select(outcome.c.state, outcome.c.at, outcome.c.answer, outcome.c.evidence).where(outcome.c.id == _ID)
_IN_ORDER = _OUTCOMES.order_by(outcome.c.number)
_TAKEN_OUT = _OUTCOMES.where(outcome.c.state == State.INTENT).order_by(outcome.c.number.desc()).limit(1)
_UNKNOWN_SINCE = _OUTCOMES.where(outcome.c.state == State.UNKNOWN).order_by(outcome.c.number.desc()).limit(1)
_STATES = select(outcome.c.state).where(outcome.c.id == _ID)
_FIRST_STATE = _STATES.order_by(outcome.c.number).limit(1)
_LAST_STATE = _STATES.order_by(outcome.c.number.desc()).limit(1)

_PENDING = select(pending).where(pending.c.id == _ID)
_NOT_PENDING = delete(pending).where(pending.c.id == _ID)
_POSTPONED: dict[str, BindParameter[str]] = {name: bindparam(name) for name in ("next_try_at", "asking", "why")}
_POSTPONE = update(pending).where(pending.c.id == _ID).values(tries=pending.c.tries + 1, **_POSTPONED)
_REMARKED = select(remark.c.number).where(remark.c.id == _ID, remark.c.remark == bindparam("remark"))

_OWN_COLUMNS = tuple(column.name for column in message.c if column.name != "desk")
_STATE = select(outcome.c.state).where(outcome.c.id == message.c.id).order_by(outcome.c.number.desc()).limit(1)
_MESSAGES = select(
    *(message.c[name] for name in _OWN_COLUMNS),
    func.coalesce(_STATE.scalar_subquery(), State.INTENT.value).label("state"),
)
_FOUND = _MESSAGES.where(or_(message.c.id == _ID, message.c.message_id == _ID))
_ALL = _MESSAGES.order_by(*_AS_WRITTEN)
_OPEN = _ALL.join(pending, pending.c.id == message.c.id)
_DUE = select(func.min(pending.c.next_try_at)).join(message, pending.c.id == message.c.id)
_OF_VISIT = _ALL.where(or_(message.c.id == _ID, message.c.visit == _ID))
_OPENING = _ALL.where(message.c.kind.in_((Kind.REGISTER, Kind.ADMIT)))
_ABOUT = _ALL.where(message.c.about == _ID)
_WITH_REMARK = _ALL.where(message.c.id.in_(select(remark.c.id).where(remark.c.remark == bindparam("remark"))))


def record_intent(connection: Connection, draft: Draft, *, now: datetime, desk: int, operator: str) -> Message:
    """Writes the intent of a message; nothing may leave before this is committed.

    A queued one waits for :func:`take_out` instead of leaving at once.
    """
    id_ = f"{desk:02d}-{next_number(connection):06d}"
    state = State.QUEUED if draft.queued else State.INTENT
    at = text_of(now)
    written = Message(
        id=id_,
        message_id=draft.message_id,
        transaction=draft.transaction,
        kind=draft.kind,
        about=draft.about,
        person_no=draft.person_no,
        amount_fen=draft.amount_fen,
        business_date=business_date(now).isoformat(),
        created_at=instant_of(at),
        operator=operator,
        request=draft.request,
        visit=draft.visit,
        own_number=draft.own_number,
        skew_ms=draft.skew_ms,
        state=state,
    )
    row = {name: getattr(written, name) for name in _OWN_COLUMNS}
    connection.execute(_ADD_MESSAGE, row | {"created_at": at, "desk": desk})
    if draft.queued:
        _add_outcome(connection, id_, state, now, None, {})
    # What repeats or reverses another message has no outcome of its own worth chasing: the other one is chased.
    if draft.kind not in AUXILIARY:
        connection.execute(_ADD_PENDING, {"id": id_, "tries": 0, "next_try_at": at, "asking": "", "why": ""})
    return written


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
    _add_outcome(connection, id_, state, now, answer, evidence)
    if state in FINAL:
        connection.execute(_NOT_PENDING, {"of": id_})


def _add_outcome(
    connection: Connection,
    id_: str,
    state: State,
    now: datetime,
    answer: str | None,
    evidence: Mapping[str, object],
) -> None:
    told = simplejson.dumps(dict(evidence), ensure_ascii=False, default=str) if evidence else "{}"
    row = {"id": id_, "state": state, "at": text_of(now), "answer": answer, "evidence": told}
    connection.execute(_ADD_OUTCOME, row)


def take_out(connection: Connection, waiting: Message, *, now: datetime, skew_ms: int) -> Message:
    """Makes a queued message an intent; it may leave when this is committed."""
    record_outcome(connection, waiting.id, State.INTENT, now=now, answer=None, evidence={"skew_ms": skew_ms})
    return replace(waiting, state=State.INTENT)


def left_at(connection: Connection, sent: Message) -> tuple[datetime, int]:
    """When a message left at the latest, and by how much our clock was ahead of the bureau's then.

    A request for which nobody waited to the end may have left as late as the moment in which it was given up.
    """
    row = connection.execute(_TAKEN_OUT, {"of": sent.id}).first()
    left, skew_ms = sent.created_at, sent.skew_ms
    if row is not None:
        left, skew_ms = instant_of(row.at), int(simplejson.loads(row.evidence)["skew_ms"])
    unknown = connection.execute(_UNKNOWN_SINCE, {"of": sent.id}).first()
    if unknown is not None and simplejson.loads(unknown.evidence).get("why") == GIVEN_UP:
        left = max(left, instant_of(unknown.at))
    return left, skew_ms


def was_queued(connection: Connection, id_: str) -> bool:
    """Whether a message ever waited in the queue: then it may go back there when it could not be sent."""
    return connection.scalar(_FIRST_STATE, {"of": id_}) == State.QUEUED


def state_of(connection: Connection, id_: str) -> State:
    """The state of a message: its last outcome, INTENT before the first."""
    return State(connection.scalar(_LAST_STATE, {"of": id_}) or State.INTENT)


def find(connection: Connection, id_: str) -> Message | None:
    """The message of that id (or of that message id, which the bureau's papers show)."""
    row = connection.execute(_FOUND, {"of": id_}).mappings().first()
    return None if row is None else _message(row)


def open_messages(connection: Connection) -> list[Message]:
    """Messages without a final outcome, oldest first."""
    return [_message(row) for row in connection.execute(_OPEN).mappings()]


def all_messages(connection: Connection) -> list[Message]:
    """Every message, oldest first."""
    return [_message(row) for row in connection.execute(_ALL).mappings()]


def messages_of_visit(connection: Connection, id_: str) -> list[Message]:
    """The message that opened a visit, and all that belong to it, oldest first."""
    return [_message(row) for row in connection.execute(_OF_VISIT, {"of": id_}).mappings()]


def visits_opened(connection: Connection) -> list[Message]:
    """The registrations and admissions, oldest first."""
    return [_message(row) for row in connection.execute(_OPENING).mappings()]


def messages_about(connection: Connection, id_: str) -> list[Message]:
    """The voids and reversals of a message, oldest first."""
    return [_message(row) for row in connection.execute(_ABOUT, {"of": id_}).mappings()]


def outcomes_of(connection: Connection, id_: str) -> list[Outcome]:
    """The outcomes of a message in the order in which they were learned."""
    rows = connection.execute(_IN_ORDER, {"of": id_})
    return [Outcome(State(row.state), instant_of(row.at), row.answer, simplejson.loads(row.evidence)) for row in rows]


def pending_of(connection: Connection, id_: str) -> Pending | None:
    """How an open message is being asked about, or None when its outcome is final."""
    row = connection.execute(_PENDING, {"of": id_}).first()
    return None if row is None else Pending(row.tries, instant_of(row.next_try_at), row.asking, row.why)


def postpone(connection: Connection, id_: str, next_try_at: datetime, *, asking: str, why: str) -> None:
    """Counts one more attempt on an open message, says what it came to and when it is due again."""
    connection.execute(_POSTPONE, {"of": id_, "next_try_at": text_of(next_try_at), "asking": asking, "why": why})


def next_due(connection: Connection, states: Collection[State]) -> datetime | None:
    """When the first open message in one of those states is due to be tried, or None when there is none."""
    found = connection.scalar(_DUE.where(_STATE.scalar_subquery().in_(states)))
    return None if found is None else instant_of(found)


def remarked(connection: Connection, what: Remark) -> list[Message]:
    """The messages of which that was said, oldest first."""
    return [_message(row) for row in connection.execute(_WITH_REMARK, {"remark": what}).mappings()]


def remark_on(connection: Connection, id_: str, what: Remark, *, now: datetime, operator: str) -> None:
    """Keeps what a person at the desk said of a message."""
    connection.execute(_ADD_REMARK, {"id": id_, "at": text_of(now), "operator": operator, "remark": what})


def has_remark(connection: Connection, id_: str, what: Remark) -> bool:
    """Whether that was said of a message."""
    return connection.scalar(_REMARKED, {"of": id_, "remark": what}) is not None


def _message(row: RowMapping) -> Message:
    values = dict(row) | {
        "kind": Kind(str(row["kind"])),
        "created_at": instant_of(str(row["created_at"])),
        "state": State(str(row["state"])),
    }
    return Message(**values)
