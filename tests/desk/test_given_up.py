"""Esc while the bureau does not answer: a question costs nothing, a bill is unknown and is found out."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from pos_client.desk import queue
from pos_client.desk.settle import settle
from pos_client.desk.station import Desk, open_desk
from pos_client.errors import EnvironmentProblem, OutcomeUnknown
from pos_client.offline.journal import State
from pos_client.sync.abandonable import AbandonableHttp
from pos_client.sync.attempts import Result
from tests.desk.world import World

LATE_MS = 20_000


@pytest.fixture
def door() -> Iterator[AbandonableHttp]:
    with closing(AbandonableHttp()) as http:
        yield http


@contextmanager
def _desk(world: World, door: AbandonableHttp) -> Iterator[Desk]:
    with open_desk(world.home, world.environment, replace(world.runtime, http=door)) as desk:
        yield desk


@contextmanager
def _escape_when(happened: Callable[[], bool], door: AbandonableHttp) -> Iterator[None]:
    """Presses Esc in another thread as soon as something can be seen at the bureau."""
    over = threading.Event()

    def wait_and_press() -> None:
        while not happened() and not over.wait(0.02):
            pass
        door.abandon()

    pressing = threading.Thread(target=wait_and_press)
    with door.act():
        pressing.start()
        try:
            yield
        finally:
            over.set()
            pressing.join()


def test_esc_during_a_question_says_that_nothing_was_booked(world: World, door: AbandonableHttp) -> None:
    with _desk(world, door) as desk:
        asked = threading.Event()
        threading.Timer(0.5, asked.set).start()
        world.faults({"name": "late", "infno": "1101", "ms": LATE_MS, "times": 1})
        with pytest.raises(EnvironmentProblem) as told, _escape_when(asked.is_set, door):
            world.quote(desk)
        assert told.value.code == "N-STOPPED"
        assert "没有收费" in told.value.sentence("zh")
        assert world.quote(desk).due_fen == 1260, "the next question goes through at once"
    assert world.ledger() == []


def test_esc_while_a_bill_is_being_settled_leaves_it_unknown_and_it_is_found_out(
    world: World, door: AbandonableHttp
) -> None:
    with _desk(world, door) as desk:
        quoted = world.quote(desk)
        world.faults({"name": "late", "infno": "2102", "ms": LATE_MS, "times": 1})
        with pytest.raises(OutcomeUnknown) as told, _escape_when(lambda: bool(world.ledger()), door):
            settle(desk, quoted, quoted.due_fen)
        assert told.value.code == "U-2102"
        assert [message.state for message in queue.list_queue(desk.office.books, everything=False)] == [State.UNKNOWN]
        assert [attempt.result for attempt in queue.sync_once(desk.office)] == [Result.FOUND]
    assert world.agreement().disagreements == ()


def test_esc_before_a_bill_has_left_gives_the_money_back(world: World, door: AbandonableHttp) -> None:
    with _desk(world, door) as desk:
        quoted = world.quote(desk)
        with door.act():
            door.abandon()
            with pytest.raises(EnvironmentProblem) as told:
                settle(desk, quoted, 2000)
        assert told.value.code == "N-UNSENT"
        assert "请退还收下的 20.00 元" in told.value.sentence("zh")
        assert queue.list_queue(desk.office.books, everything=True)[0].state == State.NOT_SENT
    assert world.ledger() == []
