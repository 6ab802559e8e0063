"""``python -m benchmarks [--json FILE]``: all tables in one run; what they say is read, not passed or failed."""

import argparse
import json
import os
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from benchmarks import fen_wrong, many_bills, one_bill, start_up
from benchmarks.table import Table

SEED = 20100101


def main() -> None:
    """Prints each table as soon as it is there; writes all of them at the end."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Ratio tables against the peers of the README.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the tables as JSON too")
    parser.add_argument("--rounds", type=int, default=11, help="interleaved rounds of each table (default 11)")
    parser.add_argument("--bills", type=int, default=100_000, help="how many mixed bills (default 100000)")
    arguments = parser.parse_args()
    if arguments.rounds < 1 or arguments.bills < 1:
        parser.error("at least one round and one bill")
    machine = _machine()
    print(" · ".join(machine.values()), flush=True)
    done = []
    for table in _tables(arguments.rounds, arguments.bills):
        print(f"\n{table.as_markdown()}", flush=True)
        done.append(table.as_data())
    if arguments.json is not None:
        text = json.dumps({"machine": machine, "tables": done}, ensure_ascii=False, indent=1)
        arguments.json.write_text(text + "\n", encoding="utf-8")


def _tables(rounds: int, bills: int) -> Iterator[Table]:
    yield from one_bill.tables(rounds)
    yield fen_wrong.table(SEED, 20_000)
    yield from start_up.tables(rounds)
    yield from many_bills.tables(SEED, bills, rounds)


def _machine() -> dict[str, str]:
    return {
        "python": f"Python {platform.python_version()}",
        "openfisca": f"OpenFisca-core {version('openfisca-core')}",
        "numpy": f"numpy {version('numpy')}",
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
    }


if __name__ == "__main__":
    main()
