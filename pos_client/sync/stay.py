"""A stay: admission (2401), changes (2403), charges (2301), discharge (2402), trial (2303), settlement (2304).

And what takes each of them back: 2404, 2302, 2405, 2305. Field tables in protocol 3.4 and 3.5, order of calls in 5.4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pos_client.errors import OurBug
from pos_client.sync.care import Department, Diagnosis, Doctor, diagnosis_fields, flag, main_diagnosis, visit_id_in
from pos_client.sync.charge_rows import ROWS_PER_UPLOAD, ChargeRow, charge_fields
from pos_client.sync.envelope import Answer, Request, node, wire_time
from pos_client.sync.fields import known_to
from pos_client.sync.patient import Bill, bill_fields, category_fields, echo_fields
from pos_client.sync.person import Credential, InsuredPerson, credential_fields
from pos_client.sync.region import Region, Visit
from pos_client.sync.setlinfo import BureauFigures
from pos_client.sync.words import MESSAGE_WRONG

ADMIT, CHANGE, CANCEL_ADMISSION = "2401", "2403", "2404"
UPLOAD_ROWS, WITHDRAW_ROWS = "2301", "2302"
DISCHARGE, CANCEL_DISCHARGE = "2402", "2405"
TRIAL, SETTLE, VOID = "2303", "2304", "2305"
_ALL_ROWS = "0000"


@dataclass(frozen=True, slots=True)
class Charged:
    """What must be known of a person to charge his stay: nobody comes to the counter for that."""

    person_no: str
    place_of_insurance: str


@dataclass(frozen=True, slots=True)
class Admission:
    """A stay as it begins; ``own_number`` is the institution's number of it. Exactly one diagnosis is the main one."""

    person: InsuredPerson
    credential: Credential
    visit: Visit
    own_number: str
    begun_at: datetime
    department: Department
    doctor: Doctor
    bed: str
    diagnoses: tuple[Diagnosis, ...]
    contact_name: str = ""
    contact_phone: str = ""


@dataclass(frozen=True, slots=True)
class Discharge:
    """A stay as it ends; ``way`` is 1 as the doctor ordered, 2 to another hospital, 4 against advice, 5 death."""

    person: InsuredPerson
    visit_id: str
    ended_at: datetime
    department: Department
    bed: str
    way: str
    diagnoses: tuple[Diagnosis, ...]


def admit_request(region: Region, admission: Admission) -> Request:
    """The input of 2401 (protocol, 3.5).

    Raises:
        OurBug: S-BUG, there is not exactly one main diagnosis.
    """
    person = admission.person
    info = {
        **_admission_fields(admission),
        **credential_fields(admission.credential),
        "insutype": person.insurance_type,
        "ipt_no": admission.own_number,
        "cert_type": person.id_type,
        "certno": person.id_number,
        **_areas(region, person),
    }
    rows = [
        _diagnosis(one) | {"psn_no": person.person_no, "adm_cond": one.condition_at_admission}
        for one in admission.diagnoses
    ]
    nodes = {"mdtrtinfo": known_to(region, ADMIT, "mdtrtinfo", info), "diseinfo": rows}
    return Request(ADMIT, nodes, person.place_of_insurance)


def read_admitted(answer: Answer) -> str:
    """The visit id that 2401 gave; the answer repeats nothing else of the message.

    Raises:
        UnreadableError: there is none.
    """
    return visit_id_in(node(answer.output, "result"), {})


def change_request(visit_id: str, admission: Admission) -> Request:
    """The input of 2403 (protocol, 3.5): the stay as it is to be from now on.

    Raises:
        OurBug: S-BUG, there is not exactly one main diagnosis.
    """
    person = admission.person
    info = {
        **_admission_fields(admission),
        "mdtrt_id": visit_id,
        "mdtrt_cert_type": credential_fields(admission.credential)["mdtrt_cert_type"],
        "ipt_otp_no": admission.own_number,
    }
    ids = {"mdtrt_id": visit_id, "psn_no": person.person_no}
    rows = [_diagnosis(one) | ids | {"adm_cond": one.condition_at_admission} for one in admission.diagnoses]
    return Request(CHANGE, {"adminfo": info, "diseinfo": rows}, person.place_of_insurance)


def _admission_fields(admission: Admission) -> dict[str, object]:
    main = main_diagnosis(admission.diagnoses)
    return {
        "psn_no": admission.person.person_no,
        "coner_name": admission.contact_name,
        "tel": admission.contact_phone,
        "begntime": wire_time(admission.begun_at),
        "med_type": admission.visit.med_type,
        "atddr_no": admission.doctor.code,
        "chfpdr_name": admission.doctor.name,
        "adm_diag_dscr": main.name,
        "adm_dept_codg": admission.department.code,
        "adm_dept_name": admission.department.name,
        "adm_bed": admission.bed,
        "dscg_maindiag_code": main.code,
        "dscg_maindiag_name": main.name,
    }


