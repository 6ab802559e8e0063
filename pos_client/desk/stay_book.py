"""The stays of this desk: a list that is quick with thousands of them, and one stay in full, all from the store."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos_client.desk.custody import Document
from pos_client.desk.masking import masked_name
from pos_client.desk.station import Office
from pos_client.desk.stay import admitted_on, deposit_free_fen, left_on
from pos_client.desk.stay_face import Face, face_of
from pos_client.desk.stay_papers import days_of
from pos_client.desk.visit_desk import blocked
from pos_client.desk.words import NO_SUCH_VISIT
from pos_client.errors import Refused
from pos_client.offline import custody, stays
from pos_client.offline.settlements import SettlementState, state_of_visit
from pos_client.offline.store import StoreConnection
from pos_client.offline.visits import Visit, VisitState
from pos_client.phrase import Phrase
from pos_client.sync.care import Diagnosis

MOST_SHOWN = 200


class Stage(StrEnum):
    """How far a stay has come, as the clerk sees it."""

    ADMITTING = "admitting"
    IN_HOSPITAL = "in_hospital"
    DISCHARGED = "discharged"  # and not settled
    SETTLING = "settling"
    SETTLED = "settled"  # deposit or documents are still here
    DONE = "done"
    TAKEN_BACK = "taken_back"
    REFUSED = "refused"


STAGES = {
    Stage.ADMITTING: Phrase("正在办入院", "being admitted"),
    Stage.IN_HOSPITAL: Phrase("在院", "in hospital"),
    Stage.DISCHARGED: Phrase("已出院，未结算", "discharged, not settled"),
    Stage.SETTLING: Phrase("结算中", "being settled"),
    Stage.SETTLED: Phrase("已结算，待退押金或证件", "settled, deposit or documents to return"),
    Stage.DONE: Phrase("已办完", "done"),
    Stage.TAKEN_BACK: Phrase("已撤销入院", "admission taken back"),
    Stage.REFUSED: Phrase("没有办成入院", "not admitted"),
}


@dataclass(frozen=True, slots=True)
class StayRow:
    """One stay of the list; nobody stands at the counter for it, so the name is masked. Amounts in fen."""

    id: str
    own_number: str
    name_masked: str
    department: str
    bed: str
    since: date
    days: int
    charges_fen: int
    deposit_fen: int
    stage: Stage
    state: str
    blocked: bool
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class StayDetail:
    """One stay for the pages that work on it; ``face`` is None where an older version of the program admitted it.

    ``name`` is the full name: the clerk compares it with the person. ``blocked_why`` says what is being found out.
    """

    row: StayRow
    name: str
    left_on: date | None
    face: Face | None
    diagnoses: tuple[Diagnosis, ...]
    uploads: int
    unsettled_fen: int
    blocked_why: str
    settle_id: str


def stays_of(office: Office, text: str = "") -> list[StayRow]:
    """Stays with something left to do, newest first. A text finds those of them in that bed or department, and stays
    that are done too by the end of a number or the beginning of the name. At most two hundred.
    """
    wanted = text.strip()
    rows: list[StayRow] = []
    with office.store.read() as connection:
        found = stays.find_stay_ids(connection, wanted) if wanted else []
        left = stays.stay_ids(connection, unfinished=True)
        for id_ in dict.fromkeys([*found, *left]):
            visit = stays.light_stay(connection, id_)
            face = face_of(connection, visit)
            if id_ not in found and wanted and not _lies_in(face, wanted):
                continue
            row = _row(office, connection, visit, face)
            if id_ in found or row.stage not in _OVER or row.deposit_fen or row.documents:
                rows.append(row)
            if len(rows) == MOST_SHOWN:
                break
    return rows


_OVER = (Stage.DONE, Stage.TAKEN_BACK, Stage.REFUSED)


def stay_of_person(office: Office, person_no: str) -> StayRow | None:
    """The newest stay of a person with something left to do, or None."""
    with office.store.read() as connection:
        for id_ in stays.stay_ids_of(connection, person_no):
            visit = stays.light_stay(connection, id_)
            row = _row(office, connection, visit, face_of(connection, visit))
            if row.stage not in _OVER or row.deposit_fen or row.documents:
                return row
    return None


def stay_detail(office: Office, id_: str) -> StayDetail:
    """One stay in full.

    Raises:
        Refused: S-NOVISIT.
    """
    with office.store.read() as connection:
        if not stays.is_stay(connection, id_):
            raise Refused(NO_SUCH_VISIT, id=id_)
        visit = stays.light_stay(connection, id_)
        face = face_of(connection, visit)
        row = _row(office, connection, visit, face)
    blocking = visit.blocked_by
    settled = visit.standing_settlements
    return StayDetail(
        row=row,
        name="" if face is None else face.patient.name,
        left_on=left_on(visit),
        face=face,
        diagnoses=() if face is None else face.diagnoses,
        uploads=len(visit.standing_charges),
        unsettled_fen=sum(one.amount_fen for one in visit.unsettled_charges),
        blocked_why="" if blocking is None else blocked(office, blocking).sentence(office.settings.language),
        settle_id=settled[-1].id if settled else "",
    )


def _lies_in(face: Face | None, wanted: str) -> bool:
    return face is not None and (face.ward.bed == wanted or wanted in face.ward.department.name)


def _row(office: Office, connection: StoreConnection, visit: Visit, face: Face | None) -> StayRow:
    deposit_fen = deposit_free_fen(connection, visit)
    documents = custody.held(connection, visit.id)
    stage = _stage(connection, visit, deposit_fen, documents)
    return StayRow(
        id=visit.id,
        own_number=visit.own_number,
        name_masked="" if face is None else masked_name(face.patient.name),
        department="" if face is None else face.ward.department.name,
        bed="" if face is None else face.ward.bed,
        since=admitted_on(visit),
        days=days_of(office, visit),
        charges_fen=sum(one.amount_fen for one in visit.standing_charges),
        deposit_fen=deposit_fen,
        stage=stage,
        state=STAGES[stage].say(office.settings.language),
        blocked=visit.blocked_by is not None,
        documents=documents,
    )


def _stage(connection: StoreConnection, visit: Visit, deposit_fen: int, documents: tuple[Document, ...]) -> Stage:
    if visit.state is not VisitState.DISCHARGED:
        return _BEFORE_DISCHARGE[visit.state]
    money = state_of_visit(connection, visit)
    if money in (SettlementState.PENDING, SettlementState.UNKNOWN, SettlementState.VOIDING):
        return Stage.SETTLING
    if visit.unsettled_charges or not visit.standing_settlements:
        return Stage.DISCHARGED
    return Stage.SETTLED if deposit_fen or documents else Stage.DONE


_BEFORE_DISCHARGE = {
    VisitState.OPENING: Stage.ADMITTING,
    VisitState.OPEN: Stage.IN_HOSPITAL,
    VisitState.CLOSED: Stage.TAKEN_BACK,
    VisitState.REFUSED: Stage.REFUSED,
}
