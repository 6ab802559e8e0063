"""What the bureau has of a person, read however it is laid out, and never taken for nothing when it is unclear."""

from typing import Any

import pytest

from pos_client.sync.envelope import UnreadableError
from pos_client.sync.visit_queries import (
    RowFound,
    VisitFound,
    open_stays_request,
    read_open_stays,
    read_rows,
    read_visits,
    rows_request,
    settlement_request,
    visits_request,
)
from tests.virtual import NOON

from .messages import PERSON_NO, PLACE, SETTLEMENT_ID, VISIT_ID, answer_of

VISIT: dict[str, Any] = {
    "mdtrt_id": VISIT_ID, "psn_no": PERSON_NO, "ipt_otp_no": "ZY0001", "inhosp_stas": "1",
    "begntime": "2026-11-21 12:00:00",
}  # fmt: skip
ROW: dict[str, Any] = {
    "mdtrt_id": VISIT_ID, "setl_id": SETTLEMENT_ID, "feedetl_sn": "1", "det_item_fee_sumamt": "25.00",
}  # fmt: skip
FOUND = RowFound("1", SETTLEMENT_ID, 2500)


def test_the_questions_name_person_and_period() -> None:
    period = {"begntime": "2026-11-21 12:00:00", "endtime": "2026-11-21 12:00:00"}
    visits = visits_request(PERSON_NO, PLACE, "41", NOON, NOON)
    stays = open_stays_request(PERSON_NO, PLACE, NOON, NOON)
    assert visits.input == {"data": {"psn_no": PERSON_NO, "med_type": "41", "mdtrt_id": ""} | period}
    assert stays.input == {"data": {"psn_no": PERSON_NO} | period}
    assert {visits.place_of_insurance, stays.place_of_insurance} == {PLACE}


def test_rows_may_be_asked_for_without_their_settlement() -> None:
    asked = {"psn_no": PERSON_NO, "mdtrt_id": VISIT_ID}
    assert rows_request(PERSON_NO, PLACE, VISIT_ID).input == {"data": asked | {"setl_id": ""}}
    known = {"data": asked | {"setl_id": SETTLEMENT_ID}}
    assert rows_request(PERSON_NO, PLACE, VISIT_ID, SETTLEMENT_ID).input == known
    assert settlement_request(PERSON_NO, PLACE, VISIT_ID, SETTLEMENT_ID).input == known


@pytest.mark.parametrize("rows", [VISIT, [VISIT]])
def test_a_visit_is_read(rows: object) -> None:
    (found,) = read_visits(answer_of({"mdtrtinfo": rows}))
    assert found == VisitFound(VISIT_ID, PERSON_NO, "ZY0001", True, "2026-11-21 12:00:00")


@pytest.mark.parametrize(("status", "in_hospital"), [("0", False), (1, True), (None, None), ("9", None)])
def test_whether_somebody_is_in_hospital_is_only_known_when_said(status: object, in_hospital: bool | None) -> None:
    (found,) = read_visits(answer_of({"mdtrtinfo": VISIT | {"inhosp_stas": status, "ipt_otp_no": None}}))
    assert (found.in_hospital, found.own_number) == (in_hospital, "")


@pytest.mark.parametrize("output", ["", None, [], {"mdtrtinfo": None}, {"mdtrtinfo": []}])
def test_no_visit_is_an_empty_answer(output: object) -> None:
    assert read_visits(answer_of(output)) == ()


@pytest.mark.parametrize("output", [{"data": [VISIT]}, {"mdtrtinfo": "无"}, {"mdtrtinfo": [VISIT | {"mdtrt_id": ""}]}])
def test_an_unclear_list_of_visits_is_not_none(output: object) -> None:
    with pytest.raises(UnreadableError):
        read_visits(answer_of(output))


def test_who_is_listed_among_open_stays_is_in_hospital() -> None:
    stay = {"mdtrt_id": VISIT_ID, "psn_no": PERSON_NO, "ipt_otp_no": "ZY0001", "begndate": "2026-11-21"}
    found = read_open_stays(answer_of({"data": [stay]}))
    assert found == (VisitFound(VISIT_ID, PERSON_NO, "ZY0001", True, "2026-11-21"),)
    assert read_open_stays(answer_of({})) == ()
    with pytest.raises(UnreadableError):
        read_open_stays(answer_of({"mdtrtinfo": [stay]}))


@pytest.mark.parametrize(
    "output",
    [
        {"data": [ROW]},
        {"feedetail": [ROW]},
        {"result": ROW},
        {"feedetail": [ROW], "recordCounts": 1, "memo": ""},
        ROW,
    ],
)
def test_rows_are_found_wherever_they_hang(output: object) -> None:
    assert read_rows(answer_of(output), visit_id=VISIT_ID) == (FOUND,)


@pytest.mark.parametrize("output", ["", None, [], {"data": None}, {"data": []}, {"feedetail": [], "pages": 0}])
def test_no_rows_are_an_empty_answer(output: object) -> None:
    assert read_rows(answer_of(output)) == ()


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_row_that_is_not_settled_names_no_settlement(nothing: object) -> None:
    (found,) = read_rows(answer_of({"data": [ROW | {"setl_id": nothing}]}))
    assert found.settlement_id == ""


def test_a_cancellation_repeats_its_rows_below_zero() -> None:
    cancelled = ROW | {"setl_id": "439900S0000000000902", "det_item_fee_sumamt": "-25.00"}
    rows = read_rows(answer_of({"data": [ROW, cancelled]}))
    assert [(row.serial, row.amount_fen) for row in rows] == [("1", 2500), ("1", -2500)]


@pytest.mark.parametrize(
    "output",
    [
        {"data": [ROW], "feedetail": [ROW]},
        {"code": 1, "pages": 0},
        {"data": "无"},
        {"data": [ROW | {"feedetl_sn": ""}]},
        {"data": [ROW | {"det_item_fee_sumamt": None}]},
        {"data": [ROW | {"det_item_fee_sumamt": "25.001"}]},
        {"data": [ROW | {"mdtrt_id": "another"}]},
    ],
)
def test_an_unclear_list_of_rows_is_not_none(output: object) -> None:
    with pytest.raises(UnreadableError):
        read_rows(answer_of(output), visit_id=VISIT_ID)
