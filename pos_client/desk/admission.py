"""Admitting a person as one act for the clerk: the stay, its first page, and the documents that stay here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from pos_client.desk import stay
from pos_client.desk.booking import Beside
from pos_client.desk.care_lists import Disease
from pos_client.desk.custody import BOTH, Document, note
from pos_client.desk.identify import Identified
from pos_client.desk.slip import Slip
from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Office
from pos_client.desk.stay import Ward
from pos_client.desk.stay_face import keeping
from pos_client.desk.stay_papers import admission_slip
from pos_client.desk.stay_words import NO_DIAGNOSIS, NUMBER_UNUSABLE
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.offline import custody, stays
from pos_client.offline.custody import Moved
from pos_client.offline.journal import Message
from pos_client.offline.store import StoreConnection
from pos_client.phrase import Phrase
from pos_client.runtime import business_date
from pos_client.sync.care import Diagnosis

#: ipt_no is C30.
LONGEST_NUMBER = 30
_EMPTY = Phrase("是空的", "it is empty")
_TOO_LONG = Phrase(f"超过 {LONGEST_NUMBER} 个字符", f"it has more than {LONGEST_NUMBER} characters")


@dataclass(frozen=True, slots=True)
class AdmissionForm:
    """What the clerk enters; the first disease is the main one."""

    ward: Ward
    diseases: tuple[Disease, ...]
    own_number: str
    documents: tuple[Document, ...] = BOTH


@dataclass(frozen=True, slots=True)
class Admitted:
    """A person in hospital: the stay's number in this store, the institution's, and the paper for the patient."""

    id: str
    own_number: str
    slip: Slip
    slip_file: Path


def propose_own_number(office: Office) -> str:
    """An inpatient number that no other desk proposes: ZY, desk, day, and how many this desk has admitted today."""
    day = business_date(office.bureau.now)
    with office.store.read() as connection:
        begun = stays.admissions_on(connection, day)
    return f"ZY{office.drawer.desk:02d}{day:%y%m%d}{begun + 1:03d}"


def admit(office: Office, identified: Identified, form: AdmissionForm) -> Admitted:
    """Admits a person (2401) and takes the documents into custody; refused, they go back at once.

    Raises:
        Refused: S-STAYNUMBER, S-DIAGNOSIS; R-2401. EnvironmentProblem: N-…, D-…; S-SLIP, the person is admitted.
        OutcomeUnknown: U-2401; the documents are kept, the program finds out.
    """
    _check_number(form.own_number)
    diagnoses = diagnoses_of(office, form.ward, form.diseases)
    begun: list[str] = []
    beside = _with_documents(office, keeping(office, identified, form.ward, diagnoses), form.documents, begun)
    try:
        id_ = stay.admit(office, identified, form.ward, diagnoses, form.own_number.strip(), beside)
    except (Refused, EnvironmentProblem):
        _hand_back(office, begun)
        raise
    slip = admission_slip(office, id_)
    return Admitted(id_, form.own_number.strip(), slip, write_slip(office.books.home, id_, slip))


def change(office: Office, id_: str, identified: Identified, ward: Ward, diseases: Sequence[Disease]) -> None:
    """Changes ward and diagnoses of a stay (2403).

    Raises:
        Refused: S-DIAGNOSIS, S-NOVISIT, S-BLOCKED, S-VISIT, S-STAYPERSON, R-2403. EnvironmentProblem. OutcomeUnknown.
    """
    diagnoses = diagnoses_of(office, ward, diseases)
    stay.change(office, id_, identified, ward, diagnoses, keeping(office, identified, ward, diagnoses))


def diagnoses_of(office: Office, ward: Ward, diseases: Sequence[Disease]) -> tuple[Diagnosis, ...]:
    """Diagnoses made now by the doctor of the ward, the first of them the main one.

    Raises:
        Refused: S-DIAGNOSIS, there is none.
    """
    if not diseases:
        raise Refused(NO_DIAGNOSIS, count=0)
    return tuple(
        Diagnosis(
            number=number,
            kind=disease.kind,
            code=disease.code,
            name=disease.name,
            department=ward.department,
            doctor=ward.doctor,
            at=office.bureau.now,
            main=number == 1,
        )
        for number, disease in enumerate(diseases, start=1)
    )


def _check_number(number: str) -> None:
    why = _EMPTY if not number.strip() else _TOO_LONG if len(number.strip()) > LONGEST_NUMBER else None
    if why is not None:
        raise Refused(NUMBER_UNUSABLE, number=number, why_zh=why.zh, why_en=why.en)


def _with_documents(office: Office, keep_face: Beside, documents: Collection[Document], begun: list[str]) -> Beside:
    def beside(connection: StoreConnection, message: Message) -> None:
        keep_face(connection, message)
        note(office, connection, message.id, documents, Moved.TAKEN)
        begun.append(message.id)

    return beside


def _hand_back(office: Office, begun: Sequence[str]) -> None:
    """Nobody was admitted: what was taken goes back over the counter. Before the commit nothing was noted."""
    for id_ in begun:
        with office.store.commit() as connection:
            note(office, connection, id_, custody.held(connection, id_), Moved.RETURNED)
