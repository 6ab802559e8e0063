"""The hands at the reader, by keys alone; what a real reading program sees of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from pos_client.card.process import CardProcess
from pos_client.errors import Problem
from pos_client.runtime import system_runtime
from tests.virtual import ScriptedHttp

from .conftest import Panel

KEYS = Qt.Key


class ReadingProgram:
    """The desk's own reading of the simulated reader."""

    def __init__(self, panel: Panel) -> None:
        self._url = panel.reader.url

    def name(self) -> str:
        with CardProcess(system_runtime(ScriptedHttp()), self._url) as process:
            return process.read().name

    def trouble(self) -> str:
        with pytest.raises(Problem) as told:
            self.name()
        return told.value.code


def test_a_card_put_in_with_a_key_is_read_by_the_desk(panel: Panel) -> None:
    desk = ReadingProgram(panel)
    assert panel.window.reader_state.text == "没有卡"
    assert desk.trouble() == "K-11"
    panel.choose("zhang-jianguo")
    panel.press(KEYS.Key_F2)
    assert panel.window.reader_state.text == "张建国"
    assert desk.name() == "张建国"
    panel.wait_for_line("读卡器：开始读卡")
    panel.wait_for_line("读卡器：卡已插入 张建国")


def test_enter_puts_in_the_card_of_the_chosen_person_and_takes_the_other_out(panel: Panel) -> None:
    panel.choose("zhang-jianguo")
    panel.press(KEYS.Key_F2)
    panel.choose("ma-yan")
    panel.press(KEYS.Key_Return)
    assert ReadingProgram(panel).name() == panel.window.person_page.persons["ma-yan"].card.name


def test_a_card_that_is_pulled_out_is_no_longer_there(panel: Panel) -> None:
    assert not panel.window.person_page.remove.isEnabled()
    panel.press(KEYS.Key_F2, KEYS.Key_F3)
    assert panel.window.reader_state.text == "没有卡"
    assert panel.window.log.lines[0].endswith("读卡器：卡已拔出")
    assert ReadingProgram(panel).trouble() == "K-11"


def test_a_card_is_torn_out_of_the_next_reading_and_read_when_it_is_put_in_again(panel: Panel) -> None:
    desk = ReadingProgram(panel)
    panel.press(KEYS.Key_F2, KEYS.Key_F4)
    assert panel.window.person_page.tear.isChecked()
    assert desk.trouble() == "K-12"
    panel.wait_for_line("读卡器：读到一半，卡被拔出")
    assert not panel.window.person_page.tear.isChecked()
    assert panel.window.reader_state.text == "没有卡"
    panel.press(KEYS.Key_F2)
    assert desk.name() == panel.window.person_page.chosen.card.name


def test_a_planned_fault_can_be_taken_back(panel: Panel) -> None:
    panel.press(KEYS.Key_F2, KEYS.Key_F4, KEYS.Key_F5)
    page = panel.window.person_page
    assert (page.tear.isChecked(), page.mute.isChecked()) == (False, True)
    panel.press(KEYS.Key_F5)
    assert not page.mute.isChecked()
    assert panel.window.log.lines[0].endswith("读卡时：正常")
    assert ReadingProgram(panel).name() == page.chosen.card.name


def test_a_card_is_mute_until_it_is_pulled_out(panel: Panel) -> None:
    desk = ReadingProgram(panel)
    panel.press(KEYS.Key_F2, KEYS.Key_F5)
    assert desk.trouble() == "K-13"
    panel.wait_for_line("读卡器：读到一半，卡不应答")
    assert desk.trouble() == "K-13"
    panel.press(KEYS.Key_F3, KEYS.Key_F2)
    assert desk.name() == panel.window.person_page.chosen.card.name


def test_a_bank_card_is_put_in_by_mistake(panel: Panel) -> None:
    panel.press(KEYS.Key_F6)
    assert panel.window.reader_state.text == "银行卡"
    assert ReadingProgram(panel).trouble() == "K-21"


def test_the_identity_number_is_shown_whole_and_copied(panel: Panel) -> None:
    panel.choose("zhang-jianguo")
    panel.press(KEYS.Key_F9)
    assert QGuiApplication.clipboard().text() == panel.window.person_page.id_number == "439999197003030012"
    assert "439999197003030012" not in "".join(panel.window.log.lines)


def test_a_voucher_s_code_is_shown_and_copied_and_gone_with_another_person(panel: Panel) -> None:
    page = panel.window.person_page
    panel.choose("zhang-jianguo")
    panel.press(KEYS.Key_F7)
    panel.bot.waitUntil(lambda: bool(page.voucher), timeout=60_000)
    panel.press(KEYS.Key_F8)
    assert QGuiApplication.clipboard().text() == page.voucher
    desk = panel.desk()
    asked = {"mdtrt_cert_type": "01", "mdtrt_cert_no": page.voucher, "card_sn": "", "psn_cert_type": "", "certno": ""}
    answered = desk.output("1101", {"data": {**asked, "psn_name": ""}}, insuplc_admdvs="")
    assert answered["baseinfo"]["psn_name"] == "张建国"
    told = "".join(panel.window.log.lines)
    assert "电子凭证：已发码 张建国" in told
    assert page.voucher not in told
    panel.choose("ma-yan")
    assert page.voucher == ""
    assert not page.copy_voucher.isEnabled()
