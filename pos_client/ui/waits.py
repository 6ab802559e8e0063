"""Says in the message line what is waited for, and for how many seconds already."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from pos_client.ui.frame.window import Window
from pos_client.ui.lane import Lane
from pos_client.ui.words import frame as words
from pos_client.ui.words import say


class Waits(QObject):
    """The wait that the window shows."""

    def __init__(self, lanes: Sequence[Lane], window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._label, self._seconds = "", 0
        for lane in lanes:
            lane.waiting.connect(self._waiting)

    def _waiting(self, label: str) -> None:
        self._label, self._seconds = label, 1
        if label:
            self._show()
        else:
            self._window.show_wait("")

    def tick(self) -> None:
        """Another second has passed."""
        if self._label:
            self._seconds += 1
            self._show()

    def _show(self) -> None:
        self._window.show_wait(say(words.STILL_WAITING, what=self._label, seconds=self._seconds))
