"""What the bureau says of a person, read through the region's mapping; what is not mapped stays unknown."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import simplejson

from pos_client.errors import EnvironmentProblem, Refused
from pos_client.runtime import HttpAnswer
from pos_client.sync.bureau import Bureau
from pos_client.sync.envelope import Sender
from pos_client.sync.person import (
    Credential,
    CredentialKind,
    InsuredPerson,
    Voucher,
    credential_fields,
    fetch_counters,
    fetch_entitlements,
    fetch_person,
    papers_demanded,
)
from pos_client.sync.region import load_region
from tests.virtual import ScriptedHttp, virtual_runtime

CREDENTIAL = Credential("A00000011", "439900D15600000500000001A1B2C301", "439999197003030012", "张建国")
BASE = {
    "psn_no": "4399", "psn_cert_type": "01", "certno": "439999197003030012", "psn_name": "张建国", "gend": "1",
    "brdy": "1970-03-03", "age": "56.7",
}  # fmt: skip
INSURANCE = {
    "balc": "1203.55", "insutype": "310", "psn_type": "11", "psn_insu_stas": "1", "psn_insu_date": "2005-07-01",
    "paus_insu_date": None, "cvlserv_flag": "0", "insuplc_admdvs": "439900", "emp_name": "",
}  # fmt: skip


def _answer(output: object) -> HttpAnswer:
    return HttpAnswer(200, {}, simplejson.dumps({"infcode": 0, "output": output}).encode())


def _bureau(tmp_path: Path, *outputs: object) -> Bureau:
    signed_in = {"signinoutb": {"sign_no": "S1", "sign_time": "2026-11-21 12:00:00"}}
    http = ScriptedHttp([_answer(output) for output in (signed_in, *outputs)])
    region = load_region("training", tmp_path, "training")
    sender = Sender("P43999900001", "示例大药房", "01", "收费员01")
    return Bureau(region, sender, "http://x", virtual_runtime(http=http), lambda: "P" * 30)


def _person(tmp_path: Path, base: Any = BASE, insurances: Any = (INSURANCE,)) -> InsuredPerson:
    bureau = _bureau(tmp_path, {"baseinfo": base, "insuinfo": list(insurances), "idetinfo": []})
    return fetch_person(bureau, CREDENTIAL, bureau.region.visits["pharmacy"])


def test_facts_come_through_the_regions_mapping(tmp_path: Path) -> None:
    person = _person(tmp_path)
    assert person.account_balance_fen == 120355
    assert person.facts == {
        "category": "active",
        "sex": "M",
        "birth": date(1970, 3, 3),
        "first_contribution": date(2005, 7, 1),
        "first_unpaid_month": None,  # known that there is none
        "civil_servant": False,
    }


@pytest.mark.parametrize(
    ("field", "value", "fact"),
    [
        ("psn_type", "91", "category"),
        ("psn_insu_date", "", "first_contribution"),
        ("psn_insu_date", None, "first_contribution"),
        ("cvlserv_flag", "9", "civil_servant"),
    ],
)
def test_what_the_region_does_not_map_is_unknown_and_not_a_default(
    tmp_path: Path, field: str, value: object, fact: str
) -> None:
    assert fact not in _person(tmp_path, insurances=[INSURANCE | {field: value}]).facts


def test_a_paused_person_was_not_renewed(tmp_path: Path) -> None:
    paused = INSURANCE | {"psn_insu_stas": "2", "paus_insu_date": "2026-03-01"}
    facts = _person(tmp_path, insurances=[paused]).facts
    assert facts["first_unpaid_month"] == date(2026, 3, 1)
    assert facts["renewed_on"] is None


def test_the_insurance_that_fits_and_is_in_force_is_taken(tmp_path: Path) -> None:
    other = INSURANCE | {"insutype": "510"}
    ended = INSURANCE | {"psn_insu_stas": "4", "balc": "1"}
    assert _person(tmp_path, insurances=[other, ended, INSURANCE]).account_balance_fen == 120355


@pytest.mark.parametrize("insurances", [[], [INSURANCE | {"insutype": "390"}]])
def test_without_a_fitting_insurance_the_bill_is_not_insured(tmp_path: Path, insurances: Any) -> None:
    with pytest.raises(Refused) as caught:
        _person(tmp_path, insurances=insurances)
    assert caught.value.code == "R-1101"


@pytest.mark.parametrize(
    ("base", "insurances"),
    [
        ("张建国", [INSURANCE]),
        ({}, [INSURANCE]),
        (BASE | {"brdy": "3rd of March"}, [INSURANCE]),
        (BASE, [INSURANCE | {"balc": "1.005"}]),
        (BASE, [INSURANCE | {"balc": "rich"}]),
        (BASE, [{name: value for name, value in INSURANCE.items() if name != "psn_type"}]),
        (BASE, "310"),
    ],
)
def test_an_answer_that_cannot_be_read_is_no_answer(tmp_path: Path, base: Any, insurances: Any) -> None:
    bureau = _bureau(tmp_path, {"baseinfo": base, "insuinfo": insurances})
    with pytest.raises(EnvironmentProblem) as caught:
        fetch_person(bureau, CREDENTIAL, bureau.region.visits["pharmacy"])
    assert caught.value.code == "N-ANSWER"


@pytest.mark.parametrize(("day", "age"), [(date(2026, 3, 2), 55), (date(2026, 3, 3), 56), (date(2026, 12, 31), 56)])
def test_age_is_in_completed_years(tmp_path: Path, day: date, age: int) -> None:
    assert _person(tmp_path).age_on(day) == age


def test_a_person_shows_nobody_in_a_log(tmp_path: Path) -> None:
    assert "张建国" not in repr(_person(tmp_path)) + repr(CREDENTIAL)
    assert "439999197003030012" not in repr(_person(tmp_path)) + repr(CREDENTIAL)


def _asked(tmp_path: Path, shown: Credential | Voucher) -> dict[str, str]:
    """What 1101 sends for a credential."""
    bureau = _bureau(tmp_path, {"baseinfo": BASE, "insuinfo": [INSURANCE], "idetinfo": []})
    fetch_person(bureau, shown, bureau.region.visits["pharmacy"])
    http = bureau._runtime.http
    assert isinstance(http, ScriptedHttp)
    sent: dict[str, str] = simplejson.loads(http.posted[-1])["input"]["data"]
    return {name: value for name, value in sent.items() if value}


def test_a_card_asks_with_all_that_is_on_it(tmp_path: Path) -> None:
    assert _asked(tmp_path, CREDENTIAL) == {
        "mdtrt_cert_type": "03",
        "mdtrt_cert_no": CREDENTIAL.card_number,
        "card_sn": CREDENTIAL.identification_code,
        "psn_cert_type": "01",
        "certno": CREDENTIAL.id_number,
        "psn_name": CREDENTIAL.name,
    }


def test_a_typed_number_asks_as_an_identity_card(tmp_path: Path) -> None:
    typed = Credential("", "", CREDENTIAL.id_number, "", CredentialKind.ID_NUMBER)
    number = CREDENTIAL.id_number
    expected = {"mdtrt_cert_type": "02", "mdtrt_cert_no": number, "psn_cert_type": "01", "certno": number}
    assert _asked(tmp_path, typed) == expected


def test_a_voucher_asks_with_nothing_but_its_token(tmp_path: Path) -> None:
    assert _asked(tmp_path, Voucher("6612")) == {"mdtrt_cert_type": "01", "mdtrt_cert_no": "6612"}
    assert "6612" not in repr(Voucher("6612"))


def test_whoever_showed_a_voucher_goes_on_by_his_identity_number() -> None:
    """No token in any later message: protocol 5.9, it expires, while the number remains usable."""
    after = Credential("", "", CREDENTIAL.id_number, CREDENTIAL.name, CredentialKind.VOUCHER)
    expected = {"mdtrt_cert_type": "02", "mdtrt_cert_no": CREDENTIAL.id_number, "card_sn": ""}
    assert credential_fields(after) == expected


@pytest.mark.parametrize(("region", "demanded"), [("training", False), ("training-hunan", True)])
def test_only_hunan_wants_papers_beside_every_credential(tmp_path: Path, region: str, demanded: bool) -> None:
    assert papers_demanded(load_region(region, tmp_path, "training")) is demanded


def test_entitlements_are_told_fund_by_fund(tmp_path: Path) -> None:
    row = {"psn_no": "4399", "trt_chk_type": "01", "fund_pay_type": "310100", "trt_enjymnt_flag": 0}
    told = {"begndate": "2027-01-01", "trt_chk_rslt": "等待期"}
    bureau = _bureau(tmp_path, {"trtinfo": row | told})
    found = fetch_entitlements(bureau, _person(tmp_path), bureau.region.visits["pharmacy"])
    assert [(one.fund, one.entitled, one.first_covered_day, one.reason) for one in found] == [
        ("310100", False, "2027-01-01", "等待期")
    ]


def _row(kind: str, value: object, year: str = "2026", scheme: str = "310") -> dict[str, object]:
    return {"insutype": scheme, "year": year, "cum_ym": f"{year}11", "cum_type_code": kind, "cum": value}


def test_counters_come_in_the_policys_names_for_this_year_and_scheme(tmp_path: Path) -> None:
    rows = [
        _row("S01", "8200.00"),
        _row("S04", 1),
        _row("X99", 5),
        _row("S02", 7, year="2025"),
        _row("S03", 7, scheme="390"),
    ]
    found = fetch_counters(_bureau(tmp_path, {"cuminfo": rows}), _person(tmp_path))
    assert (found.year, found.amounts_fen, found.counts) == (
        2026,
        {"inpatient_eligible": 820000},
        {"local_admissions": 1},
    )


@pytest.mark.parametrize("row", [_row("S04", "1.5"), _row("S01", "many"), _row("S01", 1, year="MMXXVI")])
def test_a_counter_that_makes_no_sense_is_no_answer(tmp_path: Path, row: dict[str, object]) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        fetch_counters(_bureau(tmp_path, {"cuminfo": [row]}), _person(tmp_path))
    assert caught.value.code == "N-ANSWER"


def test_the_operator_is_signed_in_once_a_day(tmp_path: Path) -> None:
    bureau = _bureau(tmp_path, {"cuminfo": []}, {"cuminfo": []})
    person = _person(tmp_path)
    fetch_counters(bureau, person)
    fetch_counters(bureau, person)
    http = bureau._runtime.http
    assert isinstance(http, ScriptedHttp)
    sent = [simplejson.loads(body) for body in http.posted]
    assert [(body["infno"], body["sign_no"]) for body in sent] == [("9001", ""), ("5206", "S1"), ("5206", "S1")]
