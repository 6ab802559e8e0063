"""Puts, and takes with acknowledgement, in interleaved rounds: each contestant in turn, the order turning."""

import gc
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from time import perf_counter_ns, process_time_ns
from typing import Final, NamedTuple

from benchmarks.durable_queue.opening import Opening
from benchmarks.durable_queue.payload import text_of
from benchmarks.durable_queue.queues import DurableQueue, level_of

#: Messages of one round: they are all put, then all taken and acknowledged.
MESSAGES: Final = 60


class Speed(NamedTuple):
    """Nanoseconds a message, one sample a round."""

    level: str
    put: list[float]
    take: list[float]
    #: Of the processor alone, for both: what does not depend on how fast the disk of the machine syncs.
    cpu: list[float]


def measure(
    contestants: Mapping[str, Opening], folder: Path, rounds: int, messages: int = MESSAGES
) -> dict[str, Speed]:
    """Opens all of them side by side and takes one sample of each in every round, after one that does not count."""
    with ExitStack() as stack:
        queues = {name: stack.enter_context(closing(_open(one, folder, name))) for name, one in contestants.items()}
        speeds = {name: Speed(level_of(queue), [], [], []) for name, queue in queues.items()}
        order = list(queues)
        for turn in range(rounds + 1):
            for name in order:
                sample = _sample(queues[name], messages)
                if turn:
                    for samples, one in zip(speeds[name][1:], sample, strict=True):
                        samples.append(one)
            order.append(order.pop(0))
    return speeds


def _open(opening: Opening, folder: Path, name: str) -> DurableQueue:
    own = folder / "".join(letter for letter in name if letter.isalnum())
    own.mkdir()
    return opening(own)


def _sample(queue: DurableQueue, messages: int) -> tuple[float, float, float]:
    texts = iter([text_of(number) for number in range(messages)])
    put, put_cpu = _timed(lambda: queue.put(next(texts)), messages)
    take, take_cpu = _timed(lambda: take_and_acknowledge(queue), messages)
    return put, take, put_cpu + take_cpu


def take_and_acknowledge(queue: DurableQueue) -> None:
    """One message through the consumer's hands."""
    taken = queue.take()
    assert taken is not None, "what was put can be taken"
    queue.acknowledge(taken)


def _timed(act: Callable[[], None], times: int) -> tuple[float, float]:
    gc.collect()
    gc.disable()
    try:
        begun, cpu_begun = perf_counter_ns(), process_time_ns()
        for _ in range(times):
            act()
        return (perf_counter_ns() - begun) / times, (process_time_ns() - cpu_begun) / times
    finally:
        gc.enable()
