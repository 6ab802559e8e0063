"""The frame: keys go to the page in front, once; what a page says stands in its place."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pos_client.errors import EnvironmentProblem, Words
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.window import Window
from pos_client.ui.kit.sign import Sign
from tests.ui.frame.small import SmallPage, SmallShell

PROBLEM = Words("T-1", "没有做成。请再试。", "It was not done. Try again.")


@pytest.fixture
def shell(qtbot: QtBot) -> Iterator[SmallShell]:
    made = SmallShell()
    yield made
    assert made.desk.close(5_000)


@pytest.fixture
def page(shell: SmallShell) -> SmallPage:
    return SmallPage(shell)


@pytest.fixture
def window(qtbot: QtBot, page: SmallPage) -> Iterator[Window]:
    made = Window("窗口")
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    made.open(page)
    QApplication.processEvents()
    yield made
    made.close_for_good()
    made.deleteLater()


def _tap(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifier)


class _Work:
    """Something that the desk is at until it is let go."""

    def __init__(self, page: SmallPage) -> None:
        self._go, self._page = threading.Event(), page
        page.ask(lambda: self._go.wait(10), lambda _: page.done.append("answer"))

    def ends(self, qtbot: QtBot) -> None:
        self._go.set()
        qtbot.waitUntil(lambda: not self._page.busy)


def test_what_the_page_says_stands_in_its_places(window: Window) -> None:
    assert window.left.text() == "一页"
    assert window.right.text() == "一页 应收"
    assert window.message_line.message == Message(Sign.NOTE, "一页：请扫码。")
    assert window.button.accessibleName() == "F8 收款"


def test_a_key_of_the_bar_goes_to_the_page(window: Window, page: SmallPage) -> None:
    _tap(Qt.Key.Key_F5)
    assert page.done == ["F5"]


def test_a_key_that_the_page_does_not_know_does_nothing(window: Window, page: SmallPage) -> None:
    _tap(Qt.Key.Key_F9)
    assert page.done == []
    assert page.scan.text == ""


def test_a_key_with_shift_is_another_key(window: Window, page: SmallPage) -> None:
    _tap(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.done == []


def test_a_key_that_is_held_down_counts_once(window: Window, page: SmallPage) -> None:
    _tap(Qt.Key.Key_F8)
    for _ in range(5):
        again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier, "", True)
        QApplication.sendEvent(page.scan.edit, again)
    assert page.done == ["F8"]


def test_every_other_key_is_seen_by_the_page_once(window: Window, page: SmallPage) -> None:
    _tap(Qt.Key.Key_Return)
    _tap(Qt.Key.Key_A)
    assert page.others == [Qt.Key.Key_Return, Qt.Key.Key_A]
    assert page.scan.text.lower() == "a"


def test_enter_that_is_held_down_enters_nothing_more(window: Window, page: SmallPage) -> None:
    for repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeated)
        QApplication.sendEvent(page.scan.edit, event)
    assert page.done == ["entered "]


def test_a_click_on_the_button_is_the_key(window: Window, page: SmallPage) -> None:
    QTest.mouseClick(window.button, Qt.MouseButton.LeftButton)
    assert page.done == ["F8"]


def test_without_an_action_there_is_no_button(window: Window, page: SmallPage) -> None:
    page.known = (Key.ESC,)
    page.changed.emit()
    assert not window.button.isVisible()


def test_another_page_in_front_gets_the_keys_and_the_first_comes_back(
    window: Window, page: SmallPage, shell: SmallShell
) -> None:
    other = SmallPage(shell, "另一页")
    window.open(other)
    _tap(Qt.Key.Key_F5)
    assert (page.done, other.done) == ([], ["F5"])
    assert window.left.text() == "另一页"
    window.close_page()
    assert window.left.text() == "一页"
    assert page.visits == ["shown", "hidden", "shown"]
    assert other.visits == ["shown", "hidden"]
    assert page.scan.edit.hasFocus()


def test_nothing_is_typed_into_a_page_that_is_behind_or_gone(
    window: Window, page: SmallPage, shell: SmallShell
) -> None:
    other, third = SmallPage(shell, "另一页"), SmallPage(shell, "没有输入的页")
    window.open(other)
    other.scan.edit.setFocus()
    window.close_page()
    page.wanted = None
    third.wanted = None
    window.open(third)
    third.scan.hide()
    third.money.hide()
    for target in (QApplication.focusWidget() or window,) * 2:
        QTest.keyClicks(target, "12")
        QTest.keyClick(target, Qt.Key.Key_Return)
    assert (page.scan.text, other.scan.text) == ("", "")
    assert (page.done, other.done) == ([], [])
    assert third.others


def test_the_last_page_stays(window: Window, page: SmallPage) -> None:
    window.close_page()
    assert window.page is page


def test_a_page_behind_changes_nothing_in_sight(window: Window, page: SmallPage, shell: SmallShell) -> None:
    window.open(SmallPage(shell, "另一页"))
    page.say(Sign.STOP, "后面说的。")
    assert window.message_line.message.text == "另一页：请扫码。"
    window.close_page()
    assert window.message_line.message.text == "后面说的。"


def test_a_problem_is_told_and_forgotten_with_the_next_question(qtbot: QtBot, window: Window, page: SmallPage) -> None:
    def fails() -> None:
        raise EnvironmentProblem(PROBLEM)

    page.ask(fails, lambda _: None)
    qtbot.waitUntil(lambda: not page.busy)
    assert window.message_line.message == Message(Sign.LOOK, "没有做成。请再试。", "T-1")
    page.ask(lambda: None, lambda _: None)
    qtbot.waitUntil(lambda: not page.busy)
    assert window.message_line.message.text == "一页：请扫码。"


def test_while_the_page_is_at_work_nothing_is_offered(qtbot: QtBot, window: Window, page: SmallPage) -> None:
    work = _Work(page)
    assert not window.button.isVisible()
    assert window.key_bar.accessibleDescription() == ""
    work.ends(qtbot)
    assert window.button.isVisible()


def test_keys_pressed_at_work_are_taken_in_their_order(qtbot: QtBot, window: Window, page: SmallPage) -> None:
    work = _Work(page)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_F5, Qt.Key.Key_3):
        _tap(key)
    assert (page.done, page.scan.text) == ([], "")
    work.ends(qtbot)
    assert page.done == ["answer", "F5"]
    assert page.scan.text == "123"


@pytest.mark.parametrize("key", [Qt.Key.Key_F8, Qt.Key.Key_F9])
def test_money_never_moves_by_a_key_from_before_the_answer(
    qtbot: QtBot, window: Window, page: SmallPage, key: Qt.Key
) -> None:
    page.known = (Key.F8, Key.F9)
    work = _Work(page)
    _tap(key)
    work.ends(qtbot)
    assert page.done == ["answer"]


def test_enter_from_before_the_answer_does_not_pay(qtbot: QtBot, window: Window, page: SmallPage) -> None:
    page.wanted = page.money
    page.changed.emit()
    work = _Work(page)
    for key in (Qt.Key.Key_5, Qt.Key.Key_0, Qt.Key.Key_Return):
        _tap(key)
    work.ends(qtbot)
    assert page.done == ["answer"]
    assert page.money.text == "50"


def test_esc_at_work_forgets_what_was_typed_ahead(qtbot: QtBot, window: Window, page: SmallPage) -> None:
    work = _Work(page)
    for key in (Qt.Key.Key_1, Qt.Key.Key_F5, Qt.Key.Key_Escape, Qt.Key.Key_2):
        _tap(key)
    work.ends(qtbot)
    assert page.done == ["answer"]
    assert page.scan.text == "2"


def test_what_was_typed_on_a_page_never_goes_to_the_next(
    qtbot: QtBot, window: Window, page: SmallPage, shell: SmallShell
) -> None:
    go = threading.Event()
    other = SmallPage(shell, "另一页")
    page.ask(lambda: go.wait(10), lambda _: window.open(other))
    for key in (Qt.Key.Key_1, Qt.Key.Key_F5):
        _tap(key)
    go.set()
    qtbot.waitUntil(lambda: window.page is other)
    QTest.qWait(20)
    assert (other.done, other.scan.text, page.done) == ([], "", [])


def test_during_a_wait_only_esc_does_something(window: Window, page: SmallPage) -> None:
    given_up: list[bool] = []
    window.escaped_wait.connect(lambda: given_up.append(True))
    window.show_wait("正在问。")
    assert window.message_line.message == Message(Sign.NOTE, "正在问。")
    assert window.key_bar.accessibleDescription().startswith("Esc")
    _tap(Qt.Key.Key_F5)
    assert page.done == []
    _tap(Qt.Key.Key_Escape)
    assert (page.done, given_up) == ([], [True])
    window.show_wait("")
    assert page.done == []


def test_a_scan_into_the_money_field_goes_to_the_page_and_the_amount_stays(window: Window, page: SmallPage) -> None:
    page.wanted = page.money
    page.changed.emit()
    QTest.keyClicks(page.money.edit, "50")
    QTest.qWait(60)
    QTest.keyClicks(page.money.edit, "2000000000046")
    QTest.keyClick(page.money.edit, Qt.Key.Key_Return)
    assert page.done == ["scanned 2000000000046"]
    assert page.money.text == "50"


def test_what_stands_above_the_action_belongs_to_its_page(window: Window, page: SmallPage, shell: SmallShell) -> None:
    page.below = QLabel("实收")
    page.changed.emit()
    assert page.below.isVisible()
    window.open(SmallPage(shell, "另一页"))
    assert not page.below.isVisible()
    window.close_page()
    assert page.below.isVisible()


def test_in_little_room_a_band_takes_the_place_of_the_left_column(window: Window) -> None:
    assert not window.band.isVisible()
    window.resize(960, 540)
    assert window.band.isVisible()
    assert window.band.accessibleDescription() == "一页"
    assert not window.left.isVisible()


def test_a_window_that_is_too_small_says_so_until_there_is_something_to_say(window: Window, page: SmallPage) -> None:
    window.resize(800, 500)
    assert window.message_line.message.sign is Sign.LOOK
    assert window.message_line.message.text != "一页：请扫码。"
    page.say(Sign.STOP, "没有收款。")
    assert window.message_line.message.text == "没有收款。"
    page.quiet()
    window.resize(960, 540)
    assert window.message_line.message.text == "一页：请扫码。"


def test_closing_asks_the_program_first(window: Window) -> None:
    asked: list[bool] = []
    window.closing.connect(lambda: asked.append(True))
    window.close()
    assert asked == [True]
    assert window.isVisible()
    window.close_for_good()
    assert not window.isVisible()


def test_an_answer_to_a_page_that_is_gone_does_no_harm(
    qtbot: QtBot, window: Window, page: SmallPage, shell: SmallShell
) -> None:
    go = threading.Event()
    other = SmallPage(shell, "另一页")
    window.open(other)
    shell.desk.do(lambda: go.wait(10), lambda _: other.scan.set_text("晚到"), other.tell)
    window.close_page()
    QTest.qWait(20)
    go.set()
    qtbot.waitUntil(lambda: not shell.desk.busy)
    assert other.scan.text == "晚到"
    window.sweep()
    assert window.page is page
