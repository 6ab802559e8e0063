"""The bureau's front-end server under the load of many counters: SQLite and PostgreSQL, empty and with a long past.

The servers run in the product's own environment (``.venv``), the counters here: two processes, as in life.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from benchmarks.counters import Load, Messages, load, percentile, sign_in
from benchmarks.table import Cell, Table
from tests.postgresql import running_postgresql

PROJECT: Final = Path(__file__).parents[1]
PYTHON: Final = str(PROJECT / ".venv" / "bin" / "python")
#: Settlements that a bureau has had before: about a year of a town.
LONG_PAST: Final = 1_000_000
MANY: Final = 200
ROUNDS: Final = 3
SAMPLE_S: Final = 2.0
#: Between two messages of a clerk who is quick.
PAUSE_S: Final = 2.0
_NS_PER_MS: Final = 1_000_000


class _Served(NamedTuple):
    """A server that runs, and the sign-in number that its counters use (the echo needs none)."""

    name: str
    url: str
    sign_no: str


def tables() -> Iterator[Table]:
    """One counter alone, two hundred at their trade, two hundred without a pause: sales (1101, 2101, 2102 in turn)."""
    with ExitStack() as running, tempfile.TemporaryDirectory(prefix="front-end-") as folder:
        postgresql = running.enter_context(running_postgresql(durable=True))
        urls = {"bare Starlette echo": running.enter_context(_serving("benchmarks.bare_echo"))}
        for past in (0, LONG_PAST):
            for kind, database in (
                ("SQLite", f"sqlite:///{folder}/ledger{past}.db"),
                ("PostgreSQL", postgresql.fresh_database()),
            ):
                subprocess.run(
                    [PYTHON, "-m", "benchmarks.ledgers", database, str(MANY), str(past)], cwd=PROJECT, check=True
                )
                words = ["front-end", "--port", "0", "--database", database, "--exit-with-parent"]
                name = f"{kind}, {past:,} settlements before"
                urls[name] = running.enter_context(_serving("hardware_sim", *words))
        messages = Messages()  # after those of the ledgers: ids rise with the time
        servers = [_Served(name, url, sign_in(url, messages)) for name, url in urls.items()]
        yield _table("one counter", servers, messages, 1)
        yield _table(f"{MANY} counters, a message every {PAUSE_S:.0f} s each", servers, messages, MANY, PAUSE_S)
        yield _table(f"{MANY} counters without a pause", servers, messages, MANY)


@contextmanager
def _serving(module: str, *words: str) -> Iterator[str]:
    """The URL of a server process, which ends with the block."""
    command = [PYTHON, "-m", module, *words]
    with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            url: str = json.loads(process.stdout.readline())["ready"]
            yield url
        finally:
            process.terminate()


def _table(title: str, servers: list[_Served], messages: Messages, counters: int, pause_s: float = 0.0) -> Table:
    loads: dict[str, list[Load]] = {server.name: [] for server in servers}
    for _ in range(ROUNDS):
        for name, url, sign_no in servers:
            loads[name].append(load(url, messages, sign_no, counters, SAMPLE_S, pause_s))
    rows: list[tuple[Cell, ...]] = []
    first_ms = 0.0
    for name, mine in loads.items():
        answer_ns = [sample for one in mine for sample in one.answer_ns]
        median_ms, late_ms = (percentile(answer_ns, percent) / _NS_PER_MS for percent in (50, 99))
        first_ms = first_ms or median_ms
        rate = round(median(len(one.answer_ns) / one.seconds for one in mine))
        rows.append((name, rate, median_ms, late_ms, median_ms / first_ms))
    columns = ("server", "messages per second", "median ms", "99 % within ms", "median ÷ first")
    return Table(f"Front-end server: {title} ({ROUNDS} rounds of {SAMPLE_S:.0f} s)", columns, rows)
