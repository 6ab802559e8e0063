"""An outpatient visit: registration (2201), diagnoses (2203), charges (2204), trial (2206), settlement (2207).

And what takes each of them back: 2202, 2205, 2208. Field tables in protocol 3.3, order of calls in 5.4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pos_client.sync.care import Department, Diagnosis, Doctor, diagnosis_fields, flag, visit_id_in
from pos_client.sync.charge_rows import ChargeRow, charge_fields
from pos_client.sync.envelope import Answer, Request, node, wire_time
from pos_client.sync.fields import is_required
from pos_client.sync.patient import (
    Bill,
    bill_fields,
    category_fields,
    echo_fields,
    paper_fields,
)
from pos_client.sync.person import Credential, InsuredPerson, credential_fields
from pos_client.sync.region import Region, Visit
from pos_client.sync.setlinfo import BureauFigures

REGISTER, CANCEL_REGISTRATION = "2201", "2202"
RECORD_DIAGNOSES = "2203"
UPLOAD_ROWS, WITHDRAW_ROWS = "2204", "2205"
TRIAL, SETTLE, VOID = "2206", "2207", "2208"
#: Instead of a batch in 2205: all rows of the visit that are not settled.
ALL_UNSETTLED = "0000"


@dataclass(frozen=True, slots=True)
class Registration:
    """A visit as it is registered; ``own_number`` is unique in the institution."""

    person: InsuredPerson
    credential: Credential
    visit: Visit
    own_number: str
    begun_at: datetime
    department: Department
    doctor: Doctor


@dataclass(frozen=True, slots=True)
class Disease:
    """An entry of the list of diseases with a benefit of their own (病种), which is not a diagnosis."""

    code: str
    name: str


def register_request(registration: Registration) -> Request:
    """The input of 2201 (protocol, 3.3)."""
    person = registration.person
    data = {
        "psn_no": person.person_no,
        "insutype": person.insurance_type,
        "begntime": wire_time(registration.begun_at),
        **credential_fields(registration.credential),
        **paper_fields(person),
        **category_fields(person),
        "ipt_otp_no": registration.own_number,
        "atddr_no": registration.doctor.code,
        "dr_name": registration.doctor.name,
        "dept_code": registration.department.code,
        "dept_name": registration.department.name,
        "caty": registration.department.national_class,
    }
    return Request(REGISTER, {"data": data}, person.place_of_insurance)


def read_registered(answer: Answer, *, person_no: str = "", own_number: str = "") -> str:
    """The visit id that 2201 gave.

    Raises:
        UnreadableError: there is none, or the answer repeats another person or another own number than those given.
    """
    return visit_id_in(node(answer.output, "data"), {"psn_no": person_no, "ipt_otp_no": own_number})


def cancel_registration_request(visit_id: str, own_number: str, person_no: str, place_of_insurance: str) -> Request:
    """The input of 2202 (protocol, 3.3)."""
    data = {"psn_no": person_no, "mdtrt_id": visit_id, "ipt_otp_no": own_number}
    return Request(CANCEL_REGISTRATION, {"data": data}, place_of_insurance)


def diagnoses_request(
    region: Region,
    registration: Registration,
    visit_id: str,
    diagnoses: Sequence[Diagnosis],
    disease: Disease | None = None,
) -> Request:
    """The input of 2203 (protocol, 3.3): the visit with its diagnoses, which replaces what was sent before.

    Where an edition demands a disease of every visit (Hunan) and the visit has none, the first diagnosis stands there.
    """
    person = registration.person
    if disease is None and is_required(region, RECORD_DIAGNOSES, "mdtrtinfo", "dise_codg"):
        first = min((one for one in diagnoses if one.valid), key=lambda one: one.number)
        disease = Disease(first.code, first.name)
    visit = {
        "mdtrt_id": visit_id,
        "psn_no": person.person_no,
        "med_type": registration.visit.med_type,
        "begntime": wire_time(registration.begun_at),
        "dise_codg": disease.code if disease else "",
        "dise_name": disease.name if disease else "",
    }
    rows = [diagnosis_fields(one) | {"vali_flag": flag(one.valid)} for one in diagnoses]
    return Request(RECORD_DIAGNOSES, {"mdtrtinfo": visit, "diseinfo": rows}, person.place_of_insurance)


def rows_request(
    person: InsuredPerson, visit_id: str, rows: Sequence[ChargeRow], disease: Disease | None = None
) -> Request:
    """The input of 2204 (protocol, 3.3 and 5.5); whoever uploads a batch uploads all of it here."""
    feedetail = [
        charge_fields(row, visit_id, person.person_no)
        | {
            "chrg_bchno": row.batch,
            "dise_codg": disease.code if disease else "",
            "rxno": row.prescription_number,
            "rx_circ_flag": flag(False),
        }
        for row in rows
    ]
    return Request(UPLOAD_ROWS, {"feedetail": feedetail}, person.place_of_insurance)


def withdraw_rows_request(visit_id: str, batch: str, person_no: str, place_of_insurance: str) -> Request:
    """The input of 2205 (protocol, 3.3): one batch, or :data:`ALL_UNSETTLED`."""
    data = {"mdtrt_id": visit_id, "chrg_bchno": batch, "psn_no": person_no}
    return Request(WITHDRAW_ROWS, {"data": data}, place_of_insurance)


def trial_request(region: Region, bill: Bill, batch: str) -> Request:
    """The input of 2206 (protocol, 3.3)."""
    data = bill_fields(region, bill) | category_fields(bill.person) | _batch_fields(bill, batch)
    return Request(TRIAL, {"data": data}, bill.person.place_of_insurance)


def settle_request(region: Region, bill: Bill, batch: str, trial: BureauFigures) -> Request:
    """The input of 2207 (protocol, 3.3), which repeats the sums of its trial (5.3)."""
    data = bill_fields(region, bill) | _batch_fields(bill, batch) | echo_fields(trial)
    return Request(SETTLE, {"data": data | {"invono": bill.invoice_number}}, bill.person.place_of_insurance)


def _batch_fields(bill: Bill, batch: str) -> dict[str, object]:
    return {"med_type": bill.visit.med_type, "chrg_bchno": batch}


def void_request(settlement_id: str, visit_id: str, person_no: str, place_of_insurance: str) -> Request:
    """The input of 2208 (protocol, 3.3)."""
    data = {"setl_id": settlement_id, "mdtrt_id": visit_id, "psn_no": person_no}
    return Request(VOID, {"data": data}, place_of_insurance)
