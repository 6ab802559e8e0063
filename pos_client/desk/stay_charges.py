"""Charges of a stay as the desk enters, shows and withdraws them; nobody needs to stand at the counter for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pos_client.desk import stay
from pos_client.desk.cart import CartLine
from pos_client.desk.station import Office
from pos_client.desk.stay import Ward
from pos_client.desk.stay_face import face_of
from pos_client.desk.stay_words import NO_FACE, NO_SUCH_UPLOAD
from pos_client.desk.visit_desk import find, rows_of_cart
from pos_client.errors import Refused
from pos_client.offline.catalogue import items_of_codes
from pos_client.sync.charge_rows import uploads_of
from pos_client.sync.charged_rows import sent_rows


@dataclass(frozen=True, slots=True)
class ChargedLine:
    """One row that stands at the bureau; price in yuan, amount in fen. ``upload`` names the message that carried it.

    Name, unit and class are the catalogue's of today; what it no longer has shows its code and no class.
    """

    upload: str
    serial: str
    at: str
    code: str
    name: str
    unit: str
    cls: str
    unit_price: Decimal
    quantity: Decimal
    amount_fen: int
    settled: bool


def charges_of(office: Office, id_: str) -> tuple[ChargedLine, ...]:
    """Every row of a stay that stands, oldest upload first.

    Raises:
        Refused: S-NOVISIT.
    """
    visit = find(office, id_)
    unsettled = {upload.id for upload in visit.unsettled_charges}
    rows = [(upload.id, row) for upload in visit.standing_charges for row in sent_rows(upload)]
    with office.store.read() as connection:
        items = items_of_codes(connection, {row.own_code for _, row in rows})
    lines = []
    for upload, row in rows:
        item = items.get(row.own_code)
        lines.append(
            ChargedLine(
                upload=upload,
                serial=row.serial,
                at=f"{row.at:%Y-%m-%d %H:%M}",
                code=row.own_code,
                name=row.own_code if item is None else f"{item.name} {item.spec}".rstrip(),
                unit="" if item is None else item.unit,
                cls="" if item is None else item.cls,
                unit_price=row.unit_price,
                quantity=row.quantity,
                amount_fen=row.amount_fen,
                settled=upload not in unsettled,
            )
        )
    return tuple(lines)


def enter(office: Office, id_: str, cart: Sequence[CartLine], ward: Ward | None = None) -> tuple[str, ...]:
    """Uploads a cart (2301), a hundred rows a message, and returns the uploads' numbers; the ward is the stay's.

    Raises:
        Refused: S-NOVISIT, S-BLOCKED, S-VISIT, S-NOFACE, R-2301. EnvironmentProblem. OutcomeUnknown: U-2301. What was
            uploaded before the message that failed stays uploaded.
    """
    visit = stay.chargeable(office, id_)
    if ward is None:
        with office.store.read() as connection:
            face = face_of(connection, visit)
        if face is None:
            raise Refused(NO_FACE, id=visit.id)
        ward = face.ward
    rows = rows_of_cart(visit, cart, "", office, ward.department, ward.doctor)
    return tuple(stay.upload(office, visit, portion) for portion in uploads_of(rows))


def withdraw_upload(office: Office, id_: str, upload_id: str) -> None:
    """Takes the rows of one unsettled upload back (2302).

    Raises:
        Refused: S-UPLOAD, the stay has no such unsettled upload; S-NOVISIT, S-BLOCKED, S-VISIT, R-2302.
        EnvironmentProblem. OutcomeUnknown: U-2302.
    """
    uploads = {upload.id: upload for upload in find(office, id_).unsettled_charges}
    if upload_id not in uploads:
        raise Refused(NO_SUCH_UPLOAD, id=id_, upload=upload_id)
    stay.withdraw(office, id_, uploads[upload_id])
