"""1101, 2001 and 5206: who is this, what may the person use, what was counted."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import requests

from hardware_sim.front_end.person_queries import age_in_years

from .desk import LI, PAPERS, WANG, ZHANG, ZHAO, Desk, credential, entitlement


def rows_by_fund(desk: Desk, psn_no: str, **changes: Any) -> dict[str, dict[str, Any]]:
    rows = desk.output("2001", entitlement(psn_no, **changes))["trtinfo"]
    return {row["fund_pay_type"]: row for row in rows}


def flags(rows: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {fund: row["trt_enjymnt_flag"] for fund, row in rows.items()}


def test_a_card_gives_the_person_the_insurance_and_the_balance(desk: Desk) -> None:
    output = desk.output("1101", {"data": credential()})
    assert output["baseinfo"]["psn_name"] == "张建国"
    assert output["baseinfo"]["brdy"] == "1970-03-03"
    assert output["baseinfo"]["age"] == Decimal("56.7")
    (insurance,) = output["insuinfo"]
    assert insurance["balc"] == Decimal("1203.55")
    assert (insurance["insutype"], insurance["psn_type"], insurance["psn_insu_stas"]) == ("310", "11", "1")
    assert insurance["insuplc_admdvs"] == "439900"
    assert output["idetinfo"] == []


def test_an_identity_number_gives_the_same_person(desk: Desk) -> None:
    by_id = {"mdtrt_cert_type": "02", "mdtrt_cert_no": PAPERS[ZHANG]["certno"]}
    assert desk.output("1101", {"data": by_id}) == desk.output("1101", {"data": credential()})


def test_hunan_calls_a_retired_person_twelve(start_front_end: Any) -> None:
    desk = Desk(start_front_end(edition="hunan").url)
    desk.sign_in()
    (insurance,) = desk.output("1101", {"data": credential(LI)})["insuinfo"]
    assert insurance["psn_type"] == "12"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"card_sn": PAPERS[LI]["card_sn"]}, "社会保障卡卡号与卡识别码不匹配"),
        ({"card_sn": ""}, "card_sn(卡识别码)为必填项"),
        ({"mdtrt_cert_no": "Z00000000"}, "就诊凭证未找到对应的参保人员"),
        ({"mdtrt_cert_type": "02", "mdtrt_cert_no": "439999190001010000"}, "就诊凭证未找到对应的参保人员"),
        ({"mdtrt_cert_type": "01", "mdtrt_cert_no": "FAKE-TOKEN"}, "医保电子凭证令牌无效或已过期"),
        ({"certno": PAPERS[LI]["certno"]}, "字段certno(证件号码)与参保登记不一致"),
        ({"psn_name": "张建过"}, "字段psn_name(人员姓名)与参保登记不一致"),
        ({"psn_cert_type": "02"}, "字段psn_cert_type(人员证件类型)与参保登记不一致"),
    ],
)
def test_a_credential_that_does_not_fit_the_register_is_refused(
    desk: Desk, changes: dict[str, str], words: str
) -> None:
    assert words in desk.refusal("1101", {"data": {**credential(), **changes}})


def test_an_entitled_person_may_use_every_fund_since_the_first_covered_day(desk: Desk) -> None:
    rows = rows_by_fund(desk, ZHANG)
    assert flags(rows) == {"310100": "1", "310200": "1", "330100": "1"}
    assert rows["310100"]["begndate"] == "2006-01-01"  # six months after 2005-07-01
    assert rows["310200"]["begndate"] == "2005-07-01"
    assert rows["310100"]["trt_chk_rslt"] == "待遇正常"


def test_a_waiting_person_may_use_the_account_but_not_the_pool(desk: Desk) -> None:
    rows = rows_by_fund(desk, WANG)
    assert flags(rows) == {"310100": "0", "310200": "1", "330100": "0"}
    assert rows["310100"]["begndate"] == "2027-04-12"  # insured since 2026-10-12
    assert rows["310100"]["trt_chk_rslt"] == "在等待期内,2027-04-12起享受统筹待遇"


def test_the_wait_is_over_on_the_first_covered_day(desk: Desk) -> None:
    assert flags(rows_by_fund(desk, WANG, begntime="2027-04-11 23:59:59"))["310100"] == "0"
    assert flags(rows_by_fund(desk, WANG, begntime="2027-04-12 00:00:00"))["310100"] == "1"


def test_a_paused_person_may_use_nothing(desk: Desk) -> None:
    (insurance,) = desk.output("1101", {"data": credential(ZHAO)})["insuinfo"]
    assert (insurance["psn_insu_stas"], insurance["paus_insu_date"]) == ("2", "2026-03-01")
    rows = rows_by_fund(desk, ZHAO)
    assert flags(rows) == {"310100": "0", "310200": "0", "330100": "0"}
    assert "停止享受" in rows["310100"]["trt_chk_rslt"]


def test_a_person_who_is_no_longer_insured_may_use_nothing(desk: Desk) -> None:
    change = {"persons": [{"psn_no": ZHANG, "insured_status": "4"}]}
    assert requests.put(desk.url + "/_sim/persons", json=change, timeout=10).status_code == 200
    rows = rows_by_fund(desk, ZHANG)
    assert flags(rows) == {"310100": "0", "310200": "0", "330100": "0"}
    assert "不是正常参保" in rows["310200"]["trt_chk_rslt"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"fixmedins_code": "P43999900002"}, "fixmedins_code(定点医药机构编号)与报文头不一致"),
        ({"insutype": "390"}, "未参加字段insutype(险种类型)所填的险种"),
        ({"psn_no": "43990000000000000000000099"}, "人员编号不存在"),
    ],
)
def test_an_entitlement_check_that_does_not_fit_is_refused(desk: Desk, changes: dict[str, str], words: str) -> None:
    assert words in desk.refusal("2001", entitlement(**changes))


def test_a_message_must_name_the_person_s_own_place_of_insurance(desk: Desk) -> None:
    sentence = desk.refusal("2001", entitlement(), insuplc_admdvs="439901")
    assert "insuplc_admdvs(参保地医保区划)与该人员的参保地不一致" in sentence


def test_the_counters_of_the_year_come_under_the_region_s_codes(desk: Desk) -> None:
    rows = desk.output("5206", {"data": {"psn_no": LI, "cum_ym": ""}})["cuminfo"]
    assert {row["cum_type_code"]: row["cum"] for row in rows} == {
        "S01": Decimal("8200.00"),
        "S02": Decimal("6705.00"),
        "S03": Decimal("0.00"),
        "S04": Decimal(1),
        "S05": Decimal("0.00"),
        "S06": Decimal("0.00"),
        "S07": Decimal("0.00"),
    }
    assert {(row["year"], row["cum_ym"], row["insutype"]) for row in rows} == {("2026", "202611", "310")}


def test_another_year_has_no_counters_here(desk: Desk) -> None:
    assert desk.output("5206", {"data": {"psn_no": LI, "cum_ym": "202512"}})["cuminfo"] == []
    assert "cum_ym(累计年月)的格式应为yyyyMM" in desk.refusal("5206", {"data": {"psn_no": LI, "cum_ym": "202613"}})


def test_a_new_year_starts_from_zero(desk: Desk) -> None:
    now = {"now": "2027-01-02T08:00:00"}
    assert requests.put(desk.url + "/_sim/clock", json=now, timeout=10).status_code == 200
    rows = desk.output("5206", {"data": {"psn_no": LI}})["cuminfo"]
    assert {row["cum"] for row in rows} == {0}
    assert {row["year"] for row in rows} == {"2027"}


def test_an_age_has_one_decimal() -> None:
    assert age_in_years(date(1990, 1, 1), date(2026, 11, 21)) == Decimal("36.9")
    assert age_in_years(date(2026, 11, 21), date(2026, 11, 21)) == Decimal("0.0")
