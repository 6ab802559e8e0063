"""The window as a clerk has it: the whole program on a real counter (tests/desk/world.py), without a screen.

``keys``     hands and eyes (tests/ui/keys.py): ``press("F2", "Enter")``, ``write``, ``enter``, ``scan``, ``insert``,
             ``take_card``; ``on(SalePage)`` waits for a page; ``message``, ``left``, ``right``, ``button``, ``lit``.
``program``  the program behind it, started, its first page in front, no card in the reader.
``world``    the counter: front-end simulator, slot, home; change it before ``keys`` or ``program`` is asked for.
``start``    for a test that prepares the world itself: ``start()``, ``start(language="en", size=(960, 540),
             signs_in=True)`` gives Keys; with ``signs_in`` it stops at the page that asks who works here.

What breaks in the program fails the test at its end. All threads and processes end with the test.
"""

import gc
import itertools
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTranslator
from PySide6.QtWidgets import QApplication

from hardware_sim.front_end.region import Edition
from pos_client.config import Home
from pos_client.errors import OurBug, Problem, Words
from pos_client.phrase import Language
from pos_client.runtime import Runtime
from pos_client.ui import theme
from pos_client.ui.app import make_application
from pos_client.ui.program import Program
from pos_client.ui.rubbish import Rubbish
from pos_client.ui.speech import speak
from tests.desk.world import World, world_in
from tests.ui.keys import Keys, wait_for

#: How many windows may come and go before what they left behind is collected.
_WINDOWS_PER_COLLECTION = 25

_BROKE = Words("B-TEST", "程序自己坏了。", "The program itself is broken.")


@dataclass
class _Ground:
    """What the program stands on in a test."""

    home: Home
    environment: Mapping[str, str]
    language: Language
    runtime: Runtime
    broke: list[BaseException] = field(default_factory=list)

    @contextmanager
    def open_runtime(self) -> Iterator[Runtime]:
        yield self.runtime

    def report(self, error: BaseException) -> Problem:
        self.broke.append(error)
        return OurBug(_BROKE)


class Start(Protocol):
    """Starts the program on the world of the test."""

    def __call__(
        self, *, language: Language = "zh", size: tuple[int, int] = (1366, 768), signs_in: bool = False
    ) -> Keys: ...


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """Qt with the window's looks, once for all tests."""
    present = QApplication.instance()
    if not isinstance(present, QApplication):
        return make_application("zh", "light")
    present.setStyle("Fusion")  # another room's tests have made it: there is only one in a process
    theme.use("light")
    return present


@pytest.fixture(scope="session", autouse=True)
def seldom_collected() -> Iterator[None]:
    """What windows of earlier tests left is collected here, in the thread of Qt; now and then, for it takes most of a
    second with all tests in the process.
    """
    begin, begun = Rubbish.begin, itertools.count()

    def begin_tidily(rubbish: Rubbish) -> None:
        if next(begun) % _WINDOWS_PER_COLLECTION == 0:
            gc.collect()
        begin(rubbish)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rubbish, "begin", begin_tidily)
        yield


@pytest.fixture
def edition() -> Edition:
    """The edition of the interface; a test with another one says ``parametrize("edition", ["hunan"])``."""
    return "base"


@pytest.fixture
def world(tmp_path: Path, edition: Edition) -> Iterator[World]:
    with world_in(tmp_path, edition=edition) as counter:
        counter.slot.remove()
        yield counter


@pytest.fixture
def start(world: World, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    ends: list[Callable[[], None]] = []

    def started(*, language: Language = "zh", size: tuple[int, int] = (1366, 768), signs_in: bool = False) -> Keys:
        for name, value in (world.environment | {"POS_CLIENT_LANGUAGE": language}).items():
            monkeypatch.setenv(name, value)  # the drain beside the window is a process of its own
        speak(qapp, language)
        ground = _Ground(world.home, world.environment, language, world.runtime)
        program = Program(ground)
        ends.append(lambda: _end(program, ground))
        keys = Keys(program, world)
        program.window.resize(*size)
        program.window.show()
        program.window.activateWindow()
        program.start()
        first_page = program.welcome
        if signs_in:
            keys.until(lambda: program.window.page is not first_page)
        else:
            keys.until(lambda: program.shift is not None)
        keys.settle()
        return keys

    yield started
    for end in ends:
        end()
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


@pytest.fixture
def keys(start: Start) -> Keys:
    return start()


@pytest.fixture
def program(keys: Keys) -> Program:
    return keys.program


def _end(program: Program, ground: _Ground) -> None:
    """Ends the program as its close button does, and lets Qt forget the window."""
    closed: list[bool] = []
    program.closed.connect(lambda: closed.append(True))
    program.close()
    assert wait_for(lambda: bool(closed)), "the program did not end"
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if ground.broke:
        raise ground.broke[0]
