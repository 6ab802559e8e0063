"""Leaving the hospital at the window: one picture, one F8; what goes wrong in the middle goes on where it stood."""

import pytest

from pos_client.desk.queue import sync_once
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.discharge import DischargePage
from pos_client.ui.pages.identify import IdentifyPage
from pos_client.ui.pages.stay import StayPage
from pos_client.ui.pages.stay_deposit import DepositPage
from pos_client.ui.pages.stays import StaysPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.ui.conftest import Start
from tests.ui.keys import Keys
from tests.ui.ward import admitted, charge, to_stays, tried

CHARGED = ("200*YD0001", "20*YD0004", "100*YD0014")


def _tried(keys: Keys, deposit: str = "3000", *typed: str) -> DischargePage:
    admitted(keys, deposit=deposit)
    charge(keys, *(typed or CHARGED))
    return tried(keys)


def _over(keys: Keys) -> None:
    """Nothing of the stay lies here, and all books agree."""
    assert keys.world.agreement().disagreements == ()
    keys.press("Enter")
    page = keys.on(StaysPage)
    assert page.rows == ()
    assert page.arrived is None


def test_the_picture_the_table_and_the_right_column_say_the_same(keys: Keys) -> None:
    page = _tried(keys)
    view = page.view
    assert view.agrees is True
    assert sum(one.amount_fen for one in view.slices) == view.total_fen == view.fund_fen + view.own_fen
    table = page.picture.table
    assert [row[1].text for row in table.rows] == ["起付线", "83% 段", "乙类先自付", "自费", "合计"]
    assert [cell.text for cell in table.row_at(4)[2:]] == ["3,328.00", "", "2,198.67", "1,129.33"]
    assert page.picture.bar.accessibleDescription().startswith("起付线")
    assert "1,129.33" in page.picture.heading.text()
    assert "押金 1 张收据 3,000.00" in keys.right
    assert "已交押金 3,000.00 元（1 张收据）" in page.picture.sentences.text()
    assert "本次后" in keys.left
    assert keys.message.text == "试算与医保中心一致，押金够付。请收回 1 张押金收据，按 F8 结算并退款。"


def test_f8_settles_and_hands_the_rest_and_the_documents_back(keys: Keys) -> None:
    page = _tried(keys, "3000", *CHARGED, "YD0024")
    back_fen = page.view.back_fen
    assert back_fen > 0
    keys.press("F8")
    assert page.done is not None
    assert page.done.back_fen == back_fen
    assert "请退现金" in keys.right
    assert "请交还医疗保险证、医保卡。" in keys.message.text
    _over(keys)


@pytest.mark.parametrize(("letter", "words"), [("W", "应退微信"), ("O", "应退押金"), ("X", "应退现金")])
def test_the_rest_goes_back_by_the_means_that_a_letter_chooses(keys: Keys, letter: str, words: str) -> None:
    page = _tried(keys)
    keys.write(letter)
    assert words in keys.right
    keys.press("F8")
    assert page.done is not None
    _over(keys)


def test_what_the_deposit_does_not_cover_is_collected_with_change(keys: Keys) -> None:
    page = _tried(keys, "100", *CHARGED, "300*YD0034")
    due_fen = page.view.due_fen
    assert due_fen > 10_000
    keys.write("W")
    keys.write("100")
    keys.press("Enter")
    assert "微信 已付" in keys.right
    keys.write("1")
    keys.press("F8")
    assert (page.done, keys.message.code) == (None, "S-TENDER")
    keys.press("Esc")
    keys.write("2000")
    keys.press("F8")
    assert page.done is not None
    assert page.done.change_fen == 200_000 + 10_000 - due_fen
    _over(keys)


def test_f6_tries_again_without_the_account(keys: Keys) -> None:
    page = _tried(keys)
    before_fen = page.view.back_fen
    keys.press("F6")
    if page.view.account_word == "用家庭共济账户":
        keys.press("F6")
    assert page.view.back_fen < before_fen
    assert "不用个人账户" in keys.message.text


