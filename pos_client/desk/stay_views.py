"""Makes what the window shows of one stay and of the list of stays (``stay_view``) out of the store."""

from datetime import date

from pos_client.desk import stay_desk_words as words
from pos_client.desk.charges_in_work import waiting_lines
from pos_client.desk.custody import DOCUMENTS, Document
from pos_client.desk.customer import Customer
from pos_client.desk.deposit import ReceiptRow, deposit_of
from pos_client.desk.sale_view import Amount
from pos_client.desk.sale_words import CLASSES
from pos_client.desk.shown_figures import price
from pos_client.desk.slip_record import SEX
from pos_client.desk.station import Desk, Office
from pos_client.desk.stay_book import Stage, StayDetail, StayRow, stay_detail
from pos_client.desk.stay_charges import ChargedLine, charges_of
from pos_client.desk.stay_view import ChargeView, Receipt, StayLine, StayView, Undo
from pos_client.offline import stays
from pos_client.phrase import Language

_SIGNS = {
    Stage.ADMITTING: "unknown",
    Stage.IN_HOSPITAL: "done",
    Stage.DISCHARGED: "look",
    Stage.SETTLING: "unknown",
    Stage.SETTLED: "look",
    Stage.DONE: "note",
    Stage.TAKEN_BACK: "note",
    Stage.REFUSED: "note",
}
_LEFT = (Stage.SETTLED, Stage.TAKEN_BACK, Stage.REFUSED)


def line_of(row: StayRow, language: Language) -> StayLine:
    """One stay of the list."""
    return StayLine(
        id=row.id,
        own_number=row.own_number,
        name_masked=row.name_masked,
        place=place_of(row.department, row.bed, language),
        since=row.since,
        days=row.days,
        charges_fen=row.charges_fen,
        deposit_fen=row.deposit_fen,
        state=row.state,
        sign="unknown" if row.blocked else _SIGNS[row.stage],
        documents=documents_words(row.documents, language),
    )


def place_of(department: str, bed: str, language: Language) -> str:
    """Department and bed; empty where an older version admitted the person."""
    return words.BED.say(language, department=department, bed=bed) if department else ""


def documents_words(documents: tuple[Document, ...], language: Language) -> str:
    """The names of documents in one line."""
    return ("、" if language == "zh" else ", ").join(DOCUMENTS[one].say(language) for one in documents)


def view_of(desk: Desk, id_: str, customer: Customer | None) -> StayView:
    """One stay in full; ``customer`` is its person where that person was identified.

    Raises:
        Refused: S-NOVISIT.
    """
    office = desk.office
    language, detail = office.settings.language, stay_detail(office, id_)
    row, face = detail.row, detail.face
    patient = None if face is None else face.patient
    deposit = deposit_of(office, id_)
    free = not row.blocked
    return StayView(
        line=line_of(row, language),
        name=detail.name,
        described="" if patient is None else described(patient.sex, patient.born_on, row.since, language),
        card_masked="" if patient is None else patient.card_masked,
        id_masked="" if patient is None else patient.id_masked,
        customer=customer,
        place=place_of(row.department, row.bed, language),
        doctor="" if face is None else face.ward.doctor.name,
        diagnoses=("、" if language == "zh" else ", ").join(one.name for one in detail.diagnoses),
        left_on=detail.left_on,
        charges=tuple(_charge(number, one, language) for number, one in enumerate(charges_of(office, id_), start=1)),
        sums=_sums(detail, language),
        receipts=tuple(_receipt(one) for one in deposit.receipts),
        typed=waiting_lines(desk, person_no_of(office, id_)),
        blocked_why=detail.blocked_why,
        chargeable=free and row.stage is Stage.IN_HOSPITAL,
        triable=free and row.stage in (Stage.IN_HOSPITAL, Stage.DISCHARGED) and detail.unsettled_fen > 0,
        takes_deposit=row.stage not in (Stage.TAKEN_BACK, Stage.REFUSED, Stage.DONE) or row.deposit_fen > 0,
        closing=free and row.stage in _LEFT and bool(row.deposit_fen or row.documents),
        undo=_undo(detail) if free else None,
        settle_id=detail.settle_id,
    )


def described(sex: str, born_on: date | None, day: date, language: Language) -> str:
    """Sex and age on a day."""
    age = ""
    if born_on is not None:
        years = day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
        age = words.YEARS.say(language, age=years)
    named = SEX.get(sex, "") if language == "zh" else {"1": "M", "2": "F"}.get(sex, "")
    return " ".join(filter(None, (named, age)))


def person_no_of(office: Office, id_: str) -> str:
    """The bureau's number of whoever was admitted."""
    with office.store.read() as connection:
        return stays.light_stay(connection, id_).opening.person_no


def _undo(detail: StayDetail) -> Undo | None:
    match detail.row.stage:
        case Stage.SETTLED | Stage.DONE:
            return Undo.SETTLEMENT
        case Stage.DISCHARGED:
            return Undo.DISCHARGE
        case Stage.IN_HOSPITAL:
            return Undo.CHARGES if detail.uploads else Undo.ADMISSION
        case _:
            return None


def _sums(detail: StayDetail, language: Language) -> tuple[Amount, ...]:
    row = detail.row
    charged = Amount(words.CHARGED.say(language), row.charges_fen, bold=True)
    unsettled = Amount(words.UNSETTLED.say(language), detail.unsettled_fen)
    return (charged,) if detail.unsettled_fen == row.charges_fen else (charged, unsettled)


def _charge(number: int, line: ChargedLine, language: Language) -> ChargeView:
    return ChargeView(
        upload=line.upload,
        number=number,
        at=line.at[5:],
        name=line.name,
        class_word=CLASSES[line.cls].say(language) if line.cls else "",
        own_expense=line.cls == "C",
        unit_price=price(line.unit_price),
        quantity=f"{line.quantity.normalize():f}",
        amount_fen=line.amount_fen,
        settled=line.settled,
    )


def _receipt(row: ReceiptRow) -> Receipt:
    return Receipt(row.number, row.at, row.means, row.amount_fen, row.operator)
