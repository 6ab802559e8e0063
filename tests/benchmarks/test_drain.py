"""Who drains must really send what it is timed for, and the ledger must be able to say that somebody did harm."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks.drain import Bureau, Harm, harm, killed_once, measure, number_of, running, sender
from benchmarks.drainers import CONTESTANTS, OURS

NO_HARM = Harm(doubled=0, lost=0, open=0, tasks=0)
Fresh = Iterator[Path]


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[Bureau, Fresh]]:
    with running() as (bureau, fresh):
        yield bureau, fresh


def test_each_contestant_settles_its_backlog_once_in_every_round(world: tuple[Bureau, Fresh]) -> None:
    bureau, fresh = world
    bureau.wait_before_booking(0)
    with ExitStack() as stack:
        senders = {name: stack.enter_context(sender(name, bureau)) for name in CONTESTANTS}
        runs = measure(senders, fresh, backlog=3, rounds=2)
    assert {name: [run.harm for run in mine] for name, mine in runs.items()} == dict.fromkeys(
        CONTESTANTS, [NO_HARM] * 2
    )
    assert all(run.seconds > 0 and run.cpu_seconds > 0 for mine in runs.values() for run in mine)


def test_a_drain_that_was_killed_has_booked_nothing_twice_when_the_next_one_ends(world: tuple[Bureau, Fresh]) -> None:
    bureau, fresh = world
    bureau.wait_before_booking(400)
    found = killed_once(OURS, bureau, fresh, backlog=12, after_s=0.3).harm
    assert (found.doubled, found.lost, found.open) == (0, 0, 0)


def test_who_settles_a_buyer_twice_is_found_out(world: tuple[Bureau, Fresh]) -> None:
    bureau, fresh = world
    bureau.wait_before_booking(0)
    with sender(OURS, bureau) as one:
        one.open(next(fresh), [1, 2, 2])
        one.begin()
        assert one.finish([1, 2]).harm == NO_HARM._replace(doubled=1)
    assert bureau.newly_booked() == Counter()


def test_harm_is_seen() -> None:
    told = {"done": ["4398…0001", "4398…0002"], "open": ["4398…0003"], "tasks": ["4398…0004"]}
    assert harm([1, 2, 3, 4], Counter([1, 1, 3]), told) == Harm(doubled=1, lost=1, open=1, tasks=1)


def test_a_masked_number_still_names_its_buyer() -> None:
    assert number_of("439800****************0160") == 160
