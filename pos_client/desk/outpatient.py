"""An outpatient visit at the desk: registered, described, charged, settled; and each of these taken back.

2201 → 2203 → 2204 → 2206 → 2207; back by 2208 (``desk.void``) → 2205 → 2202 (protocol, 5.4).
"""

from collections.abc import Sequence

from pos_client.desk.booking import Act, book
from pos_client.desk.cart import CartLine
from pos_client.desk.identify import Identified
from pos_client.desk.station import Office
from pos_client.desk.visit_desk import VisitQuote, free, rows_of_cart, unsettled_fen
from pos_client.offline.journal import Kind, Message
from pos_client.offline.visits import VisitState
from pos_client.phrase import Phrase
from pos_client.sync import outpatient
from pos_client.sync.care import Department, Diagnosis, Doctor
from pos_client.sync.envelope import place_of_insurance
from pos_client.sync.outpatient import Registration
from pos_client.sync.patient import Bill
from pos_client.sync.region import AccountUse
from pos_client.sync.setlinfo import read_trial

VISIT = "outpatient"


def register(office: Office, identified: Identified, department: Department, doctor: Doctor, own_number: str) -> str:
    """Registers a visit (2201) and returns its number in this store; ``own_number`` is the institution's.

    Raises:
        Refused: R-2201. EnvironmentProblem: N-…, D-…. OutcomeUnknown: U-2201; the program finds out.
    """
    person = identified.person
    registration = Registration(
        person=person,
        credential=identified.credential,
        visit=office.region.visits[VISIT],
        own_number=own_number,
        begun_at=office.bureau.now,
        department=department,
        doctor=doctor,
    )
    act = Act(Kind.REGISTER, outpatient.register_request(registration), person.person_no, own_number=own_number)
    done = book(office, act)
    done.require_ok()
    return done.message.id


def describe(
    office: Office,
    id_: str,
    identified: Identified,
    diagnoses: Sequence[Diagnosis],
    department: Department,
    doctor: Doctor,
) -> None:
    """Sends the diagnoses of a visit (2203); sent again they replace the former ones.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, R-2203. EnvironmentProblem. OutcomeUnknown: U-2203.
    """
    visit = free(office, id_, Phrase("上传诊断", "send diagnoses"), VisitState.OPEN)
    registration = Registration(
        person=identified.person,
        credential=identified.credential,
        visit=office.region.visits[VISIT],
        own_number=visit.own_number,
        begun_at=visit.opening.created_at,
        department=department,
        doctor=doctor,
    )
    request = outpatient.diagnoses_request(office.region, registration, visit.visit_id, diagnoses)
    book(office, Act(Kind.DESCRIBE, request, visit.opening.person_no, visit=visit.id)).require_ok()


def charge(
    office: Office, id_: str, identified: Identified, cart: Sequence[CartLine], department: Department, doctor: Doctor
) -> str:
    """Uploads a batch of charges (2204) and returns the upload's number in this store.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, R-2204. EnvironmentProblem. OutcomeUnknown: U-2204.
    """
    visit = free(office, id_, Phrase("上传费用", "upload charges"), VisitState.OPEN)
    batch = f"{visit.own_number}-{sum(one.kind is Kind.CHARGE for one in visit.messages) + 1}"
    rows = rows_of_cart(visit, cart, batch, office, department, doctor)
    request = outpatient.rows_request(identified.person, visit.visit_id, rows)
    amount_fen = sum(row.amount_fen for row in rows)
    act = Act(Kind.CHARGE, request, visit.opening.person_no, amount_fen, visit=visit.id, own_number=batch)
    done = book(office, act)
    done.require_ok()
    return done.message.id


def withdraw(office: Office, id_: str, upload: Message) -> None:
    """Takes an unsettled batch back (2205).

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, R-2205. EnvironmentProblem. OutcomeUnknown: U-2205.
    """
    visit = free(office, id_, Phrase("撤销费用", "withdraw charges"), VisitState.OPEN)
    place = place_of_insurance(upload.request)
    request = outpatient.withdraw_rows_request(visit.visit_id, upload.own_number, upload.person_no, place)
    book(office, Act(Kind.WITHDRAW, request, upload.person_no, about=upload.id, visit=visit.id)).require_ok()


def quote(office: Office, id_: str, identified: Identified, upload: Message, *, account: AccountUse) -> VisitQuote:
    """Asks the bureau what a batch comes to (2206); books nothing.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, S-NOCHARGES, R-2206, R-SUM. EnvironmentProblem: N-….
    """
    visit = free(office, id_, Phrase("试算", "try"), VisitState.OPEN)
    batch = upload.own_number
    total_fen = unsettled_fen(visit, batch)
    person = identified.person
    bill = Bill(person, identified.credential, office.region.visits[VISIT], visit.visit_id, total_fen, account=account)
    answer = office.bureau.query(outpatient.trial_request(office.region, bill, batch))
    trial = office.bureau.readable(
        answer,
        outpatient.TRIAL,
        lambda _: read_trial(office.region, answer, person_no=person.person_no, total_fen=total_fen),
    )
    request = outpatient.settle_request(office.region, bill, batch, trial)
    return VisitQuote(visit, identified, request, batch, total_fen, trial)


def unregister(office: Office, id_: str) -> None:
    """Takes the registration back (2202); its charges must have been withdrawn.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, R-2202. EnvironmentProblem. OutcomeUnknown: U-2202.
    """
    visit = free(office, id_, Phrase("退号", "take the registration back"), VisitState.OPEN)
    opening = visit.opening
    request = outpatient.cancel_registration_request(
        visit.visit_id, visit.own_number, opening.person_no, place_of_insurance(opening.request)
    )
    book(office, Act(Kind.UNREGISTER, request, opening.person_no, about=opening.id, visit=visit.id)).require_ok()
