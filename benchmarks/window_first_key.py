"""``python -m benchmarks.window_first_key ours|bare``: a window that starts and says when it takes the first key.

It prints one line of JSON when its window is painted and a key sent at once after show has been taken, one when
the key stands in the field where it belongs (in ours that is when the desk is open), and one when the reader's process
works as well. Then it closes itself.
"""

import json
import sys
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from benchmarks.window_resident import resident_kib, resident_kib_of_children

KEY = "A"
_LOOK_INTERVAL_MS = 1


class FirstKey(QObject):
    """Sends a key to a window that has just been shown, and says what becomes of it."""

    def __init__(self, window: QWidget, close: Callable[[], None], reader_works: Callable[[], bool]) -> None:
        super().__init__(window)
        self._close, self._reader_works = close, reader_works
        self._painted = self._taken = self._stands = False
        window.installEventFilter(self)
        handle = window.windowHandle()
        assert handle is not None, "the window is shown"
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, KEY)
            QCoreApplication.postEvent(handle, event)
        QTimer.singleShot(0, self._take)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Sees the first paint."""
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._say)  # once it is painted
            watched.removeEventFilter(self)
        return False

    def _take(self) -> None:
        self._taken = True
        self._say()

    def _say(self) -> None:
        if self._painted and self._taken:
            _print(taken=resident_kib())
            self._look()

    def _look(self) -> None:
        field = QApplication.focusWidget()
        if not self._stands and isinstance(field, QLineEdit) and field.text():
            self._stands = True
            _print(stands=resident_kib(), text=field.text())
        if self._stands and self._reader_works():
            _print(children=resident_kib_of_children())
            self._close()
        else:
            QTimer.singleShot(_LOOK_INTERVAL_MS, self._look)


def _print(**told: object) -> None:
    print(json.dumps(told), flush=True)


def bare() -> None:
    """A QMainWindow with a QLineEdit."""
    from benchmarks.window_bare import Bare

    window = Bare(1366, 768)
    window.show()
    FirstKey(window.window, window.app.quit, lambda: True)
    window.app.exec()


def ours() -> None:
    """``pos-client`` without a command."""
    from pos_client.__main__ import main
    from pos_client.ui.program import Program

    start = Program.start

    def start_and_type(program: Program) -> None:
        start(program)
        FirstKey(program.window, program.close, lambda: program.watch.state != "")

    setattr(Program, "start", start_and_type)  # noqa: B010  (an assignment would be a change of its type)
    sys.argv = ["pos-client"]
    main()


if __name__ == "__main__":
    {"ours": ours, "bare": bare}[sys.argv[1]]()
