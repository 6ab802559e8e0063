"""``python -m benchmarks [--json FILE] [--only NAME …]``: tables in one run; they are read, not passed or failed."""

import argparse
import json
import os
import platform
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from sqlcipher3 import dbapi2 as sqlcipher

from benchmarks import (
    card_idle,
    card_monitor,
    card_swipe,
    drain,
    fen_wrong,
    front_end,
    many_bills,
    one_bill,
    settle_act,
    start_up,
    window_keys,
    window_memory,
    window_search,
    window_start,
)
from benchmarks.durable_queue import tables as durable_queue
from benchmarks.table import Table

SEED: Final = 20100101
STAYS: Final = 20_000
#: How much is asked of the window and of cards: options with what they are when nobody says.
DESK_SIZES: Final = (
    ("keys", 1_000, "keys of each kind in the window"),
    ("backlog", 10_000, "settlements that are sent while keys are pressed"),
    ("items", 200_000, "items of the large catalogue"),
    ("sales", 1_000, "sales over which memory is watched"),
    ("insertions", card_monitor.INSERTIONS, "cards whose coming and going is waited for"),
    ("idle-seconds", 60, "seconds for which a desk does nothing"),
)
PEERS: Final = ("OpenFisca-core", "numpy", "persist-queue", "huey", "litequeue", "SQLAlchemy", "sqlcipher3")


class Size(NamedTuple):
    """How much of it is asked for."""

    rounds: int
    bills: int
    keys: int
    backlog: int
    items: int
    sales: int
    insertions: int
    idle_seconds: int


#: In the order in which they are printed: bills split, kept, sent, the server that receives them, the window, cards.
TABLES: Final[Mapping[str, Callable[[Size], Iterator[Table]]]] = MappingProxyType(
    {
        "one-bill": lambda size: one_bill.tables(size.rounds),
        "fen-wrong": lambda _: iter([fen_wrong.table(SEED, STAYS)]),
        "start-up": lambda size: start_up.tables(size.rounds),
        "many-bills": lambda size: many_bills.tables(SEED, size.bills, size.rounds),
        "settle-act": lambda size: settle_act.tables(size.rounds),
        "durable-queue": lambda size: durable_queue.tables(SEED, size.rounds),
        "drain": lambda size: drain.tables(min(size.rounds, drain.ROUNDS)),
        "front-end": lambda _: front_end.tables(),
        "window-start": lambda size: window_start.tables(size.rounds),
        "window-keys": lambda size: window_keys.tables(size.rounds, size.keys, size.backlog),
        "window-search": lambda size: window_search.tables(size.rounds, size.items),
        "window-memory": lambda size: window_memory.tables(size.sales),
        "card-swipe": lambda size: card_swipe.tables(min(size.rounds, card_swipe.ROUNDS)),
        "card-monitor": lambda size: card_monitor.tables(size.insertions),
        "card-idle": lambda size: card_idle.tables(size.idle_seconds),
    }
)


def main() -> None:
    """Prints each table as soon as it is there; writes all of them at the end."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Ratio tables against the peers of the README.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the tables as JSON too")
    parser.add_argument("--rounds", type=int, default=11, help="interleaved rounds of a table (default 11)")
    parser.add_argument("--bills", type=int, default=100_000, help="how many mixed bills (default 100000)")
    for name, usual, what in DESK_SIZES:
        parser.add_argument(f"--{name}", type=int, default=usual, help=f"{what} (default {usual})")
    parser.add_argument("--only", nargs="+", choices=TABLES, metavar="NAME", help=f"only these: {', '.join(TABLES)}")
    arguments = parser.parse_args()
    size = Size(**{name: getattr(arguments, name) for name in Size._fields})
    if min(size) < 1:
        parser.error("at least one of each")
    machine = _machine()
    print(" · ".join(machine.values()), flush=True)
    done = []
    for name in arguments.only or TABLES:
        for table in TABLES[name](size):
            print(f"\n{table.as_markdown()}", flush=True)
            done.append(table.as_data())
    if arguments.json is not None:
        text = json.dumps({"machine": machine, "tables": done}, ensure_ascii=False, indent=1)
        arguments.json.write_text(text + "\n", encoding="utf-8")


def _machine() -> dict[str, str]:
    return {
        "python": f"Python {platform.python_version()}",
        **{name: f"{name} {version(name)}" for name in PEERS},
        "sqlite": f"SQLite {sqlite3.sqlite_version}, in ours {sqlcipher.sqlite_version}",
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
    }


if __name__ == "__main__":
    main()
