"""A backlog sent after an outage: ours, people side by side, against a plain requests loop; and killed half-way.

Bureau, contestants and this are processes of their own; the bureau really books, after the delay that it is told.
After each run its ledger is read: that is where "booked twice" and "lost" come from.
"""

import json
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
BACKLOGS: Final[Mapping[int, int]] = {0: 160, 50: 80, 200: 24}
ROUNDS: Final = 5
WARM_UP: Final = 8
KILLS: Final = 3
KILLED_AT_MS: Final = 50
_MOST_PEOPLE: Final = max(BACKLOGS.values())


class Run(NamedTuple):
    """One backlog sent: how long it took, and what ledger and file say of it afterwards."""

    seconds: float
    cpu_seconds: float
    doubled: int
    #: Not booked, though its sender does not know that.
    lost: int
    open: int
    absent: int


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

    def kill(self) -> None:
        """Kills it with -9."""
        self._process.kill()
        self._process.wait()

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
    known = {number_of(one) for one in (*told["open"], *told["absent"])}
    return Harm(
        doubled=sum(often > 1 for often in booked.values()), lost=len(unbooked - known), open=len(told["open"])
    )


def tables() -> Iterator[Table]:
    """One table a delay, and one of senders that were killed."""
    with _bureau() as bureau, tempfile.TemporaryDirectory(prefix="drain-") as folder, ExitStack() as running:
        senders = {name: running.enter_context(_sender(name, bureau)) for name in CONTESTANTS}
        fresh = _folders(Path(folder))
        for name in senders:
            _send(senders[name], next(fresh), range(WARM_UP))
        bureau.newly_booked()
        usual_s: dict[str, float] = {}
        for delay_ms, backlog in BACKLOGS.items():
            bureau.wait_before_booking(delay_ms)
            runs = measure(senders, fresh, backlog, ROUNDS)
            if delay_ms == KILLED_AT_MS:
                usual_s = {name: median(run.seconds for run in mine) for name, mine in runs.items()}
            yield _table(delay_ms, backlog, runs)
        yield _killed(bureau, fresh, usual_s)


def measure(
    senders: Mapping[str, Sender], fresh: Iterator[Path], backlog: int, rounds: int
) -> dict[str, list[Run]]:
    """Each sends a backlog of its own in every round, the order turning."""
    runs: dict[str, list[Run]] = {name: [] for name in senders}
    order = list(senders)
    for _ in range(rounds):
        for name in order:
            runs[name].append(_send(senders[name], next(fresh), range(backlog)))
        order.append(order.pop(0))
    return runs
