"""The work beside the window: every other second the desk is asked how the drain goes and what became known.

Nothing of it waits: the drain is a process of its own. What became known after the clerk went on stands in the message
line of the first page when that has nothing else to say; until somebody has told the customer it stays a task.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from pos_client.errors import Problem
from pos_client.ui.lane import Lane

if TYPE_CHECKING:
    from pos_client.desk.todo_view import News, Tended

TICK_MS = 2_000


class Background(QObject):
    """Asks the desk to tend to what is open, as long as it is started."""

    changed = Signal()
    """A pass has ended or an outcome became known: what counts such things is to be counted again."""

    def __init__(self, lane: Lane, tend: "Callable[[], Tended]", parent: QObject) -> None:
        super().__init__(parent)
        self._lane, self._tend = lane, tend
        self._news: list[News] = []
        self._asking = False
        self.problem = ""
        """What keeps passes from working, in a sentence; empty while they work."""
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begins."""
        self._timer.start()

    def stop(self) -> None:
        """Asks no more."""
        self._timer.stop()

    def tick(self) -> None:
        """Asks now, after whatever the desk is doing; never twice at once."""
        if not self._asking:
            self._asking = True
            self._lane.do(self._tend, self._tended, self._failed)

    def _tended(self, tended: "Tended") -> None:
        self._asking = False
        self._news += tended.news
        if tended.passed:
            if tended.problem and tended.problem != self.problem:
                from pos_client.desk.todo_view import News

                self._news.append(News("", good=False, sentence=tended.problem))
            self.problem = tended.problem
        if tended.news or tended.passed:
            self.changed.emit()

    def _failed(self, problem: Problem) -> None:
        """The store does not answer; whatever the clerk does next says so itself."""
        del problem
        self._asking = False

    @property
    def has_news(self) -> bool:
        """Whether something became known that nobody has read yet."""
        return bool(self._news)

    def next_news(self) -> "News | None":
        """The oldest of it; it counts as read then."""
        return self._news.pop(0) if self._news else None

    def forget(self, id_: str) -> None:
        """Somebody has seen what became of that."""
        self._news = [one for one in self._news if one.id != id_]
