"""A stay at the desk: admitted, deposit taken, charged, discharged, settled; and each of these taken back.

2401 → 2403 → 2301 → 2303 → 2402 → 2304; back by 2305 (``desk.void``) → 2405 → 2302 → 2404 (protocol, 5.4). A stay is
admitted and discharged online.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pos_client.desk.booking import Act, Beside, book, nothing_beside
from pos_client.desk.cart import CartLine
from pos_client.desk.identify import Identified
from pos_client.desk.operators import SignedIn, require_supervisor
from pos_client.desk.station import Office
from pos_client.desk.stay_words import OTHER_PERSONS_STAY
from pos_client.desk.visit_desk import VisitQuote, find, free, rows_of_cart, standing_wrong, unsettled_fen
from pos_client.desk.words import NO_DEPOSIT_LEFT, NO_SUCH_VISIT
from pos_client.errors import Refused
from pos_client.money import yuan_grouped
from pos_client.offline import audit, money_book
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.store import StoreConnection
from pos_client.offline.visits import Visit, VisitState
from pos_client.phrase import Phrase
from pos_client.sync import stay
from pos_client.sync.care import Department, Diagnosis, Doctor
from pos_client.sync.charge_rows import ChargeRow, uploads_of
from pos_client.sync.envelope import place_of_insurance
from pos_client.sync.patient import Bill
from pos_client.sync.region import AccountUse
from pos_client.sync.search import serials_of
from pos_client.sync.setlinfo import read_trial
from pos_client.sync.stay import Admission, Discharge

VISIT = "inpatient"
#: dscg_way: the doctor ordered it.
AS_ORDERED = "1"
_UNDISCHARGE = Phrase("撤销出院", "take the discharge back")
_UNADMIT = Phrase("撤销入院", "take the admission back")


@dataclass(frozen=True, slots=True)
class Ward:
    """Where a person lies and who treats."""

    department: Department
    doctor: Doctor
    bed: str


def admit(
    office: Office,
    identified: Identified,
    ward: Ward,
    diagnoses: Sequence[Diagnosis],
    own_number: str,
    beside: Beside = nothing_beside,
) -> str:
    """Admits a person (2401) and returns the stay's number in this store; ``own_number`` is the institution's.

    ``beside`` is written in the commit of the intent, under that number.

    Raises:
        Refused: R-2401. EnvironmentProblem: N-…, D-…. OutcomeUnknown: U-2401; the program finds out.
    """
    admission = _admission(office, identified, ward, diagnoses, own_number)
    request = stay.admit_request(office.region, admission)
    done = book(office, Act(Kind.ADMIT, request, identified.person.person_no, own_number=own_number), beside)
    done.require_ok()
    return done.message.id


def _admission(
    office: Office, identified: Identified, ward: Ward, diagnoses: Sequence[Diagnosis], own_number: str
) -> Admission:
    return Admission(
        person=identified.person,
        credential=identified.credential,
        visit=office.region.visits[VISIT],
        own_number=own_number,
        begun_at=office.bureau.now,
        department=ward.department,
        doctor=ward.doctor,
        bed=ward.bed,
        diagnoses=tuple(diagnoses),
    )


def change(
    office: Office,
    id_: str,
    identified: Identified,
    ward: Ward,
    diagnoses: Sequence[Diagnosis],
    beside: Beside = nothing_beside,
) -> None:
    """Changes the particulars of a stay (2403); sent again it changes nothing more.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, S-STAYPERSON, R-2403. EnvironmentProblem. OutcomeUnknown: U-2403.
    """
    visit = free(office, id_, Phrase("变更住院信息", "change the stay"), VisitState.OPEN)
    require_same_person(visit, identified)
    admission = _admission(office, identified, ward, diagnoses, visit.own_number)
    request = stay.change_request(visit.visit_id, admission)
    book(office, Act(Kind.CHANGE, request, visit.opening.person_no, visit=visit.id), beside).require_ok()


def require_same_person(visit: Visit, identified: Identified) -> None:
    """Refuses an act for a stay in the name of somebody else.

    Raises:
        Refused: S-STAYPERSON.
    """
    if identified.person.person_no != visit.opening.person_no:
        raise Refused(OTHER_PERSONS_STAY, id=visit.id)


def take_deposit(office: Office, id_: str, paid: Paid) -> int:
    """Books a deposit for a stay and returns what is held now, in fen. The bureau has no part in it.

    Raises:
        Refused: S-NOVISIT, no such stay; S-VISIT, it was taken back or never began. EnvironmentProblem: D-….
    """
    visit = find(office, id_)
    if not visit.is_stay:
        raise Refused(NO_SUCH_VISIT, id=id_)
    if visit.state in (VisitState.CLOSED, VisitState.REFUSED):
        raise standing_wrong(office, visit, Phrase("收押金", "take a deposit"))
    return _move_deposit(office, visit, Entry.DEPOSIT, paid)


def give_deposit_back(office: Office, id_: str, paid: Paid) -> int:
    """Books what of a deposit goes back and returns what is still held, in fen.

    Raises:
        Refused: S-NOVISIT, S-DEPOSIT when more is to go back than is held. EnvironmentProblem: D-….
    """
    visit = find(office, id_)
    held_fen = deposit_held_fen(office, visit)
    if paid.amount_fen > held_fen:
        raise Refused(NO_DEPOSIT_LEFT, id=id_, held=yuan_grouped(held_fen), asked=yuan_grouped(paid.amount_fen))
    return _move_deposit(office, visit, Entry.DEPOSIT_BACK, paid)


def deposit_held_fen(office: Office, visit: Visit) -> int:
    """What of a stay's deposit is neither used nor given back, nor laid down for a settlement whose outcome is open."""
    with office.store.read() as connection:
        return deposit_free_fen(connection, visit)


