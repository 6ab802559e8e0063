"""2101 trial, 2102 settle, 2103 cancel: a purchase at a pharmacy, registered and settled in one message."""

from datetime import timedelta

from sqlalchemy import Connection

from . import settling
from .message import Request
from .office import Office, Output
from .person_queries import insured_person
from .purchase import check_purchase
from .refusal import Refusal
from .region import PURCHASE_TYPES
from .settlement_answer import cut_rows
from .settling import Case, Settled

#: A till's clock may be past midnight before the bureau's is.
_CLOCKS_MAY_DIFFER = timedelta(days=1)


def trial(office: Office, connection: Connection, request: Request) -> Output:
    """2101: the split as it would be, nothing booked, no settlement id."""
    case = _case(office, connection, request, lock=False)
    return _answer(office, request, settling.try_out(office, connection, request, case))


def settle(office: Office, connection: Connection, request: Request) -> Output:
    """2102: books the purchase, takes the account's part from the balance, gives visit and settlement ids."""
    case = _case(office, connection, request, lock=True)
    return _answer(office, request, settling.settle(office, connection, request, case))


def cancel(office: Office, connection: Connection, request: Request) -> Output:
    """2103: undoes a whole purchase."""
    return settling.cancel(office, connection, request)


def _case(office: Office, connection: Connection, request: Request, *, lock: bool) -> Case:
    head = request.node("druginfo")
    med_type = head.text("med_type")
    if med_type not in PURCHASE_TYPES:
        raise Refusal("该医疗类别不支持药店结算")
    person = insured_person(connection, request, head.text("psn_no"), lock=lock)
    settling.check_payer(office, connection, head, person)
    charges = check_purchase(head, request.nodes["drugdetail"], office.catalogue)
    if charges.begun_on > office.clock.today() + _CLOCKS_MAY_DIFFER:
        raise Refusal("节点druginfo字段begntime(开始时间)晚于当前日期")
    return Case(
        person=person,
        head=head,
        mdtrt_id=None,
        chrg_bchno="",
        med_type=med_type,
        clr_type=PURCHASE_TYPES[med_type],
        begun=head.text("begntime"),
        ended=head.text("begntime"),
        charges=charges,
    )


def _answer(office: Office, request: Request, settled: Settled) -> Output:
    return {
        **settled.nodes,
        "detlcutinfo": cut_rows(office, request.infno, "detlcutinfo", settled.assessment.rows),
    }
