"""2601 reversal (冲正): takes back a message whose outcome the sender does not know."""

from sqlalchemy import Connection

from . import kept_rows, settlements, visits
from .message import Request, Row
from .office import Office, Output
from .person_queries import insured_person
from .refusal import Refusal
from .region import REVERSIBLE
from .register import Insured
from .settlements import Settlement
from .visits import STAY, Visit

_ADMIT, _CANCEL_STAY = "2401", "2305"


def reverse_message(office: Office, connection: Connection, request: Request) -> Output:
    """2601: undoes what the original message booked; asked again, it says done again.

    Raises:
        Refusal: the transaction may not be reversed, the original is not here, it was voided meanwhile, or something
            was built on it that stands.
    """
    row = request.node("data")
    if row.text("oinfno") not in REVERSIBLE[office.tables.edition]:
        raise Refusal(f"交易{row.text('oinfno')}不支持冲正")
    person = insured_person(connection, request, row.text("psn_no"), lock=True)
    if row.text("oinfno") == _ADMIT:
        _reverse_admission(office, connection, request, row, person)
    else:
        _reverse_settlement(connection, request, row, person)
    return {}


def _reverse_settlement(connection: Connection, request: Request, row: Row, person: Insured) -> None:
    original = settlements.by_msgid(connection, row.text("omsgid"))
    if original is None or original.infno != row.text("oinfno") or not _is_of(original, request, person):
        raise Refusal("原交易不存在")
    if original.reversed:
        return
    if original.voided:
        raise Refusal("原交易已撤销,不能冲正")
    if original.infno == _CANCEL_STAY and not original.in_the_middle:
        stay = visits.standing(connection, request, original.mdtrt_id, person.psn_no)
        if stay is None or not stay.ended:
            raise Refusal("撤销结算后已撤销出院,不能冲正该撤销交易")
    settlements.reverse(connection, person, original)


def _reverse_admission(office: Office, connection: Connection, request: Request, row: Row, person: Insured) -> None:
    stay = visits.by_msgid(connection, row.text("omsgid"))
    if stay is None or stay.kind != STAY or not _is_of(stay, request, person):
        raise Refusal("原交易不存在")
    if stay.removed == visits.REVERSED:
        return
    if stay.removed:
        raise Refusal("原交易已撤销,不能冲正")
    if kept_rows.of_visit(connection, stay.mdtrt_id, office.catalogue):
        raise Refusal("该次住院已有费用明细,不能冲正入院")
    visits.remove(connection, stay, visits.REVERSED)


def _is_of(original: Settlement | Visit, request: Request, person: Insured) -> bool:
    return (original.psn_no, original.institution_code) == (person.psn_no, request.institution_code)
