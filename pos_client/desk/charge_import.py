"""A file of charges at the desk: shown with every row judged, then uploaded in hundreds, each row once.

What was uploaded is known from the journal alone, so an import that broke off goes on where it stood, also on another
day. A row is the same as one that stands when it has the same number; without one, when time, item, quantity and price
are the same, as often as they stand.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from pos_client.desk import stay
from pos_client.desk.care_lists import CareLists, care_lists
from pos_client.desk.charge_file import ChargeLine, ChargeTable, Limits, checked, read_charge_table
from pos_client.desk.slip import CLASS
from pos_client.desk.station import Office
from pos_client.desk.stay_face import Face, face_of
from pos_client.desk.stay_words import NO_FACE, NO_ROWS_LEFT, ROWS_UNSIGNED, ROWS_WRONG
from pos_client.desk.table_file import Place, Table
from pos_client.desk.visit_desk import rows_sent
from pos_client.errors import Refused
from pos_client.offline.visits import Visit
from pos_client.runtime import shanghai
from pos_client.sync.charge_rows import ChargeRow, uploads_of
from pos_client.sync.charged_rows import SentRow, sent_rows

#: What makes a row the same row.
Key = tuple[str, str, str, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A right row; ``uploaded`` says that it stands at the bureau already."""

    line: ChargeLine
    uploaded: bool


