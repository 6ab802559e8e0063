"""Strip, band, message line and key bar: what they say to the ear is what they show, in every size."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.errors import EnvironmentProblem, OurBug, OutcomeUnknown, Refused, Words
from pos_client.ui.frame.band import Band, BandPart
from pos_client.ui.frame.key_bar import KeyBar
from pos_client.ui.frame.keys import BY_CODE, WORDS, Key
from pos_client.ui.frame.message_line import Message, MessageLine, of_problem
from pos_client.ui.frame.strip import Part, Strip, StripState
from pos_client.ui.kit.sign import Sign
from pos_client.ui.tokens import COMPACT, MEDIUM, WIDE, Measures

PROBLEM = Words("T-1", "没有做成。请再试。", "It was not done. Try again.")
LONG = "医保中心没有回答，这一笔是否入账还不知道。系统正在查询，不要重复收费，可先按 F12 服务下一位。" * 5
SIZES = [(WIDE, 1366), (MEDIUM, 1024), (COMPACT, 960)]


# --- message line ---


@pytest.mark.parametrize(
    ("kind", "sign"),
    [
        (EnvironmentProblem, Sign.LOOK),
        (Refused, Sign.STOP),
        (OutcomeUnknown, Sign.UNKNOWN),
        (OurBug, Sign.STOP),
    ],
)
def test_every_kind_of_problem_has_its_sign_and_its_code_apart(
    kind: type[EnvironmentProblem | Refused | OutcomeUnknown | OurBug], sign: Sign
) -> None:
    assert of_problem(kind(PROBLEM), "zh") == Message(sign, "没有做成。请再试。", "T-1")
    assert of_problem(kind(PROBLEM), "en").text == "It was not done. Try again."


@pytest.mark.parametrize(("measures", "width"), SIZES)
def test_a_long_sentence_takes_more_lines_and_is_never_cut(qtbot: QtBot, measures: Measures, width: int) -> None:
    line = MessageLine()
    qtbot.addWidget(line)
    line.resize(width, 48)
    line.show()
    line.show_message(Message(Sign.NOTE, "请插卡。"), measures)
    assert line.height() == measures.message
    line.show_message(Message(Sign.UNKNOWN, LONG, "U-2102"), measures)
    assert line.height() >= 3 * 24
    assert line.accessibleDescription() == f"{LONG} U-2102"
    line.grab()
    line.show_message(Message(Sign.NOTE, "请插卡。"), measures)
    assert line.height() == measures.message


def test_a_line_that_gets_narrower_gets_higher(qtbot: QtBot) -> None:
    line = MessageLine()
    qtbot.addWidget(line)
    line.resize(1920, 48)
    line.show()
    line.show_message(Message(Sign.LOOK, LONG), WIDE)
    before = line.height()
    line.resize(700, before)
    assert line.height() > before


def test_a_line_without_a_sentence_is_empty(qtbot: QtBot) -> None:
    line = MessageLine()
    qtbot.addWidget(line)
    line.show()
    line.grab()
    assert line.message == Message(Sign.NOTE, "")


# --- key bar ---


def _bar(qtbot: QtBot, measures: Measures, width: int) -> KeyBar:
    bar = KeyBar()
    qtbot.addWidget(bar)
    bar.resize(width, measures.keys)
    bar.show()
    return bar


def _clicks(bar: KeyBar) -> list[int]:
    """Which key answers to a click, along the bar."""
    clicked: list[int] = []
    bar.clicked.connect(clicked.append)
    for x in range(0, bar.width(), 8):
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(x, bar.height() // 2))
    bar.clicked.disconnect(clicked.append)
    return clicked


@pytest.mark.parametrize(("measures", "width"), SIZES)
def test_no_key_moves_with_what_it_does_and_a_click_is_the_key(qtbot: QtBot, measures: Measures, width: int) -> None:
    bar = _bar(qtbot, measures, width)
    bar.show_keys([], None, measures)
    found = _clicks(bar)
    assert list(dict.fromkeys(found)) == [int(key) for key in Key]
    bar.show_keys(list(Key), Key.F8, measures)
    bar.grab()
    assert _clicks(bar) == found


def test_only_lit_keys_are_spoken(qtbot: QtBot) -> None:
    bar = _bar(qtbot, WIDE, 1366)
    bar.show_keys([Key.ESC, Key.F8], Key.F8, WIDE)
    assert bar.accessibleDescription() == "F8 收款, Esc 返回"


def test_every_key_has_its_code_and_its_word() -> None:
    assert set(WORDS) == set(Key)
    assert set(BY_CODE.values()) == set(Key)
    assert [key.cap for key in Key] == [*(f"F{number}" for number in range(1, 13)), "Esc"]


# --- strip and band ---


@pytest.mark.parametrize(("measures", "width"), SIZES)
@pytest.mark.parametrize("offline", [False, True])
def test_the_strip_speaks_all_that_it_may_not_have_room_for(
    qtbot: QtBot, measures: Measures, width: int, offline: bool
) -> None:
    strip = Strip()
    qtbot.addWidget(strip)
    strip.resize(width, measures.strip)
    strip.show()
    parts = tuple(Part(f"限额{number}", "1,234.00 / 5,000.00", Sign.LOOK, goes=number == 2) for number in range(5))
    state = StripState(
        "示例市人民医院" * 3, ("3 号窗", "收费员 03"), ("3 号窗", "03"), parts, "11:02", offline, training=True
    )
    strip.show_state(state, measures)
    strip.grab()
    assert strip.state == state
    assert strip.height() == measures.strip
    for said in ("3 号窗", "限额4", "1,234.00 / 5,000.00"):
        assert said in strip.accessibleDescription()


def test_the_band_says_who_it_is(qtbot: QtBot) -> None:
    band = Band()
    qtbot.addWidget(band)
    band.resize(960, 40)
    band.show()
    band.fill((BandPart("张建国", name=True), BandPart("待遇正常", sign=Sign.DONE), BandPart("1,203.55", label="账户")))
    band.grab()
    assert band.accessibleDescription() == "张建国, 待遇正常, 账户 1,203.55"
