"""The work beside the window: it asks the desk in turn, never twice at once, and keeps what nobody has read."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from pos_client.desk.todo_view import News, Tended
from pos_client.errors import EnvironmentProblem, Words
from pos_client.ui.background import Background
from pos_client.ui.lane import Lane
from tests.ui.keys import wait_for

GOOD = News("01-000001", good=True, sentence="已入账")


@pytest.fixture
def lane(qapp: QApplication) -> Iterator[Lane]:
    made = Lane("desk")
    yield made
    made.close(5_000)


def _asked(lane: Lane, tend: Callable[[], Tended]) -> tuple[Background, list[bool]]:
    background = Background(lane, tend, QObject(lane))
    changed: list[bool] = []
    background.changed.connect(lambda: changed.append(True))
    background.tick()
    background.tick()
    assert wait_for(lambda: not lane.busy)
    return background, changed


def test_news_are_read_once_and_may_be_known_already(lane: Lane) -> None:
    asked: list[bool] = []

    def tend() -> Tended:
        asked.append(True)
        return Tended((GOOD,))

    background, changed = _asked(lane, tend)
    assert (len(asked), len(changed)) == (1, 1), "it waits for its answer"
    assert background.next_news() == GOOD
    assert background.next_news() is None
    background.tick()
    assert wait_for(lambda: not lane.busy)
    background.forget(GOOD.id)
    assert not background.has_news


def test_what_keeps_a_pass_from_working_is_kept(lane: Lane) -> None:
    background, changed = _asked(lane, lambda: Tended(passed=True, problem="磁盘已满。"))
    assert (background.problem, len(changed)) == ("磁盘已满。", 1)
    background.tick()
    assert wait_for(lambda: not lane.busy)
    assert background.next_news() == News("", good=False, sentence="磁盘已满。")
    assert not background.has_news, "it is said once as long as it stays"


def test_where_nothing_happened_nothing_is_counted_again(lane: Lane) -> None:
    _, changed = _asked(lane, Tended)
    assert changed == []


def test_a_store_that_does_not_answer_is_asked_again(lane: Lane) -> None:
    def tend() -> Tended:
        raise EnvironmentProblem(Words("B-TEST", "坏了。", "Broken."))

    background, changed = _asked(lane, tend)
    assert changed == []
    background.tick()
    assert lane.busy
    assert wait_for(lambda: not lane.busy)
