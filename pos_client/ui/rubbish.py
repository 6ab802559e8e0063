"""Collects cyclic rubbish in the thread that paints, and nowhere else.

Python collects in whatever thread happens to allocate. A page that is gone is a cycle with Qt's objects in it, and
those die only in their own thread: collected in a lane, they take the program with them.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 2_000


class Rubbish(QObject):
    """From its beginning to its end, collecting is this timer's work."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(gc.collect)

    def begin(self) -> None:
        """From now on nothing is collected elsewhere. What is there already was only just loaded and stays: it is never
        looked through, not even now, for the first frame would wait for that.
        """
        gc.disable()
        gc.freeze()
        self._timer.start()

    def desk_is_open(self) -> None:
        """What was loaded for the desk stays, too: looking through it again and again would hold up keys by 50 ms."""
        gc.freeze()

    def end(self) -> None:
        """Python collects by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
