"""What a reply to a booking message means for the books: outcome, settlement, visit and money in one commit.

The same conclusion is drawn whether the answer came at once, or was learned later by asking: money that lay on the
counter becomes a receipt only with the bureau's OK, and goes back to the customer with every other certain outcome.
"""

from dataclasses import dataclass

from pos_client.offline import audit, journal, money_moves, settlements, visits
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.money_book import Drawer
from pos_client.offline.settlements import Settlement
from pos_client.offline.store import Store, StoreConnection
from pos_client.sync import outpatient, setlinfo, stay
from pos_client.sync.bureau import Bureau
from pos_client.sync.envelope import Answer, UnreadableError
from pos_client.sync.region import Region
from pos_client.sync.reply import Accepted, NotExecuted, Rejected, Reply
from pos_client.sync.setlinfo import Booked


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What became of a booking message; ``why`` is the bureau's refusal or what made the outcome unclear."""

    state: State
    booked: Booked | None = None
    visit_id: str = ""
    why: str = ""
    answer: str | None = None


def conclude(store: Store, bureau: Bureau, message: Message, reply: Reply, drawer: Drawer) -> Conclusion:
    """Writes what a reply means for a message, in one commit, and returns it."""
    conclusion = read_reply(bureau.region, message, reply)
    with store.commit() as connection:
        write(connection, message, conclusion, bureau, drawer)
    return conclusion


def read_reply(region: Region, message: Message, reply: Reply) -> Conclusion:
    """What a reply says of the message that it answers; what cannot be read leaves the outcome open."""
    if isinstance(reply, NotExecuted):
        return Conclusion(State.NOT_SENT, why=reply.why)
    if isinstance(reply, Rejected):
        return Conclusion(State.REFUSED, why=reply.said, answer=reply.answer.raw)
    if not isinstance(reply, Accepted):
        return Conclusion(State.UNKNOWN, why=reply.why, answer=reply.raw)
    try:
        return _read_accepted(region, message, reply.answer)
    except UnreadableError as error:
        return Conclusion(State.UNKNOWN, why=str(error), answer=reply.answer.raw)


def _read_accepted(region: Region, message: Message, answer: Answer) -> Conclusion:
    if message.kind in (Kind.SETTLE, Kind.VOID):
        booked = setlinfo.read_booked(
            region,
            answer,
            message_id=message.message_id,
            person_no=message.person_no,
            total_fen=message.amount_fen,
        )
        return Conclusion(State.OK, booked, answer=answer.raw)
    if message.kind is Kind.REGISTER:
        visit_id = outpatient.read_registered(answer, person_no=message.person_no, own_number=message.own_number)
        return Conclusion(State.OK, visit_id=visit_id, answer=answer.raw)
    if message.kind is Kind.ADMIT:
        return Conclusion(State.OK, visit_id=stay.read_admitted(answer), answer=answer.raw)
    if "setlinfo" in answer.output:  # of a message that settles nothing
        raise UnreadableError("the answer of a settlement")
    return Conclusion(State.OK, answer=answer.raw)


def write(
    connection: StoreConnection, message: Message, conclusion: Conclusion, bureau: Bureau, drawer: Drawer
) -> None:
    """Writes a conclusion on the given connection: outcome, settlement or visit, money and audit row."""
    now, state = bureau.now, conclusion.state
    if state is State.NOT_SENT and message.state is State.INTENT and journal.was_queued(connection, message.id):
        state = State.QUEUED  # nothing happened there, so it may wait again under its own number
    journal.record_outcome(
        connection, message.id, state, now=now, answer=conclusion.answer, evidence={"why": conclusion.why}
    )
    if conclusion.booked is not None:
        settlements.record_settlement(connection, message.id, settlement_of(conclusion.booked))
        if message.kind is Kind.SETTLE:
            settlements.record_differences_from_trial(connection, message.id, conclusion.booked.figures.by_name())
    if conclusion.visit_id:
        visits.record_visit(connection, message.id, conclusion.visit_id)
    if state not in (State.UNKNOWN, State.QUEUED):
        cash_fen = None if conclusion.booked is None else conclusion.booked.figures.cash_pay_fen
        money_moves.move_money(connection, message, cash_fen, now=now, drawer=drawer)
    detail = {"state": state, "message_id": message.message_id}
    audit.append(connection, f"{message.kind}.outcome", message.id, detail, now=now, operator=drawer.operator)


def settlement_of(booked: Booked) -> Settlement:
    """What is kept of what the bureau has booked."""
    figures = booked.figures
    return Settlement(
        settlement_id=booked.settlement_id,
        visit_id=booked.visit_id,
        settled_at=booked.settled_at,
        total_fen=figures.total_fen,
        fund_fen=figures.fund_total_fen,
        account_fen=figures.account_pay_fen,
        cash_fen=figures.cash_pay_fen,
        insurance_type=booked.insurance_type,
        clearing_type=booked.clearing_type,
        clearing_agency=booked.clearing_agency,
    )
