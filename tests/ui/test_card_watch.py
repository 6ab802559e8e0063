"""The watch of the reader: each card is told once as come and once as gone, whatever happens between."""

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pos_client.errors import EnvironmentProblem, Problem, Words
from pos_client.ui import card_watch
from pos_client.ui.card_watch import CardWatch
from pos_client.ui.lane import Lane

TROUBLE = EnvironmentProblem(Words("T-READER", "读卡器出了问题。请再试。", "The reader is in trouble. Try again."))


class PlayedLane:
    """A lane in which a look ends when the test says so."""

    def __init__(self) -> None:
        self.under_way: list[tuple[Callable[[], str], Callable[[str], None], Callable[[Problem], None]]] = []

    @property
    def busy(self) -> bool:
        return bool(self.under_way)

    def do(self, work: Callable[[], str], then: Callable[[str], None], failed: Callable[[Problem], None]) -> None:
        self.under_way.append((work, then, failed))


class Watched:
    """A watch, what it told, and what its looks were told to have been seen before."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._parent = QObject()
        self._lane = PlayedLane()
        self.told: list[str] = []
        self.known: list[str] = []
        self.watch = CardWatch(cast(Lane, self._lane), self._look, self._parent)
        self.watch.came.connect(lambda: self.told.append("came"))
        self.watch.went.connect(lambda: self.told.append("went"))

    def _look(self, seen: str) -> str:
        self.known.append(seen)
        return ""

    def looks(self) -> None:
        """Waits until a look is under way."""
        self._qtbot.waitUntil(lambda: self._lane.busy)

    def sees(self, *what: str | Problem) -> None:
        """The next looks end, one after the other, with these."""
        for one in what:
            self.looks()
            work, then, failed = self._lane.under_way.pop()
            work()
            if isinstance(one, Problem):
                failed(one)
            else:
                then(one)


@pytest.fixture
def watched(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Watched:
    monkeypatch.setattr(card_watch, "TROUBLED_PAUSE_MS", 0)
    return Watched(qtbot)


def test_a_card_that_was_in_before_the_start_has_come(watched: Watched) -> None:
    watched.watch.start()
    watched.sees("card", "card")
    assert watched.told == ["came"]
    assert watched.known == ["", "card"]


def test_an_exchanged_card_went_and_came(watched: Watched) -> None:
    watched.watch.start()
    watched.sees("card", "empty", "card", "card", "no_reader", "empty")
    assert watched.told == ["came", "went", "came", "went"]


def test_after_trouble_nobody_knows_whether_it_is_still_the_same_card(watched: Watched) -> None:
    watched.watch.start()
    watched.sees("card", TROUBLE, TROUBLE, "card", "card")
    assert watched.told == ["came", "went", "came"]
    assert watched.known == ["", "card", "", "", "card"]


def test_what_a_look_saw_after_it_was_to_end_is_not_told(watched: Watched) -> None:
    watched.watch.start()
    watched.sees("card")
    watched.looks()
    watched.watch.stop()
    watched.sees("empty")
    assert watched.told == ["came"]
    watched.watch.start()
    watched.sees("empty")
    assert watched.told == ["came", "went"]


@pytest.mark.parametrize("late", ["empty", "card", TROUBLE])
def test_another_reader_is_not_told_what_was_seen_of_the_one_before(watched: Watched, late: str | Problem) -> None:
    watched.watch.start()
    watched.sees("empty")
    watched.looks()
    watched.watch.stop()
    watched.watch.start()
    watched.sees(late)
    assert watched.told == []
    watched.sees("card", "card")
    assert watched.told == ["came"]
    assert watched.known == ["", "empty", "", "card"]


def test_a_card_in_the_reader_that_is_watched_from_now_on_has_come(watched: Watched) -> None:
    watched.watch.start()
    watched.sees("card")
    watched.watch.stop()
    watched.watch.start()
    watched.sees("card", "card")
    assert watched.told == ["came", "went", "came"]
    assert watched.known == ["", "", "card"]


def test_starting_twice_is_starting_once(watched: Watched) -> None:
    watched.watch.start()
    watched.sees("card")
    watched.watch.start()
    watched.sees("card", "card")
    assert watched.told == ["came"]
