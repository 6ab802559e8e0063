"""``python -m benchmarks.card_reading any``: reads cards in a process of its own, with the product's own Python.

It is told in lines of JSON on standard input, each ``{method: {argument: value}}`` of :class:`Reading`, and answers
each with what that gives back.
"""

import json
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from time import perf_counter_ns
from types import MappingProxyType
from typing import Any, Final

from benchmarks.card_ways import BARE, DUMP, GENERIC, OURS
from benchmarks.contestants import card_dump, card_generic
from benchmarks.contestants.card_generic import GenericCard, Transmit
from pos_client.card import errands, pipe
from pos_client.card.process import CardProcess
from pos_client.card.readers import reader_url
from pos_client.card.readers.ccid_serial import CcidSerialReader
from pos_client.card.slots import Slots
from pos_client.card.social_security.identity import CardIdentity
from pos_client.cli.session import real_runtime

Identity = Mapping[str, Any]
Reader = Callable[[GenericCard, bytes, Callable[[], Transmit]], Identity]
#: What the others do not say: where the card was, and whether it is genuine.
_OURS_ALONE: Final = ("reader", "genuine")


class Reading:
    """Reads the card at an address in one of the ways."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._runtime = stack.enter_context(real_runtime())
        self._processes: dict[str, CardProcess] = {}
        self._slots = Slots()

    def prepare(self, how: str, url: str) -> None:
        """What has happened at a desk before a card comes: its card process is looking at the reader."""
        if how != OURS:
            return
        if url not in self._processes:
            self._processes[url] = self._stack.enter_context(CardProcess(self._runtime, url))
        self._processes[url].look()

    def read(self, how: str, url: str) -> dict[str, Any]:
        """Reads it: nanoseconds from the wish to the identity, and the identity."""
        ns, identity = _WAYS[how](self, url)
        return {"ns": ns, "identity": {name: value for name, value in identity.items() if name not in _OURS_ALONE}}

    def let_go(self, how: str, url: str) -> None:
        """Waits until the card process has let the reader go, for whoever reads next."""
        if how == OURS:
            self._processes[url].readers()

    def by_process(self, url: str) -> tuple[int, Identity]:
        """As the desk reads it."""
        process = self._processes[url]
        begun = perf_counter_ns()
        identity = process.read()
        return perf_counter_ns() - begun, pipe.identity_value(identity)

    def in_this_process(self, url: str) -> tuple[int, Identity]:
        """What the card process does, without it."""
        taken: list[tuple[int, CardIdentity]] = []
        begun = perf_counter_ns()
        errands.read(self._slots, reader_url.parse(url), {}, lambda one: taken.append((perf_counter_ns() - begun, one)))
        ((ns, identity),) = taken
        return ns, pipe.identity_value(identity)


def _by(contestant: Reader) -> Callable[[Reading, str], tuple[int, Identity]]:
    """Another program's way to read, over the product's serial reader."""

    def read(_: Reading, url: str) -> tuple[int, Identity]:
        reader = CcidSerialReader(reader_url.parse(url).target)

        def psam() -> Transmit:
            (neighbour,) = reader.neighbours()
            neighbour.connect()
            return neighbour.transmit

        begun = perf_counter_ns()
        try:
            reader.connect()
            identity = contestant(GenericCard(reader.transmit), reader.atr, psam)
            return perf_counter_ns() - begun, identity
        finally:
            reader.disconnect()

    return read


_WAYS: Final[Mapping[str, Callable[[Reading, str], tuple[int, Identity]]]] = MappingProxyType(
    {
        OURS: Reading.by_process,
        BARE: Reading.in_this_process,
        GENERIC: _by(card_generic.read),
        DUMP: _by(card_dump.read),
    }
)


def main() -> None:
    """Does what it is told until the input ends."""
    with ExitStack() as stack:
        reading = Reading(stack)
        for line in sys.stdin:
            told: dict[str, dict[str, str]] = json.loads(line)
            for method, arguments in told.items():
                print(json.dumps(getattr(reading, method)(**arguments)), flush=True)


if __name__ == "__main__":
    main()
