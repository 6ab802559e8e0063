"""A slip printed again: made from the store, marked as a reprint, counted in the audit chain."""

from dataclasses import replace

from pos_client.desk.slip import Slip
from pos_client.desk.station import Office
from pos_client.desk.stay_papers import settlement_slip, stay_unknown_slip
from pos_client.desk.stay_reprint import stay_paper
from pos_client.desk.visit_desk import find
from pos_client.desk.void_slip import void_slip
from pos_client.desk.waiting_slip import provisional_slip, unknown_slip
from pos_client.errors import Refused, Words
from pos_client.offline import audit, journal, money_book
from pos_client.offline.journal import Kind, Message, State
from pos_client.runtime import shanghai
from pos_client.sync.bureau import outcome_unknown
from pos_client.sync.stay import SETTLE

NOTHING_BOOKED = Words(
    "S-NOSLIP",
    "{id} 没有已入账的单据可以补打。请核对单号；结果未知的，查清以后再打印。",
    "There is no booked slip of {id} to print again. Check the number; where the outcome is unknown, print once "
    "it is known.",
)
_ACT = "slip.reprint"


def slip_of(office: Office, id_: str) -> Slip:
    """The slip of a settlement, void, admission or deposit, with the full name: as it is printed the first time.

    Of a settlement of unknown outcome that is the 待确认 slip, of one that waits to be sent the provisional one.

    Raises:
        Refused: S-NOSLIP, nothing of that number is booked or waits.
    """
    paper = stay_paper(office, id_)
    return _slip_of(office, _with_slip(office, id_)) if paper is None else paper


def reprint(office: Office, id_: str) -> Slip:
    """The same slip once more, marked and counted.

    Raises:
        Refused: S-NOSLIP, nothing of that number is booked or waits.
        EnvironmentProblem: D-… of the disk; a reprint that is not counted is not given out.
    """
    slip = slip_of(office, id_)
    now = office.bureau.now
    with office.store.commit() as connection:
        count = audit.count(connection, _ACT, id_) + 1
        audit.append(connection, _ACT, id_, {"count": count}, now=now, operator=office.drawer.operator)
    return replace(slip, reprint=f"补打 第 {count} 次 {shanghai(now):%Y-%m-%d %H:%M}")


def _with_slip(office: Office, id_: str) -> Message:
    with office.store.read() as connection:
        message = journal.find(connection, id_)
    if message is None or message.state not in _WITH_SLIP.get(message.kind, ()):
        raise Refused(NOTHING_BOOKED, id=id_)
    return message


_WITH_SLIP = {Kind.SETTLE: (State.OK, State.UNKNOWN, State.QUEUED), Kind.VOID: (State.OK,)}


def _slip_of(office: Office, message: Message) -> Slip:
    if message.state is State.QUEUED:
        return provisional_slip(office, message)
    if message.state is State.UNKNOWN:
        return _stay_unknown(office, message) if message.transaction == SETTLE else unknown_slip(office, message)
    return void_slip(office, message) if message.kind is Kind.VOID else settlement_slip(office, message)


def _stay_unknown(office: Office, message: Message) -> Slip:
    assert message.visit is not None, "a stay is settled"
    with office.store.read() as connection:
        tender = money_book.open_tender(connection, message.id)
    problem = outcome_unknown(message.transaction, message.id, "")
    return stay_unknown_slip(office, find(office, message.visit), message, message.amount_fen, tender, problem)
