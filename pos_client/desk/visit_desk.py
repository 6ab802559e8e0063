"""What visits and stays share at the desk: which one is meant, whether it may go on, its charges, its settlement.

A visit with a message of unknown outcome may not go on: the clerk is told which message, since when, and what is being
asked. Every other visit, of the same person too, is free.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pos_client.desk.booking import Act, Booking, book
from pos_client.desk.cart import CartLine
from pos_client.desk.differences import compare_settled
from pos_client.desk.identify import Identified
from pos_client.desk.message_words import ASKING, KINDS
from pos_client.desk.station import Office
from pos_client.desk.tender import check_tender, not_settled, total_fen
from pos_client.desk.words import NO_DEPOSIT_LEFT, NO_SUCH_VISIT, NOTHING_TO_SETTLE, VISIT_BLOCKED, VISIT_STATE_WRONG
from pos_client.errors import Refused
from pos_client.money import yuan_grouped
from pos_client.offline import journal, money_book, money_moves, settlements, visits
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.settlements import Difference
from pos_client.offline.store import StoreConnection
from pos_client.offline.visits import Visit, VisitState
from pos_client.phrase import Phrase
from pos_client.runtime import shanghai
from pos_client.sync.care import Department, Doctor
from pos_client.sync.charge_rows import ChargeRow
from pos_client.sync.envelope import Request
from pos_client.sync.setlinfo import Booked, BureauFigures

STATES = {
    VisitState.OPENING: Phrase("正在办理", "being opened"),
    VisitState.OPEN: Phrase("进行中", "open"),
    VisitState.DISCHARGED: Phrase("已出院", "discharged"),
    VisitState.CLOSED: Phrase("已撤销", "taken back"),
    VisitState.REFUSED: Phrase("没有办成", "never opened"),
}
#: What to do first when a visit stands elsewhere than an act wants it.
FIRST = {
    VisitState.OPENING: Phrase("请等登记的结果。", "Wait for the outcome of its registration."),
    VisitState.OPEN: Phrase("请先办理出院。", "Discharge the person first."),
    VisitState.DISCHARGED: Phrase("请先撤销出院。", "Take the discharge back first."),
    VisitState.CLOSED: Phrase("需要时请重新登记。", "Register again if it is wanted."),
    VisitState.REFUSED: Phrase("需要时请重新登记。", "Register again if it is wanted."),
}
NOTHING_KEPT: Mapping[str, object] = MappingProxyType({})
_NOT_WRITTEN = Phrase(
    "结果没有写进本机磁盘，重新启动程序后查询", "its outcome is not on this disk, it is asked about after a restart"
)


@dataclass(frozen=True, slots=True)
class VisitQuote:
    """What the unsettled charges of a visit come to by the bureau's trial; nothing is booked."""

    visit: Visit
    identified: Identified
    request: Request  # of the settlement
    own_number: str  # the batch that is settled; empty: all that is unsettled
    total_fen: int
    trial: BureauFigures

    @property
    def due_fen(self) -> int:
        """What the person is to pay: the bureau's figure stands."""
        return self.trial.cash_pay_fen


@dataclass(frozen=True, slots=True)
class VisitSettled:
    """A settled visit or stay; ``change_fen`` is given back in cash, ``short_fen`` is still to be collected."""

    id: str
    message_id: str
    booked: Booked
    change_fen: int
    short_fen: int
    differences: tuple[Difference, ...]


def find(office: Office, id_: str) -> Visit:
    """The visit or stay of that number.

    Raises:
        Refused: S-NOVISIT.
    """
    with office.store.read() as connection:
        found = visits.find_visit(connection, id_)
    if found is None:
        raise Refused(NO_SUCH_VISIT, id=id_)
    return found


def free(office: Office, id_: str, act: Phrase, *states: VisitState) -> Visit:
    """The visit, if it may go on and stands where the act wants it.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED while an outcome of it is unknown, S-VISIT when it stands elsewhere.
    """
    visit = find(office, id_)
    if visit.blocked_by is not None:
        raise blocked(office, visit.blocked_by)
    if visit.state not in states:
        raise standing_wrong(office, visit, act)
    return visit


def blocked(office: Office, blocking: Message) -> Refused:
    """What the clerk is told while the outcome of that message of a visit is unknown."""
    language = office.settings.language
    return Refused(
        VISIT_BLOCKED,
        id=blocking.id,
        what=KINDS[blocking.kind].say(language),
        since=f"{shanghai(blocking.created_at):%m-%d %H:%M}",
        asking=_asking(office, blocking).say(language),
    )


def standing_wrong(office: Office, visit: Visit, act: Phrase) -> Refused:
    """What the clerk is told when a visit stands where the act cannot be done."""
    language = office.settings.language
    state, first = STATES[visit.state].say(language), FIRST[visit.state].say(language)
    return Refused(VISIT_STATE_WRONG, id=visit.id, state=state, act=act.say(language), next=first)


