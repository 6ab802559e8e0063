"""Admission by keys alone: lists while typing, both documents into custody, the deposit at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.admission import AdmissionPage
from pos_client.ui.pages.admission_centre import Place
from pos_client.ui.pages.stay import StayPage
from pos_client.ui.pages.stay_deposit import DepositPage
from pos_client.ui.pages.stays import StaysPage
from tests.ui.keys import Keys
from tests.ui.ward import begin_admission, fill_in, to_stays


@pytest.fixture
def page(keys: Keys) -> AdmissionPage:
    to_stays(keys)
    return begin_admission(keys)


def _at(page: AdmissionPage) -> Place:
    return page.place


def test_initials_and_enter_fill_everything_in(keys: Keys, page: AdmissionPage) -> None:
    fill_in(keys)
    assert {place.name: option.name for place, option in page.chosen.items()} == {
        "DEPARTMENT": "消化内科",
        "DOCTOR": "示例医师",
        "DIAGNOSIS": "慢性胃炎",
    }
    assert "二级" in keys.right
    assert keys.button == "Enter 登记入院"
    keys.press("Enter")
    keys.on(DepositPage)
    assert keys.message.text.startswith("已登记入院，住院号 ZY01")
    keys.press("Esc")
    stay = keys.on(StayPage).view
    assert (stay.place, stay.doctor, stay.diagnoses) == ("消化内科 12 床", "示例医师", "慢性胃炎")
    assert stay.line.documents == "医疗保险证、医保卡"
    assert keys.world.agreement().disagreements == ()


def test_the_arrows_choose_what_enter_takes(keys: Keys, page: AdmissionPage) -> None:
    keys.press("Down", "Down", "Enter")
    assert page.chosen[Place.DEPARTMENT].name == "心血管内科"
    assert _at(page) is Place.DOCTOR
    assert page.form.choices.choices[0].text == "样本医师", "the department's own doctor comes first"
    keys.press("Up", "Enter")
    assert page.chosen[Place.DOCTOR].name == "样本医师"


def test_what_is_typed_over_is_chosen_no_more(keys: Keys, page: AdmissionPage) -> None:
    keys.enter("XHNK")
    assert _at(page) is Place.DOCTOR
    keys.press("Up")
    assert _at(page) is Place.DOCTOR, "the arrows choose where there is a list"
    keys.enter("SL")
    for _ in range(2):
        QTest.keyClick(page.form.fields[page.place].edit, Qt.Key.Key_Backtab)
        keys.settle()
    assert _at(page) is Place.DEPARTMENT
    keys.write("HX")
    assert Place.DEPARTMENT not in page.chosen
    assert "科室 未填" in keys.right
    keys.press("Enter")
    assert page.chosen[Place.DEPARTMENT].name == "呼吸内科"


def test_a_document_that_is_not_there_is_not_noted(keys: Keys, page: AdmissionPage) -> None:
    fill_in(keys)
    assert _at(page) is Place.CARD
    keys.write(" ")
    assert "医保卡" not in keys.right
    keys.press("Enter")
    keys.on(DepositPage)
    keys.press("Esc")
    assert keys.on(StayPage).view.line.documents == "医疗保险证"


def test_what_is_missing_is_asked_for_and_nobody_is_admitted(keys: Keys, page: AdmissionPage) -> None:
    keys.enter("XHNK")
    keys.press("Enter", "Enter")
    assert _at(page) is Place.BED
    assert (keys.message.sign, keys.message.text) == (Sign.STOP, "还没有填床号，没有登记。请填床号。")
    keys.write("7")
    keys.press("Tab", "Tab", "Tab", "Tab", "Enter")
    assert _at(page) is Place.DIAGNOSIS
    assert keys.message.text == "还没有选主要诊断，没有登记。请在列表里选一个。"


def test_something_that_no_list_has_is_said_while_typing(keys: Keys, page: AdmissionPage) -> None:
    keys.write("QQQ")
    assert page.form.choices.choices[0].text == "清单里没有“QQQ”"
    keys.press("Enter")
    assert _at(page) is Place.DEPARTMENT


def test_esc_asks_once_before_it_gives_typed_work_up(keys: Keys, page: AdmissionPage) -> None:
    keys.enter("XHNK")
    keys.press("Esc")
    assert keys.on(AdmissionPage) is page
    assert keys.message.sign is Sign.LOOK
    keys.write("S")
    keys.press("Esc")
    assert keys.on(AdmissionPage) is page
    keys.press("Esc")
    keys.on(StaysPage)


def test_what_the_bureau_refuses_stays_on_the_page(keys: Keys, page: AdmissionPage) -> None:
    fill_in(keys)
    keys.world.faults({"name": "refuse", "infno": "2401", "times": 1})
    keys.press("Enter")
    assert keys.on(AdmissionPage) is page
    assert keys.message.code == "R-2401"
    keys.press("Enter")
    keys.on(DepositPage)


def test_an_admission_of_unknown_outcome_is_in_the_list_and_waits(keys: Keys, page: AdmissionPage) -> None:
    fill_in(keys)
    keys.world.faults({"name": "drop_answer", "infno": "2401", "times": 1})
    keys.press("Enter")
    stays = keys.on(StaysPage)
    assert keys.message.code == "U-2401"
    assert [row.state for row in stays.rows or ()] == ["正在办入院"]