def _diagnosis(diagnosis: Diagnosis) -> dict[str, object]:
    return diagnosis_fields(diagnosis) | {"maindiag_flag": flag(diagnosis.main)}


def cancel_admission_request(visit_id: str, person_no: str, place_of_insurance: str) -> Request:
    """The input of 2404 (protocol, 3.5)."""
    return Request(CANCEL_ADMISSION, {"data": {"mdtrt_id": visit_id, "psn_no": person_no}}, place_of_insurance)


def rows_request(person: Charged | InsuredPerson, visit: Visit, visit_id: str, rows: Sequence[ChargeRow]) -> Request:
    """The input of 2301 (protocol, 3.4), refund rows included (5.5).

    Raises:
        OurBug: S-BUG, more rows than one message may carry.
    """
    if len(rows) > ROWS_PER_UPLOAD:
        raise OurBug(MESSAGE_WRONG, where=f"{UPLOAD_ROWS}.feedetail", why=f"{len(rows)} > {ROWS_PER_UPLOAD}")
    feedetail = [
        charge_fields(row, visit_id, person.person_no)
        | {"init_feedetl_sn": row.refunded_serial, "med_type": visit.med_type, "drord_no": row.prescription_number}
        for row in rows
    ]
    return Request(UPLOAD_ROWS, {"feedetail": feedetail}, person.place_of_insurance)


def withdraw_rows_request(
    visit_id: str, person_no: str, place_of_insurance: str, serials: Sequence[str] | None = None
) -> Request:
    """The input of 2302 (protocol, 3.4): the rows of these serials, or all of the stay."""
    chosen = (_ALL_ROWS,) if serials is None else serials
    data = [{"feedetl_sn": serial, "mdtrt_id": visit_id, "psn_no": person_no} for serial in chosen]
    return Request(WITHDRAW_ROWS, {"data": data}, place_of_insurance)


def discharge_request(discharge: Discharge) -> Request:
    """The input of 2402 (protocol, 3.5)."""
    person = discharge.person
    ids = {"mdtrt_id": discharge.visit_id, "psn_no": person.person_no}
    info = {
        **ids,
        "insutype": person.insurance_type,
        "endtime": wire_time(discharge.ended_at),
        "dscg_dept_codg": discharge.department.code,
        "dscg_dept_name": discharge.department.name,
        "dscg_bed": discharge.bed,
        "dscg_way": discharge.way,
    }
    rows = [_diagnosis(one) | ids for one in discharge.diagnoses]
    return Request(DISCHARGE, {"dscginfo": info, "diseinfo": rows}, person.place_of_insurance)


def cancel_discharge_request(visit_id: str, person_no: str, place_of_insurance: str) -> Request:
    """The input of 2405 (protocol, 3.5)."""
    return Request(CANCEL_DISCHARGE, {"data": {"mdtrt_id": visit_id, "psn_no": person_no}}, place_of_insurance)


def trial_request(region: Region, bill: Bill, *, mid_stay: bool = False, discharged_on: date | None = None) -> Request:
    """The input of 2303 (protocol, 3.4)."""
    data = _bill_fields(region, bill, mid_stay=mid_stay, discharged_on=discharged_on)
    return Request(TRIAL, {"data": known_to(region, TRIAL, "data", data)}, bill.person.place_of_insurance)


def settle_request(
    region: Region, bill: Bill, trial: BureauFigures, *, mid_stay: bool = False, discharged_on: date | None = None
) -> Request:
    """The input of 2304 (protocol, 3.4), which repeats the sums of its trial (5.3)."""
    data = _bill_fields(region, bill, mid_stay=mid_stay, discharged_on=discharged_on)
    data |= echo_fields(trial) | {"invono": bill.invoice_number}
    return Request(SETTLE, {"data": known_to(region, SETTLE, "data", data)}, bill.person.place_of_insurance)


def _bill_fields(region: Region, bill: Bill, *, mid_stay: bool, discharged_on: date | None) -> dict[str, object]:
    return {
        **bill_fields(region, bill),
        **category_fields(bill.person),
        "mid_setl_flag": flag(mid_stay),
        "dscgTime": discharged_on.isoformat() if discharged_on else "",
        **_areas(region, bill.person),
    }


def _areas(region: Region, person: InsuredPerson) -> dict[str, object]:
    """Hunan wants the two areas of the envelope in the input as well."""
    return {
        "insuplc_admdvs": person.place_of_insurance,
        "mdtrtarea_admvs": region.envelope.get("mdtrtarea_admvs", ""),
    }


def void_request(settlement_id: str, visit_id: str, person_no: str, place_of_insurance: str) -> Request:
    """The input of 2305 (protocol, 3.4)."""
    data = {"mdtrt_id": visit_id, "setl_id": settlement_id, "psn_no": person_no}
    return Request(VOID, {"data": data}, place_of_insurance)
