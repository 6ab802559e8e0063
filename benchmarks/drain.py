"""A backlog sent after an outage: ours, people side by side, against a plain requests loop; and killed half-way.

Bureau, contestants and this are processes of their own; the bureau really books, after the delay that it is told.
After each run its ledger is read: that is where "booked twice" and "lost" come from.
"""

import json
import os
import select
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

from benchmarks.drainers import CONTESTANTS, LOOP, OURS
from benchmarks.spread import ratio, spread
from benchmarks.table import Cell, Table

PROJECT: Final = Path(__file__).parents[1]
#: The contestants need the product's own libraries and nothing else.
PYTHON: Final = str(PROJECT / ".venv" / "bin" / "python")
#: What the bureau waits before it books (ms), and how many settlements are sent then: a few seconds a round.
BACKLOGS: Final[Mapping[int, int]] = {0: 96, 50: 64, 200: 16}
ROUNDS: Final = 5
WARM_UP: Final = 8
KILLS: Final = 3
KILLED_AT_MS: Final = 50
_NS_PER_S: Final = 1_000_000_000
_MOST_PEOPLE: Final = max(BACKLOGS.values()) + 1


_HARM: Final = ("booked twice", "lost", "left open", "left to a person")


class Harm(NamedTuple):
    """What ledger and file say of a backlog afterwards."""

    #: Settled more than once.
    doubled: int
    #: Not settled, and its sender does not know that.
    lost: int
    #: Its sender does not know how it ended.
    open: int
    #: Not settled, and its sender has given it to a person as a task.
    tasks: int


class Run(NamedTuple):
    """One backlog sent."""

    seconds: float
    cpu_seconds: float
    harm: Harm


class Bureau:
    """The front-end simulator in a process of its own, and what it has booked since it was last asked."""

    def __init__(self, url: str, control: str) -> None:
        self.url = url
        self._control = control
        self._seen: set[str] = set()
        self._desks = count(1)

    def next_desk(self) -> int:
        """A desk number; message ids carry it, so that no two backlogs of one second share any."""
        return next(self._desks) % 99 + 1

    def wait_before_booking(self, delay_ms: int) -> None:
        """From now on every settlement is booked only after so long; at once for zero."""
        faults = [{"name": "late_commit", "infno": "2102", "ms": delay_ms}] if delay_ms else []
        self._call("faults", {"faults": faults})

    def newly_booked(self) -> Counter[int]:
        """How often each buyer was settled since the last call, and it still stands."""
        rows: list[dict[str, Any]] = self._call("ledger")["settlements"]
        fresh = [row for row in rows if row["setl_id"] not in self._seen]
        self._seen.update(row["setl_id"] for row in fresh)
        return Counter(number_of(row["psn_no"]) for row in fresh if not row["voided"] and not row["reversed"])

    def _call(self, what: str, document: object = None) -> dict[str, Any]:
        body = None if document is None else json.dumps(document)
        connection = HTTPConnection(self._control.removeprefix("http://"))
        connection.request("GET" if body is None else "PUT", f"/_sim/{what}", body)
        answer: dict[str, Any] = json.load(connection.getresponse())
        connection.close()
        return answer


