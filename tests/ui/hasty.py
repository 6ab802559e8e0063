"""Hands that wait for nothing: keys one after the other while the window still works, keys that are held down."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.keys import BY_NAME, Keys

_NONE = Qt.KeyboardModifier.NoModifier


def tap(*names: str) -> None:
    """Keys by name, or characters, at once and without a look at the window."""
    for name in names:
        if name in BY_NAME:
            QTest.keyClick(_target(), BY_NAME[name])
        else:
            QTest.keyClicks(_target(), name)


def hold(keys: Keys, name: str, times: int = 30) -> None:
    """A key that is held down: once pressed, then repeated by the keyboard while the window works."""
    QApplication.sendEvent(_target(), QKeyEvent(QEvent.Type.KeyPress, BY_NAME[name], _NONE))
    for _ in range(times):
        QTest.qWait(4)
        QApplication.sendEvent(_target(), QKeyEvent(QEvent.Type.KeyPress, BY_NAME[name], _NONE, "", True))
    QApplication.sendEvent(_target(), QKeyEvent(QEvent.Type.KeyRelease, BY_NAME[name], _NONE))
    keys.settle()


def put(text: str) -> None:
    """A text that arrives in one piece, as an input method or a strange scanner sends it."""
    QApplication.sendEvent(_target(), QKeyEvent(QEvent.Type.KeyPress, 0, _NONE, text))
    QApplication.sendEvent(_target(), QKeyEvent(QEvent.Type.KeyRelease, 0, _NONE, text))


def _target() -> QWidget:
    focused = QApplication.focusWidget()
    if focused is not None:
        return focused
    active = QApplication.activeWindow()
    assert active is not None, "the window is there"
    return active
