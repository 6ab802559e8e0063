"""2201, 2202, 2203: a visit is opened, described and taken back."""

from collections.abc import Iterator
from typing import Any

import pytest

from .counter import Counter, counter, only
from .desk import LI, ZHANG, ZHAO
from .hospital import begin_visit, description, diagnosis, named, period, registration, settle_batch, visit_rows


@pytest.fixture
def desk() -> Iterator[Counter]:
    with counter() as desk:
        yield desk


def listed(desk: Counter, psn_no: str = ZHANG, med_type: str = "11") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = desk.output("5201", period(psn_no, med_type=med_type))["mdtrtinfo"]
    return rows


def test_a_registration_gives_a_visit_and_repeats_person_and_number(desk: Counter) -> None:
    data = desk.output("2201", registration())["data"]
    assert data == {
        "mdtrt_id": "439900S0000000000001",
        "psn_no": ZHANG,
        "ipt_otp_no": "MZ0001",
        "exp_content": "",
    }


def test_a_number_is_good_for_one_registration_of_the_institution(desk: Counter) -> None:
    first = desk.output("2201", registration())["data"]
    assert "ipt_otp_no(住院/门诊号)在本机构已存在" in desk.refusal("2201", registration(LI))
    assert desk.neighbour("H43999900002").call("2201", registration(LI))["infcode"] == 0
    desk.call("2202", named(first["mdtrt_id"], ipt_otp_no="MZ0001"))
    assert desk.call("2201", registration(LI))["infcode"] == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mdtrt_cert_no": "A0000002X"}, "卡号与卡识别码不匹配"),
        ({"certno": "439999195108120023"}, "certno(证件号码)与参保登记不一致"),
        ({"insutype": "390"}, "未参加"),
        ({"begntime": "2026-11-23 08:00:00"}, "begntime(开始时间)晚于当前日期"),
    ],
)
def test_a_registration_that_does_not_fit_is_refused(desk: Counter, changes: dict[str, str], words: str) -> None:
    assert words in desk.refusal("2201", registration(**changes))
    assert listed(desk) == []


def test_another_person_s_card_does_not_register(desk: Counter) -> None:
    card = {"mdtrt_cert_no": "A0000002X", "card_sn": "439900D15600000500000002A1B2C302"}
    assert "不是同一参保人员" in desk.refusal("2201", registration(**card))


def test_an_identity_number_registers_its_holder_and_a_token_nobody(desk: Counter) -> None:
    identity = {"mdtrt_cert_type": "02", "mdtrt_cert_no": "439999197003030012", "card_sn": ""}
    assert desk.call("2201", registration(**identity))["infcode"] == 0
    another = {**identity, "mdtrt_cert_no": "439999195108120023", "ipt_otp_no": "MZ0002"}
    assert "不是同一参保人员" in desk.refusal("2201", registration(**another))
    token = {"mdtrt_cert_type": "01", "mdtrt_cert_no": "FAKE-TOKEN-0001", "ipt_otp_no": "MZ0003"}
    assert "令牌无效" in desk.refusal("2201", registration(**token))


def test_a_paused_person_is_not_registered(desk: Counter) -> None:
    assert "停止享受" in desk.refusal("2201", registration(ZHAO))


def test_a_cancelled_registration_is_found_by_nobody(desk: Counter) -> None:
    mdtrt_id = begin_visit(desk)
    desk.call("2202", named(mdtrt_id, ipt_otp_no="MZ0001"))
    assert listed(desk) == []
    not_found = "未找到门诊挂号记录"
    assert not_found in desk.refusal("2202", named(mdtrt_id, ipt_otp_no="MZ0001"))
    assert not_found in desk.refusal("2203", description(mdtrt_id))
    assert not_found in desk.refusal("2204", visit_rows(mdtrt_id))


def test_a_registration_is_cancelled_under_its_own_number_by_its_own_institution(desk: Counter) -> None:
    mdtrt_id = begin_visit(desk)
    assert "与挂号记录不一致" in desk.refusal("2202", named(mdtrt_id, ipt_otp_no="MZ0002"))
    assert "未找到" in desk.refusal("2202", named(mdtrt_id, LI, ipt_otp_no="MZ0001"))
    stranger = desk.neighbour("H43999900002")
    assert "未找到" in stranger.refusal("2202", named(mdtrt_id, ipt_otp_no="MZ0001"))
    assert len(listed(desk)) == 1


def test_a_registration_with_rows_stays(desk: Counter) -> None:
    mdtrt_id = begin_visit(desk)
    desk.output("2204", visit_rows(mdtrt_id))
    assert "已有费用明细" in desk.refusal("2202", named(mdtrt_id, ipt_otp_no="MZ0001"))
    settle_batch(desk, mdtrt_id)
    assert "已有费用明细" in desk.refusal("2202", named(mdtrt_id, ipt_otp_no="MZ0001"))


def test_what_is_told_again_replaces_what_was_told(desk: Counter) -> None:
    mdtrt_id = begin_visit(desk)
    again = description(mdtrt_id, med_type="13", begntime="2026-11-21 08:50:00")
    again["diseinfo"] = [
        diagnosis(1, vali_flag="0", diag_name="急性上呼吸道感染"),
        diagnosis(2, vali_flag="1", diag_name="急性支气管炎"),
    ]
    assert desk.call("2203", again)["infcode"] == 0
    assert listed(desk) == []
    visit = only(listed(desk, med_type="13"))
    assert (visit["begntime"], visit["otp_diag_info"]) == ("2026-11-21 08:50:00", "急性支气管炎")
    assert (visit["chfpdr_name"], visit["adm_dept_name"], visit["dise_name"]) == (
        "测试医师",
        "内科",
        "急性上呼吸道感染",
    )


def test_a_visit_with_a_settlement_keeps_its_category(desk: Counter) -> None:
    mdtrt_id = begin_visit(desk)
    desk.output("2204", visit_rows(mdtrt_id))
    settle_batch(desk, mdtrt_id)
    assert "不能变更医疗类别" in desk.refusal("2203", description(mdtrt_id, med_type="13"))
    assert desk.call("2203", description(mdtrt_id))["infcode"] == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"med_type": "21"}, "该医疗类别不支持门诊结算"),
        ({"begntime": "2026-11-23 08:00:00"}, "晚于当前日期"),
    ],
)
def test_a_description_that_does_not_fit_is_refused(desk: Counter, changes: dict[str, str], words: str) -> None:
    assert words in desk.refusal("2203", description(begin_visit(desk), **changes))