@dataclass(frozen=True, slots=True)
class ClassTotal:
    """What the rows of one insurance class come to, in fen."""

    cls: str
    label: str
    rows: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it would be uploaded to a stay. Nothing has been uploaded because of it."""

    id: str
    file: str
    lines: tuple[PreviewLine, ...]
    wrong: tuple[Place, ...]
    ignored: tuple[str, ...]

    @property
    def new(self) -> tuple[ChargeLine, ...]:
        """The right rows that are not uploaded yet."""
        return tuple(one.line for one in self.lines if not one.uploaded)

    @property
    def uploaded(self) -> int:
        """How many rows stand at the bureau already."""
        return sum(one.uploaded for one in self.lines)

    @property
    def wrong_rows(self) -> int:
        """How many rows have at least one wrong place."""
        return len({place.row for place in self.wrong})

    @property
    def unsigned(self) -> tuple[ChargeLine, ...]:
        """New rows of own expense to which nobody has agreed."""
        return tuple(line for line in self.new if line.unsigned)

    @property
    def dearer_or_cheaper(self) -> tuple[ChargeLine, ...]:
        """New rows whose price is not the catalogue's."""
        return tuple(line for line in self.new if line.price_differs)

    @property
    def total_fen(self) -> int:
        """What the new rows come to."""
        return sum(line.amount_fen for line in self.new)

    @property
    def by_class(self) -> tuple[ClassTotal, ...]:
        """The new rows by insurance class, classes without rows left out."""
        totals = []
        for cls, label in CLASS.items():
            amounts_fen = [line.amount_fen for line in self.new if line.item.cls == cls]
            if amounts_fen:
                totals.append(ClassTotal(cls, label, len(amounts_fen), sum(amounts_fen)))
        return tuple(totals)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import has uploaded now: messages by their numbers in this store, rows and their sum in fen."""

    uploads: tuple[str, ...]
    rows: int
    amount_fen: int


def read_charge_file(office: Office, id_: str, path: Path) -> Preview:
    """Reads a file for a stay and judges every row; uploads nothing.

    Raises:
        Refused: T-01, T-02, T-03 whose evidence lists every wrong place; S-NOVISIT, S-BLOCKED, S-VISIT; L-01, L-02.
    """
    visit = stay.chargeable(office, id_)
    table = read_charge_table(path)
    limits = _limits(office, visit, table)
    with office.store.read() as connection:
        found = checked(connection, path.name, table, limits)
    return _preview(visit, found)


def import_charges(
    office: Office,
    preview: Preview,
    *,
    consent_signed: bool = False,
    only_right: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Imported:
    """Uploads the new rows of a preview, a hundred a message; ``progress`` hears of rows done after each message.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, S-ROWS, S-UNSIGNED, S-NOROWS, S-NOFACE with nothing uploaded; R-2301.
        EnvironmentProblem. OutcomeUnknown: U-2301. What was uploaded before the message that failed stays uploaded, and
            the same preview uploads the rest later.
    """
    visit = stay.chargeable(office, preview.id)
    if preview.wrong and not only_right:
        raise Refused(ROWS_WRONG, file=preview.file, count=preview.wrong_rows, right=len(preview.lines))
    preview = replace(preview, lines=_marked(visit, [one.line for one in preview.lines]))
    if preview.unsigned and not consent_signed:
        raise Refused(ROWS_UNSIGNED, count=len(preview.unsigned), row=preview.unsigned[0].row)
    if not preview.new:
        raise Refused(NO_ROWS_LEFT, file=preview.file, already=preview.uploaded)
    rows = _rows(office, visit, preview.new)
    uploads, done = [], 0
    for portion in uploads_of(rows):
        uploads.append(stay.upload(office, visit, portion))
        done += len(portion)
        progress(done, len(rows))
    return Imported(tuple(uploads), len(rows), preview.total_fen)


def _limits(office: Office, visit: Visit, table: Table) -> Limits:
    lists = _lists(office, table)
    return Limits(
        first_day=stay.admitted_on(visit),
        now=shanghai(office.bureau.now),
        departments={} if lists is None else {one.code: one.value for one in lists.departments},
        doctors={} if lists is None else {one.code: one.value.doctor for one in lists.doctors},
    )


def _lists(office: Office, table: Table) -> CareLists | None:
    """Read only where the file names departments or doctors."""
    if not any(row.text("department") or row.text("doctor") for row in table.rows):
        return None
    return care_lists(office.books.home, office.settings.mode)


def _preview(visit: Visit, found: ChargeTable) -> Preview:
    return Preview(visit.id, found.file, _marked(visit, found.lines), found.wrong, found.ignored)


def _marked(visit: Visit, lines: Iterable[ChargeLine]) -> tuple[PreviewLine, ...]:
    standing = Counter(_key_of_sent(row) for upload in visit.standing_charges for row in sent_rows(upload))
    marked = []
    for line in lines:
        key = _key(visit, line)
        marked.append(PreviewLine(line, standing[key] > 0))
        standing[key] -= 1
    return tuple(marked)


def _key(visit: Visit, line: ChargeLine) -> Key:
    if line.number:
        return line.number, "", "", Decimal(0), Decimal(0)
    at = f"{_sent_at(visit, line):%Y-%m-%d %H:%M:%S}"
    return "", at, line.item.code, line.quantity, line.unit_price


def _key_of_sent(row: SentRow) -> Key:
    if row.order_number:
        return row.order_number, "", "", Decimal(0), Decimal(0)
    return "", f"{row.at:%Y-%m-%d %H:%M:%S}", row.own_code, row.quantity, row.unit_price


def _sent_at(visit: Visit, line: ChargeLine) -> datetime:
    """A day without a time is its beginning, on the day of the admission the admission: always the same instant."""
    admitted = shanghai(visit.opening.created_at)
    return line.at if line.timed else max(line.at, admitted if admitted.date() == line.at.date() else line.at)


def _rows(office: Office, visit: Visit, lines: Sequence[ChargeLine]) -> tuple[ChargeRow, ...]:
    face = _face(office, visit)
    used = rows_sent(visit)
    return tuple(
        ChargeRow(
            serial=str(serial),
            batch="",
            national_code=line.item.national_code,
            own_code=line.item.code,
            unit_price=line.unit_price,
            quantity=line.quantity,
            amount_fen=line.amount_fen,
            at=_sent_at(visit, line),
            department=line.department or face.ward.department,
            doctor=line.doctor or face.ward.doctor,
            prescription_number=line.number,
        )
        for serial, line in enumerate(lines, start=used + 1)
    )


def _face(office: Office, visit: Visit) -> Face:
    with office.store.read() as connection:
        face = face_of(connection, visit)
    if face is None:
        raise Refused(NO_FACE, id=visit.id)
    return face
