"""A stay, message by message."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pos_client.errors import OurBug
from pos_client.sync import stay
from pos_client.sync.envelope import Request, UnreadableError
from pos_client.sync.stay import Discharge, read_admitted
from tests.virtual import NOON

from .messages import (
    DEPARTMENT,
    DIAGNOSIS,
    FIGURES,
    PERSON,
    PERSON_NO,
    PLACE,
    ROW,
    VISIT_ID,
    admission_in,
    answer_of,
    bill_in,
    region_of,
)

BASE, HUNAN = region_of("base"), region_of("hunan")


def _node(request: Request, name: str = "data") -> Mapping[str, Any]:
    node = request.input[name]
    assert isinstance(node, Mapping)
    return node


def _rows(request: Request, name: str) -> list[Any]:
    rows = request.input[name]
    assert isinstance(rows, list)
    return rows


def test_an_admission_carries_its_main_diagnosis() -> None:
    request = stay.admit_request(BASE, admission_in(BASE))
    info = _node(request, "mdtrtinfo")
    assert (request.transaction, request.place_of_insurance) == ("2401", PLACE)
    assert (info["ipt_no"], info["adm_bed"], info["med_type"]) == ("ZY0001", "12", "21")
    assert (info["dscg_maindiag_code"], info["adm_diag_dscr"]) == ("K29.500", "慢性胃炎")
    assert [(row["diag_srt_no"], row["maindiag_flag"]) for row in _rows(request, "diseinfo")] == [(1, "1"), (2, "0")]


@pytest.mark.parametrize("diagnoses", [(), (replace(DIAGNOSIS, main=False),), (DIAGNOSIS, DIAGNOSIS)])
def test_a_stay_has_exactly_one_main_diagnosis(diagnoses: tuple[Any, ...]) -> None:
    admission = replace(admission_in(BASE), diagnoses=diagnoses)
    with pytest.raises(OurBug):
        stay.admit_request(BASE, admission)
    with pytest.raises(OurBug):
        stay.change_request(VISIT_ID, admission)


def test_the_editions_get_what_each_of_them_knows() -> None:
    base = _node(stay.admit_request(BASE, admission_in(BASE)), "mdtrtinfo")
    hunan = _node(stay.admit_request(HUNAN, admission_in(HUNAN)), "mdtrtinfo")
    assert set(hunan) - set(base) == {"cert_type", "insuplc_admdvs", "mdtrtarea_admvs"}
    assert (hunan["cert_type"], hunan["insuplc_admdvs"], hunan["mdtrtarea_admvs"]) == ("01", PLACE, "439900")
    day = date(2026, 11, 21)
    settled = [
        _node(stay.settle_request(region, bill_in(region, "inpatient"), FIGURES, discharged_on=day))
        for region in (BASE, HUNAN)
    ]
    assert set(settled[1]) - set(settled[0]) == {"dscgTime", "insuplc_admdvs", "mdtrtarea_admvs"}
    assert settled[1]["dscgTime"] == "2026-11-21"


@pytest.mark.parametrize("result", [{"mdtrt_id": VISIT_ID}, [{"mdtrt_id": VISIT_ID, "exp_content": ""}]])
def test_the_visit_id_of_a_stay_is_read(result: object) -> None:
    assert read_admitted(answer_of({"result": result})) == VISIT_ID


@pytest.mark.parametrize("output", [{}, {"result": {}}, {"result": {"mdtrt_id": None}}, {"data": {"mdtrt_id": "1"}}])
def test_an_admission_without_visit_id_is_not_read(output: object) -> None:
    with pytest.raises(UnreadableError):
        read_admitted(answer_of(output))


def test_a_change_tells_the_whole_stay_again() -> None:
    info = _node(stay.change_request(VISIT_ID, replace(admission_in(BASE), bed="14")), "adminfo")
    assert (info["mdtrt_id"], info["adm_bed"], info["ipt_otp_no"]) == (VISIT_ID, "14", "ZY0001")


def test_rows_of_a_stay_are_no_batch() -> None:
    (row,) = _rows(stay.rows_request(PERSON, BASE.visits["inpatient"], VISIT_ID, [ROW]), "feedetail")
    assert (row["feedetl_sn"], row["med_type"], row["init_feedetl_sn"]) == ("1", "21", "")
    assert "chrg_bchno" not in row


def test_no_message_carries_more_than_a_hundred_rows() -> None:
    rows = [replace(ROW, serial=str(number)) for number in range(1, 102)]
    visit = BASE.visits["inpatient"]
    assert len(_rows(stay.rows_request(PERSON, visit, VISIT_ID, rows[:100]), "feedetail")) == 100
    with pytest.raises(OurBug):
        stay.rows_request(PERSON, visit, VISIT_ID, rows)


@pytest.mark.parametrize(("serials", "sent"), [(["7", "9"], ["7", "9"]), (None, ["0000"])])
def test_rows_are_withdrawn_one_by_one_or_all(serials: list[str] | None, sent: list[str]) -> None:
    data = _rows(stay.withdraw_rows_request(VISIT_ID, PERSON_NO, PLACE, serials), "data")
    assert [row["feedetl_sn"] for row in data] == sent


def test_a_discharge_tells_the_way_of_leaving() -> None:
    discharge = Discharge(PERSON, VISIT_ID, NOON, DEPARTMENT, "12", "4", (DIAGNOSIS,))
    request = stay.discharge_request(discharge)
    info = _node(request, "dscginfo")
    assert (info["endtime"], info["dscg_way"], info["dscg_dept_codg"]) == ("2026-11-21 12:00:00", "4", "A03.01")
    assert [row["mdtrt_id"] for row in _rows(request, "diseinfo")] == [VISIT_ID]


@pytest.mark.parametrize(("mid_stay", "flag"), [(True, "1"), (False, "0")])
def test_a_settlement_says_whether_the_stay_goes_on(mid_stay: bool, flag: str) -> None:
    bill = bill_in(BASE, "inpatient")
    assert _node(stay.trial_request(BASE, bill, mid_stay=mid_stay))["mid_setl_flag"] == flag
    data = _node(stay.settle_request(BASE, bill, FIGURES, mid_stay=mid_stay))
    assert (data["mid_setl_flag"], data["inscp_scp_amt"]) == (flag, Decimal("21.00"))
