"""A look that waits: it keeps nobody waiting, never spins, and does without PC/SC where there is none."""

import json
import sys
import threading

import pytest

from pos_client.card import pipe, words
from pos_client.card.readers import pcsc_watch
from pos_client.card.readers.pcsc_service import ANY_READER_CHANGED
from pos_client.card.readers.pcsc_watch import PcscWatch
from pos_client.card.readers.reader import Presence
from pos_client.card.worker import Worker


class PlayedContext:
    """A service with two readers, one of them a name that comes with the system; it never waits."""

    def __init__(self) -> None:
        self.asked: list[dict[str, int]] = []

    def reader_names(self) -> list[str]:
        return ["Counter 0", "Virtual for Business 0"]

    def states(self, names: list[str]) -> dict[str, int]:
        return dict.fromkeys(names, 0)

    def wait(self, known: dict[str, int], _timeout_ms: int) -> dict[str, int]:
        self.asked.append(known)
        return {}

    def release(self) -> None:
        """Nothing is held."""


def test_the_service_is_told_of_all_readers_not_only_of_those_that_are_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    context = PlayedContext()
    monkeypatch.setattr(pcsc_watch, "Context", lambda: context)
    watch = PcscWatch("Counter")
    assert [watch.look(1_000), watch.look(1_000)] == [Presence.EMPTY] * 2
    assert context.asked == [{"Counter 0": 0, ANY_READER_CHANGED: 2 << 16}]


def test_a_service_that_does_not_wait_is_not_asked_without_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    context = PlayedContext()
    monkeypatch.setattr(pcsc_watch, "Context", lambda: context)
    paused: list[int] = []

    def pause(duration_ms: int) -> bool:
        paused.append(duration_ms)
        return len(paused) > 3

    answers: list[bytes] = []
    Worker(answers.append, pause).serve(
        pipe.request(1, "look", "pcsc:Counter", {"seen": Presence.EMPTY, "wait_ms": 60_000})
    )
    assert json.loads(answers[0])["value"] == "empty"
    assert [pause for pause in paused if pause] == [20] * paused.count(20)
    assert 20 in paused


def test_a_look_that_is_hurried_before_it_began_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    context = PlayedContext()
    monkeypatch.setattr(pcsc_watch, "Context", lambda: context)
    hurried = [False, True, False]
    watch = PcscWatch("Counter", hurried=lambda: hurried.pop(0))
    assert [watch.look(1_000) for _ in range(4)] == [Presence.EMPTY] * 4
    assert len(context.asked) == 2


def test_a_cancellation_that_the_service_forgot_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forgetful(PlayedContext):
        """Waits until it was cancelled for the third time."""

        def __init__(self) -> None:
            super().__init__()
            self.cancelled = threading.Semaphore(0)

        def wait(self, known: dict[str, int], timeout_ms: int) -> dict[str, int]:
            waiting.set()
            for _ in range(3):
                assert self.cancelled.acquire(timeout=60)
            return super().wait(known, timeout_ms)

        def cancel(self) -> None:
            self.cancelled.release()

    waiting = threading.Event()
    monkeypatch.setattr(pcsc_watch, "Context", Forgetful)
    watch = PcscWatch("Counter")
    watch.look(0)
    watch.hurry()  # nobody waits: nothing to do

    def hurry() -> None:
        assert waiting.wait(60)
        watch.hurry()

    hurrying = threading.Thread(target=hurry)
    hurrying.start()
    assert watch.look(60_000) is Presence.EMPTY
    hurrying.join(60)
    assert not hurrying.is_alive()


@pytest.fixture
def without_pcsc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "smartcard", None)
    for module in ("pcsc", "pcsc_service", "pcsc_watch"):
        monkeypatch.delitem(sys.modules, f"pos_client.card.readers.{module}", raising=False)
        monkeypatch.delattr(f"pos_client.card.readers.{module}", raising=False)


@pytest.mark.parametrize("act", ["look", "read", "examine", "ping"])
def test_a_machine_without_pcsc_is_told_as_such_and_the_process_lives_on(without_pcsc: None, act: pipe.Act) -> None:
    answers: list[bytes] = []
    Worker(answers.append).serve(pipe.request(7, act, "pcsc:"))
    problem = pipe.problem_of(json.loads(answers[-1])["problem"])
    assert problem.words is words.SERVICE_NOT_RUNNING
