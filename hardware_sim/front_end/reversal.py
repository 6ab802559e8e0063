"""2601 reversal (冲正): takes back a message whose outcome the sender does not know."""

from sqlalchemy import Connection

from . import settlements
from .message import Request
from .office import Office, Output
from .person_queries import insured_person
from .refusal import Refusal
from .region import REVERSIBLE


def reverse_message(office: Office, connection: Connection, request: Request) -> Output:
    """2601: undoes what the original message booked; asked again, it says done again.

    Raises:
        Refusal: the transaction may not be reversed, the original is not here, or it was voided meanwhile.
    """
    row = request.node("data")
    if row.text("oinfno") not in REVERSIBLE[office.tables.edition]:
        raise Refusal(f"交易{row.text('oinfno')}不支持冲正")
    person = insured_person(connection, request, row.text("psn_no"), lock=True)
    original = settlements.by_msgid(connection, row.text("omsgid"))
    if original is None or (original.infno, original.psn_no, original.institution_code) != (
        row.text("oinfno"),
        person.psn_no,
        request.institution_code,
    ):
        raise Refusal("原交易不存在")
    if original.reversed:
        return {}
    if original.voided:
        raise Refusal("原交易已撤销,不能冲正")
    settlements.reverse(connection, person, original)
    return {}
