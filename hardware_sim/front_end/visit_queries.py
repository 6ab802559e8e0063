"""5201 visits of a person, 5303 who is in the hospital."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

from . import visits
from .clock import wire_time
from .message import Request
from .office import Office, Output
from .person_queries import base_facts, insured_person
from .refusal import Refusal
from .region import AREA, VISIT_TYPES
from .register import Insured, by_psn_no
from .shaping import shape_rows
from .visits import Diagnoses, Visit

_LONGEST_TEXT: Final = 200


def list_visits(office: Office, connection: Connection, request: Request) -> Output:
    """5201: the person's visits of one category at this institution that began in a period, purchases among them.

    A registration that 2203 has not described yet is found under every category of a visit. A visit that goes on
    ends, for this answer, now. What was taken back or reversed is not listed.
    """
    row = request.node("data")
    person = insured_person(connection, request, row.text("psn_no"))
    begin, end = _period(row.text("begntime"), row.text("endtime"))
    med_type, wanted = row.text("med_type"), row.text("mdtrt_id")
    now = wire_time(office.clock.now())
    found = [
        visit
        for find in (visits.purchases_of_person, visits.of_person)
        for visit in find(connection, request, person.psn_no, begin, end)
        if _is_of(visit, med_type) and wanted in {"", visit.mdtrt_id}
    ]
    facts = {**base_facts(person, office.clock.today()), **_insurance(person)}
    listed = [{**facts, **_of_visit(visit, med_type, now)} for visit in found]
    return {"mdtrtinfo": shape_rows(office, "5201", "mdtrtinfo", listed)}


def list_open_stays(office: Office, connection: Connection, request: Request) -> Output:
    """5303: who is in this hospital, admitted in a period; one person's stay when the person is named."""
    row = request.node("data")
    begin, end = _period(row.text("begntime"), row.text("endtime"))
    psn_no = row.text("psn_no")
    if psn_no:
        insured_person(connection, request, psn_no)
    stays = [stay for stay in visits.open_stays(connection, request, begin, end) if psn_no in {"", stay.psn_no}]
    return {"data": shape_rows(office, "5303", "data", _open(office, connection, stays))}


def _period(begin: str, end: str) -> tuple[str, str]:
    if end < begin:
        raise Refusal("节点data字段endtime(结束时间)早于begntime(开始时间)")
    return begin, end


def _is_of(visit: Visit, med_type: str) -> bool:
    return visit.med_type == med_type or (
        visit.kind == visits.OUTPATIENT and not visit.med_type and med_type in VISIT_TYPES
    )


def _insurance(person: Insured) -> dict[str, object]:
    return {
        "insutype": person.insutype,
        "psn_type": person.psn_type,
        "cvlserv_flag": "1" if person.civil_servant else "0",
        "insu_optins": AREA,
        "emp_name": person.employer,
    }


def _of_visit(visit: Visit, med_type: str, now: str) -> dict[str, object]:
    return {
        **visit.facts,
        "mdtrt_id": visit.mdtrt_id,
        "insutype": visit.insutype,
        "begntime": visit.begun,
        "endtime": visit.ended or max(now, visit.begun),
        "med_type": visit.med_type or med_type,
        "ipt_otp_no": visit.number,
        **_of_kind(visit, now),
    }


def _of_kind(visit: Visit, now: str) -> dict[str, object]:
    match visit.kind:
        case visits.STAY:
            return _stay(visit, now)
        case visits.OUTPATIENT:
            return _registration(visit)
        case _:
            return {}


def _stay(visit: Visit, now: str) -> dict[str, object]:
    end = visit.ended or max(now, visit.begun)
    days = (datetime.fromisoformat(end).date() - datetime.fromisoformat(visit.begun).date()).days
    return {
        "inhosp_stas": "0" if visit.ended else "1",
        "ipt_days": Decimal(max(days, 1)),
        "ars_year_ipt_flag": "0" if end[:4] == visit.begun[:4] else "1",
    }


def _registration(visit: Visit) -> dict[str, object]:
    facts = visit.facts
    return {
        "chfpdr_name": facts.get("dr_name"),
        "adm_dept_codg": facts.get("dept_code"),
        "adm_dept_name": facts.get("dept_name"),
        "otp_diag_info": _names(visit.diagnoses),
    }


def _names(diagnoses: Diagnoses) -> str:
    """The valid diagnoses in words."""
    return ";".join(str(one["diag_name"]) for one in diagnoses if one.get("vali_flag") != "0")[:_LONGEST_TEXT]


def _open(office: Office, connection: Connection, stays: Sequence[Visit]) -> Iterator[dict[str, object]]:
    today = office.clock.today()
    for stay in stays:
        yield {
            **base_facts(by_psn_no(connection, stay.psn_no), today),
            "mdtrt_id": stay.mdtrt_id,
            "insutype": stay.insutype,
            "begndate": stay.begun[:10],
            "med_type": stay.med_type,
            "ipt_otp_no": stay.number,
            "out_flag": "0",
        }
