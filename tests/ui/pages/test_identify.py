"""People without a card: an identity number is checked while it is typed, a voucher is never shown."""

import pytest
import requests
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from hardware_sim import personas
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.identify import IdentifyPage
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.welcome import WelcomePage
from tests.desk.world import World
from tests.ui.keys import Keys

NUMBER = personas.load("zhang-jianguo").card.id_number
WRONG = NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2")


def _voucher(world: World) -> str:
    control = f"{world.front_end.control_url}/_sim/vouchers"
    answer = requests.post(control, json={"persona": "zhang-jianguo"}, timeout=10)
    token: str = answer.json()["token"]
    return token


def _asked(keys: Keys) -> IdentifyPage:
    keys.press("F2")
    return keys.on(IdentifyPage)


def _texts(page: IdentifyPage) -> list[str]:
    """Everything that can be read in the field from now on."""
    texts: list[str] = []
    page.number.edit.textChanged.connect(lambda _: texts.append(page.number.edit.displayText()))
    return texts


def _by_hand(keys: Keys, text: str) -> None:
    """Types as a hand does: never as fast as a scanner."""
    for character in text:
        QTest.qWait(35)
        keys.write(character)


def test_a_typed_identity_number_begins_a_sale(keys: Keys) -> None:
    page = _asked(keys)
    texts = _texts(page)
    keys.enter(NUMBER)
    sale = keys.on(SalePage)
    assert "张建国" in keys.left
    assert sale.view.customer is not None
    assert texts[-1] == ""


def test_what_is_typed_is_said_in_words(keys: Keys) -> None:
    page = _asked(keys)
    _by_hand(keys, NUMBER[:3])
    assert "还差 15 位" in page.form.words()
    assert page.number.edit.displayText() == NUMBER[:3]
    assert keys.button == ""
    _by_hand(keys, NUMBER[3:])
    assert "校验码正确" in page.form.words()
    assert keys.message.sign is Sign.DONE
    assert keys.button == "Enter 向医保中心查询"


def test_a_number_that_is_too_short_asks_nobody(keys: Keys) -> None:
    _asked(keys)
    keys.enter(NUMBER[:17])
    keys.on(IdentifyPage)
    assert keys.message.text.startswith("身份证号还差 1 位，没有查询。")


def test_a_wrong_check_character_is_seen_at_once_and_stays_to_be_mended(keys: Keys) -> None:
    page = _asked(keys)
    keys.write(WRONG)
    assert (keys.message.sign, keys.message.text[:6]) == (Sign.LOOK, "身份证号不对")
    keys.press("Enter")
    assert keys.message.code == "S-IDNO"
    assert page.number.text == WRONG
    keys.press("Back")
    keys.enter(NUMBER[17])
    keys.on(SalePage)


def test_a_scanned_voucher_begins_a_sale_and_is_shown_nowhere(keys: Keys, world: World) -> None:
    token = _voucher(world)
    page = _asked(keys)
    texts = _texts(page)
    keys.scan(token)
    keys.on(SalePage)
    assert "张建国" in keys.left
    assert max(len(text.replace("●", "")) for text in texts) == 1
    assert texts[-1] == ""


def test_a_voucher_with_letters_is_dots_however_slowly_it_comes(keys: Keys) -> None:
    page = _asked(keys)
    _by_hand(keys, "EC12")
    assert page.number.edit.displayText() == "●●●●"
    assert "医保电子凭证" in page.form.words()


def test_a_voucher_that_is_refused_is_forgotten(keys: Keys) -> None:
    page = _asked(keys)
    keys.scan("9" * 28)
    keys.on(IdentifyPage)
    assert keys.message.sign is Sign.STOP
    assert page.number.text == ""
    page.number.edit.undo()
    assert page.number.text == ""
    assert page.number.edit.echoMode() is QLineEdit.EchoMode.Normal


def test_esc_clears_first_and_goes_back_then(keys: Keys) -> None:
    page = _asked(keys)
    keys.write("4399")
    keys.press("Esc")
    assert keys.on(IdentifyPage) is page
    assert page.number.text == ""
    assert keys.message.text == "已清空。再按 Esc 返回。"
    keys.press("Esc")
    keys.on(WelcomePage)


def test_a_card_that_is_put_in_is_read_here_too(keys: Keys) -> None:
    _asked(keys)
    keys.insert("zhang-jianguo")
    keys.on(SalePage)
    assert "张建国" in keys.left


def test_f2_again_reads_the_card_again(keys: Keys) -> None:
    keys.insert("zhang-jianguo")
    sale = keys.on(SalePage)
    keys.scan("YD0001")
    _asked(keys)
    keys.press("F2")
    assert keys.on(SalePage) is sale
    assert len(sale.view.lines) == 1


def test_without_a_card_f2_again_says_so(keys: Keys) -> None:
    _asked(keys)
    keys.press("F2")
    keys.on(IdentifyPage)
    assert keys.message.code.startswith("K-")


@pytest.mark.parametrize("edition", ["hunan"])
def test_where_the_region_demands_it_the_name_is_asked_for(keys: Keys) -> None:
    page = _asked(keys)
    keys.enter(NUMBER)
    keys.on(IdentifyPage)
    assert page.name.edit.hasFocus()
    keys.press("Enter")
    assert keys.message.text.startswith("还没有输入姓名")
    keys.enter("张建国")
    keys.on(SalePage)


def test_typing_goes_on_after_help(keys: Keys) -> None:
    page = _asked(keys)
    keys.write(NUMBER[:6])
    keys.press("F1", "Esc")
    assert keys.on(IdentifyPage) is page
    keys.enter(NUMBER[6:])
    keys.on(SalePage)


def test_a_click_on_the_button_asks(keys: Keys) -> None:
    _asked(keys)
    keys.write(NUMBER)
    QTest.mouseClick(keys.program.window.button, Qt.MouseButton.LeftButton)
    keys.on(SalePage)
