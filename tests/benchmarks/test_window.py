"""The windows that are timed really show what they are timed for; small runs, no speed."""

from collections.abc import Iterator
from statistics import median

import pytest

from benchmarks import window_keys, window_memory, window_search, window_start
from benchmarks.window_first_key import KEY
from benchmarks.window_keys import BARE, OURS, Figures, figures
from benchmarks.window_process import Counters, counters, worker
from benchmarks.window_search import SAMPLE
from benchmarks.window_strokes import KINDS, SOUGHT

BACKLOG = 12
ITEMS = 400


@pytest.fixture(scope="module")
def desks() -> Iterator[Counters]:
    with counters(people=BACKLOG) as open_counters:
        yield open_counters


def test_both_windows_take_the_key_that_was_sent_at_once_and_it_reaches_its_field(desks: Counters) -> None:
    desk = desks.place(card=False)
    environment = {
        "POS_CLIENT_HOME": desk["home"],
        "POS_CLIENT_READER": desk["reader"],
        "POS_CLIENT_FRONT_END": desk["front_end"],
    }
    starts = window_start.measure(environment, rounds=1)
    assert [one.text for mine in starts.values() for one in mine] == [KEY, KEY]
    assert all(0 < one.taken_ms <= one.stands_ms for mine in starts.values() for one in mine)
    (bare,), (ours,) = starts.values()
    assert bare.children_kib == 0 < ours.children_kib


def test_every_key_is_painted_also_while_a_backlog_is_sent(desks: Counters) -> None:
    with worker("ours") as ours, worker("bare") as bare:
        ours.tell("open", **desks.place(), backlog=BACKLOG)
        ours.tell("bill")
        ours.tell("wait_until_sending", backlog=BACKLOG)
        times = window_keys.measure({OURS: ours, BARE: bare}, rounds=2, keys=8)
        assert ours.tell("unsent") < BACKLOG
        ours.tell("wait_until_sending", backlog=1)
        with pytest.raises(RuntimeError, match="all was sent"):
            window_keys.measure({OURS: ours, BARE: bare}, rounds=1, keys=2, until_sent=True)
    assert set(times) == set(KINDS)
    for windows in times.values():
        assert {name: [len(one) for one in taken] for name, taken in windows.items()} == {OURS: [4, 4], BARE: [4, 4]}


def test_what_is_typed_is_found_in_both_catalogues(desks: Counters) -> None:
    with worker("ours") as small, worker("ours") as large:
        small.tell("open", **desks.place())
        large.tell("open", **desks.place(), items=ITEMS)
        times = window_search.measure({SAMPLE: small, "large": large}, rounds=1, words=len(SOUGHT))
    first_letters = times["1"]
    assert {name: [len(one) for one in taken] for name, taken in first_letters.items()} == {
        SAMPLE: [len(SOUGHT)],
        "large": [len(SOUGHT)],
    }


def test_a_day_is_sold_and_weighed_ten_times(desks: Counters) -> None:
    with worker("ours") as window:
        window.tell("open", **desks.place())
        held = window_memory.measure(window, sales=10)
    assert [one.sales for one in held] == [*range(1, 11)]
    assert all(one.rss_kib > 0 and one.widgets > 0 and one.objects > 0 for one in held)


def test_a_window_that_ends_early_is_found_out(desks: Counters) -> None:
    del desks
    with worker("bare") as window, pytest.raises(RuntimeError, match="the window ended"):
        window.tell("no such thing")


def test_figures_of_many_keys() -> None:
    taken = [number * 1_000_000 for number in range(1, 101)]
    assert figures(taken) == Figures(median(range(1, 101)), 99.01, 100)
