"""Faults drawn from a seed."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.front_end.chaos import random_faults
from hardware_sim.front_end.faults import FAULTS, FaultPlan, fault_of_json

SEEDS = range(200)
intensities = st.integers(min_value=0, max_value=100)


@given(st.integers(), intensities)
def test_every_draw_is_a_plan_that_could_have_been_written_by_hand(seed: int, intensity: int) -> None:
    faults = random_faults(seed, intensity)
    assert [fault_of_json(shown) for shown in FaultPlan(faults).listing()] == faults
    assert all(fault.times is not None and 0 < fault.probability < 1 for fault in faults)


@given(st.integers(), intensities)
def test_the_same_seed_draws_the_same_day(seed: int, intensity: int) -> None:
    assert random_faults(seed, intensity) == random_faults(Random(seed), intensity)


def test_a_quiet_day_has_no_faults_and_a_worse_one_has_more() -> None:
    counts = [sum(len(random_faults(seed, intensity)) for seed in SEEDS) for intensity in (0, 10, 50, 100)]
    assert counts[0] == 0
    assert counts == sorted(set(counts))


def test_some_day_brings_every_fault_but_a_closed_port() -> None:
    assert {fault.name for seed in SEEDS for fault in random_faults(seed, 50)} == set(FAULTS) - {"down"}


def test_nothing_is_executed_after_the_gateway_has_given_up() -> None:
    faults = [fault for seed in SEEDS for fault in random_faults(seed, 100, gateway_timeout_ms=60_000)]
    delays_ms = [fault.ms for fault in faults if fault.name in {"late_commit", "commit_after_reversal"}]
    assert max(delays_ms) < 60_000
    assert min(delays_ms) < 12_000
