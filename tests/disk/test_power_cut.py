"""The power goes at any moment: what was promised is there, whole, and the store goes on working."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pos_client.errors import Problem
from tests.disk.acts import Done
from tests.disk.conftest import Keeping, Story
from tests.disk.reopening import lost, points
from tests.disk.shim import Fault
from tests.disk.shopkeeper import Case


def _cases(
    folder: Path, fault: Fault, sweep: Sequence[tuple[int, int]], *, shop: Path | None, unsafe: bool = False
) -> list[Case]:
    template = None if shop is None else str(shop)
    return [
        Case(str(folder / f"{fault.name}-{at}-{seed}"), fault, at, seed, template, unsafe=unsafe) for at, seed in sweep
    ]


def _healthy(keep_shop: Keeping, folder: Path, shop: Path | None) -> Story:
    [story] = keep_shop([Case(str(folder / "healthy"), template=None if shop is None else str(shop))])
    assert (story.exit_code, story.refused, len(story.did)) == (0, [], 6)
    return story


def _losses(stories: Sequence[Story], sold_before: frozenset[Done]) -> Iterator[tuple[Case, set[Done]]]:
    for story in stories:
        assert story.cut, story
        yield story.case, lost(sold_before | set(story.did), Path(story.case.folder))


def test_nothing_promised_is_lost_when_the_power_goes_during_a_write(
    keep_shop: Keeping, shop: Path, sold_before: frozenset[Done], tmp_path: Path
) -> None:
    writes = _healthy(keep_shop, tmp_path, shop).writes
    stories = keep_shop(_cases(tmp_path, Fault.CUT_AT_WRITE, points(writes, 9), shop=shop))
    assert [(case, gone) for case, gone in _losses(stories, sold_before) if gone] == []
    assert {len(story.did) for story in stories} >= set(range(6)), "it went in every act"


def test_nothing_promised_is_lost_when_the_power_goes_during_a_sync(
    keep_shop: Keeping, shop: Path, sold_before: frozenset[Done], tmp_path: Path
) -> None:
    syncs = _healthy(keep_shop, tmp_path, shop).syncs
    stories = keep_shop(_cases(tmp_path, Fault.CUT_AT_SYNC, points(syncs, 1), shop=shop))
    assert [(case, gone) for case, gone in _losses(stories, sold_before) if gone] == []


def test_a_store_whose_making_was_cut_short_is_made_at_the_next_start(
    keep_shop: Keeping, tmp_path: Path, sold_before: frozenset[Done]
) -> None:
    whole = _healthy(keep_shop, tmp_path, None)
    cases = _cases(tmp_path, Fault.CUT_AT_SYNC, points(whole.syncs, 3), shop=None)
    cases += _cases(tmp_path, Fault.CUT_AT_WRITE, points(whole.writes, 50), shop=None)
    assert [(case, gone) for case, gone in _losses(keep_shop(cases), frozenset()) if gone] == []


def test_the_failing_disk_does_show_what_a_store_that_does_not_sync_loses(
    keep_shop: Keeping, shop: Path, sold_before: frozenset[Done], tmp_path: Path
) -> None:
    stories = keep_shop(_cases(tmp_path, Fault.CUT_AT_WRITE, points(170, 20), shop=shop, unsafe=True))
    harmed = 0
    for story in stories:
        assert story.cut
        try:
            harmed += bool(lost(sold_before | set(story.did), Path(story.case.folder)))
        except (Problem, AssertionError):  # the store does not open, or is not sound
            harmed += 1
    assert harmed > len(stories) // 3
