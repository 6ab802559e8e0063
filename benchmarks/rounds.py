"""Interleaved rounds: in every round each contestant runs once, the order turning by one from round to round."""

import gc
import math
from collections.abc import Callable, Sequence
from time import perf_counter_ns
from typing import Final, NamedTuple

#: A sample is long enough that reading the clock does not count in it.
SAMPLE_NS: Final = 20_000_000


class Contestant(NamedTuple):
    """Something to be timed; one call of ``act`` does ``units`` units of work, such as bills."""

    name: str
    act: Callable[[], object]
    units: int = 1


def measure(contestants: Sequence[Contestant], rounds: int) -> list[list[float]]:
    """Nanoseconds a unit, one list a contestant with one sample a round.

    The collector of cycles rests while a sample is taken, as in the standard library's timeit; objects made before
    are put out of its sight.
    """
    calls = [_calls_for_a_sample(contestant) for contestant in contestants]
    samples: list[list[float]] = [[] for _ in contestants]
    gc.collect()
    gc.freeze()
    try:
        for turn in range(rounds):
            for place in range(len(contestants)):
                index = (place + turn) % len(contestants)
                samples[index].append(_sample(contestants[index], calls[index]))
    finally:
        gc.unfreeze()
    return samples


def _calls_for_a_sample(contestant: Contestant) -> int:
    contestant.act()
    once = max(_sample(contestant, 1) * contestant.units, 1)
    return max(1, math.ceil(SAMPLE_NS / once))


def _sample(contestant: Contestant, calls: int) -> float:
    act = contestant.act
    gc.collect()
    gc.disable()
    try:
        begun = perf_counter_ns()
        for _ in range(calls):
            act()
        return (perf_counter_ns() - begun) / (calls * contestant.units)
    finally:
        gc.enable()
