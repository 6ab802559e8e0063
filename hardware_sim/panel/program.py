"""The panel as a program: the reader in this process, the front-end server in a child, the window between them."""

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from hardware_sim.panel import theme
from hardware_sim.panel.bureau import Bureau, Seen
from hardware_sim.panel.child import CannotStart, FrontEndChild
from hardware_sim.panel.control import ControlTrouble
from hardware_sim.panel.reader import Reader
from hardware_sim.panel.window import PanelWindow, Relay
from hardware_sim.saying import Language

_GLANCE_INTERVAL_MS: Final = 200


class CannotServe(Exception):
    """The reader's port is taken, or the front-end server did not start."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for; ports of 0 are any free ones."""

    persona: str
    reader_port: int
    front_end_port: int
    database: str
    folder: Path
    language: Language


def run(wishes: Wishes, *, ready: Callable[[Mapping[str, str]], None], parent: int | None) -> None:
    """Shows the panel until it is closed, or until SIGTERM, Ctrl-C or the end of the parent.

    Raises:
        CannotServe: a part could not be started.
    """
    app = QApplication(["hardware-sim panel"])
    _follow_colours_of_system(app)
    relay = Relay()
    with _started(wishes) as (bureau, seen), _reader(wishes.reader_port, relay) as reader:
        window = PanelWindow(reader, relay, bureau, seen, wishes.language)
        window.person_page.rows.choose(wishes.persona)
        window.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)  # the desk beside it fills the screen
        window.show()
        with _ended_from_outside(app, parent):
            ready({"ready": reader.url, "front_end": bureau.url, "control": bureau.url})
            app.exec()
        window.close()


def _follow_colours_of_system(app: QApplication) -> None:
    def follow(scheme: Qt.ColorScheme) -> None:
        theme.use(dark=scheme is Qt.ColorScheme.Dark)

    follow(app.styleHints().colorScheme())
    app.styleHints().colorSchemeChanged.connect(follow)


@contextmanager
def _started(wishes: Wishes) -> Iterator[tuple[Bureau, Seen]]:
    bureau = Bureau(FrontEndChild(wishes.folder, wishes.front_end_port, wishes.database))
    try:
        try:
            seen = bureau.start()
        except (CannotStart, ControlTrouble) as trouble:
            raise CannotServe(str(trouble)) from None
        yield bureau, seen
    finally:
        bureau.close()


@contextmanager
def _reader(port: int, relay: Relay) -> Iterator[Reader]:
    try:
        reader = Reader(port, relay.befallen.emit)
    except OSError as trouble:
        raise CannotServe(f"{port}: {trouble}") from None
    with reader:
        yield reader


@contextmanager
def _ended_from_outside(app: QApplication, parent: int | None) -> Iterator[None]:
    """Signals are heard only while Python runs: a glance now and then lets it, and looks after the parent. Before the
    window listens Qt would forget that it was told to quit.
    """
    ending = False

    def end(*_: object) -> None:
        nonlocal ending
        ending = True

    former = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in former:
        signal.signal(number, end)

    def glance() -> None:
        if ending or (parent is not None and os.getppid() != parent):
            app.quit()

    glancing = QTimer()
    glancing.timeout.connect(glance)
    glancing.start(_GLANCE_INTERVAL_MS)
    try:
        yield
    finally:
        glancing.stop()
        for number, handler in former.items():
            signal.signal(number, handler)
