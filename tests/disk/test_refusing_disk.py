"""A disk that is full or fails: the clerk is told which, no act is there by half, and the store goes on afterwards."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.disk.acts import Done
from tests.disk.conftest import Keeping, Story
from tests.disk.reopening import found_again, points
from tests.disk.shim import Fault
from tests.disk.shopkeeper import KILLED, Case

WRITES, SYNCS = 150, 9  # of three sales, counted from the first; closing the store comes after them


def _stories(
    keep_shop: Keeping,
    folder: Path,
    shop: Path,
    fault: Fault,
    sweep: Sequence[tuple[int, int]],
    *,
    refusals: int = 1,
    dies: bool = False,
) -> list[Story]:
    return keep_shop(
        [
            Case(str(folder / f"{at}-{seed}"), fault, at, seed, str(shop), refusals=refusals, dies_when_refused=dies)
            for at, seed in sweep
        ]
    )


def _went_on_whole(story: Story, sold_before: frozenset[Done]) -> None:
    """All three sales were done in the end, each act once; the next start finds exactly them."""
    assert story.exit_code == 0
    assert len(story.did) == len(set(story.did)) == 6
    assert found_again(Path(story.case.folder)) == sold_before | set(story.did)


def test_a_full_disk_is_named_every_time_until_there_is_space_again(
    keep_shop: Keeping, shop: Path, sold_before: frozenset[Done], tmp_path: Path
) -> None:
    stories = _stories(keep_shop, tmp_path, shop, Fault.FULL, points(WRITES, 11), refusals=3)
    for story in stories:
        assert set(story.refused) == {"D-FULL"}, story
        _went_on_whole(story, sold_before)
    assert max(len(story.refused) for story in stories) == 3


def test_a_write_that_fails_is_a_failing_disk(
    keep_shop: Keeping, shop: Path, sold_before: frozenset[Done], tmp_path: Path
) -> None:
    stories = _stories(keep_shop, tmp_path, shop, Fault.WRITE_ERROR, points(WRITES, 11))
    for story in stories:
        assert set(story.refused) <= {"D-DISK"}, story
        _went_on_whole(story, sold_before)
    told = sum(bool(story.refused) for story in stories)
    assert told > len(stories) // 2, "only a failure during a checkpoint need not be told: nothing depended on it yet"


def test_a_sync_that_fails_is_a_failing_disk(
    keep_shop: Keeping, shop: Path, sold_before: frozenset[Done], tmp_path: Path
) -> None:
    stories = _stories(keep_shop, tmp_path, shop, Fault.SYNC_ERROR, points(SYNCS, 1))
    for story in stories:
        assert set(story.refused) <= {"D-DISK"}, story
        _went_on_whole(story, sold_before)
    assert any(story.refused for story in stories)


@pytest.mark.parametrize(
    ("fault", "count"), [(Fault.FULL, WRITES), (Fault.WRITE_ERROR, WRITES), (Fault.SYNC_ERROR, SYNCS)]
)
def test_who_dies_at_the_refusal_leaves_whole_acts_too(
    keep_shop: Keeping, shop: Path, sold_before: frozenset[Done], tmp_path: Path, fault: Fault, count: int
) -> None:
    stories = _stories(keep_shop, tmp_path, shop, fault, points(count, max(count // 8, 1)), dies=True)
    for story in stories:
        found = found_again(Path(story.case.folder))
        promised = sold_before | set(story.did)
        assert promised <= found
        # A sync that failed says nothing about what did reach the disk: a refused act may turn up whole, never by half.
        assert len(found - promised) <= (fault is Fault.SYNC_ERROR)
    assert any(story.exit_code == KILLED for story in stories)


#: A start needs room for settings and key, and for the database; what SQLite says of the latter is looked into.
AT_THE_START = {"E-HOME", "D-FULL"}


def test_a_new_home_on_a_full_disk_is_made_when_there_is_space(keep_shop: Keeping, tmp_path: Path) -> None:
    sweep = points(140, 20)
    stories = keep_shop([Case(str(tmp_path / f"{at}-{seed}"), Fault.FULL, at, refusals=2) for at, seed in sweep])
    for story in stories:
        assert set(story.refused) <= AT_THE_START, story
        _went_on_whole(story, frozenset())


def test_a_start_on_a_full_disk_is_refused_and_harms_nothing(
    keep_shop: Keeping, shop: Path, sold_before: frozenset[Done], tmp_path: Path
) -> None:
    cases = [Case(str(tmp_path / f"{at}-{seed}"), Fault.FULL, at, refusals=2) for at, seed in points(8, 3)]
    for case in cases:
        shutil.copytree(shop, case.folder)
    for story in keep_shop(cases):
        assert set(story.refused) <= AT_THE_START, story
        assert len(story.refused) == 2
        _went_on_whole(story, sold_before)
        assert not list(Path(story.case.folder).rglob("probe*")), "what was only tried leaves nothing"
