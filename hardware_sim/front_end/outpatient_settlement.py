"""2206 trial, 2207 settle, 2208 cancel: one batch of a visit at a clinic."""

from datetime import date

from sqlalchemy import Connection

from . import kept_rows, settling, visits
from .fees import Charges, uses_account
from .message import Request
from .office import Office, Output
from .person_queries import insured_person
from .refusal import Refusal
from .region import OUTPATIENT_EVENT, REGISTRATION_FEE, VISIT_TYPES
from .settling import Case
from .visits import OUTPATIENT


def trial(office: Office, connection: Connection, request: Request) -> Output:
    """2206: the split as it would be, nothing booked, no settlement id."""
    case = _case(office, connection, request, lock=False)
    return settling.try_out(office, connection, request, case).nodes


def settle(office: Office, connection: Connection, request: Request) -> Output:
    """2207: settles the whole batch; the four sums of the trial must be repeated."""
    case = _case(office, connection, request, lock=True)
    return settling.settle(office, connection, request, case).nodes


def cancel(office: Office, connection: Connection, request: Request) -> Output:
    """2208: undoes a whole settlement; its rows are unsettled again."""
    return settling.cancel(office, connection, request)


def _case(office: Office, connection: Connection, request: Request, *, lock: bool) -> Case:
    """The batch that the message names.

    Raises:
        Refusal: no such visit, it was not described (2203) or as something else, no such batch, or it is settled.
    """
    head = request.node("data")
    person = insured_person(connection, request, head.text("psn_no"), lock=lock)
    settling.check_payer(office, connection, head, person)
    visit = visits.named(connection, request, OUTPATIENT, head.text("mdtrt_id"), person.psn_no)
    med_type, batch = head.text("med_type"), head.text("chrg_bchno")
    if med_type not in VISIT_TYPES:
        raise Refusal("该医疗类别不支持门诊结算")
    if not visit.med_type and med_type != REGISTRATION_FEE:
        raise Refusal("就诊信息尚未上传,不能结算")
    if visit.med_type not in {"", med_type}:
        raise Refusal("字段med_type(医疗类别)与就诊信息不一致")
    rows = [row for row in kept_rows.of_visit(connection, visit.mdtrt_id, office.catalogue) if row.chrg_bchno == batch]
    if not rows or any(row.setl_id for row in rows):
        raise Refusal("费用批次号未上传或已结算")
    begun_on = date.fromisoformat(visit.begun[:10])
    use_account = uses_account(head.text("acct_used_flag"))
    return Case(
        person=person,
        head=head,
        mdtrt_id=visit.mdtrt_id,
        chrg_bchno=batch,
        med_type=med_type,
        clr_type=VISIT_TYPES[med_type],
        begun=visit.begun,
        ended=visit.begun,
        charges=Charges(OUTPATIENT_EVENT, begun_on, begun_on, use_account, tuple(row.line for row in rows)),
    )
