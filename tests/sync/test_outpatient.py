"""An outpatient visit, message by message."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pos_client.sync import outpatient
from pos_client.sync.envelope import Request, UnreadableError
from pos_client.sync.outpatient import Disease, read_registered
from pos_client.sync.region import AccountUse

from .messages import (
    DIAGNOSIS,
    FIGURES,
    PERSON,
    PERSON_NO,
    PLACE,
    ROW,
    VISIT_ID,
    answer_of,
    bill_in,
    region_of,
    registration_in,
)

BASE, HUNAN = region_of("base"), region_of("hunan")
REGISTERED = {"mdtrt_id": VISIT_ID, "psn_no": PERSON_NO, "ipt_otp_no": "MZ0001"}


def _node(request: Request, name: str = "data") -> Mapping[str, Any]:
    node = request.input[name]
    assert isinstance(node, Mapping)
    return node


def _rows(request: Request, name: str) -> list[Any]:
    rows = request.input[name]
    assert isinstance(rows, list)
    return rows


def test_a_visit_is_registered_with_person_card_department_and_doctor() -> None:
    request = outpatient.register_request(registration_in(BASE))
    data = _node(request)
    assert (request.transaction, request.place_of_insurance) == ("2201", PLACE)
    assert (data["psn_no"], data["mdtrt_cert_type"], data["mdtrt_cert_no"]) == (PERSON_NO, "03", "A00000011")
    assert (data["ipt_otp_no"], data["begntime"]) == ("MZ0001", "2026-11-21 12:00:00")
    assert (data["caty"], data["dept_code"], data["atddr_no"]) == ("A03", "A03.01", "D439900000001")


@pytest.mark.parametrize("output", [{"data": REGISTERED}, {"data": [REGISTERED]}, {"data": {"mdtrt_id": VISIT_ID}}])
def test_the_visit_id_is_read(output: object) -> None:
    assert read_registered(answer_of(output), person_no=PERSON_NO, own_number="MZ0001") == VISIT_ID


@pytest.mark.parametrize(
    "output",
    [
        {},
        {"data": None},
        {"data": REGISTERED | {"mdtrt_id": ""}},
        {"data": REGISTERED | {"psn_no": "somebody else"}},
        {"data": REGISTERED | {"ipt_otp_no": "MZ0002"}},
        {"result": REGISTERED},
    ],
)
def test_a_registration_that_is_not_ours_is_not_read(output: object) -> None:
    with pytest.raises(UnreadableError):
        read_registered(answer_of(output), person_no=PERSON_NO, own_number="MZ0001")


def test_without_knowing_ours_any_visit_id_is_read() -> None:
    assert read_registered(answer_of({"data": REGISTERED})) == VISIT_ID


def test_a_diagnosis_is_withdrawn_by_its_flag() -> None:
    withdrawn = replace(DIAGNOSIS, number=2, valid=False)
    request = outpatient.diagnoses_request(BASE, registration_in(BASE), VISIT_ID, [DIAGNOSIS, withdrawn])
    rows = _rows(request, "diseinfo")
    assert [(row["diag_srt_no"], row["vali_flag"]) for row in rows] == [(1, "1"), (2, "0")]


def test_a_disease_is_sent_where_there_is_one_or_the_edition_demands_one() -> None:
    first_withdrawn = [replace(DIAGNOSIS, valid=False), replace(DIAGNOSIS, number=3), replace(DIAGNOSIS, number=2)]
    diagnoses = [replace(one, code=f"K29.{one.number}00") for one in first_withdrawn]

    def disease(region_edition: str, disease: Disease | None = None) -> object:
        region = region_of(region_edition)
        request = outpatient.diagnoses_request(region, registration_in(region), VISIT_ID, diagnoses, disease)
        return _node(request, "mdtrtinfo")["dise_codg"]

    assert disease("base") == ""
    assert disease("hunan") == "K29.200"
    assert disease("hunan", Disease("M03900", "高血压")) == "M03900"


def test_rows_carry_their_batch() -> None:
    request = outpatient.rows_request(PERSON, VISIT_ID, [ROW], Disease("M03900", "高血压"))
    (row,) = _rows(request, "feedetail")
    assert (row["feedetl_sn"], row["chrg_bchno"], row["dise_codg"]) == ("1", "MZ1", "M03900")
    assert (row["cnt"], row["pric"], row["det_item_fee_sumamt"]) == (2, Decimal("12.5"), Decimal("25.00"))
    assert (row["bilg_dept_name"], row["bilg_dr_name"], row["hosp_appr_flag"]) == ("消化内科", "示例医师", "0")


def test_all_unsettled_rows_are_withdrawn_by_their_common_name() -> None:
    request = outpatient.withdraw_rows_request(VISIT_ID, outpatient.ALL_UNSETTLED, PERSON_NO, PLACE)
    assert _node(request) == {"mdtrt_id": VISIT_ID, "chrg_bchno": "0000", "psn_no": PERSON_NO}


@pytest.mark.parametrize(("account", "flag"), [(AccountUse.OWN, "1"), (AccountUse.NO, "0")])
def test_a_trial_names_batch_total_and_the_use_of_the_account(account: AccountUse, flag: str) -> None:
    bill = replace(bill_in(BASE, "outpatient"), account=account)
    data = _node(outpatient.trial_request(BASE, bill, "MZ1"))
    assert (data["chrg_bchno"], data["medfee_sumamt"]) == ("MZ1", Decimal("25.00"))
    assert (data["acct_used_flag"], data["psn_setlway"], data["med_type"]) == (flag, "01", "11")


def test_a_settlement_repeats_the_sums_of_its_trial() -> None:
    data = _node(outpatient.settle_request(HUNAN, bill_in(HUNAN, "outpatient"), "MZ1", FIGURES))
    assert (data["fulamt_ownpay_amt"], data["overlmt_selfpay"]) == (Decimal("0.60"), Decimal("0.40"))
    assert (data["preselfpay_amt"], data["inscp_scp_amt"]) == (Decimal("3.00"), Decimal("21.00"))
    assert data["medfee_sumamt"] == sum(
        data[name] for name in ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
    )
