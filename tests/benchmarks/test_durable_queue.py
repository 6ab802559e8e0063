"""The contestants of the queue table that need no library of their own: they must do what they are timed for."""

from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.durable_queue import speed
from benchmarks.durable_queue.footprint import Syncs, megabytes, syncs
from benchmarks.durable_queue.kills import kill_again_and_again
from benchmarks.durable_queue.opening import CONTESTANTS
from benchmarks.durable_queue.payload import number_of, text_of
from benchmarks.durable_queue.queues import level_of

OURS, BY_HAND = list(CONTESTANTS)[:2]
both = pytest.mark.parametrize("name", [OURS, BY_HAND])


@both
def test_what_is_put_first_is_taken_first_and_once(name: str, tmp_path: Path) -> None:
    with closing(CONTESTANTS[name](tmp_path)) as queue:
        for number in (7, 8):
            queue.put(text_of(number))
        assert [number_of(text) for text in queue.left()] == [7, 8]
        for number in (7, 8):
            taken = queue.take()
            assert taken is not None
            assert number_of(taken.text) == number
            queue.acknowledge(taken)
        assert queue.take() is None
        assert queue.left() == []


@both
def test_all_run_at_the_level_that_loses_nothing(name: str, tmp_path: Path) -> None:
    with closing(CONTESTANTS[name](tmp_path)) as queue:
        assert level_of(queue) == "WAL FULL"


def test_ours_doubts_only_what_it_finds_at_the_start(tmp_path: Path) -> None:
    with closing(CONTESTANTS[OURS](tmp_path)) as queue:
        queue.put(text_of(1))
        taken = queue.take()
        assert taken is not None
        assert not taken.doubtful
    with closing(CONTESTANTS[OURS](tmp_path)) as queue:
        again = queue.take()
        assert again is not None
        assert again.doubtful


@both
def test_each_round_gives_one_sample(name: str, tmp_path: Path) -> None:
    found = speed.measure({name: CONTESTANTS[name]}, tmp_path, rounds=2, messages=3)[name]
    assert [len(samples) for samples in (found.put, found.take, found.cpu)] == [2, 2, 2]


@both
def test_one_sync_a_commit_is_counted(name: str, tmp_path: Path) -> None:
    counted = syncs(name, tmp_path)
    assert Syncs(*map(round, counted)) == Syncs(1, 1)


@both
def test_nothing_is_lost_or_stuck_by_kills(name: str, tmp_path: Path) -> None:
    harm = kill_again_and_again(name, tmp_path, seed=1, times=2)
    assert harm.promised > 0
    assert (harm.lost, harm.stuck) == (0, 0)
    assert harm.doubled == 0 or name == BY_HAND


@both
def test_the_file_holds_at_least_what_was_put(name: str) -> None:
    assert megabytes(name, messages=50) * 1_000_000 > 50 * len(text_of(1))
