"""Looks after the reader four times a second, in a lane of its own, and says when a card came or went."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from pos_client.errors import Problem
from pos_client.ui.lane import Lane

INTERVAL_MS = 250


class CardWatch(QObject):
    """The reader's state, as last seen."""

    came = Signal()
    went = Signal()
    changed = Signal()
    """Another state, or another problem."""

    def __init__(self, lane: Lane, look: Callable[[], str], parent: QObject) -> None:
        """``look`` gives ``no_reader``, ``empty`` or ``card``; it is called in the lane."""
        super().__init__(parent)
        self._lane, self._look = lane, look
        self.state = ""
        self.problem: Problem | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._ask)

    def start(self) -> None:
        """Begins to look."""
        self._timer.start()
        self._ask()

    def stop(self) -> None:
        """Looks no more."""
        self._timer.stop()

    def _ask(self) -> None:
        if not self._lane.busy:
            self._lane.do(self._look, self._seen, self._failed)

    def _seen(self, state: str) -> None:
        before, troubled = self.state, self.problem is not None
        self.state, self.problem = state, None
        if state != before or troubled:
            self.changed.emit()
        if state == "card" and before != "card":
            self.came.emit()
        elif before == "card" and state != "card":
            self.went.emit()

    def _failed(self, problem: Problem) -> None:
        before, self.state = self.state, "no_reader"
        if self.problem is None or self.problem.code != problem.code:
            self.problem = problem
            self.changed.emit()
        if before == "card":
            self.went.emit()
