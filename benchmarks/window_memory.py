"""Memory over a long day: sale after sale through the window, by keys alone, and what its process holds.

Every second customer is identified by his card, the others by identity number; each has a bill of three items, tried,
paid in cash, booked by the bureau. Whatever a page, a lane or a view leaves behind shows as a slope.
"""

import time
from collections.abc import Iterator
from typing import Final, NamedTuple

from benchmarks.table import Cell, Table
from benchmarks.window_process import Worker, counters, worker

COLUMNS: Final = (
    "sales",
    "resident MB",
    "more than after the first tenth, MB",
    "widgets",
    "Python objects",
    "ms a sale",
)
_STEPS: Final = 10
_KIB_PER_MB: Final = 1024


class Held(NamedTuple):
    """What the process holds after so many sales."""

    sales: int
    rss_kib: int
    widgets: int
    objects: int
    seconds_a_sale: float


def tables(sales: int) -> Iterator[Table]:
    """One table, a row after each tenth of the sales."""
    with counters() as desks, worker("ours") as window:
        window.tell("open", **desks.place())
        held = measure(window, sales)
    yield _table(held)


def measure(window: Worker, sales: int) -> list[Held]:
    """Sells, and looks ten times."""
    held, step = [], max(sales // _STEPS, 1)
    for done in range(step, sales + 1, step):
        begun = time.perf_counter()
        now: dict[str, int] = window.tell("sell", sales=step)
        held.append(Held(done, **now, seconds_a_sale=(time.perf_counter() - begun) / step))
    return held


def _table(held: list[Held]) -> Table:
    first = held[0]
    rows: list[tuple[Cell, ...]] = [
        (
            one.sales,
            one.rss_kib / _KIB_PER_MB,
            (one.rss_kib - first.rss_kib) / _KIB_PER_MB,
            one.widgets,
            one.objects,
            one.seconds_a_sale * 1_000,
        )
        for one in held
    ]
    return Table(f"Memory of the window over {held[-1].sales:,} sales", COLUMNS, rows)