class Sender:
    """A contestant in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]", bureau: Bureau) -> None:
        self._process = process
        self._bureau = bureau

    def open(self, folder: Path, buyers: Sequence[int] = ()) -> None:
        """Opens what a folder holds, and adds a settlement for each of the buyers."""
        self._tell({"open": str(folder), "desk": self._bureau.next_desk(), "fill": list(buyers)})
        self._told()

    def begin(self) -> None:
        """Begins to send."""
        self._tell({"drain": True})

    def finish(self, buyers: Sequence[int]) -> Run:
        """Waits for the end; then ledger and file are read."""
        told = self._told()
        booked = self._bureau.newly_booked()
        return Run(told["ns"] / _NS_PER_S, told["cpu_ns"] / _NS_PER_S, harm(buyers, booked, told))

    def is_busy(self) -> bool:
        """Whether it has not answered what it was last told."""
        assert self._process.stdout is not None
        return not select.select([self._process.stdout.fileno()], [], [], 0)[0]

    def _tell(self, asked: dict[str, object]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()

    def _told(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


def number_of(person_no: str) -> int:
    """The number of a buyer; the ledger masks all but the last four digits."""
    return int(person_no[-4:])


def harm(buyers: Sequence[int], booked: Counter[int], told: Mapping[str, Sequence[str]]) -> Harm:
    """What the bureau's ledger and the sender's own file say of a backlog, side by side."""
    unbooked = set(buyers) - set(booked)
    known = {number_of(one) for one in (*told["open"], *told["tasks"])}
    return Harm(
        doubled=sum(often > 1 for often in booked.values()),
        lost=len(unbooked - known),
        open=len(told["open"]),
        tasks=len(told["tasks"]),
    )


def tables(rounds: int = ROUNDS) -> Iterator[Table]:
    """One table a delay, and one of senders that were killed."""
    with running() as (bureau, fresh):
        usual_s: dict[str, float] = {}
        with ExitStack() as stack:
            senders = {name: stack.enter_context(sender(name, bureau)) for name in CONTESTANTS}
            measure(senders, fresh, WARM_UP, 1)
            for delay_ms, backlog in BACKLOGS.items():
                bureau.wait_before_booking(delay_ms)
                runs = measure(senders, fresh, backlog, rounds)
                if delay_ms == KILLED_AT_MS:
                    usual_s = {name: median(run.seconds for run in mine) for name, mine in runs.items()}
                yield _table(delay_ms, backlog, runs)
        bureau.wait_before_booking(KILLED_AT_MS)
        backlog = BACKLOGS[KILLED_AT_MS]
        ends = {
            name: [killed_once(name, bureau, fresh, backlog, usual_s[name] / 2) for _ in range(KILLS)]
            for name in (OURS, LOOP)
        }
        yield _table_of_kills(backlog, ends)


def measure(senders: Mapping[str, Sender], fresh: Iterator[Path], backlog: int, rounds: int) -> dict[str, list[Run]]:
    """Each sends a backlog of its own in every round, the order turning."""
    runs: dict[str, list[Run]] = {name: [] for name in senders}
    order = list(senders)
    for _ in range(rounds):
        for name in order:
            one, buyers = senders[name], range(1, backlog + 1)
            one.open(next(fresh), buyers)
            one.begin()
            runs[name].append(one.finish(buyers))
        order.append(order.pop(0))
    return runs


def killed_once(name: str, bureau: Bureau, fresh: Iterator[Path], backlog: int, after_s: float) -> Run:
    """Kills a sender with -9 while it sends and lets a second one finish, whose time it is."""
    folder, buyers = next(fresh), range(1, backlog + 1)
    with sender(name, bureau) as first:
        first.open(folder, buyers)
        first.begin()
        time.sleep(after_s)
        assert first.is_busy(), f"{name}: it was done before it was killed"
    with sender(name, bureau) as second:
        second.open(folder)
        second.begin()
        return second.finish(buyers)


@contextmanager
def running() -> Iterator[tuple[Bureau, Iterator[Path]]]:
    """A bureau that knows the buyers, and fresh folders for backlogs."""
    with tempfile.TemporaryDirectory(prefix="drain-") as temporary:
        folder = Path(temporary)
        database = f"sqlite:///{folder}/ledger.db"
        subprocess.run([PYTHON, "-m", "benchmarks.ledgers", database, str(_MOST_PEOPLE), "0"], cwd=PROJECT, check=True)
        command = [
            PYTHON,
            "-m",
            "hardware_sim",
            "front-end",
            "--port",
            "0",
            "--database",
            database,
            "--exit-with-parent",
        ]
        with _started(command) as process:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            bureau = Bureau(ready["ready"], ready["control"])
            bureau.newly_booked()  # what made the ledger ready
            yield bureau, (folder / str(number) for number in count())


@contextmanager
def sender(name: str, bureau: Bureau) -> Iterator[Sender]:
    """A contestant's process; it never outlives this."""
    with _started([PYTHON, "-m", "benchmarks.drain_worker", name, bureau.url]) as process:
        yield Sender(process, bureau)


@contextmanager
def _started(command: Sequence[str]) -> Iterator["subprocess.Popen[str]"]:
    pipe = subprocess.PIPE
    direct = os.environ | {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    with subprocess.Popen(command, cwd=PROJECT, stdin=pipe, stdout=pipe, text=True, env=direct) as process:
        try:
            yield process
        finally:
            process.kill()


def _table(delay_ms: int, backlog: int, runs: Mapping[str, Sequence[Run]]) -> Table:
    loop_s = [run.seconds for run in runs[LOOP]]
    rows: list[tuple[Cell, ...]] = []
    for name, mine in runs.items():
        taken_s = [run.seconds for run in mine]
        rate = spread([backlog / seconds for seconds in taken_s])
        cpu_ms = median(run.cpu_seconds for run in mine) / backlog * 1_000
        rows.append((name, *rate, ratio(loop_s, taken_s), cpu_ms, *_sum(run.harm for run in mine)))
    title = f"Drain of {backlog} settlements, WAL FULL, the bureau waits {delay_ms} ms ({len(loop_s)} rounds)"
    columns = ("contestant", "per second", "lower quartile", "upper quartile", "× requests loop", "CPU ms each")
    return Table(title, (*columns, *_HARM), rows)


def _table_of_kills(backlog: int, ends: Mapping[str, Sequence[Run]]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (name, len(mine) * backlog, *_sum(run.harm for run in mine), median(run.seconds for run in mine))
        for name, mine in ends.items()
    ]
    title = f"Drain of {backlog} settlements, the bureau waits {KILLED_AT_MS} ms, kill -9 half-way ({KILLS} times)"
    return Table(title, ("contestant", "settlements", *_HARM, "second pass s"), rows)


def _sum(harms: Iterable[Harm]) -> Harm:
    return Harm(*(sum(figures) for figures in zip(*harms, strict=True)))
