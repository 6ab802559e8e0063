"""One settlement: takes the tender, makes the intent durable, sends, and concludes.

The clerk has seen the quote before; what the bureau then books stands, and a figure that it booked otherwise than its
trial had said is named, recorded and shown.
"""

from dataclasses import dataclass
from pathlib import Path

from pos_client.desk.differences import compare_settled
from pos_client.desk.quote import Quote
from pos_client.desk.records import sale_record
from pos_client.desk.slip import Slip, settled_slip, unknown_slip
from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Desk
from pos_client.desk.words import NOT_SENT_HAND_BACK, TENDER_HANDED_BACK, TENDER_TOO_SMALL
from pos_client.errors import EnvironmentProblem, Problem, Refused, Words
from pos_client.money import yuan_grouped
from pos_client.offline import audit, journal, money_book, settlements
from pos_client.offline.journal import Draft, Kind, Message, State
from pos_client.offline.money_book import Entry, Means
from pos_client.offline.settlements import Difference
from pos_client.offline.store import StoreConnection
from pos_client.sync import pharmacy
from pos_client.sync.bureau import outcome_unknown
from pos_client.sync.conclude import Conclusion, conclude
from pos_client.sync.pharmacy import Booked


@dataclass(frozen=True, slots=True)
class Sold:
    """A settled sale."""

    id: str
    message_id: str
    booked: Booked
    tendered_fen: int
    change_fen: int
    short_fen: int
    differences: tuple[Difference, ...]
    slip: Slip
    slip_file: Path


def settle(desk: Desk, quoted: Quote, tendered_fen: int) -> Sold:
    """Takes the tender and settles. The intent and the tender are durable before the message leaves.

    Raises:
        Refused: S-TENDER with nothing done; R-2102 when the bureau refuses: the tender goes back.
        EnvironmentProblem: N-SEND when the message was not sent: the tender goes back; N-CLOCK; D-… of the disk.
        OutcomeUnknown: U-2102, the numbered slip says so, the program keeps asking.
    """
    office = desk.office
    if tendered_fen < quoted.due_fen:
        raise Refused(
            TENDER_TOO_SMALL,
            due=yuan_grouped(quoted.due_fen),
            tendered=yuan_grouped(tendered_fen),
            short=yuan_grouped(quoted.due_fen - tendered_fen),
        )
    office.bureau.refuse_when_clock_is_off()
    office.bureau.sign_in()
    with office.store.commit() as connection:
        message = _record_intent(desk, quoted, tendered_fen, connection)
    reply = office.bureau.send_booking(message.request)
    conclusion = conclude(
        office.store, office.bureau, message, reply, office.drawer, lambda booked: _differences(quoted, booked)
    )
    if conclusion.booked is None:
        raise _not_settled(desk, quoted, message, conclusion, tendered_fen)
    return _sold(desk, quoted, message, conclusion.booked, tendered_fen)


def _differences(quoted: Quote, booked: Booked | None) -> tuple[Difference, ...]:
    return quoted.differences + (compare_settled(quoted.trial, booked.figures) if booked is not None else ())


def _record_intent(desk: Desk, quoted: Quote, tendered_fen: int, connection: StoreConnection) -> Message:
    office, now = desk.office, desk.office.bureau.now
    message_id = office.ids.for_booking(connection)
    request = pharmacy.purchase_request(office.bureau, pharmacy.SETTLE, quoted.purchase)
    draft = Draft(
        kind=Kind.SETTLE,
        transaction=pharmacy.SETTLE,
        message_id=message_id,
        person_no=quoted.identified.person.person_no,
        amount_fen=quoted.purchase.total_fen,
        request=office.bureau.compose(request, message_id),
    )
    drawer = office.drawer
    id_ = journal.record_intent(connection, draft, now=now, desk=drawer.desk, operator=drawer.operator)
    settlements.record_sale(connection, id_, quoted.purchase.total_fen, sale_record(quoted))
    money_book.book(connection, id_, Entry.TENDER, tendered_fen, now=now, drawer=drawer, means=Means.CASH)
    detail = {"message_id": message_id, "total_fen": quoted.purchase.total_fen, "tendered_fen": tendered_fen}
    audit.append(connection, "settle.intent", id_, detail, now=now, operator=drawer.operator)
    message = journal.find(connection, id_)
    assert message is not None, "it was written on this very connection"
    return message


def _not_settled(desk: Desk, quoted: Quote, message: Message, conclusion: Conclusion, tendered_fen: int) -> Problem:
    tendered = yuan_grouped(tendered_fen)
    if conclusion.state is State.REFUSED:
        words = Words(f"R-{pharmacy.SETTLE}", TENDER_HANDED_BACK.zh, TENDER_HANDED_BACK.en)
        return Refused(words, {"id": message.id}, said=conclusion.why.rstrip("。. "), tendered=tendered)
    if conclusion.state is State.NOT_SENT:
        return EnvironmentProblem(NOT_SENT_HAND_BACK, {"id": message.id, "why": conclusion.why}, tendered=tendered)
    problem = outcome_unknown(pharmacy.SETTLE, message.id, conclusion.why)
    slip = unknown_slip(desk.office, quoted, message, tendered_fen, problem)
    write_slip(desk.office.books.home, message.id, slip)
    return problem


def _sold(desk: Desk, quoted: Quote, message: Message, booked: Booked, tendered_fen: int) -> Sold:
    due_fen = booked.figures.cash_pay_fen
    slip = settled_slip(desk.office, quoted, message, booked, tendered_fen)
    return Sold(
        id=message.id,
        message_id=message.message_id,
        booked=booked,
        tendered_fen=tendered_fen,
        change_fen=max(tendered_fen - due_fen, 0),
        short_fen=max(due_fen - tendered_fen, 0),
        differences=_differences(quoted, booked),
        slip=slip,
        slip_file=write_slip(desk.office.books.home, message.id, slip),
    )
