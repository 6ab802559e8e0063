"""A window that stands on another ground than the counter of most tests: a fresh home, a door that may be given up."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent

from pos_client.config import Home
from pos_client.errors import OurBug, Problem, Words
from pos_client.phrase import Language
from pos_client.runtime import Runtime
from pos_client.ui.program import Program
from tests.desk.world import World
from tests.ui.keys import Keys, wait_for

BROKE = Words("B-TEST", "程序自己坏了。", "The program itself is broken.")


@dataclass
class Ground:
    """What the program stands on; what broke is kept."""

    home: Home
    environment: Mapping[str, str]
    open_runtime: Callable[[], AbstractContextManager[Runtime]]
    language: Language = "zh"
    broke: list[BaseException] = field(default_factory=list)

    def report(self, error: BaseException) -> Problem:
        self.broke.append(error)
        return OurBug(BROKE)


def ground_on(world: World, home: Home, environment: Mapping[str, str], *, runtime: Runtime | None = None) -> Ground:
    """The world's surroundings with another home."""

    @contextmanager
    def open_runtime() -> Iterator[Runtime]:
        yield runtime or world.runtime

    return Ground(home, environment, open_runtime)


@contextmanager
def window_on(world: World, ground: Ground) -> Iterator[Keys]:
    """A started program; it is ended as by its close button unless it has ended."""
    program = Program(ground)
    closed: list[bool] = []
    program.closed.connect(lambda: closed.append(True))
    program.window.resize(1366, 768)
    program.window.show()
    program.window.activateWindow()
    program.start()
    try:
        yield Keys(program, world)
    finally:
        program.close()
        assert wait_for(lambda: bool(closed)), "the program did not end"
        program.window.deleteLater()
        program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
