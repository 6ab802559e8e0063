"""One message of every transaction, and answers as they come over the wire; all of it fictitious."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import simplejson

from pos_client.runtime import Runtime
from pos_client.sync import outpatient, pharmacy, stay, totals, visit_queries
from pos_client.sync.bureau import Bureau
from pos_client.sync.care import Department, Diagnosis, Doctor
from pos_client.sync.charge_rows import ChargeRow, refund_row
from pos_client.sync.envelope import Answer, Request, Sender, read_answer, wire_time
from pos_client.sync.outpatient import Registration
from pos_client.sync.patient import Bill
from pos_client.sync.person import Credential, InsuredPerson
from pos_client.sync.pharmacy import Purchase, PurchaseLine
from pos_client.sync.region import AccountUse, Region, load_region
from pos_client.sync.setlinfo import BureauFigures
from pos_client.sync.stay import Admission, Discharge
from pos_client.sync.totals import Totals
from tests.virtual import NOON, virtual_runtime

PERSON_NO, PLACE = "43990000000000000000000001", "439900"
VISIT_ID, SETTLEMENT_ID = "439900S0000000000801", "439900S0000000000901"
CREDENTIAL = Credential("A00000011", "439900D15600000500000001A1B2C301", "439999197003030012", "张建国")
PERSON = InsuredPerson(PERSON_NO, "张建国", "439999197003030012", "01", "1", None, "11", "310", PLACE, 0, {})
DEPARTMENT = Department("A03.01", "消化内科", "A03")
DOCTOR = Doctor("D439900000001", "示例医师")
DIAGNOSIS = Diagnosis(1, "1", "K29.500", "慢性胃炎", DEPARTMENT, DOCTOR, NOON, main=True)
ROW = ChargeRow(
    "1", "MZ1", "XTEST0000000000000000A1", "YD1", Decimal("12.5"), Decimal(2), 2500, NOON, DEPARTMENT, DOCTOR
)
FIGURES = BureauFigures(2500, 100, 40, 300, 2100, 0, {"pool": 0, "relief": 0}, 0, 2500, 0, 2500, 0)
TOTALS = Totals("310", "11", PLACE, date(2026, 11, 21), date(2026, 11, 21), 7860, 0, 6360, 1)


def region_of(edition: str) -> Region:
    """The simulated region of an edition."""
    return load_region({"base": "training", "hunan": "training-hunan"}[edition], Path("/nowhere"), "training")


def bureau_of(region: Region, runtime: Runtime | None = None) -> Bureau:
    """A desk's connection that sends nowhere unless the runtime does."""
    sender = Sender("P43999900001", "示例大药房", "01", "收费员01")
    return Bureau(region, sender, "http://x", runtime or virtual_runtime(), lambda: "P" * 30)


def answer_of(output: object) -> Answer:
    """An accepted answer that came over the wire."""
    return read_answer(simplejson.dumps({"infcode": 0, "output": output}, use_decimal=True).encode())


def registration_in(region: Region) -> Registration:
    """A visit of the person."""
    return Registration(PERSON, CREDENTIAL, region.visits["outpatient"], "MZ0001", NOON, DEPARTMENT, DOCTOR)


def admission_in(region: Region) -> Admission:
    """A stay of the person."""
    visit, diagnoses = region.visits["inpatient"], (DIAGNOSIS, replace(DIAGNOSIS, number=2, main=False))
    return Admission(PERSON, CREDENTIAL, visit, "ZY0001", NOON, DEPARTMENT, DOCTOR, "12", diagnoses)


def bill_in(region: Region, kind: str) -> Bill:
    """What of a visit of that kind is to be settled."""
    return Bill(PERSON, CREDENTIAL, region.visits[kind], VISIT_ID, 2500, AccountUse.OWN)


def every_message(region: Region) -> dict[str, Request]:
    """A message of each transaction that the program sends."""
    made = [*_queries(region), *_purchase(region), *_outpatient(region), *_stay(region)]
    assert len({request.transaction for request in made}) == len(made)
    return {request.transaction: request for request in made}


