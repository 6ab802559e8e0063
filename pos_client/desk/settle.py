"""One purchase settled: takes the tender, makes the intent durable, sends, and concludes.

The clerk has seen the quote before; what the bureau then books stands, and a figure that it booked otherwise than its
trial had said is named, recorded and shown.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pos_client.desk.booking import Act, Booking, book
from pos_client.desk.differences import compare_settled
from pos_client.desk.quote import Quote
from pos_client.desk.records import sale_record
from pos_client.desk.slip import Slip, settled_slip, unknown_slip
from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Desk
from pos_client.desk.tender import check_tender, not_settled, total_fen
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Problem
from pos_client.offline import money_book, money_moves, settlements
from pos_client.offline.journal import Kind, Message
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.settlements import Difference
from pos_client.offline.store import StoreConnection
from pos_client.sync import pharmacy
from pos_client.sync.setlinfo import Booked


@dataclass(frozen=True, slots=True)
class Sold:
    """A settled sale; ``change_fen`` is given in cash, ``elsewhere`` goes back as it was paid."""

    id: str
    message_id: str
    booked: Booked
    tendered_fen: int
    change_fen: int
    elsewhere: tuple[Paid, ...]
    short_fen: int
    differences: tuple[Difference, ...]
    slip: Slip
    slip_file: Path


def settle(desk: Desk, quoted: Quote, tendered_fen: int, other_means: Sequence[Paid] = ()) -> Sold:
    """Takes the tender (cash, and what was paid by other means) and settles.

    Raises:
        Refused: S-TENDER or S-CHANGE with nothing done; R-2102 when the bureau refuses: the tender goes back.
        EnvironmentProblem: N-SEND when the message was not sent: the tender goes back; N-CLOCK; D-… of the disk.
        OutcomeUnknown: U-2102, the numbered slip says so, the program keeps asking.
    """
    office = desk.office
    tender = (*other_means, Paid(Means.CASH, tendered_fen))
    check_tender(quoted.due_fen, tender)
    person_no = quoted.identified.person.person_no
    request = pharmacy.purchase_request(office.bureau, pharmacy.SETTLE, quoted.purchase)
    act = Act(Kind.SETTLE, request, person_no, quoted.purchase.total_fen)

    def beside(connection: StoreConnection, message: Message) -> None:
        settlements.record_sale(connection, message.id, quoted.purchase.total_fen, sale_record(quoted))
        settlements.record_differences(connection, message.id, quoted.differences)
        money_moves.lay_down(connection, message.id, tender, now=message.created_at, drawer=office.drawer)

    done = book(office, act, beside)
    if done.conclusion.booked is None:
        raise _not_settled(desk, quoted, done, tender)
    return _sold(desk, quoted, done.message, done.conclusion.booked, total_fen(tender))


def _not_settled(desk: Desk, quoted: Quote, done: Booking, tender: Sequence[Paid]) -> Problem:
    problem = not_settled(done, tender)
    if isinstance(problem, OutcomeUnknown):
        slip = unknown_slip(desk.office, quoted, done.message, total_fen(tender), problem)
        with suppress(EnvironmentProblem):  # what must be told is that the outcome is unknown, slip or not
            write_slip(desk.office.books.home, done.message.id, slip)
    return problem


def _sold(desk: Desk, quoted: Quote, message: Message, booked: Booked, tendered_fen: int) -> Sold:
    with desk.office.store.read() as connection:
        change_fen = money_book.totals_fen(connection, message.id)[Entry.CHANGE]
        elsewhere = tuple(money_book.handed_back(connection, message.id))
    slip = settled_slip(desk.office, quoted, message, booked, tendered_fen, change_fen, elsewhere)
    return Sold(
        id=message.id,
        message_id=message.message_id,
        booked=booked,
        tendered_fen=tendered_fen,
        change_fen=change_fen,
        elsewhere=elsewhere,
        short_fen=max(booked.figures.cash_pay_fen - tendered_fen, 0),
        differences=quoted.differences + compare_settled(quoted.trial, booked.figures),
        slip=slip,
        slip_file=write_slip(desk.office.books.home, message.id, slip),
    )
