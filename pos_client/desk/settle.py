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
from pos_client.desk.settled_slip import REPLACES, settled_slip
from pos_client.desk.slip import Slip
from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Desk
from pos_client.desk.tender import check_tender, not_settled, total_fen
from pos_client.desk.waiting_slip import unknown_slip
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Problem
from pos_client.offline import money_book, money_moves, open_bills, settlements
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


def settle(
    desk: Desk, quoted: Quote, tendered_fen: int, other_means: Sequence[Paid] = (), *, replaces: str | None = None
) -> Sold:
    """Takes the tender, settles, and writes the slip.

    Raises:
        EnvironmentProblem: S-SLIP, the sale is settled; else as :func:`settle_bill`.
        Refused, OutcomeUnknown: as :func:`settle_bill`.
    """
    sold = settle_bill(desk, quoted, tendered_fen, other_means, replaces=replaces)
    write_slip(desk.office.books.home, sold.id, sold.slip)
    return sold


def settle_bill(
    desk: Desk,
    quoted: Quote,
    tendered_fen: int,
    other_means: Sequence[Paid] = (),
    *,
    replaces: str | None = None,
    bill: int | None = None,
) -> Sold:
    """Takes the tender (cash, and what was paid by other means) and settles; the slip is not written yet.

    ``replaces`` is the number of the voided sale of which this settles what was not returned, ``bill`` the number under
    which the bill was kept while it was open: it goes in the commit of the intent, so that no crash offers it again.

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
        record = sale_record(quoted) | ({} if replaces is None else {REPLACES: replaces})
        settlements.record_sale(connection, message.id, quoted.purchase.total_fen, record)
        settlements.record_differences(connection, message.id, quoted.differences)
        money_moves.lay_down(connection, message.id, tender, now=message.created_at, drawer=office.drawer)
        if bill is not None:
            open_bills.remove(connection, bill)

    done = book(office, act, beside)
    if done.conclusion.booked is None:
        raise _not_settled(desk, done, tender)
    return _sold(desk, quoted, done.message, done.conclusion.booked, total_fen(tender))


def _not_settled(desk: Desk, done: Booking, tender: Sequence[Paid]) -> Problem:
    problem = not_settled(done, tender)
    if isinstance(problem, OutcomeUnknown):
        with suppress(EnvironmentProblem):  # what must be told is that the outcome is unknown, slip or not
            write_slip(desk.office.books.home, done.message.id, unknown_slip(desk.office, done.message))
    return problem


def _sold(desk: Desk, quoted: Quote, message: Message, booked: Booked, tendered_fen: int) -> Sold:
    with desk.office.store.read() as connection:
        change_fen = money_book.totals_fen(connection, message.id)[Entry.CHANGE]
        elsewhere = tuple(money_book.handed_back(connection, message.id))
    slip = settled_slip(desk.office, message)
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
        slip_file=desk.office.books.home.slips / f"{message.id}.txt",
    )
