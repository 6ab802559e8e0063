"""What waits while the window is at work: in its order, bounded, never on another page, Enter only where it is safe."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_client.ui.frame.scan_catcher import MOST_GAP_MS
from pos_client.ui.frame.typed_ahead import MOST_KEYS, TypedAhead
from pos_client.ui.kit.fields import Field, Kind

CODE = "2000000000046"


@pytest.fixture
def page(qtbot: QtBot) -> QObject:
    return QObject()


@pytest.fixture
def scan(qtbot: QtBot) -> Field:
    return Field(Kind.SCAN, "扫码")


@pytest.fixture
def money(qtbot: QtBot) -> Field:
    return Field(Kind.MONEY, "实收")


def _event(key: Qt.Key, text: str = "", *, repeated: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, repeated)


def _type(ahead: TypedAhead, page: QObject, field: Field | None, text: str, *, fast: bool = True) -> None:
    for character in text:
        if not fast:
            QTest.qWait(MOST_GAP_MS + 10)
        enter = character == "\r"
        ahead.note(_event(Qt.Key.Key_Return if enter else Qt.Key.Key_A, character), page, field)


def _taken(ahead: TypedAhead, page: QObject, field: Field | None) -> str:
    said = ""
    while (stroke := ahead.take(page, field)) is not None:
        said += stroke.text
    return said


def test_keys_come_back_in_their_order_and_once(page: QObject, scan: Field) -> None:
    ahead = TypedAhead()
    _type(ahead, page, scan, "3*YD0001")
    assert _taken(ahead, page, scan) == "3*YD0001"
    assert ahead.take(page, scan) is None


def test_another_page_gets_nothing_and_nothing_comes_back_later(page: QObject, scan: Field) -> None:
    ahead = TypedAhead()
    _type(ahead, page, scan, "12")
    assert ahead.take(QObject(), scan) is None
    assert ahead.take(page, scan) is None


def test_keys_of_another_page_push_out_the_older_ones(page: QObject, scan: Field) -> None:
    ahead, other = TypedAhead(), QObject()
    _type(ahead, page, scan, "12")
    _type(ahead, other, scan, "34")
    assert _taken(ahead, other, scan) == "34"


def test_forgotten_is_forgotten(page: QObject, scan: Field) -> None:
    ahead = TypedAhead()
    _type(ahead, page, scan, "12")
    ahead.forget()
    assert ahead.take(page, scan) is None


def test_a_key_that_is_held_down_waits_once(page: QObject, scan: Field) -> None:
    ahead = TypedAhead()
    ahead.note(_event(Qt.Key.Key_1, "1"), page, scan)
    for _ in range(50):
        ahead.note(_event(Qt.Key.Key_1, "1", repeated=True), page, scan)
    assert _taken(ahead, page, scan) == "1"


def test_no_more_waits_than_anybody_types(page: QObject, scan: Field) -> None:
    ahead = TypedAhead()
    _type(ahead, page, scan, "1" * (MOST_KEYS + 100))
    assert len(_taken(ahead, page, scan)) == MOST_KEYS


def test_enter_in_a_field_for_scans_counts_while_the_cursor_is_still_in_one(
    page: QObject, scan: Field, money: Field
) -> None:
    ahead = TypedAhead()
    _type(ahead, page, scan, "YD\r", fast=False)
    assert _taken(ahead, page, scan) == "YD\r"
    _type(ahead, page, scan, "50\r", fast=False)
    assert _taken(ahead, page, money) == "50"


def test_enter_in_a_field_for_money_never_counts(page: QObject, scan: Field, money: Field) -> None:
    ahead = TypedAhead()
    _type(ahead, page, money, "50\r")
    assert _taken(ahead, page, scan) == "50"


def test_a_scan_keeps_its_enter_wherever_it_goes(page: QObject, scan: Field, money: Field) -> None:
    ahead = TypedAhead()
    _type(ahead, page, scan, CODE + "\r")
    assert _taken(ahead, page, money) == CODE + "\r"


def test_a_scan_of_a_scanner_with_its_own_line_waits_whole_and_in_its_order(page: QObject, scan: Field) -> None:
    ahead = TypedAhead()
    _type(ahead, page, scan, "12")
    ahead.note_scan(CODE, page)
    strokes = [ahead.take(page, scan) for _ in range(3)]
    assert [(one.text, one.is_scan) for one in strokes if one is not None] == [
        ("1", False), ("2", False), (CODE, True),
    ]  # fmt: skip
    assert CODE not in repr(strokes)


def test_a_scan_that_waits_goes_to_no_other_page_and_there_is_an_end_to_them(page: QObject, scan: Field) -> None:
    ahead = TypedAhead()
    ahead.note_scan(CODE, page)
    assert ahead.take(QObject(), scan) is None
    _type(ahead, page, scan, "12")
    other = QObject()
    for _ in range(MOST_KEYS + 5):
        ahead.note_scan(CODE, other)
    count = 0
    while ahead.take(other, scan) is not None:
        count += 1
    assert count == MOST_KEYS
