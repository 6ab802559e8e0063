"""Work beside the window: in order, in another thread, its result and its failure told in the window's thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytestqt.qtbot import QtBot

from pos_client.errors import EnvironmentProblem, OurBug, Problem, Words
from pos_client.ui.lane import PATIENCE_MS, Lane

PROBLEM = Words("T-LANE", "没有做成。请再试。", "It was not done. Try again.")


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    made = Lane("test")
    yield made
    assert made.close(5_000)


def _unwanted(problem: Problem) -> None:
    raise AssertionError(problem)


def _ignored(result: object) -> None:
    raise AssertionError(result)


def test_the_result_comes_back_to_the_thread_that_asked(qtbot: QtBot, lane: Lane) -> None:
    where: list[int] = []
    lane.do(threading.get_ident, lambda worker: where.extend((worker, threading.get_ident())), _unwanted)
    qtbot.waitUntil(lambda: bool(where))
    assert where[0] != threading.get_ident()
    assert where[1] == threading.get_ident()


def test_work_is_done_in_the_order_in_which_it_was_asked(qtbot: QtBot, lane: Lane) -> None:
    done: list[int] = []
    for number in range(20):
        lane.do(lambda number=number: number, done.append, _unwanted)  # type: ignore[misc]
    assert lane.busy
    qtbot.waitUntil(lambda: not lane.busy)
    assert done == list(range(20))


def test_a_problem_goes_its_own_way_and_the_next_piece_is_done(qtbot: QtBot, lane: Lane) -> None:
    problems: list[Problem] = []
    results: list[str] = []

    def fails() -> str:
        raise EnvironmentProblem(PROBLEM)

    lane.do(fails, results.append, problems.append)
    lane.do(lambda: "done", results.append, problems.append)
    qtbot.waitUntil(lambda: bool(results))
    assert [problem.code for problem in problems] == ["T-LANE"]
    assert results == ["done"]


def test_what_is_none_of_the_four_kinds_is_reported_and_told(qtbot: QtBot, lane: Lane) -> None:
    reported: list[BaseException] = []
    told: list[Problem] = []

    def report(error: BaseException) -> Problem:
        reported.append(error)
        return OurBug(PROBLEM)

    lane.report = report
    lane.do(lambda: 1 // 0, _ignored, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(reported[0], ZeroDivisionError)
    assert told[0].kind == "bug"


def test_every_piece_is_done_inside_of_what_surrounds_the_lane(qtbot: QtBot, lane: Lane) -> None:
    said: list[str] = []

    @contextmanager
    def around() -> Iterator[None]:
        said.append("in")
        yield
        said.append("out")

    lane.around = around
    lane.do(lambda: said.append("work"), lambda _: said.append("then"), _unwanted)
    qtbot.waitUntil(lambda: not lane.busy)
    assert said == ["in", "work", "out", "then"]


def test_a_wait_that_has_words_is_shown_after_a_while_and_taken_away(qtbot: QtBot, lane: Lane) -> None:
    go = threading.Event()
    waits: list[str] = []
    lane.waiting.connect(waits.append)
    lane.do(lambda: go.wait(10), lambda _: None, _unwanted, "问一下")
    with qtbot.waitSignal(lane.waiting, timeout=PATIENCE_MS + 3_000):
        pass
    assert lane.shows_wait
    go.set()
    qtbot.waitUntil(lambda: not lane.busy)
    assert waits == ["问一下", ""]
    assert not lane.shows_wait


def test_what_has_no_words_is_waited_for_in_silence_however_long(qtbot: QtBot, lane: Lane) -> None:
    go = threading.Event()
    waits: list[str] = []
    lane.waiting.connect(waits.append)
    lane.do(lambda: go.wait(10), lambda _: None, _unwanted)
    qtbot.wait(PATIENCE_MS + 200)
    go.set()
    qtbot.waitUntil(lambda: not lane.busy)
    assert waits == []


def test_what_then_asks_again_is_not_lost(qtbot: QtBot, lane: Lane) -> None:
    results: list[int] = []

    def then(result: int) -> None:
        results.append(result)
        if result < 3:
            lane.do(lambda: result + 1, then, _unwanted)

    lane.do(lambda: 0, then, _unwanted)
    qtbot.waitUntil(lambda: results == [0, 1, 2, 3])
