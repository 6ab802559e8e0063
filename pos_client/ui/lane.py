"""One thread beside the window in which work is done one piece after the other; the window never waits for it.

Every piece has a way for its result and a way for its failure (as Anki's operations have). What is done there gives
back values that do not change any more; nothing of the window is touched from there.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from pos_client.errors import Problem

T = TypeVar("T")
#: After this long a wait is shown.
PATIENCE_MS = 1_000


@dataclass(slots=True)
class _Piece:
    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[Problem], None]
    label: str
    around: Callable[[], AbstractContextManager[None]]
    result: Any = None
    error: Exception | None = None


class _Worker(QObject):
    done = Signal(object)

    @Slot(object)
    def run(self, piece: _Piece) -> None:
        try:
            with piece.around():
                piece.result = piece.work()
        except Exception as error:  # noqa: BLE001 (it is raised or told in the window's thread)
            piece.error = error
        self.done.emit(piece)


class Lane(QObject):
    """A thread of its own for work that may take its time."""

    waiting = Signal(str)
    """Something has been under way for longer than a second: its words; empty once nothing is."""
    _start = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName(name)
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._start.connect(self._worker.run)
        self._worker.done.connect(self._done)
        self._thread.finished.connect(self._worker.deleteLater)
        self._queue: list[_Piece] = []
        self._shown, self._ending = False, False
        self.report: Callable[[Exception], Problem] | None = None
        """Makes a problem of what is none of the four kinds: our bug. Whoever asked is told as of any other."""
        self.around: Callable[[], AbstractContextManager[None]] = nullcontext
        """What every piece of work is done inside of."""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._show_wait)
        self._thread.start()

    @property
    def shows_wait(self) -> bool:
        """Whether the window shows that it is waited for."""
        return self._shown

    @property
    def busy(self) -> bool:
        """Whether anything is under way or waits."""
        return bool(self._queue)

    def do(
        self, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[Problem], None], label: str = ""
    ) -> None:
        """Does a piece of work after all that came before; with a label its wait is shown after a second."""
        if self._ending:
            return
        piece = _Piece(work, cast("Callable[[Any], None]", then), failed, label, self.around)
        self._queue.append(piece)
        self._start.emit(piece)
        if len(self._queue) == 1:
            self._patience.start()

    def do_last(self, work: Callable[[], None], then: Callable[[], None]) -> None:
        """Does a last piece of work; what anybody asks for afterwards is not done any more."""
        self.do(work, lambda _: then(), lambda _: then())
        self._ending = True

    @Slot(object)
    def _done(self, piece: _Piece) -> None:
        self._queue.remove(piece)
        self._patience.stop()
        if self._shown:
            self._shown = False
            self.waiting.emit("")
        if self._queue:
            self._patience.start()
        if piece.error is None:
            piece.then(piece.result)
        elif isinstance(piece.error, Problem):
            piece.failed(piece.error)
        elif self.report is not None:
            piece.failed(self.report(piece.error))
        else:
            raise piece.error

    def _show_wait(self) -> None:
        label = next((one.label for one in self._queue if one.label), "")
        if label:
            self._shown = True
            self.waiting.emit(label)

    def close(self, timeout_ms: int) -> bool:
        """Lets what is under way end and ends the thread; whether it ended in time."""
        self._thread.quit()
        return self._thread.wait(timeout_ms)