def _asking(office: Office, blocking: Message) -> Phrase:
    if blocking.state is State.INTENT:
        return _NOT_WRITTEN
    with office.store.read() as connection:
        pending = journal.pending_of(connection, blocking.id)
    return ASKING["" if pending is None else pending.asking]


def rows_of_cart(
    visit: Visit, cart: Sequence[CartLine], batch: str, office: Office, department: Department, doctor: Doctor
) -> tuple[ChargeRow, ...]:
    """The cart as rows of the visit; serials go on from what was ever sent of it, also in vain."""
    used = rows_sent(visit)
    return tuple(
        ChargeRow(
            serial=str(used + line.number),
            batch=batch,
            national_code=line.item.national_code,
            own_code=line.item.code,
            unit_price=line.item.unit_price,
            quantity=line.quantity,
            amount_fen=line.amount_fen,
            at=office.bureau.now,
            department=department,
            doctor=doctor,
        )
        for line in cart
    )


def rows_sent(visit: Visit) -> int:
    """How many rows were ever sent of a visit, also in vain: the next serial is one more."""
    return sum(one.request.count('"feedetl_sn"') for one in visit.messages if one.kind is Kind.CHARGE)


def unsettled_fen(visit: Visit, own_number: str = "") -> int:
    """The sum of the charges that are to be settled.

    Raises:
        Refused: S-NOCHARGES.
    """
    charges = [one for one in visit.unsettled_charges if own_number in ("", one.own_number)]
    if not charges:
        raise Refused(NOTHING_TO_SETTLE, id=visit.id)
    return sum(one.amount_fen for one in charges)


def settle(
    office: Office,
    quoted: VisitQuote,
    tender: Sequence[Paid],
    kept: Mapping[str, object] = NOTHING_KEPT,
    differences: tuple[Difference, ...] = (),
) -> VisitSettled:
    """Settles what was quoted; the deposit that a stay uses is part of the tender.

    ``kept`` is what the sale's record is to hold besides, ``differences`` what the trial showed.

    Raises:
        Refused: S-TENDER, S-CHANGE, S-BLOCKED, S-VISIT (a stay is settled after its discharge), S-DEPOSIT with nothing
            done; R-2207 or R-2304 when the bureau refuses: the tender goes back.
        EnvironmentProblem: N-SEND when the message was not sent: the tender goes back; N-CLOCK; D-….
        OutcomeUnknown: U-2207, U-2304.
    """
    check_tender(quoted.due_fen, tender)
    wanted = VisitState.DISCHARGED if quoted.visit.is_stay else VisitState.OPEN
    free(office, quoted.visit.id, Phrase("结算", "settle"), wanted)
    person = quoted.identified.person

    def beside(connection: StoreConnection, message: Message) -> None:
        _require_deposit(connection, quoted.visit.id, tender)
        record = {
            **kept,
            "person": {
                "person_no": person.person_no,
                "name": person.name,
                "place_of_insurance": person.place_of_insurance,
                "insurance_type": person.insurance_type,
            },
            "visit": quoted.visit.id,
            "trial_fen": quoted.trial.by_name(),
        }
        settlements.record_sale(connection, message.id, quoted.total_fen, record)
        settlements.record_differences(connection, message.id, differences)
        money_moves.lay_down(connection, message.id, tender, now=message.created_at, drawer=office.drawer)

    act = Act(
        Kind.SETTLE,
        quoted.request,
        person.person_no,
        quoted.total_fen,
        visit=quoted.visit.id,
        own_number=quoted.own_number,
    )
    done = book(office, act, beside)
    if done.conclusion.booked is None:
        raise not_settled(done, tender)
    return _settled(office, quoted, done, done.conclusion.booked, tender)


def _require_deposit(connection: StoreConnection, id_: str, tender: Sequence[Paid]) -> None:
    """A visit that is free has no other settlement under way, so all that is left of its deposit may be used."""
    asked_fen = total_fen([paid for paid in tender if paid.means is Means.DEPOSIT])
    held_fen = money_book.deposit_left_fen(money_book.totals_fen(connection, id_))
    if asked_fen > held_fen:
        raise Refused(NO_DEPOSIT_LEFT, id=id_, held=yuan_grouped(held_fen), asked=yuan_grouped(asked_fen))


def _settled(office: Office, quoted: VisitQuote, done: Booking, booked: Booked, tender: Sequence[Paid]) -> VisitSettled:
    with office.store.read() as connection:
        change_fen = money_book.totals_fen(connection, done.message.id)[Entry.CHANGE]
    return VisitSettled(
        id=done.message.id,
        message_id=done.message.message_id,
        booked=booked,
        change_fen=change_fen,
        short_fen=max(booked.figures.cash_pay_fen - total_fen(tender), 0),
        differences=compare_settled(quoted.trial, booked.figures),
    )