def test_without_the_bureau_there_is_our_estimate_and_no_settlement(keys: Keys) -> None:
    admitted(keys, deposit="3000")
    charge(keys, *CHARGED)
    keys.world.faults({"name": "refuse", "infno": "2303"})
    page = tried(keys)
    assert "本机估算" in page.picture.heading.text()
    assert "F8" not in keys.lit
    assert keys.button == "F5 再试算"
    keys.world.faults()
    keys.press("F5")
    assert keys.button.startswith("F8 结算并退款")


@pytest.mark.parametrize("infno", ["2402", "2304"])
def test_refused_in_the_middle_it_goes_on_where_it_stood(keys: Keys, infno: str) -> None:
    page = _tried(keys)
    keys.world.faults({"name": "refuse", "infno": infno, "times": 1})
    keys.press("F8")
    assert keys.on(DischargePage) is page
    assert (page.done, keys.message.code) == (None, f"R-{infno}")
    assert keys.button.startswith("F8 结算并退款")
    keys.press("F8")
    assert page.done is not None
    _over(keys)


def test_an_unknown_outcome_goes_back_to_the_stay_which_waits(keys: Keys) -> None:
    _tried(keys)
    keys.world.faults({"name": "drop_answer", "infno": "2304", "times": 1})
    keys.press("F8")
    page = keys.on(StayPage)
    assert keys.message.code == "U-2304"
    keys.until(lambda: bool(page.view.blocked_why))
    assert {"F5", "F8", "F9"} & keys.lit == set()
    keys.press("Esc")
    assert keys.on(StaysPage).line is not None


def test_a_stay_that_was_settled_yesterday_hands_its_rest_back_today(keys: Keys) -> None:
    _tried(keys)
    keys.world.faults({"name": "drop_answer", "infno": "2304", "times": 1})
    keys.press("F8")
    keys.on(StayPage)
    with keys.world.back_office() as office:
        sync_once(office)
    keys.take_card()
    keys.press("Esc", "Esc")
    keys.on(WelcomePage)
    to_stays(keys)
    keys.press("Enter")
    stay = keys.on(StayPage)
    assert keys.button == "F8 退押金和证件"
    keys.press("F8")
    page = keys.on(DischargePage)
    assert page.view.finishing
    keys.press("F8")
    assert keys.message.code == "S-STAYWHO"
    keys.insert("zhang-jianguo")
    keys.press("F8")
    assert page.done is not None
    assert stay.id == page.done.id
    _over(keys)


def test_another_persons_card_settles_nothing(keys: Keys) -> None:
    admitted(keys, deposit="3000")
    page = charge(keys, *CHARGED)
    keys.take_card()
    keys.insert("li-xiulan")
    assert keys.message.code == "S-STAYPERSON"
    assert page.view.customer is not None
    assert page.view.customer.name == "张建国"


def test_without_the_person_f8_asks_for_the_card(keys: Keys) -> None:
    admitted(keys, deposit="3000")
    charge(keys, *CHARGED)
    keys.take_card()
    keys.press("Esc", "Esc", "Tab", "Enter")
    page = keys.on(StayPage)
    keys.press("F8")
    assert keys.on(StayPage) is page
    assert "请插本人的卡" in keys.message.text
    keys.press("F2")
    keys.on(IdentifyPage)
    keys.press("Esc")
    keys.insert("zhang-jianguo")
    keys.press("F8")
    keys.on(DischargePage)


def test_in_english_at_960_the_money_and_the_button_are_there(start: Start) -> None:
    keys = start(language="en", size=(960, 540))
    page = _tried(keys)
    assert keys.button.startswith("F8 ")
    assert page.picture.table.height() > 0
    bottom = page.back_foot.geometry().bottom()
    assert bottom < keys.program.window.button.geometry().top()
    assert keys.message.sign is Sign.DONE


def test_the_deposit_page_follows_the_admission_and_the_stay_knows_it(keys: Keys) -> None:
    page = admitted(keys, deposit="500")
    keys.write("D")
    assert "500.00" in keys.on(DepositPage).list.table.row_at(0)[4].text
    assert page.view.line.deposit_fen == 50_000
