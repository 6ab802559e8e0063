"""2401 admit, 2403 change, 2404 cancel the admission, 2402 discharge, 2405 cancel the discharge."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from . import kept_rows, settlements, visits
from .fees import Facts
from .message import Request, Row
from .office import Office, Output
from .person_queries import check_scheme, insured_person, refuse_without_entitlement
from .refusal import Refusal
from .region import STAY_TYPES
from .register import Insured
from .settling import check_payer, visit_id
from .shaping import shape
from .visits import STAY, Diagnoses, Visit

_CLOCKS_MAY_DIFFER: Final = timedelta(days=1)
_OF_STAY: Final = (
    *("mdtrt_cert_type", "coner_name", "tel", "medrcdno", "atddr_no", "chfpdr_name", "adm_diag_dscr"),
    *("adm_dept_codg", "adm_dept_name", "adm_bed", "dscg_maindiag_code", "dscg_maindiag_name", "main_cond_dscr"),
)
_OF_DISEASE: Final = (
    *("dise_codg", "dise_name", "oprn_oprt_code", "oprn_oprt_name", "fpsc_no", "matn_type", "birctrl_type"),
    *("latechb_flag", "geso_val", "fetts", "fetus_cnt", "pret_flag", "birctrl_matn_date"),
)
_OF_DISCHARGE: Final = ("cop_flag", "dscg_dept_codg", "dscg_dept_name", "dscg_bed", "dscg_way", "die_date")
_DIAGNOSIS: Final = (
    *("diag_type", "maindiag_flag", "diag_srt_no", "diag_code", "diag_name", "adm_cond", "diag_dept", "dise_dor_no"),
    *("dise_dor_name", "diag_time"),
)


def admit(office: Office, connection: Connection, request: Request) -> Output:
    """2401: opens a stay; nobody is in two hospitals at once.

    Raises:
        Refusal: a category that is no stay's, a person who may use nothing, or who is in a hospital already.
    """
    row = request.node("mdtrtinfo")
    person = insured_person(connection, request, row.text("psn_no"), lock=True)
    check_payer(office, connection, row, person)
    if any(diagnosis.text("psn_no") != person.psn_no for diagnosis in request.nodes["diseinfo"]):
        raise Refusal("节点diseinfo字段psn_no(人员编号)与就诊信息不一致")
    _check_category(row)
    admitted_on = _day(office, row, "mdtrtinfo", "begntime", "开始时间")
    refuse_without_entitlement(office, person, admitted_on)
    if visits.has_open_stay(connection, person.psn_no):
        raise Refusal("该人员已有在院登记,不能重复办理入院")
    stay = Visit(
        mdtrt_id=visit_id(connection),
        kind=STAY,
        msgid=request.msgid,
        institution_code=request.institution_code,
        psn_no=person.psn_no,
        number=row.text("ipt_no"),
        insutype=person.insutype,
        med_type=row.text("med_type"),
        begun=row.text("begntime"),
        facts=row.plain((*_OF_STAY, *_OF_DISEASE)),
        diagnoses=_diagnoses(request),
    )
    visits.add(connection, stay)
    return {"result": shape(office, "2401", "result", {"mdtrt_id": stay.mdtrt_id, "exp_content": ""})}


def change(office: Office, connection: Connection, request: Request) -> Output:
    """2403: tells the stay anew; a diagnosis of the same order is replaced, another one added.

    Raises:
        Refusal: no such stay, the person has left, or the category is no stay's.
    """
    row = request.node("adminfo")
    _, stay = _named_stay(connection, request, row)
    if stay.ended:
        raise Refusal("已办理出院,不能变更住院信息")
    _check_category(row)
    _day(office, row, "adminfo", "begntime", "开始时间")
    changed = replace(
        stay,
        number=row.text("ipt_otp_no"),
        med_type=row.text("med_type"),
        begun=row.text("begntime"),
        facts=row.plain((*_OF_STAY, *_OF_DISEASE)),
        diagnoses=_merged(stay.diagnoses, _diagnoses(request)),
    )
    visits.save(connection, changed)
    return {}


def cancel_admission(office: Office, connection: Connection, request: Request) -> Output:
    """2404: takes an admission back that nothing was charged for.

    Raises:
        Refusal: no such stay, the person has left, or rows of it stand (settled or not).
    """
    _, stay = _named_stay(connection, request, request.node("data"))
    if stay.ended:
        raise Refusal("已办理出院,请先撤销出院")
    if kept_rows.of_visit(connection, stay.mdtrt_id, office.catalogue):
        raise Refusal("该次住院已有费用明细,不能撤销入院")
    visits.remove(connection, stay, visits.CANCELLED)
    return {}


def discharge(office: Office, connection: Connection, request: Request) -> Output:
    """2402: the person leaves; from now on the stay can be settled for good.

    Raises:
        Refusal: no such stay, the person has left already, or leaves before having come.
    """
    row = request.node("dscginfo")
    person, stay = _named_stay(connection, request, row)
    check_scheme(person, row.text("insutype"))
    if stay.ended:
        raise Refusal("已办理出院,不能重复办理")
    _day(office, row, "dscginfo", "endtime", "结束时间")
    if row.text("endtime") < stay.begun:
        raise Refusal("节点dscginfo字段endtime(结束时间)早于入院时间")
    left = replace(
        stay,
        ended=row.text("endtime"),
        facts={**stay.facts, **row.plain((*_OF_DISEASE, *_OF_DISCHARGE))},
        diagnoses=_merged(stay.diagnoses, _diagnoses(request)),
    )
    visits.save(connection, left)
    return {}


def cancel_discharge(office: Office, connection: Connection, request: Request) -> Output:
    """2405: the person is in the hospital again.

    Raises:
        Refusal: no such stay, the person has not left, the discharge is settled, or another stay is open.
    """
    person, stay = _named_stay(connection, request, request.node("data"))
    if not stay.ended:
        raise Refusal("未找到出院记录")
    booked = settlements.of_visit(connection, stay.mdtrt_id)
    if any(row.kind == settlements.SETTLE and not row.voided and not row.in_the_middle for row in booked):
        raise Refusal("该次住院已结算,请先撤销结算")
    if visits.has_open_stay(connection, person.psn_no):
        raise Refusal("该人员已有在院登记,不能撤销出院")
    facts = {name: value for name, value in stay.facts.items() if name not in _OF_DISCHARGE}
    visits.save(connection, replace(stay, ended="", facts=facts))
    return {}


def _named_stay(connection: Connection, request: Request, row: Row) -> tuple[Insured, Visit]:
    person = insured_person(connection, request, row.text("psn_no"), lock=True)
    return person, visits.named(connection, request, STAY, row.text("mdtrt_id"), person.psn_no)


def _check_category(row: Row) -> None:
    if row.text("med_type") not in STAY_TYPES:
        raise Refusal("该医疗类别不支持住院结算")


def _day(office: Office, row: Row, node: str, name: str, cn: str) -> date:
    day = date.fromisoformat(row.text(name)[:10])
    if day > office.clock.today() + _CLOCKS_MAY_DIFFER:
        raise Refusal(f"节点{node}字段{name}({cn})晚于当前日期")
    return day


def _diagnoses(request: Request) -> Diagnoses:
    return [diagnosis.plain(_DIAGNOSIS) for diagnosis in request.nodes["diseinfo"]]


def _merged(known: Diagnoses, told: Diagnoses) -> Diagnoses:
    by_order: dict[object, Facts] = {diagnosis["diag_srt_no"]: diagnosis for diagnosis in (*known, *told)}
    return list(by_order.values())
