"""2201 register, 2202 cancel the registration, 2203 what the visit is about."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from . import kept_rows, visits
from .message import Request
from .office import Office, Output
from .person_queries import insured_person, refuse_without_entitlement
from .refusal import Refusal
from .region import VISIT_TYPES
from .settling import check_payer, visit_id
from .shaping import shape
from .visits import OUTPATIENT, Visit

_CLOCKS_MAY_DIFFER: Final = timedelta(days=1)
_REGISTRATION_FACTS: Final = ("mdtrt_cert_type", "atddr_no", "dr_name", "dept_code", "dept_name", "caty")
_VISIT_FACTS: Final = ("main_cond_dscr", "dise_codg", "dise_name", "birctrl_type", "birctrl_matn_date")
_DIAGNOSIS: Final = (
    *("diag_type", "diag_srt_no", "diag_code", "diag_name", "diag_dept", "dise_dor_no", "dise_dor_name", "diag_time"),
    "vali_flag",
)


def register_visit(office: Office, connection: Connection, request: Request) -> Output:
    """2201: opens a visit; the institution's own number is good for one registration."""
    row = request.node("data")
    person = insured_person(connection, request, row.text("psn_no"), lock=True)
    check_payer(office, connection, row, person)
    begun_on = date.fromisoformat(row.text("begntime")[:10])
    if begun_on > office.clock.today() + _CLOCKS_MAY_DIFFER:
        raise Refusal("节点data字段begntime(开始时间)晚于当前日期")
    refuse_without_entitlement(office, person, begun_on)
    visit = Visit(
        mdtrt_id=visit_id(connection),
        kind=OUTPATIENT,
        msgid=request.msgid,
        institution_code=request.institution_code,
        psn_no=person.psn_no,
        number=row.text("ipt_otp_no"),
        insutype=person.insutype,
        med_type="",
        begun=row.text("begntime"),
        facts=row.plain(_REGISTRATION_FACTS),
    )
    visits.add(connection, visit)
    ids = {"mdtrt_id": visit.mdtrt_id, "psn_no": visit.psn_no, "ipt_otp_no": visit.number, "exp_content": ""}
    return {"data": shape(office, "2201", "data", ids)}


def cancel_registration(office: Office, connection: Connection, request: Request) -> Output:
    """2202: takes a registration back that nothing was charged for.

    Raises:
        Refusal: there is no such registration, or rows of it stand (settled or not).
    """
    row = request.node("data")
    person = insured_person(connection, request, row.text("psn_no"), lock=True)
    visit = visits.named(connection, request, OUTPATIENT, row.text("mdtrt_id"), person.psn_no)
    if visit.number != row.text("ipt_otp_no"):
        raise Refusal("字段ipt_otp_no(住院/门诊号)与挂号记录不一致")
    if kept_rows.of_visit(connection, visit.mdtrt_id, office.catalogue):
        raise Refusal("该次就诊已有费用明细,不能撤销挂号")
    visits.remove(connection, visit, visits.CANCELLED)
    return {}


def describe_visit(office: Office, connection: Connection, request: Request) -> Output:
    """2203: category, times and diagnoses of a visit; what is sent again replaces what was there.

    Raises:
        Refusal: no such registration, a category that is no visit's, or another one once something is settled.
    """
    row = request.node("mdtrtinfo")
    person = insured_person(connection, request, row.text("psn_no"), lock=True)
    visit = visits.named(connection, request, OUTPATIENT, row.text("mdtrt_id"), person.psn_no)
    med_type = row.text("med_type")
    if med_type not in VISIT_TYPES:
        raise Refusal("该医疗类别不支持门诊结算")
    rows = kept_rows.of_visit(connection, visit.mdtrt_id, office.catalogue)
    if visit.med_type not in {"", med_type} and any(kept.setl_id for kept in rows):
        raise Refusal("该次就诊已有结算,不能变更医疗类别")
    if date.fromisoformat(row.text("begntime")[:10]) > office.clock.today() + _CLOCKS_MAY_DIFFER:
        raise Refusal("节点mdtrtinfo字段begntime(开始时间)晚于当前日期")
    registration = {name: value for name, value in visit.facts.items() if name in _REGISTRATION_FACTS}
    described = replace(
        visit,
        med_type=med_type,
        begun=row.text("begntime"),
        facts={**registration, **row.plain(_VISIT_FACTS)},
        diagnoses=[diagnosis.plain(_DIAGNOSIS) for diagnosis in request.nodes["diseinfo"]],
    )
    visits.save(connection, described)
    return {}