def deposit_free_fen(connection: StoreConnection, visit: Visit) -> int:
    """As :func:`deposit_held_fen`, inside a reading that is under way."""
    held_fen = money_book.deposit_left_fen(money_book.totals_fen(connection, visit.id))
    settles = [one for one in visit.messages if one.kind is Kind.SETTLE]
    laid_down = [paid for one in settles for paid in money_book.open_tender(connection, one.id)]
    return held_fen - sum(paid.amount_fen for paid in laid_down if paid.means is Means.DEPOSIT)


def _move_deposit(office: Office, visit: Visit, entry: Entry, paid: Paid) -> int:
    now, drawer = office.bureau.now, office.drawer
    with office.store.commit() as connection:
        money_book.book(connection, visit.id, entry, paid, now=now, drawer=drawer)
        detail = {"amount_fen": paid.amount_fen, "means": paid.means}
        audit.append(connection, entry, visit.id, detail, now=now, operator=drawer.operator)
    return deposit_held_fen(office, visit)


def charge(office: Office, id_: str, identified: Identified, cart: Sequence[CartLine], ward: Ward) -> tuple[str, ...]:
    """Uploads charges (2301), a hundred rows a message, and returns the uploads' numbers in this store.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, S-STAYPERSON, R-2301. EnvironmentProblem. OutcomeUnknown: U-2301. What
            was uploaded before the message that failed stays uploaded.
    """
    visit = chargeable(office, id_)
    require_same_person(visit, identified)
    rows = rows_of_cart(visit, cart, "", office, ward.department, ward.doctor)
    return tuple(upload(office, visit, portion) for portion in uploads_of(rows))


def chargeable(office: Office, id_: str) -> Visit:
    """The stay, if it takes charges now.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT.
    """
    return free(office, id_, Phrase("上传费用", "upload charges"), VisitState.OPEN)


def upload(office: Office, visit: Visit, rows: Sequence[ChargeRow]) -> str:
    """Uploads rows in one message (2301), at most a hundred, and returns the upload's number in this store.

    Raises:
        Refused: R-2301. EnvironmentProblem. OutcomeUnknown: U-2301.
    """
    opening = visit.opening
    whose = stay.Charged(opening.person_no, place_of_insurance(opening.request))
    request = stay.rows_request(whose, office.region.visits[VISIT], visit.visit_id, rows)
    amount_fen = sum(row.amount_fen for row in rows)
    done = book(office, Act(Kind.CHARGE, request, opening.person_no, amount_fen, visit=visit.id))
    done.require_ok()
    return done.message.id


def withdraw(office: Office, id_: str, upload: Message) -> None:
    """Takes the rows of an unsettled upload back (2302).

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, R-2302. EnvironmentProblem. OutcomeUnknown: U-2302.
    """
    visit = free(office, id_, Phrase("撤销费用", "withdraw charges"), VisitState.OPEN)
    place = place_of_insurance(upload.request)
    request = stay.withdraw_rows_request(visit.visit_id, upload.person_no, place, tuple(serials_of(upload)))
    book(office, Act(Kind.WITHDRAW, request, upload.person_no, about=upload.id, visit=visit.id)).require_ok()


