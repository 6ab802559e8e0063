"""Whole days: nothing lost, nothing doubled, every difference explained; and the proof can fail."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from rehearsal.simulation import run
from rehearsal.simulation.day import DayResult, play
from rehearsal.simulation.draw import TRUE_DISK_EVERY, draw
from rehearsal.simulation.program import CRASH_POINTS
from rehearsal.simulation.sales import ENDS, PROVISIONAL_ENDS
from tests.rehearsal.mutants import MUTANTS, time_out_is_refusal

FIRST, DAYS = 1, 60
#: A mutant that is not found within so many seeds is not found.
WITHIN = 200


@pytest.fixture(scope="module")
def days() -> list[DayResult]:
    return list(run.play_all(range(FIRST, FIRST + DAYS)))


def test_no_day_loses_doubles_or_leaves_anything_unexplained(days: list[DayResult]) -> None:
    assert [(day.seed, day.findings.lines()) for day in days if day.findings.any] == []


def test_every_fault_fires_and_programs_are_killed_everywhere(days: list[DayResult]) -> None:
    counts = sum((day.counts for day in days), Counter())
    crashes = sum((day.crashes for day in days), Counter())
    assert [name for name in run.ALL_FAULTS if not counts[name]] == []
    assert [point for point in CRASH_POINTS if not crashes[point]] == []
    assert sum(day.settlements for day in days) > 4 * DAYS


def test_sales_without_the_bureau_end_in_every_way(days: list[DayResult]) -> None:
    counts = sum((day.counts for day in days), Counter())
    assert [name for name in ENDS if not counts[name]] == []
    assert counts["provisional"] == sum(counts[name] for name in PROVISIONAL_ENDS)


def test_a_day_comes_to_the_same_again(days: list[DayResult]) -> None:
    assert play(draw(FIRST)).digest == days[0].digest
    assert len({day.digest for day in days}) == DAYS


def test_the_true_disk_comes_to_the_same_as_memory() -> None:
    script = draw(TRUE_DISK_EVERY)  # the first seed that has it
    on_disk, in_memory = play(script), play(replace(script, true_disk=False))
    assert script.true_disk
    assert on_disk.digest == in_memory.digest
    assert on_disk.counts - Counter(syncs=on_disk.counts["syncs"]) == in_memory.counts - Counter(
        syncs=in_memory.counts["syncs"]
    )
    assert on_disk.counts["syncs"] > in_memory.counts["syncs"]  # only a database in a file has backups


@pytest.mark.parametrize("name", MUTANTS)
def test_a_program_that_breaks_a_rule_is_found_out(name: str) -> None:
    with MUTANTS[name]():
        failing = next((seed for seed in range(1, WITHIN + 1) if play(draw(seed)).findings.any), None)
    assert failing is not None


def test_the_command_prints_totals_and_the_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.simulate(first=1, seeds=2) == 0
    totals, verdict = capsys.readouterr().out.splitlines()
    record = json.loads(totals)
    assert record["days"] == 2
    assert set(record["faults"]) == set(run.ALL_FAULTS)
    assert set(record["killed_at"]) == set(CRASH_POINTS)
    assert set(ENDS) < set(record)
    assert len(record["hash"]) == 64
    assert verdict == "2 seeds, 0 lost, 0 doubled, 0 unexplained"


def test_a_failing_seed_tells_its_shortest_story(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)  # other processes know nothing of the mutant
    with time_out_is_refusal():
        seed = next(seed for seed in range(1, WITHIN) if play(draw(seed)).findings.lost)
        assert run.simulate(first=seed, seeds=1) == 1
    said = capsys.readouterr().out
    assert f"seed {seed} fails; its shortest story" in said
    assert "LOST" in said
    assert f"./run simulate --seed-story {seed}" in said
    assert "0 doubled" in said.splitlines()[-1]
    assert said.index("LOST") < said.index("repeat it")


def test_one_seed_tells_its_whole_story(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.tell_story(2) == 0
    said = capsys.readouterr().out
    assert "act 1" in said
    assert "settlements, hash" in said
