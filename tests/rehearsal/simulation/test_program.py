"""When a program is killed, and what it still does afterwards: nothing."""

from collections import Counter

import pytest

from rehearsal.simulation.program import Crash, Killed, Program


def _steps(program: Program, *points: str) -> int:
    """How many of the steps are taken before the program is killed."""
    for taken, point in enumerate(points):
        try:
            program.step(point)
        except Killed:
            return taken
    return len(points)


def test_a_program_is_killed_at_the_planned_step_and_stays_dead() -> None:
    crashes: Counter[str] = Counter()
    program = Program(crashes)
    program.plan_crash(Crash(3))
    assert _steps(program, "sleep", "card", "post_sent", "sleep") == 2
    assert crashes == {"post_sent": 1}
    with pytest.raises(Killed):
        program.breathe()


def test_a_crash_may_be_planned_for_one_kind_of_step() -> None:
    program = Program(Counter())
    program.plan_crash(Crash(2, "sleep"))
    assert _steps(program, "sleep", "card", "card", "sleep", "card") == 3


def test_without_a_plan_a_program_lives() -> None:
    program = Program(Counter())
    program.plan_crash(Crash(1))
    program.plan_crash(None)
    assert _steps(program, "sleep", "card") == 2