def discharge(
    office: Office,
    id_: str,
    identified: Identified,
    ward: Ward,
    diagnoses: Sequence[Diagnosis],
    way: str = AS_ORDERED,
) -> None:
    """Discharges a person (2402); ``way`` as in :class:`Discharge`.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, S-STAYPERSON, R-2402. EnvironmentProblem. OutcomeUnknown: U-2402.
    """
    visit = free(office, id_, Phrase("办理出院", "discharge"), VisitState.OPEN)
    require_same_person(visit, identified)
    request = stay.discharge_request(
        Discharge(
            person=identified.person,
            visit_id=visit.visit_id,
            ended_at=office.bureau.now,
            department=ward.department,
            bed=ward.bed,
            way=way,
            diagnoses=tuple(diagnoses),
        )
    )
    book(office, Act(Kind.DISCHARGE, request, visit.opening.person_no, visit=visit.id)).require_ok()


def undischarge(office: Office, id_: str, supervisor: SignedIn | None = None) -> None:
    """Takes a discharge back (2405); its settlement must have been voided. A cashier wants a supervisor's word.

    Raises:
        Refused: S-SUPERVISOR, S-NOVISIT, S-BLOCKED, S-VISIT, R-2405. EnvironmentProblem. OutcomeUnknown: U-2405.
    """
    allowed_by = _allowed(office, supervisor, _UNDISCHARGE)
    visit = free(office, id_, _UNDISCHARGE, VisitState.DISCHARGED)
    opening = visit.opening
    request = stay.cancel_discharge_request(visit.visit_id, opening.person_no, place_of_insurance(opening.request))
    act = Act(Kind.UNDISCHARGE, request, opening.person_no, visit=visit.id, authorised_by=allowed_by)
    book(office, act).require_ok()


def unadmit(office: Office, id_: str, supervisor: SignedIn | None = None) -> None:
    """Takes an admission back (2404); its charges must have been withdrawn. A cashier wants a supervisor's word.

    Raises:
        Refused: S-SUPERVISOR, S-NOVISIT, S-BLOCKED, S-VISIT, R-2404. EnvironmentProblem. OutcomeUnknown: U-2404.
    """
    allowed_by = _allowed(office, supervisor, _UNADMIT)
    visit = free(office, id_, _UNADMIT, VisitState.OPEN)
    opening = visit.opening
    request = stay.cancel_admission_request(visit.visit_id, opening.person_no, place_of_insurance(opening.request))
    person_no = opening.person_no
    act = Act(Kind.UNADMIT, request, person_no, about=opening.id, visit=visit.id, authorised_by=allowed_by)
    book(office, act).require_ok()


def _allowed(office: Office, supervisor: SignedIn | None, act: Phrase) -> str:
    allowed_by = supervisor or office.by
    require_supervisor(allowed_by, act.say(office.settings.language))
    return allowed_by.name


def admitted_on(visit: Visit) -> date:
    """The day of the admission."""
    return date.fromisoformat(visit.opening.business_date)


def left_on(visit: Visit) -> date | None:
    """The day of the discharge that stands; None while the person is in hospital."""
    if visit.state is not VisitState.DISCHARGED:
        return None
    discharges = [one for one in visit.messages if one.kind is Kind.DISCHARGE and one.state is State.OK]
    return date.fromisoformat(discharges[-1].business_date)


def quote(office: Office, id_: str, identified: Identified, *, account: AccountUse) -> VisitQuote:
    """Asks the bureau what the unsettled charges come to (2303), at any moment; books nothing.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, S-STAYPERSON, S-NOCHARGES, R-2303, R-SUM. EnvironmentProblem: N-….
    """
    visit = free(office, id_, Phrase("试算", "try"), VisitState.OPEN, VisitState.DISCHARGED)
    require_same_person(visit, identified)
    total_fen = unsettled_fen(visit)
    person, region = identified.person, office.region
    ended_on = left_on(visit)
    bill = Bill(person, identified.credential, region.visits[VISIT], visit.visit_id, total_fen, account=account)
    answer = office.bureau.query(stay.trial_request(region, bill, discharged_on=ended_on))
    trial = office.bureau.readable(
        answer, stay.TRIAL, lambda _: read_trial(region, answer, person_no=person.person_no, total_fen=total_fen)
    )
    request = stay.settle_request(region, bill, trial, discharged_on=ended_on)
    return VisitQuote(visit, identified, request, "", total_fen, trial)


def tender_with_deposit(office: Office, quoted: VisitQuote, tender: Sequence[Paid] = ()) -> tuple[Paid, ...]:
    """The tender of a discharge: the deposit as far as it is needed, and what is laid down on top."""
    used_fen = min(deposit_held_fen(office, quoted.visit), quoted.due_fen)
    return (Paid(Means.DEPOSIT, used_fen), *tender) if used_fen else tuple(tender)
