"""How long it takes until the first bill: loading a policy in a process, and whole processes."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.bills import VECTORS, ten_line_bill
from benchmarks.contestants import openfisca
from benchmarks.rounds import Contestant
from benchmarks.table import Table, timed
from pos_client.benefit import PolicyLibrary, bill_of_record, split

DAY: Final = date(2010, 5, 24)
PROJECT: Final = Path(__file__).parents[1]
POLICY: Final = PROJECT / "pos_client" / "benefit" / "policies" / "yizheng" / "2010-01-01.toml"
POS_CLIENT: Final = PROJECT / ".venv" / "bin" / "pos-client"
LOAD_OPENFISCA: Final = "from benchmarks.contestants.openfisca import system; system()"


def tables(rounds: int) -> Iterator[Table]:
    """Policies loaded in a running process; processes from start to end."""
    yield timed("Loading the policy of Yizheng 2010 and what it includes", _loads(), rounds, "ms")
    yield timed("Whole processes", _processes(), rounds, "ms")


def _loads() -> list[Contestant]:
    bill = bill_of_record(ten_line_bill())
    text = POLICY.read_text(encoding="utf-8")
    library = PolicyLibrary.shipped()
    return [
        Contestant("read, check, compile: shipped().pick", lambda: PolicyLibrary.shipped().pick("yizheng", DAY)),
        Contestant(
            "the same and the first bill split", lambda: split(PolicyLibrary.shipped().pick("yizheng", DAY), bill)
        ),
        Contestant("the same by alias (reads all policies)", lambda: PolicyLibrary.shipped().pick("yizheng-2010", DAY)),
        Contestant("picked again from the same library", lambda: library.pick("yizheng", DAY)),
        Contestant("tomllib alone, the one file", lambda: tomllib.loads(text)),
        Contestant("OpenFisca, segments only: variables and parameter tree", openfisca.system),
    ]


def _processes() -> list[Contestant]:
    vectors = VECTORS.read_bytes()
    count = len(vectors.splitlines())
    return [
        Contestant(f"pos-client split, {count} vectors", _process([str(POS_CLIENT), "split"], vectors)),
        Contestant("pos-client split, no bill", _process([str(POS_CLIENT), "split"], b"")),
        Contestant("python -c pass", _process([sys.executable, "-c", "pass"], b"")),
        Contestant("OpenFisca imported and loaded, no bill", _process([sys.executable, "-c", LOAD_OPENFISCA], b"")),
    ]


def _process(command: Sequence[str], stdin: bytes) -> Callable[[], object]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}

    def run() -> object:
        return subprocess.run(command, input=stdin, stdout=subprocess.DEVNULL, env=environment, check=True)

    return run
