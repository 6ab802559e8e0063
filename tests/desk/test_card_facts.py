"""What a card says of the insurance, in words and with masked numbers."""

from dataclasses import replace
from datetime import date, datetime

from pos_client.card.social_security.medical import MedicalData
from pos_client.card.social_security.purse import Purse, PurseTransaction
from pos_client.desk.card_facts import facts_of, purse_of

FULL = MedicalData(
    identification_code="439900D15600000500000001A1B2C301",
    insurance_type="390",
    treated_elsewhere=True,
    outpatient_pool=True,
    outpatient_serious_illness=True,
    medical_aid=True,
    privileged=True,
    person_type="22",
    region="439900",
    account_opened_on=date(2005, 7, 1),
    account_number="43990000000000000000000001234",
    certificate_number="990000000005678",
    health_record_number="43990000000009012",
    hospitals=("H43990001", "H43990002"),
    injury_hospitals=("H43990003",),
    maternity_hospitals=("H43990004",),
    online_only=True,
)
BARE = replace(
    FULL,
    treated_elsewhere=False,
    outpatient_pool=False,
    outpatient_serious_illness=False,
    medical_aid=False,
    privileged=False,
    person_type="",
    account_opened_on=None,
    account_number="",
    certificate_number="",
    health_record_number="",
    hospitals=(),
    injury_hospitals=(),
    maternity_hospitals=(),
    online_only=None,
)


def test_everything_has_its_row_and_long_numbers_only_their_end() -> None:
    assert {fact.label: fact.text for fact in facts_of(FULL, "zh")} == {
        "险种": "城乡居民基本医疗保险",
        "人员类别": "退休异地安置",
        "参保地": "439900",
        "用卡方式": "联网",
        "待遇标识": "异地就诊、门诊统筹、门诊大病、医疗救助、优抚",
        "账户建立": "2005-07-01",
        "个人账号": "**** 1234",
        "医疗证号": "**** 5678",
        "健康档案": "**** 9012",
        "定点机构": "H43990001、H43990002",
        "工伤机构": "H43990003",
        "生育机构": "H43990004",
    }


def test_english_has_the_same_rows() -> None:
    told = {fact.label: fact.text for fact in facts_of(FULL, "en")}
    assert len(told) == len(facts_of(FULL, "zh"))
    assert (told["Insurance"], told["Used"]) == ("residents", "online")
    assert told["Hospitals"] == "H43990001, H43990002"


def test_what_the_card_does_not_say_has_no_row() -> None:
    assert [fact.label for fact in facts_of(BARE, "zh")] == ["险种", "参保地"]


def test_a_code_that_nobody_foresaw_stands_for_itself() -> None:
    told = {fact.label: fact.text for fact in facts_of(replace(BARE, insurance_type="999", person_type="77"), "zh")}
    assert (told["险种"], told["人员类别"]) == ("999", "77")


def test_movements_keep_their_order_and_their_fen() -> None:
    at = datetime(2026, 11, 21, 10, 15, 30)  # noqa: DTZ001 (a terminal's clock)
    moved = tuple(PurseTransaction(5 - n, kind, "519900000001", at, 2000, 1000, 5000) for n, kind in enumerate("21x"))
    purse = purse_of(Purse(120355, 1000, 5000, 2026, "0101", moved), "zh")
    assert (purse.balance_fen, purse.own_paid_fen, purse.pool_paid_fen, purse.year) == (120355, 1000, 5000, 2026)
    assert [one.what for one in purse.movements] == ["结算", "划入", "x"]
    assert {one.when for one in purse.movements} == {"2026-11-21 10:15"}
    assert {(one.account_fen, one.own_fen, one.pool_fen) for one in purse.movements} == {(2000, 1000, 5000)}