def _queries(region: Region) -> list[Request]:
    card = {"mdtrt_cert_type": "03", "mdtrt_cert_no": CREDENTIAL.card_number, "psn_cert_type": "01"}
    entitlement = {"psn_no": PERSON_NO, "insutype": "310", "fixmedins_code": "P43999900001", "med_type": "11"}
    sign_in = {"opter_no": "01", "mac": "00-00-00-00-00-00", "ip": "127.0.0.1"}
    return [
        Request("9001", {"signIn": sign_in}),
        Request("9002", {"signOut": {"sign_no": "S1", "opter_no": "01"}}),
        Request("1101", {"data": card | {"certno": CREDENTIAL.id_number, "psn_name": CREDENTIAL.name}}),
        Request("2001", {"data": entitlement | {"begntime": wire_time(NOON)}}, PLACE),
        Request("5206", {"data": {"psn_no": PERSON_NO}}, PLACE),
        Request("2601", {"data": {"psn_no": PERSON_NO, "omsgid": "P" * 30, "oinfno": "2102"}}, PLACE),
        visit_queries.visits_request(PERSON_NO, PLACE, "11", NOON, NOON),
        visit_queries.rows_request(PERSON_NO, PLACE, VISIT_ID, SETTLEMENT_ID),
        visit_queries.settlement_request(PERSON_NO, PLACE, VISIT_ID, SETTLEMENT_ID),
        visit_queries.open_stays_request(PERSON_NO, PLACE, NOON, NOON),
        totals.totals_request(region, TOTALS),
    ]


def purchase_in(region: Region) -> Purchase:
    """A purchase of the person, 78.61 yuan."""
    line = PurchaseLine(1, "XTEST0000000000000000A1", "YD1", Decimal("78.61"), Decimal(1), 7861)
    return Purchase(PERSON, CREDENTIAL, region.visits["pharmacy"], (line,), NOON, AccountUse.OWN)


def _purchase(region: Region) -> list[Request]:
    bureau, purchase = bureau_of(region), purchase_in(region)
    return [
        pharmacy.purchase_request(bureau, pharmacy.TRIAL, purchase),
        pharmacy.purchase_request(bureau, pharmacy.SETTLE, purchase),
        pharmacy.void_request(SETTLEMENT_ID, VISIT_ID, PERSON_NO, PLACE),
    ]


def _outpatient(region: Region) -> list[Request]:
    registration, bill = registration_in(region), bill_in(region, "outpatient")
    return [
        outpatient.register_request(registration),
        outpatient.cancel_registration_request(VISIT_ID, "MZ0001", PERSON_NO, PLACE),
        outpatient.diagnoses_request(region, registration, VISIT_ID, [DIAGNOSIS]),
        outpatient.rows_request(PERSON, VISIT_ID, [ROW]),
        outpatient.withdraw_rows_request(VISIT_ID, "MZ1", PERSON_NO, PLACE),
        outpatient.trial_request(region, bill, "MZ1"),
        outpatient.settle_request(region, bill, "MZ1", FIGURES),
        outpatient.void_request(SETTLEMENT_ID, VISIT_ID, PERSON_NO, PLACE),
    ]


def _stay(region: Region) -> list[Request]:
    admission, bill, day = admission_in(region), bill_in(region, "inpatient"), date(2026, 11, 21)
    discharge = Discharge(PERSON, VISIT_ID, NOON, DEPARTMENT, "12", "1", admission.diagnoses)
    refund = refund_row(ROW, serial="2", quantity=Decimal(1), at=NOON)
    return [
        stay.admit_request(region, admission),
        stay.change_request(VISIT_ID, admission),
        stay.cancel_admission_request(VISIT_ID, PERSON_NO, PLACE),
        stay.rows_request(PERSON, region.visits["inpatient"], VISIT_ID, [ROW, refund]),
        stay.withdraw_rows_request(VISIT_ID, PERSON_NO, PLACE, ["1", "2"]),
        stay.discharge_request(discharge),
        stay.cancel_discharge_request(VISIT_ID, PERSON_NO, PLACE),
        stay.trial_request(region, bill, discharged_on=day),
        stay.settle_request(region, bill, FIGURES, discharged_on=day),
        stay.void_request(SETTLEMENT_ID, VISIT_ID, PERSON_NO, PLACE),
    ]
