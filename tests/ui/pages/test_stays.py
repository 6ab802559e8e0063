"""The list of stays: whoever puts a card in comes to his own stay, never to another's; the others are found."""

from pos_client.ui.pages.admission import AdmissionPage
from pos_client.ui.pages.stay import StayPage
from pos_client.ui.pages.stays import StaysPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.ui.keys import Keys
from tests.ui.ward import admitted, begin_admission, to_stays


def test_tab_opens_the_list_and_tab_closes_it(keys: Keys) -> None:
    page = to_stays(keys)
    assert "没有要办的住院" in page.list.heading.text()
    keys.press("Tab")
    keys.on(WelcomePage)


def test_a_card_without_a_stay_begins_an_admission_and_one_with_a_stay_opens_it(keys: Keys) -> None:
    admitted(keys)
    keys.take_card()
    keys.press("Esc")
    page = keys.on(StaysPage)
    assert [(row.name_masked, row.place, row.state) for row in page.rows or ()] == [("张**", "消化内科 12 床", "在院")]
    keys.insert("li-xiulan")
    keys.on(AdmissionPage)
    keys.press("Esc")
    keys.take_card()
    keys.insert("zhang-jianguo")
    stay = keys.on(StayPage)
    assert stay.view.customer is not None
    assert "张建国" in keys.left


def test_the_list_masks_names_and_the_open_stay_does_not(keys: Keys) -> None:
    admitted(keys)
    keys.take_card()
    keys.press("Esc", "Esc")
    keys.on(WelcomePage)
    to_stays(keys)
    assert "张**" in keys.left
    assert "张建国" not in keys.left + keys.right
    keys.press("Enter")
    page = keys.on(StayPage)
    assert "张建国" in keys.left
    assert page.view.customer is None
    assert "还没有识别本人" in keys.left


def test_a_stay_is_found_by_bed_by_name_and_by_number(keys: Keys) -> None:
    stay = admitted(keys)
    keys.press("Esc")
    page = keys.on(StaysPage)
    for typed, found in (("12", 1), ("99", 0), ("张", 1), ("李", 0), (stay.view.line.own_number[-3:], 1)):
        keys.write(typed)
        assert len(page.rows or ()) == found, typed
        keys.press("Esc")
    keys.write("99")
    assert "没有找到“99”" in page.list.heading.text()
    assert keys.button == ""


def test_whoever_is_not_admitted_stays_in_sight_until_esc(keys: Keys) -> None:
    to_stays(keys)
    begin_admission(keys)
    keys.press("Esc")
    page = keys.on(StaysPage)
    assert keys.button == "Enter 办理入院"
    assert "张建国" in keys.left
    keys.press("Enter")
    keys.on(AdmissionPage)
    keys.press("Esc", "Esc")
    assert page.arrived is None
    assert "张建国" not in keys.left
    keys.press("Esc")
    keys.on(WelcomePage)


def test_somebody_without_a_card_is_identified_by_number(keys: Keys) -> None:
    to_stays(keys)
    keys.press("F2")
    keys.write("439999197003030012")
    keys.press("Enter")
    page = keys.on(AdmissionPage)
    assert page.customer.credential == "身份证"
