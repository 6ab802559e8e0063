"""A stay at the desk: admitted, deposit taken, charged, discharged, settled; and each of these taken back.

2401 → 2403 → 2301 → 2303 → 2402 → 2304; back by 2305 (``desk.void``) → 2405 → 2302 → 2404 (protocol, 5.4). A stay is
admitted and discharged online.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_client.desk.booking import Act, book
from pos_client.desk.cart import CartLine
from pos_client.desk.identify import Identified
from pos_client.desk.station import Office
from pos_client.desk.visit_desk import VisitQuote, find, free, rows_of_cart, standing_wrong, unsettled_fen
from pos_client.desk.words import NO_DEPOSIT_LEFT, NO_SUCH_VISIT
from pos_client.errors import Refused
from pos_client.money import yuan_grouped
from pos_client.offline import audit, money_book
from pos_client.offline.journal import Kind, Message
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.visits import Visit, VisitState
from pos_client.phrase import Phrase
from pos_client.runtime import business_date
from pos_client.sync import stay
from pos_client.sync.care import Department, Diagnosis, Doctor
from pos_client.sync.charge_rows import uploads_of
from pos_client.sync.envelope import place_of_insurance
from pos_client.sync.patient import Bill
from pos_client.sync.search import serials_of
from pos_client.sync.setlinfo import read_trial
from pos_client.sync.stay import Admission, Discharge

VISIT = "inpatient"


@dataclass(frozen=True, slots=True)
class Ward:
    """Where a person lies and who treats."""

    department: Department
    doctor: Doctor
    bed: str


def admit(office: Office, identified: Identified, ward: Ward, diagnoses: Sequence[Diagnosis], own_number: str) -> str:
    """Admits a person (2401) and returns the stay's number in this store; ``own_number`` is the institution's.

    Raises:
        Refused: R-2401. EnvironmentProblem: N-…, D-…. OutcomeUnknown: U-2401; the program finds out.
    """
    admission = _admission(office, identified, ward, diagnoses, own_number)
    request = stay.admit_request(office.region, admission)
    done = book(office, Act(Kind.ADMIT, request, identified.person.person_no, own_number=own_number))
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


def change(office: Office, id_: str, identified: Identified, ward: Ward, diagnoses: Sequence[Diagnosis]) -> None:
    """Changes the particulars of a stay (2403); sent again it changes nothing more.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, R-2403. EnvironmentProblem. OutcomeUnknown: U-2403.
    """
    visit = free(office, id_, Phrase("变更住院信息", "change the stay"), VisitState.OPEN)
    admission = _admission(office, identified, ward, diagnoses, visit.own_number)
    request = stay.change_request(visit.visit_id, admission)
    book(office, Act(Kind.CHANGE, request, visit.opening.person_no, visit=visit.id)).require_ok()


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
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, R-2301. EnvironmentProblem. OutcomeUnknown: U-2301. What was uploaded
            before the message that failed stays uploaded.
    """
    visit = free(office, id_, Phrase("上传费用", "upload charges"), VisitState.OPEN)
    rows = rows_of_cart(visit, cart, "", office, ward.department, ward.doctor)
    uploaded = []
    for portion in uploads_of(rows):
        request = stay.rows_request(identified.person, office.region.visits[VISIT], visit.visit_id, portion)
        amount_fen = sum(row.amount_fen for row in portion)
        done = book(office, Act(Kind.CHARGE, request, visit.opening.person_no, amount_fen, visit=visit.id))
        done.require_ok()
        uploaded.append(done.message.id)
    return tuple(uploaded)


def withdraw(office: Office, id_: str, upload: Message) -> None:
    """Takes the rows of an unsettled upload back (2302).

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, R-2302. EnvironmentProblem. OutcomeUnknown: U-2302.
    """
    visit = free(office, id_, Phrase("撤销费用", "withdraw charges"), VisitState.OPEN)
    place = place_of_insurance(upload.request)
    request = stay.withdraw_rows_request(visit.visit_id, upload.person_no, place, tuple(serials_of(upload)))
    book(office, Act(Kind.WITHDRAW, request, upload.person_no, about=upload.id, visit=visit.id)).require_ok()


def discharge(office: Office, id_: str, identified: Identified, ward: Ward, diagnoses: Sequence[Diagnosis]) -> None:
    """Discharges a person (2402).

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, R-2402. EnvironmentProblem. OutcomeUnknown: U-2402.
    """
    visit = free(office, id_, Phrase("办理出院", "discharge"), VisitState.OPEN)
    request = stay.discharge_request(
        Discharge(
            person=identified.person,
            visit_id=visit.visit_id,
            ended_at=office.bureau.now,
            department=ward.department,
            bed=ward.bed,
            way="1",
            diagnoses=tuple(diagnoses),
        )
    )
    book(office, Act(Kind.DISCHARGE, request, visit.opening.person_no, visit=visit.id)).require_ok()


def undischarge(office: Office, id_: str) -> None:
    """Takes a discharge back (2405); its settlement must have been voided.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, R-2405. EnvironmentProblem. OutcomeUnknown: U-2405.
    """
    visit = free(office, id_, Phrase("撤销出院", "take the discharge back"), VisitState.DISCHARGED)
    opening = visit.opening
    request = stay.cancel_discharge_request(visit.visit_id, opening.person_no, place_of_insurance(opening.request))
    book(office, Act(Kind.UNDISCHARGE, request, opening.person_no, visit=visit.id)).require_ok()


def unadmit(office: Office, id_: str) -> None:
    """Takes an admission back (2404); its charges must have been withdrawn.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, R-2404. EnvironmentProblem. OutcomeUnknown: U-2404.
    """
    visit = free(office, id_, Phrase("撤销入院", "take the admission back"), VisitState.OPEN)
    opening = visit.opening
    request = stay.cancel_admission_request(visit.visit_id, opening.person_no, place_of_insurance(opening.request))
    book(office, Act(Kind.UNADMIT, request, opening.person_no, about=opening.id, visit=visit.id)).require_ok()


def quote(office: Office, id_: str, identified: Identified, *, use_account: bool) -> VisitQuote:
    """Asks the bureau what the unsettled charges come to (2303), at any moment; books nothing.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, S-NOCHARGES, R-2303, R-SUM. EnvironmentProblem: N-….
    """
    visit = free(office, id_, Phrase("试算", "try"), VisitState.OPEN, VisitState.DISCHARGED)
    total_fen = unsettled_fen(visit)
    person, region = identified.person, office.region
    left_on = business_date(office.bureau.now) if visit.state is VisitState.DISCHARGED else None
    bill = Bill(person, identified.credential, region.visits[VISIT], visit.visit_id, total_fen, use_account=use_account)
    answer = office.bureau.query(stay.trial_request(region, bill, discharged_on=left_on))
    trial = office.bureau.readable(
        answer, stay.TRIAL, lambda _: read_trial(region, answer, person_no=person.person_no, total_fen=total_fen)
    )
    request = stay.settle_request(region, bill, trial, discharged_on=left_on)
    return VisitQuote(visit, identified, request, "", total_fen, trial)


def tender_with_deposit(office: Office, quoted: VisitQuote, tender: Sequence[Paid] = ()) -> tuple[Paid, ...]:
    """The tender of a discharge: the deposit as far as it is needed, and what is laid down on top."""
    used_fen = min(deposit_held_fen(office, quoted.visit), quoted.due_fen)
    return (Paid(Means.DEPOSIT, used_fen), *tender) if used_fen else tuple(tender)
