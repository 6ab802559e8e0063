"""Median and quartiles of samples, and ratios of two contestants round by round."""

import statistics
from collections.abc import Sequence
from typing import NamedTuple


class Spread(NamedTuple):
    """The middle of the samples and where their middle half lies."""

    median: float
    lower_quartile: float
    upper_quartile: float


def spread(samples: Sequence[float]) -> Spread:
    """Median and quartiles; a quartile between two samples is interpolated, a single sample is all three."""
    if len(samples) == 1:
        return Spread(samples[0], samples[0], samples[0])
    lower, median, upper = statistics.quantiles(samples, n=4, method="inclusive")
    return Spread(median, lower, upper)


def ratio(samples: Sequence[float], reference: Sequence[float]) -> float:
    """The median of the ratios within each round: what slows a whole round down falls out of it.

    Raises:
        ValueError: not the same number of rounds.
    """
    return statistics.median(mine / other for mine, other in zip(samples, reference, strict=True))
