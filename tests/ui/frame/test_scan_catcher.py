"""A scan never ends up in a field that is not for scans, and nothing that a hand types is taken for one."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pos_client.ui.frame.scan_catcher import LEAST_CHARACTERS, MOST_GAP_MS, ScanCatcher

CODE = "2000000000046"


class _Watch(QObject):
    """Stands where the window stands: before the field."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__()
        self.scans: list[str] = []
        self._catcher = ScanCatcher(self.scans.append)
        self._field = field
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        return self._catcher.key(event, self._field)


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[QLineEdit]:
    made = QLineEdit()
    made.show()
    yield made
    made.deleteLater()


@pytest.fixture
def watch(field: QLineEdit) -> _Watch:
    return _Watch(field)


def _by_hand(field: QLineEdit, text: str) -> None:
    for character in text:
        QTest.qWait(MOST_GAP_MS + 10)
        QTest.keyClicks(field, character)


def _scan(field: QLineEdit, code: str) -> None:
    QTest.qWait(MOST_GAP_MS + 10)
    QTest.keyClicks(field, code)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_scan_is_caught_and_what_was_typed_before_stays(field: QLineEdit, watch: _Watch) -> None:
    edited: list[str] = []
    field.textEdited.connect(edited.append)
    _by_hand(field, "50")
    _scan(field, CODE)
    assert watch.scans == [CODE]
    assert field.text() == "50"
    assert edited[-1] == "50"  # whoever follows the field is told of what stands there now


def test_two_scans_one_after_the_other_are_two(field: QLineEdit, watch: _Watch) -> None:
    _scan(field, CODE)
    _scan(field, CODE[::-1])
    assert watch.scans == [CODE, CODE[::-1]]
    assert field.text() == ""


def test_a_hand_is_no_scanner_however_much_it_types(field: QLineEdit, watch: _Watch) -> None:
    entered: list[bool] = []
    field.returnPressed.connect(lambda: entered.append(True))
    _by_hand(field, "123456789")
    QTest.qWait(MOST_GAP_MS + 10)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert watch.scans == []
    assert (field.text(), entered) == ("123456789", [True])


def test_fast_but_short_is_no_scan(field: QLineEdit, watch: _Watch) -> None:
    _scan(field, CODE[: LEAST_CHARACTERS - 1])
    assert watch.scans == []
    assert field.text() == CODE[: LEAST_CHARACTERS - 1]


def test_a_key_without_a_text_is_no_part_of_a_scan(field: QLineEdit, watch: _Watch) -> None:
    QTest.keyClicks(field, CODE[:6])
    QTest.keyClick(field, Qt.Key.Key_Shift)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    QTest.keyClicks(field, CODE[6:])
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert watch.scans == [CODE]


def test_without_a_field_a_scan_is_caught_too(field: QLineEdit) -> None:
    scans: list[str] = []
    catcher = ScanCatcher(scans.append)
    for character in CODE:
        catcher.key(QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character), None)
    end = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, "\r")
    assert catcher.key(end, None)
    assert scans == [CODE]
