"""A world under the test's control: a clock that only moves when told, an HTTP door that answers from a list."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pos_client.config import Home, Settings, load_settings, prepare
from pos_client.offline.store import Store
from pos_client.runtime import Child, HttpAnswer, Runtime

NOON = datetime(2026, 11, 21, 4, 0, 0, tzinfo=UTC)  # 12:00 in Shanghai


class VirtualClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def now_utc(self) -> datetime:
        return self.now

    def monotonic_ms(self) -> int:
        return round((self.now - NOON).total_seconds() * 1000)

    def advance(self, **duration: float) -> None:
        self.now += timedelta(**duration)


Answering = Callable[[str, bytes], HttpAnswer]


class ScriptedHttp:
    """Answers each post by the next of its answers (or raises it), and keeps what was posted."""

    def __init__(self, answers: Sequence[HttpAnswer | Exception] = ()) -> None:
        self.answers = list(answers)
        self.posted: list[bytes] = []
        self.before_answer: Callable[[], None] = lambda: None

    def post(
        self, url: str, *, body: bytes, headers: Mapping[str, str], connect_timeout_ms: int, read_timeout_ms: int
    ) -> HttpAnswer:
        self.posted.append(body)
        self.before_answer()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def no_children(argv: Sequence[str]) -> Child:
    raise AssertionError(f"nothing here starts a process: {argv}")


def virtual_runtime(clock: VirtualClock | None = None, http: ScriptedHttp | None = None, seed: int = 1) -> Runtime:
    """A runtime in which time passes only by sleeping."""
    clock = clock or VirtualClock()
    return Runtime(
        clock=clock,
        sleep_ms=lambda duration_ms: clock.advance(milliseconds=duration_ms),
        random=random.Random(seed),
        spawn=no_children,
        http=http or ScriptedHttp(),
    )


def fresh_home(folder: Path) -> tuple[Home, Settings]:
    """A training home in a test's folder."""
    home = Home(folder / "home")
    prepare(home)
    return home, load_settings(home, {})


def open_store(folder: Path, runtime: Runtime | None = None) -> Store:
    """The store of a training home in a test's folder."""
    home, settings = fresh_home(folder)
    return Store.open(home, settings, runtime or virtual_runtime())
