"""Starts Qt: size, colours, font, language; then the program. Nothing of the desk is loaded before the window shows."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from pos_client.errors import EXIT_ENVIRONMENT
from pos_client.phrase import Language
from pos_client.ui import theme
from pos_client.ui.ground import Ground
from pos_client.ui.program import Program
from pos_client.ui.scale import fitting
from pos_client.ui.speech import speak
from pos_client.ui.tokens import LEAST_HEIGHT
from pos_client.ui.words import say
from pos_client.ui.words import starting as words

_TITLE_BAR_PX = 40
#: How long a lane may keep the interpreter while the window wants it: Python's own 5 ms are a third of a frame.
SWITCH_INTERVAL_S = 0.0005
_FACTOR = "QT_SCALE_FACTOR"
#: What Qt's plugins for X11 and Wayland say when nobody shows their windows.
_NO_SCREEN = ("could not connect to display", "failed to create wl_display")


def make_application(language: Language, theme_name: str) -> QApplication:
    """Qt with the window's looks and language."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("pos-client")
    app.setStyle("Fusion")
    speak(app, language)
    theme.use(theme_name)
    return app


def make_application_in_size(language: Language, theme_name: str, scale_percent: int) -> tuple[QApplication, int]:
    """Qt in the wished size (0: the system's), or in the largest that still has room for the window.

    Returns what it had to come down to, in per cent, or 0 where the wish stands. Only Qt knows the screen, and takes a
    scale only before it starts: where the wish does not fit it is started again, which costs some milliseconds.
    """
    first = scale_percent / 100 or float(os.environ.get(_FACTOR) or 1)
    os.environ[_FACTOR] = f"{first:g}"
    app = make_application(language, theme_name)
    screen = app.primaryScreen()
    ratio, room = screen.devicePixelRatio(), screen.geometry().size()
    wish = scale_percent / 100 or ratio
    used = fitting(wish, round(room.width() * ratio), round(room.height() * ratio))
    if abs(used - ratio) < 0.01:
        return app, 0
    os.environ[_FACTOR] = f"{used * first / ratio:.4f}"
    app.shutdown()
    del app
    return make_application(language, theme_name), round(used * 100) if used < wish else 0


@contextmanager
def _telling(cannot_start: Callable[[bool], None]) -> Iterator[None]:
    """Where Qt cannot start at all it ends the process: that is told before, and ends with our exit code."""
    heard: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        del context
        heard.append(message or "")
        if kind is QtMsgType.QtFatalMsg:
            named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
            cannot_start(not named or any(sign in one.lower() for one in heard for sign in _NO_SCREEN))
            os._exit(EXIT_ENVIRONMENT)

    qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(None)


def run(ground: Ground, theme_name: str, scale_percent: int, cannot_start: Callable[[bool], None]) -> int:
    """Runs the window until it is closed and returns the exit code.

    ``cannot_start`` is told when Qt gives up, with whether it is for want of a screen (else of libraries).
    """
    with _telling(cannot_start):
        app, came_down_to = make_application_in_size(ground.language, theme_name, scale_percent)
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    program = Program(ground)
    program.closed.connect(app.quit)
    app.styleHints().colorSchemeChanged.connect(lambda _: program.use_theme("auto") if theme.as_system() else None)
    catch(program)
    if came_down_to:
        program.opener.notices.append(say(words.SCALE_DOES_NOT_FIT, used=came_down_to))
    _show(program)
    program.start()
    app.exec()
    return program.opener.exit_code


def _show(program: Program) -> None:
    """As large as the screen; without a title bar where there would be too little room with it."""
    window = program.window
    window.resize(1366, 768)
    room = window.screen().availableGeometry()
    if room.height() < LEAST_HEIGHT + _TITLE_BAR_PX:
        window.showFullScreen()
    else:
        window.showMaximized()


def catch(program: Program) -> None:
    """What nobody caught is reported and told; the wish to end from outside ends the program properly."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            program.close()
        else:
            program.failed(error.with_traceback(trace))

    def asked(number: int, frame: FrameType | None) -> None:
        del number, frame
        program.close()

    sys.excepthook = caught
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, asked)
