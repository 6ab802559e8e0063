"""From a card's coming and going to the notice of it, at a real PC/SC service; and who still watches after it died.

All wait at the same service for the same card, each in a process of its own. The service itself looks at its readers
every 400 ms: nobody can be told earlier.
"""

import json
import random
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from time import monotonic, sleep
from typing import Final, NamedTuple

from benchmarks.card_service import Hand, hand, service
from benchmarks.card_ways import WATCHERS
from benchmarks.spread import ratio, spread
from benchmarks.table import Cell, Table
from benchmarks.window_process import Process, started

SEED: Final = 20100101
INSERTIONS: Final = 40
AFTER_RESTART: Final = 6
COLUMNS: Final = ("who waits", "median ms", "lower quartile", "upper quartile", "worst ms", "noticed", "÷ first")
RESTART_COLUMNS: Final = ("who waits", "first card noticed after ms", "insertions noticed", "removals noticed")
_NS_PER_MS: Final = 1_000_000
_NS_PER_S: Final = 1_000_000_000
_SHORTEST_S, _LONGEST_S = 1.0, 1.8
_PATIENCE_S: Final = 10
_DOWN_S: Final = 2.0
_LOOK_INTERVAL_S: Final = 0.02
_CARD, _EMPTY = "card", "empty"
_NEVER: Final = "never"


class Change(NamedTuple):
    """A card came or went."""

    seen: str
    at_ns: int


class Watcher:
    """One who waits for cards, and what it has noticed."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.noticed: list[Change] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            self.noticed.append(Change(told["seen"], told["at"]))

    def delays_ms(self, changes: Sequence[Change]) -> list[float | None]:
        """How long after each change it was noticed; None where it was not before the next one."""
        ends_ns = [*(change.at_ns for change in changes[1:]), changes[-1].at_ns + _PATIENCE_S * _NS_PER_S]
        return [self._delay_ms(change, end_ns) for change, end_ns in zip(changes, ends_ns, strict=True)]

    def _delay_ms(self, change: Change, end_ns: int) -> float | None:
        for one in list(self.noticed):
            if one.seen == change.seen and change.at_ns <= one.at_ns < end_ns:
                return (one.at_ns - change.at_ns) / _NS_PER_MS
        return None


#: How long each change took to be noticed, None where it never was; the first one an insertion, then in turns.
Delays = Mapping[str, Sequence[float | None]]


class Seen(NamedTuple):
    """What every watcher noticed, and what after the service had died."""

    before: Delays
    after: Delays


def tables(insertions: int = INSERTIONS) -> Iterator[Table]:
    """Insertions, removals, and who notices any after the service was killed and started again."""
    seen = measure(insertions)
    yield delays_table(seen.before, 0, f"From a card's coming to its notice, PC/SC ({insertions} times)")
    yield delays_table(seen.before, 1, f"From a card's going to its notice, PC/SC ({insertions} times)")
    yield _survivors(seen.after)


def measure(insertions: int = INSERTIONS, after_restart: int = AFTER_RESTART) -> Seen:
    """Puts the card in and out, kills the service with -9, starts it again, and does the same."""
    dice = random.Random(SEED)
    with service() as pcscd, hand(pcscd.port) as fingers, ExitStack() as stack:
        watchers = {
            name: Watcher(stack.enter_context(started("benchmarks.card_watchers", name, pcscd.environment)))
            for name in WATCHERS
        }
        _wait_for(watchers)
        _come_and_go(fingers, 1, dice)  # libraries are loaded, and what is asked once of a card is asked
        before = _come_and_go(fingers, insertions, dice)
        pcscd.kill()
        sleep(_DOWN_S)
        pcscd.start()
        after = _come_and_go(fingers, after_restart, dice)
        return Seen(
            {name: watcher.delays_ms(before) for name, watcher in watchers.items()},
            {name: watcher.delays_ms(after) for name, watcher in watchers.items()},
        )


def _wait_for(watchers: Mapping[str, Watcher]) -> None:
    until = monotonic() + _PATIENCE_S
    while waiting := [name for name, watcher in watchers.items() if not watcher.noticed]:
        if monotonic() > until:
            raise RuntimeError(f"these see no reader: {', '.join(waiting)}")
        sleep(_LOOK_INTERVAL_S)


def _come_and_go(fingers: Hand, times: int, dice: random.Random) -> list[Change]:
    changes = []
    for _ in range(times):
        changes.append(Change(_CARD, fingers.insert()))
        sleep(dice.uniform(_SHORTEST_S, _LONGEST_S))
        changes.append(Change(_EMPTY, fingers.remove()))
        sleep(dice.uniform(_SHORTEST_S, _LONGEST_S))
    return changes


def delays_table(delays: Delays, first: int, title: str) -> Table:
    """``first``: 0 for insertions, 1 for removals. A ratio is of the changes that the first one has noticed, too."""
    of_each = {name: list(some)[first::2] for name, some in delays.items()}
    (reference, *_) = of_each.values()
    rows: list[tuple[Cell, ...]] = []
    for name, mine in of_each.items():
        noticed = [one for one in mine if one is not None]
        both = [(one, other) for one, other in zip(mine, reference, strict=True) if one is not None and other]
        share = ratio(*zip(*both, strict=True)) if both else _NEVER
        figures: tuple[Cell, ...] = (*spread(noticed), max(noticed)) if noticed else (_NEVER,) * 4
        rows.append((name, *figures, f"{len(noticed)} of {len(mine)}", share))
    return Table(title, COLUMNS, rows)


def _survivors(delays: Delays) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, mine in delays.items():
        first = mine[0]
        counts = [f"{sum(one is not None for one in some)} of {len(some)}" for some in (mine[::2], mine[1::2])]
        rows.append((name, _NEVER if first is None else first, *counts))
    return Table("After kill -9 of the service and its new start, a card coming at once", RESTART_COLUMNS, rows)
