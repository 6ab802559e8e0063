"""2401 to 2405: who is in the hospital."""

from collections.abc import Iterator
from typing import Any

import pytest

from .counter import Counter, counter, only
from .desk import LI, PAPERS, ZHANG, ZHAO
from .hospital import (
    admission,
    begin_stay,
    discharge,
    end_stay,
    named,
    period,
    stay_change,
    stay_payment,
    stay_rows,
)


@pytest.fixture
def desk() -> Iterator[Counter]:
    with counter() as desk:
        yield desk


def stays(desk: Counter) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = desk.output("5201", period(med_type="21"))["mdtrtinfo"]
    return rows


def test_an_admission_opens_a_stay_with_what_was_told_of_it(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    stay = only(stays(desk))
    shown = ("mdtrt_id", "ipt_otp_no", "inhosp_stas", "begntime", "adm_bed", "dscg_maindiag_name", "ipt_days")
    assert [stay[name] for name in shown] == [
        mdtrt_id,
        "ZY0001",
        "1",
        "2026-11-11 10:00:00",
        "301-1",
        "肺炎",
        10,
    ]
    assert stay["endtime"] == "2026-11-21 09:18:12"


def test_nobody_is_in_two_hospitals_at_once(desk: Counter) -> None:
    begin_stay(desk)
    assert "已有在院登记" in desk.refusal("2401", admission())
    assert "已有在院登记" in desk.neighbour("H43999900002").refusal("2401", admission())
    assert desk.call("2401", admission(LI))["infcode"] == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"med_type": "11"}, "该医疗类别不支持住院结算"),
        ({"begntime": "2026-11-23 00:00:00"}, "begntime(开始时间)晚于当前日期"),
        ({"certno": PAPERS[LI]["certno"]}, "certno(证件号码)与参保登记不一致"),
        ({"insutype": "390"}, "未参加"),
    ],
)
def test_an_admission_that_does_not_fit_is_refused(desk: Counter, changes: dict[str, str], words: str) -> None:
    assert words in desk.refusal("2401", admission(**changes))
    assert stays(desk) == []


def test_the_diagnoses_are_those_of_the_person(desk: Counter) -> None:
    content = admission()
    content["diseinfo"][0]["psn_no"] = LI
    assert "与就诊信息不一致" in desk.refusal("2401", content)


def test_a_paused_person_is_not_admitted(desk: Counter) -> None:
    assert "停止享受" in desk.refusal("2401", admission(ZHAO))


def test_a_change_tells_the_stay_anew(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    assert desk.call("2403", stay_change(mdtrt_id, ipt_otp_no="ZY0002"))["infcode"] == 0
    stay = only(stays(desk))
    assert (stay["ipt_otp_no"], stay["adm_bed"], stay["chfpdr_name"]) == ("ZY0002", "302-2", "测试主任")
    assert "该医疗类别不支持住院结算" in desk.refusal("2403", stay_change(mdtrt_id, med_type="11"))
    desk.call("2402", discharge(mdtrt_id))
    assert "已办理出院,不能变更" in desk.refusal("2403", stay_change(mdtrt_id))


def test_an_admission_without_rows_is_taken_back(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    desk.output("2301", stay_rows(mdtrt_id))
    assert "已有费用明细" in desk.refusal("2404", named(mdtrt_id))
    everything = {"data": [{"mdtrt_id": mdtrt_id, "psn_no": ZHANG, "feedetl_sn": "0000"}]}
    assert desk.call("2302", everything)["infcode"] == 0
    assert desk.call("2404", named(mdtrt_id))["infcode"] == 0
    assert stays(desk) == []
    assert "未找到入院登记记录" in desk.refusal("2404", named(mdtrt_id))
    begin_stay(desk)


def test_whoever_has_left_is_not_in_the_hospital(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    assert desk.call("2402", discharge(mdtrt_id))["infcode"] == 0
    stay = only(stays(desk))
    assert (stay["inhosp_stas"], stay["endtime"], stay["dscg_way"]) == ("0", "2026-11-21 09:00:00", "1")
    assert desk.output("5303", period())["data"] == []
    assert "不能重复办理" in desk.refusal("2402", discharge(mdtrt_id))
    assert "请先撤销出院" in desk.refusal("2404", named(mdtrt_id))


@pytest.mark.parametrize(
    ("endtime", "words"),
    [("2026-11-11 09:59:59", "早于入院时间"), ("2026-11-23 00:00:00", "endtime(结束时间)晚于当前日期")],
)
def test_nobody_leaves_before_coming_or_in_the_future(desk: Counter, endtime: str, words: str) -> None:
    mdtrt_id = begin_stay(desk)
    assert words in desk.refusal("2402", discharge(mdtrt_id, endtime=endtime))


def test_a_discharge_is_taken_back_unless_it_is_settled(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    assert "未找到出院记录" in desk.refusal("2405", named(mdtrt_id))
    desk.output("2301", stay_rows(mdtrt_id))
    settled = end_stay(desk, mdtrt_id, "78.60")
    assert "已结算,请先撤销结算" in desk.refusal("2405", named(mdtrt_id))
    desk.output("2305", named(mdtrt_id, setl_id=settled["setl_id"]))
    assert desk.call("2405", named(mdtrt_id))["infcode"] == 0
    stay = only(stays(desk))
    assert (stay["inhosp_stas"], stay["dscg_way"]) == ("1", None)
    assert "未找到出院记录" in desk.refusal("2405", named(mdtrt_id))


def test_a_settlement_in_the_middle_does_not_hold_the_discharge(desk: Counter) -> None:
    mdtrt_id = begin_stay(desk)
    desk.output("2301", stay_rows(mdtrt_id))
    desk.output("2304", stay_payment(mdtrt_id, "78.60", mid_setl_flag="1"))
    desk.call("2402", discharge(mdtrt_id))
    assert desk.call("2405", named(mdtrt_id))["infcode"] == 0


def test_a_discharge_is_not_taken_back_when_the_person_is_in_a_hospital_again(desk: Counter) -> None:
    first = begin_stay(desk)
    desk.call("2402", discharge(first))
    begin_stay(desk, begntime="2026-11-21 09:10:00")
    assert "已有在院登记" in desk.refusal("2405", named(first))
