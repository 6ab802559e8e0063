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

from benchmarks import drain, fen_wrong, front_end, many_bills, one_bill, settle_act, start_up
from benchmarks.durable_queue import tables as durable_queue
from benchmarks.table import Table

SEED: Final = 20100101
STAYS: Final = 20_000
PEERS: Final = ("OpenFisca-core", "numpy", "persist-queue", "huey", "litequeue", "SQLAlchemy", "sqlcipher3")


class Size(NamedTuple):
    """How much of it is asked for."""

    rounds: int
    bills: int


#: In the order in which they are printed: bills split, kept, sent, and the server that receives them.
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
    }
)


def main() -> None:
    """Prints each table as soon as it is there; writes all of them at the end."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Ratio tables against the peers of the README.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the tables as JSON too")
    parser.add_argument("--rounds", type=int, default=11, help="interleaved rounds of a table (default 11)")
    parser.add_argument("--bills", type=int, default=100_000, help="how many mixed bills (default 100000)")
    parser.add_argument("--only", nargs="+", choices=TABLES, metavar="NAME", help=f"only these: {', '.join(TABLES)}")
    arguments = parser.parse_args()
    if arguments.rounds < 1 or arguments.bills < 1:
        parser.error("at least one round and one bill")
    machine = _machine()
    print(" · ".join(machine.values()), flush=True)
    done = []
    for name in arguments.only or TABLES:
        for table in TABLES[name](Size(arguments.rounds, arguments.bills)):
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
