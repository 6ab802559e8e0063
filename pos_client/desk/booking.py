"""One act that books something at the bureau: the intent durable first, then the message, then the conclusion.

Every act of the desk goes through here, so that none of them can leave before its commit.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pos_client.desk.station import Office
from pos_client.desk.words import OUTCOME_NOT_WRITTEN
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Problem
from pos_client.offline import audit, backup, journal
from pos_client.offline.journal import Draft, Kind, Message, State
from pos_client.offline.store import StoreConnection
from pos_client.sync.bureau import outcome_unknown
from pos_client.sync.conclude import Conclusion, conclude
from pos_client.sync.envelope import Request
from pos_client.sync.reply import Reply


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be booked; ``amount_fen`` is the bill's total, below zero for a void.

    ``authorised_by`` is the supervisor whose word the act wants.
    """

    kind: Kind
    request: Request
    person_no: str
    amount_fen: int = 0
    about: str | None = None
    visit: str | None = None
    own_number: str = ""
    authorised_by: str = ""


@dataclass(frozen=True, slots=True)
class Booking:
    """What became of an act; ``problem`` is what to raise when it is not booked for certain."""

    message: Message
    conclusion: Conclusion
    problem: Problem | None

    def require_ok(self) -> None:
        """Raises the problem, if there is one."""
        if self.problem is not None:
            raise self.problem


#: What else is written in the commit of the intent.
Beside = Callable[[StoreConnection, Message], None]


def nothing_beside(connection: StoreConnection, message: Message) -> None:
    """Most acts write nothing else."""
    del connection, message


def book(office: Office, act: Act, beside: Beside = nothing_beside) -> Booking:
    """Books an act and says what became of it.

    Raises:
        EnvironmentProblem: N-CLOCK, D-RESTORED, N-… at sign-in, D-… of the disk; nothing was sent.
        Refused: R-9001; nothing was sent.
    """
    office.bureau.sign_in()
    office.bureau.refuse_when_clock_is_off()
    message = _record_intent(office, act, beside)
    reply = office.bureau.exchange(office.bureau.booking(message.transaction, message.request))
    try:
        conclusion = conclude(office.store, office.bureau, message, reply, office.drawer)
    except EnvironmentProblem as problem:
        # The bureau may have booked, and that could not be written: the message stays an intent, the next start asks.
        unwritten = OutcomeUnknown(OUTCOME_NOT_WRITTEN, {**problem.evidence, "disk": problem.code}, id=message.id)
        return Booking(message, Conclusion(State.UNKNOWN, why=problem.code), unwritten)
    return Booking(message, conclusion, _problem(office, message, conclusion, reply))


def _record_intent(office: Office, act: Act, beside: Beside) -> Message:
    bureau, drawer = office.bureau, office.drawer
    with office.store.commit() as connection:
        backup.refuse_when_restored(connection)
        message_id = office.ids.for_booking(connection)
        draft = Draft(
            kind=act.kind,
            transaction=act.request.transaction,
            message_id=message_id,
            person_no=act.person_no,
            amount_fen=act.amount_fen,
            request=bureau.compose(act.request, message_id),
            about=act.about,
            visit=act.visit,
            own_number=act.own_number,
            skew_ms=bureau.lowest_skew_ms,
        )
        now = bureau.now
        message = journal.record_intent(connection, draft, now=now, desk=drawer.desk, operator=drawer.operator)
        beside(connection, message)
        detail: dict[str, object] = {"message_id": message_id, "about": act.about, "amount_fen": act.amount_fen}
        if act.authorised_by:
            detail["authorised_by"] = act.authorised_by
        audit.append(connection, f"{act.kind}.intent", message.id, detail, now=now, operator=drawer.operator)
    return message


def _problem(office: Office, message: Message, conclusion: Conclusion, reply: Reply) -> Problem | None:
    if conclusion.state is State.OK:
        return None
    if conclusion.state is State.UNKNOWN:
        return outcome_unknown(message.transaction, message.id, conclusion.why)
    return office.bureau.problem(message.transaction, reply)
