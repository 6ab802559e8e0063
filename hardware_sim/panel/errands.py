"""What has to wait for somebody is done beside the window, one errand after the other; the window never waits."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

T = TypeVar("T")


class Errands(QObject):
    """One thread beside the window."""

    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="errands")
        self._under_way = 0
        self._done.connect(self._finish)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way and nothing waits."""
        return self._under_way == 0

    def do(self, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Does an errand after all that came before; the result or the trouble is told in the window's thread."""
        self._under_way += 1
        self._worker.submit(work).add_done_callback(
            lambda future: self._done.emit(partial(_tell, future, then, failed))
        )

    def end(self) -> None:
        """Finishes what is under way, forgets what waits."""
        self._worker.shutdown(cancel_futures=True)

    @Slot(object)
    def _finish(self, tell: Callable[[], None]) -> None:
        self._under_way -= 1
        tell()


def _tell(future: "Future[T]", then: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
    if future.cancelled():
        return
    trouble = future.exception()
    if isinstance(trouble, Exception):
        failed(trouble)
    else:
        then(future.result())
