"""Presses keys in a window as the system does, and times each from its event to the end of the repaint that it caused.

The key goes to the native window, so the way through Qt to the field is in the time. Nothing is repainted by force: the
event loop runs as it does in the program, and the time ends when the turn in which the widget was painted is over.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter_ns
from typing import Final

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

_TURN: Final = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
_PATIENCE_MS: Final = 60_000
_NS_PER_MS: Final = 1_000_000
_NAMED: Final = {
    "Enter": (Qt.Key.Key_Return, "\r"),
    "Esc": (Qt.Key.Key_Escape, "\x1b"),
    "Back": (Qt.Key.Key_Backspace, "\b"),
    "Up": (Qt.Key.Key_Up, ""),
    "Down": (Qt.Key.Key_Down, ""),
    "Left": (Qt.Key.Key_Left, ""),
    "Right": (Qt.Key.Key_Right, ""),
    **{f"F{number}": (Qt.Key(Qt.Key.Key_F1 + number - 1), "") for number in range(1, 13)},
}


class _Paints(QObject):
    """Notes that a widget is painted while a condition holds."""

    def __init__(self, counts: Callable[[], bool]) -> None:
        super().__init__()
        self._counts = counts
        self.seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Looks, and lets it pass."""
        del watched
        if event.type() == QEvent.Type.Paint and self._counts():
            self.seen = True
        return False


class Frames:
    """Hands and a stop-watch at one window that is shown and active."""

    def __init__(self, window: QWidget) -> None:
        handle = window.windowHandle()
        assert handle is not None, "the window is shown"
        self._window: QWindow = handle

    def press(self, *keys: str) -> None:
        """Presses keys, the next when the window has taken the one before."""
        for key in keys:
            self._post(QEvent.Type.KeyPress, key)
            self._post(QEvent.Type.KeyRelease, key)
            QApplication.processEvents()

    def timed(self, key: str, watched: QWidget, counts: Callable[[], bool] = lambda: True) -> int:
        """Nanoseconds from the key to the end of the turn in which the widget was painted (while ``counts`` held)."""
        with _watching(watched, counts) as paints:
            begun = perf_counter_ns()
            self._post(QEvent.Type.KeyPress, key)
            run_until(lambda: paints.seen, f"{key} paints {type(watched).__name__}")
            taken = perf_counter_ns() - begun
        self._post(QEvent.Type.KeyRelease, key)
        return taken

    def _post(self, kind: QEvent.Type, key: str) -> None:
        code, text = _NAMED.get(key) or (Qt.Key(ord(key.upper())), key)
        event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(perf_counter_ns() // _NS_PER_MS)
        QCoreApplication.postEvent(self._window, event)


def run_until(there: Callable[[], bool], what: str) -> None:
    """Lets the event loop turn until a condition holds.

    Raises:
        TimeoutError: it did not hold in a minute.
    """
    waited = QElapsedTimer()
    waited.start()
    while not there():
        if waited.elapsed() > _PATIENCE_MS:
            raise TimeoutError(what)
        QApplication.processEvents(_TURN)


def pause(duration_ms: int) -> None:
    """Lets the event loop turn for a while."""
    waited = QElapsedTimer()
    waited.start()
    QTimer.singleShot(duration_ms, lambda: None)  # so that the loop turns at least then
    run_until(lambda: waited.elapsed() >= duration_ms, "the pause is over")


@contextmanager
def _watching(widget: QWidget, counts: Callable[[], bool]) -> Iterator[_Paints]:
    paints = _Paints(counts)
    widget.installEventFilter(paints)
    try:
        yield paints
    finally:
        widget.removeEventFilter(paints)
