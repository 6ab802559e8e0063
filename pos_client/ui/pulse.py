"""What the window does every second: waits grow longer, the clock moves on, pages that were closed are let go."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from pos_client.ui.frame.window import Window
from pos_client.ui.lane import Lane
from pos_client.ui.standing import Standing
from pos_client.ui.waits import Waits

INTERVAL_MS = 1_000
#: The strip is counted anew so often, while the desk has nothing else to do.
COUNT_INTERVAL_S = 5


class Pulse(QObject):
    """Beats from its start to its stop."""

    def __init__(self, lanes: Sequence[Lane], standing: Standing, window: Window, parent: QObject) -> None:
        """``lanes``: those whose work may have to do with pages."""
        super().__init__(parent)
        self._lanes, self._standing, self._window = lanes, standing, window
        self._waits = Waits(lanes, window, self)
        self._beats = 0
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begins."""
        self._timer.start()

    def stop(self) -> None:
        """Beats no more."""
        self._timer.stop()

    def _beat(self) -> None:
        self._beats += 1
        self._waits.tick()
        if self._beats % COUNT_INTERVAL_S == 0:
            self._standing.show()
            self._window.refresh()  # what says how long ago something was
            self._standing.count_at_leisure()
        if not any(lane.busy for lane in self._lanes):
            self._window.sweep()
