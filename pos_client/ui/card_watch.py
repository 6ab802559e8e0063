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
        self._begun = 0
        """How often it began to look: what was asked before that is not to be told any more."""
        self._anew = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    def start(self) -> None:
        """Begins to look. A card that is in the reader then has come: nobody saw whether it is still the same one."""
        if not self._on:
            self._on, self._anew = True, True
            self._begun += 1
            self._ask()

    def stop(self) -> None:
        """Looks no more; what a look that is under way will see is not told."""
        self._on = False
        self._timer.stop()

    def _ask(self) -> None:
        if self._on and not self._lane.busy:
            before = "" if self._anew or self.problem is not None else self.state
            begun = self._begun
            self._lane.do(
                lambda: self._look(before),
                lambda state: self._told(begun, lambda: self._seen(state)),
                lambda problem: self._told(begun, lambda: self._failed(problem)),
            )

    def _told(self, begun: int, tell: Callable[[], None]) -> None:
        if not self._on:
            return
        if begun == self._begun:
            tell()
        else:
            self._again(PAUSE_MS)

    def _seen(self, state: str) -> None:
        before, anew, troubled = self.state, self._anew, self.problem is not None
        self.state, self.problem, self._anew = state, None, False
        if anew or troubled or state != before:
            self.changed.emit()
        if before == "card" and (anew or state != "card"):
            self.went.emit()
        if state == "card" and (anew or before != "card"):
            self.came.emit()
        self._again(PAUSE_MS)

    def _failed(self, problem: Problem) -> None:
        before, self.state, self._anew = self.state, "no_reader", False
        if self.problem is None or self.problem.code != problem.code:
            self.problem = problem
            self.changed.emit()
        if before == "card":
            self.went.emit()
        self._again(TROUBLED_PAUSE_MS)

    def _again(self, pause_ms: int) -> None:
        if self._on:
            self._timer.start(pause_ms)
