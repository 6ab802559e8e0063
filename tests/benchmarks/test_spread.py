"""Median, quartiles and ratios of a run."""

import pytest

from benchmarks.spread import Spread, ratio, spread


def test_the_middle_half_lies_between_the_quartiles() -> None:
    assert spread([5, 1, 4, 2, 3]) == Spread(3, 2, 4)


def test_a_quartile_between_two_samples_is_interpolated() -> None:
    assert spread([1, 2, 3, 4]) == Spread(2.5, 1.75, 3.25)


def test_one_sample_is_its_own_middle() -> None:
    assert spread([7]) == Spread(7, 7, 7)


def test_one_wild_round_does_not_move_the_middle() -> None:
    assert spread([10, 11, 12, 13, 9_000]).median == 12


def test_a_ratio_is_taken_within_each_round() -> None:
    slow_machine_in_the_last_rounds = [10.0, 10.0, 40.0, 40.0, 40.0]

    assert ratio([20.0, 20.0, 80.0, 80.0, 80.0], slow_machine_in_the_last_rounds) == 2


def test_rounds_must_match() -> None:
    with pytest.raises(ValueError, match="zip"):
        ratio([1.0], [1.0, 2.0])
