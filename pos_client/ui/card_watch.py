"""Looks after the reader in a lane of its own, and says when a card came or went."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from pos_client.errors import Problem
from pos_client.ui.lane import Lane

#: Between two looks; a look itself waits until something changes.
PAUSE_MS = 20
#: After trouble there is no hurry.
TROUBLED_PAUSE_MS = 1_000


class CardWatch(QObject):
    """The reader's state, as last seen."""

    came = Signal()
    went = Signal()
    changed = Signal()
    """Another state, or another problem."""

    def __init__(self, lane: Lane, look: Callable[[str], str], parent: QObject) -> None:
        """``look`` is called in the lane with what was seen last.

        It gives ``no_reader``, ``empty``, ``card`` or ``unknown`` once that changed, or after a while.
        """
        super().__init__(parent)
        self._lane, self._look = lane, look
        self.state = ""
        self.problem: Problem | None = None
        self._on = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    def start(self) -> None:
        """Begins to look."""
        self._on = True
        self._ask()

    def stop(self) -> None:
        """Looks no more."""
        self._on = False
        self._timer.stop()

    def _ask(self) -> None:
        if self._on and not self._lane.busy:
            before = self.state if self.problem is None else ""
            self._lane.do(lambda: self._look(before), self._seen, self._failed)

    def _seen(self, state: str) -> None:
        before, troubled = self.state, self.problem is not None
        self.state, self.problem = state, None
        if state != before or troubled:
            self.changed.emit()
        if state == "card" and before != "card":
            self.came.emit()
        elif before == "card" and state != "card":
            self.went.emit()
        self._again(PAUSE_MS)

    def _failed(self, problem: Problem) -> None:
        before, self.state = self.state, "no_reader"
        if self.problem is None or self.problem.code != problem.code:
            self.problem = problem
            self.changed.emit()
        if before == "card":
            self.went.emit()
        self._again(TROUBLED_PAUSE_MS)

    def _again(self, pause_ms: int) -> None:
        if self._on:
            self._timer.start(pause_ms)
