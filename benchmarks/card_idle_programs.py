"""``python -m benchmarks.card_idle_programs desk|bare|monitors``: a program that does nothing but wait for a card.

It prints a line when it has come to rest, and ends with its input. It looks at no clock meanwhile: the end of the input
wakes its event loop.
"""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

READY: Final = "ready"
#: In the environment: the folder of the desk's home.
HOME: Final = "CARD_IDLE_HOME"


def desk() -> None:
    """The product's window on a new home, its first page in front; reader and bureau stand in the environment."""
    from benchmarks.window_hands import Hands
    from benchmarks.window_home import fill_home
    from pos_client.config import Home

    home = Home(Path(os.environ[HOME]))
    fill_home(home, os.environ, desk=1)
    hands = Hands(home)
    hands.settle()
    _rest_at_window()
    hands.close()


def bare() -> None:
    """A QMainWindow with a QLineEdit, which knows of no cards."""
    from benchmarks.window_bare import Bare

    window = Bare(1366, 768)
    window.show()
    _rest_at_window()


def monitors() -> None:
    """pyscard's monitors of cards and readers, without a window."""
    from smartcard.CardMonitoring import CardMonitor, CardObserver
    from smartcard.ReaderMonitoring import ReaderMonitor, ReaderObserver

    card_monitor, reader_monitor = CardMonitor(), ReaderMonitor()
    card_monitor.addObserver(CardObserver())
    reader_monitor.addObserver(ReaderObserver())
    print(READY, flush=True)
    sys.stdin.read()


def _rest_at_window() -> None:
    from PySide6.QtCore import QSocketNotifier
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert app is not None, "there is a window"
    input_ends = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    input_ends.activated.connect(app.quit)
    print(READY, flush=True)
    app.exec()


_PROGRAMS: Final[Mapping[str, Callable[[], None]]] = MappingProxyType(
    {"desk": desk, "bare": bare, "monitors": monitors}
)

if __name__ == "__main__":
    _PROGRAMS[sys.argv[1]]()
