"""2303 trial, 2304 settle, 2305 cancel: all rows of a stay that are not settled yet."""

from datetime import date

from sqlalchemy import Connection

from . import kept_rows, settling, visits
from .clock import wire_time
from .fees import Charges, uses_account
from .message import Request, Row
from .office import Office, Output
from .person_queries import insured_person
from .refusal import Refusal
from .region import INPATIENT_EVENT, STAY_TYPES
from .settling import Case
from .visits import STAY, Visit


def trial(office: Office, connection: Connection, request: Request) -> Output:
    """2303: the split as it would be if the person left today (or on dscgTime), nothing booked."""
    case = _case(office, connection, request, lock=False)
    return settling.try_out(office, connection, request, case).nodes


def settle(office: Office, connection: Connection, request: Request) -> Output:
    """2304: settles all that is not settled yet, after the discharge, or in the middle with mid_setl_flag 1.

    A settlement in the middle is computed as a stay of its own that ends today: the deductible is asked again by the
    last one. Whether a region adds them up is not in the interface.
    """
    case = _case(office, connection, request, lock=True)
    return settling.settle(office, connection, request, case).nodes


def cancel(office: Office, connection: Connection, request: Request) -> Output:
    """2305: undoes a whole settlement; its rows are unsettled again."""
    return settling.cancel(office, connection, request)


def _case(office: Office, connection: Connection, request: Request, *, lock: bool) -> Case:
    """What is not settled of the stay that the message names.

    Raises:
        Refusal: no such stay, no rows, or the person has not left and this is no settlement in the middle.
    """
    head = request.node("data")
    person = insured_person(connection, request, head.text("psn_no"), lock=lock)
    settling.check_payer(office, connection, head, person)
    stay = visits.named(connection, request, STAY, head.text("mdtrt_id"), person.psn_no)
    in_the_middle = head.text("mid_setl_flag") == "1"
    if in_the_middle and stay.ended:
        raise Refusal("已办理出院,不能中途结算")
    if lock and not in_the_middle and not stay.ended:
        raise Refusal("尚未办理出院,不能结算")
    rows = [row for row in kept_rows.of_visit(connection, stay.mdtrt_id, office.catalogue) if not row.setl_id]
    if not rows:
        raise Refusal("没有未结算的费用明细")
    ended = _end(office, head, stay)
    begun_on, ended_on = (date.fromisoformat(day[:10]) for day in (stay.begun, ended))
    if ended_on < begun_on:
        raise Refusal("节点data字段dscgTime(出院时间)早于入院时间")
    use_account = uses_account(head.text("acct_used_flag"))
    return Case(
        person=person,
        head=head,
        mdtrt_id=stay.mdtrt_id,
        chrg_bchno="",
        med_type=stay.med_type,
        clr_type=STAY_TYPES[stay.med_type],
        begun=stay.begun,
        ended=ended,
        charges=Charges(INPATIENT_EVENT, begun_on, ended_on, use_account, tuple(row.line for row in rows)),
        in_the_middle=in_the_middle,
    )


def _end(office: Office, head: Row, stay: Visit) -> str:
    """When the stay ended; before the discharge the day that the message supposes, or now."""
    supposed = head.text("dscgTime")
    return stay.ended or (f"{supposed} 00:00:00" if supposed else wire_time(office.clock.now()))
