"""The reader's page, by keys alone: faults of the card, plug, PSAM, PIN pad, records; and the talk at the foot."""

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from hardware_sim.card.faults import CardFault
from hardware_sim.card.record import Recorder
from hardware_sim.panel.card_fault_words import CARD_FAULT_WORDS, RANDOM_PLAN, SLOW
from hardware_sim.readers.pin_pad import Ending

from .conftest import Panel
from .test_cards import ReadingProgram

KEYS = Qt.Key


def planned(panel: Panel) -> list[tuple[str, int, int | None, int | None]]:
    return [(fault.kind, fault.at, fault.value, fault.times) for fault in panel.reader.planned]


def chosen_file(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    """The file that the hands choose in the dialogs; None: they change their mind."""
    answer = ("" if path is None else str(path), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: answer)


# --- faults of the card ---


def test_every_fault_of_a_card_has_a_row() -> None:
    assert set(CARD_FAULT_WORDS) == {*CardFault, SLOW, RANDOM_PLAN}


@pytest.mark.parametrize(
    ("name", "plan"),
    [
        (CardFault.TEAR_BEFORE, ("tear-before", 3, None, 1)),
        (CardFault.MUTE, ("mute", 3, None, None)),
        (SLOW, ("mute", 3, 2000, 1)),
        (CardFault.STATUS, ("status", 3, 0x6F00, 1)),
        (CardFault.RANDOM, ("random", 3, 1, 1)),
    ],
)
def test_a_chosen_fault_is_planned_and_taken_back(
    panel: Panel, name: str, plan: tuple[str, int, int | None, int | None]
) -> None:
    rows = panel.window.reader_page.rows
    panel.choose_card_fault(name)
    panel.press(KEYS.Key_Return)
    assert planned(panel) == [plan]
    assert rows.state_of(name) == ("每次读卡" if plan[3] is None else "下次读卡")
    panel.press(KEYS.Key_Delete)
    assert planned(panel) == []
    assert rows.state_of(name) == ""


def test_the_command_that_it_strikes_at_is_chosen_with_the_arrows(panel: Panel) -> None:
    panel.choose_card_fault(CardFault.DISCONNECT)
    panel.press(KEYS.Key_Right, KEYS.Key_Right, KEYS.Key_Left, KEYS.Key_Return)
    assert planned(panel) == [("disconnect", 4, None, 1)]
    panel.press(*(KEYS.Key_Left for _ in range(9)), KEYS.Key_Return)
    assert planned(panel) == [("disconnect", 1, None, 1)]


def test_a_seed_plans_the_same_faults_every_time(panel: Panel) -> None:
    page = panel.window.reader_page
    plans = []
    for seed in ("7", "8", "7"):
        page.seed.setText(seed)
        panel.choose_card_fault(RANDOM_PLAN)
        panel.press(KEYS.Key_Return)
        plans.append(planned(panel))
    assert plans[0] == plans[2] != plans[1]
    assert all(page.rows.state_of(name) for name in {kind for kind, *_ in plans[0]} & set(CARD_FAULT_WORDS))


def test_what_has_struck_is_told_and_over(panel: Panel) -> None:
    panel.press(KEYS.Key_F2)
    panel.choose_card_fault(CardFault.STATUS)
    panel.press(KEYS.Key_Left, KEYS.Key_Left, KEYS.Key_Return)
    panel.read_by_hand()
    panel.wait_for_line("读卡器：故障发生：报错，第 1 条命令")
    assert planned(panel) == []
    assert panel.window.reader_page.rows.state_of(CardFault.STATUS) == ""


def test_the_chosen_person_s_card_lies_in_the_slot_after_an_exchange(panel: Panel) -> None:
    panel.choose("zhang-jianguo")
    panel.press(KEYS.Key_F2)
    panel.choose("ma-yan")
    panel.choose_card_fault(CardFault.SWAP)
    panel.press(KEYS.Key_Return)
    desk = ReadingProgram(panel)
    assert desk.trouble() == "K-12"
    panel.wait_for_line("读卡器：读到一半，换了一张卡")
    assert desk.name() == panel.window.person_page.persons["ma-yan"].card.name
    assert panel.window.reader_state.text == desk.name()


# --- the reader ---


def test_an_unplugged_reader_is_gone_until_it_is_plugged_in_again(panel: Panel) -> None:
    desk = ReadingProgram(panel)
    panel.press(KEYS.Key_F2)
    panel.press_with_control(KEYS.Key_2)
    assert panel.window.reader_state.text == "已拔下"
    assert desk.trouble() == "K-03"
    panel.press_with_control(KEYS.Key_2)
    assert panel.window.reader_state.text == desk.name()


def test_a_third_generation_card_is_read_with_the_psam_in_the_second_slot(panel: Panel) -> None:
    desk = ReadingProgram(panel)
    panel.choose("third-generation")
    panel.press(KEYS.Key_F2)
    assert desk.trouble() == "K-31"
    panel.press_with_control(KEYS.Key_3)
    assert panel.window.reader_page.psam.text() == "拔 PSAM"
    assert desk.name() == panel.window.person_page.chosen.card.name
    panel.press_with_control(KEYS.Key_3)
    assert desk.trouble() == "K-31"


def test_a_pin_is_shown_as_dots_and_stands_nowhere_after_it_was_typed(panel: Panel) -> None:
    page = panel.window.reader_page
    panel.press_with_control(KEYS.Key_4)
    assert page.pin.hasFocus()
    QTest.keyClicks(page.pin, "12x3456")
    assert page.pin.echoMode() is QLineEdit.EchoMode.Password
    assert page.pin.displayText() == "●" * 6
    panel.press(KEYS.Key_Return)
    assert page.pin.text() == ""
    QTest.keyClick(page.pin, KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.pin.text() == ""
    assert panel.reader._keys.next() == "123456"
    assert panel.window.log.lines[0].endswith("读卡器：持卡人已输入 ••••")
    assert "123456" not in "".join([*panel.window.log.lines, *panel.window.foot.talk.lines])


def test_the_holder_may_cancel_or_press_nothing(panel: Panel) -> None:
    panel.press_with_control(KEYS.Key_5, KEYS.Key_6)
    assert [panel.reader._keys.next(), panel.reader._keys.next()] == [Ending.CANCELLED, Ending.TIMED_OUT]


def test_whether_the_pad_waits_is_shown(panel: Panel) -> None:
    page = panel.window.reader_page
    assert page.pin.placeholderText() == "没有在等密码"
    panel.reader._keys.asked = True
    panel.bot.waitUntil(lambda: page.pin.placeholderText() == "请输入密码，Enter", timeout=60_000)


# --- records and the talk ---


def test_a_session_is_recorded_and_replayed(panel: Panel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen_file(monkeypatch, tmp_path / "session.txt")
    desk, page = ReadingProgram(panel), panel.window.reader_page
    panel.choose("ma-yan")
    panel.press_with_control(KEYS.Key_7)
    assert page.record.isChecked()
    panel.press(KEYS.Key_F2)
    name = desk.name()
    panel.press_with_control(KEYS.Key_7)
    assert not page.record.isChecked()
    panel.press(KEYS.Key_F3)
    panel.press_with_control(KEYS.Key_8)
    assert panel.window.reader_state.text == "回放的卡"
    assert desk.name() == name
    assert not any("与录制不符" in line for line in panel.window.log.lines)


def test_a_disk_that_is_full_ends_the_recording_and_not_the_reader(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = panel.window.reader_page
    real_write, full = Recorder._write, OSError(errno.ENOSPC, "No space left on device")

    def write(recorder: Recorder, line: str) -> None:
        if line.startswith(">"):
            raise full
        real_write(recorder, line)

    monkeypatch.setattr(Recorder, "_write", write)
    chosen_file(monkeypatch, Path(os.devnull))
    panel.press_with_control(KEYS.Key_7)
    desk = ReadingProgram(panel)
    panel.choose("ma-yan")
    panel.press(KEYS.Key_F2)
    assert desk.name()
    panel.bot.waitUntil(lambda: not page.record.isChecked(), timeout=60_000)
    assert [line for line in panel.window.log.lines if "录制写不下去" in line]


def test_another_program_s_commands_are_told_while_a_record_is_replayed(
    panel: Panel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen_file(monkeypatch, tmp_path / "session.txt")
    (tmp_path / "session.txt").write_text(
        "# hardware-sim card session 1\n! powered 3B00\n> 0084000008\n< 9000\n", encoding="utf-8"
    )
    panel.press_with_control(KEYS.Key_8)
    panel.read_by_hand()
    assert any("读卡器：与录制不符：line 3: wanted …0008, got " in line for line in panel.window.log.lines)


@pytest.mark.parametrize("content", [b"a shopping list", b"\xff\xfe", None])
def test_what_cannot_be_replayed_is_told(
    panel: Panel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    path = tmp_path / "session.txt"
    if content is not None:
        path.write_bytes(content)
    chosen_file(monkeypatch, path)
    panel.press_with_control(KEYS.Key_8)
    assert "读卡器：没有做成：" in panel.window.log.lines[0]
    assert panel.window.reader_state.text == "没有卡"


def test_whoever_chooses_no_file_changes_nothing(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen_file(monkeypatch, None)
    panel.press_with_control(KEYS.Key_7, KEYS.Key_8)
    assert not panel.reader.recording
    assert not panel.window.reader_page.record.isChecked()
    assert not panel.reader.present


def test_the_talk_is_told_in_words_and_on_demand_in_bytes(panel: Panel) -> None:
    foot = panel.window.foot
    panel.choose("zhang-jianguo")
    panel.press(KEYS.Key_F2)
    panel.read_by_hand()
    assert foot.log.isVisible()
    panel.press_with_control(KEYS.Key_9)
    assert foot.talk.isVisible()
    said = [line.partition(" ")[2] for line in foot.talk.lines]
    assert said[1:] == [
        "读 EF05 发卡机构数据 · 卡号 → 卡号 A00000011",
        "选择 EF05 发卡机构数据 → 成功",
        "选择 社会保障应用 → 还有 30 字节",
        "上电复位",
        "卡已插入",
    ]
    assert said[0].startswith("校验密码 *** → ")
    panel.press_with_control(KEYS.Key_0)
    number, pin = foot.talk.lines[1].splitlines(), foot.talk.lines[0].splitlines()
    assert number[1:] == ["> 00 B2 07 00 0B", "< 07 09 41 30 30 30 30 30 30 31 31 90 00"]
    assert pin[1] == "> 00 20 00 00 03 ***"
    panel.press_with_control(KEYS.Key_0, KEYS.Key_9)
    assert foot.talk.lines[1].count("\n") == 0
    assert foot.log.isVisible()
