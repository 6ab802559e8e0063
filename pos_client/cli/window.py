"""``pos-client`` without a command: the window of the desk, and what there is to say where it cannot be shown."""

import faulthandler
import gc
import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import click

from pos_client.config import SETTING_OF, Home, Settings, load_settings
from pos_client.errors import EnvironmentProblem, Problem, Words
from pos_client.phrase import Language

if TYPE_CHECKING:
    from pos_client.runtime import Runtime

NO_SCREEN = Words(
    "E-SCREEN",
    "没有可以显示窗口的屏幕，程序没有启动。请在窗口电脑的桌面上启动；没有桌面时用 pos-client sale 等命令。",
    "There is no screen to show the window on, so the program did not start. Start it on the desktop of the counter; "
    "without one use commands such as pos-client sale.",
)
LIBRARIES_MISSING = Words(
    "E-QT",
    "系统里缺少显示窗口要用的库，程序没有启动（{why}）。请信息科安装：apt-get install {packages}。",
    "System libraries that a window needs are missing, so the program did not start ({why}). Ask IT to install "
    "them: apt-get install {packages}.",
)
#: What a plain Debian lacks for Qt: libraries of QtGui first, then those of its X11 plugin.
PACKAGES = (
    "libegl1 libgl1 libfontconfig1 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 fonts-noto-cjk"
)


@dataclass(frozen=True, slots=True)
class WindowGround:
    """What the program of the window stands on; what it takes is loaded when it is asked for, behind the window."""

    home: Home
    environment: Mapping[str, str]
    language: Language

    @contextmanager
    def open_runtime(self) -> "Iterator[Runtime]":
        """The real world, with a door to the network at which nobody has to wait."""
        from pos_client.runtime import system_runtime
        from pos_client.sync.abandonable import AbandonableHttp

        with closing(AbandonableHttp()) as http:
            yield system_runtime(http)

    def report(self, error: BaseException) -> Problem:
        """Writes a report without a word of anybody."""
        from pos_client.desk.window_runs import crash_report
        from pos_client.runtime import SystemClock

        return crash_report(error, self.home, SystemClock())


def open_window(home: Home) -> int:
    """Shows the window until it is closed.

    Raises:
        EnvironmentProblem: E-SCREEN, E-QT.
    """
    with _without_collecting():
        return _open(home)


def _open(home: Home) -> int:
    settings = _settings(home)
    try:
        from pos_client.ui.app import run
    except ImportError as error:
        raise EnvironmentProblem(LIBRARIES_MISSING, why=error, packages=PACKAGES) from error

    def cannot_start(screen_is_missing: bool) -> None:
        why = "Qt xcb"
        problem = EnvironmentProblem(NO_SCREEN if screen_is_missing else LIBRARIES_MISSING, why=why, packages=PACKAGES)
        click.echo(problem.sentence(settings.language), err=True)

    ground = WindowGround(home, os.environ, settings.language)
    with _faults_kept(home):
        return run(ground, settings.text("ui.theme"), settings.number("ui.scale_percent"), cannot_start)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """What is loaded for the window is no rubbish: looking through it keeps its first frame waiting by 20 ms."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _settings(home: Home) -> Settings:
    """Language, colours and size; a settings file that is wrong is told of in the window."""
    with suppress(Problem):
        if home.config_file.exists():
            return load_settings(home, os.environ)
    return Settings({key: setting.default for key, setting in SETTING_OF.items()})


@contextmanager
def _faults_kept(home: Home) -> Iterator[None]:
    """What strikes the interpreter itself down leaves a report in the home; a fresh home has none yet."""
    file = _fault_file(home)
    if file is None:
        yield
        return
    with file:
        faulthandler.enable(file)
        yield
        faulthandler.disable()


def _fault_file(home: Home) -> IO[bytes] | None:
    if not home.folder.is_dir():
        return None
    with suppress(OSError):
        home.logs.mkdir(exist_ok=True)
        return home.fault_file.open("ab")
    return None
