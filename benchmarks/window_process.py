"""Windows in processes of their own, told line by line what to do; a bureau and a card reader for them."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final

PROJECT: Final = Path(__file__).parents[1]
#: Windows need the product's own libraries, and nothing else.
PYTHON: Final = str(PROJECT / ".venv" / "bin" / "python")
_CARD: Final = ("--persona", "zhang-jianguo", "--transport", "tcp:0")
_END_TIMEOUT_S: Final = 60


class Worker:
    """A window in a process of its own (``window_worker``)."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def tell(self, what: str, **how: object) -> Any:
        """Has it do something, and gives what it answers.

        Raises:
            RuntimeError: it ended; its own words stand on standard error.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({what: how}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the window ended at {what}")
        return json.loads(line)


class Counter:
    """A bureau, a reader with a card in it, and room for homes of desks."""

    def __init__(self, folder: Path, front_end: str, reader: str) -> None:
        self._folder = folder
        self._front_end, self._reader = front_end, reader
        self._desks = count(1)

    @property
    def environment(self) -> dict[str, str]:
        """What ``pos-client`` reads of it."""
        return {"POS_CLIENT_READER": self._reader, "POS_CLIENT_FRONT_END": self._front_end}

    def place(self) -> dict[str, object]:
        """Where another desk works: what ``OurWindow.open`` wants."""
        desk = next(self._desks)
        home = str(self._folder / f"home-{desk}")
        return {"home": home, "reader": self._reader, "front_end": self._front_end, "desk": desk}


@contextmanager
def counter(people: int = 0, *, card: bool = True) -> Iterator[Counter]:
    """A bureau that knows so many of ``counters.buyer`` besides its own people, and a reader with a card or without;
    both end with this.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="window-")))
        database = f"sqlite:///{folder}/bureau.db"
        if people:
            command = [PYTHON, "-m", "benchmarks.ledgers", database, str(people + 1), "0"]
            subprocess.run(command, cwd=PROJECT, check=True)
        server = stack.enter_context(_part("front-end", "--port", "0", "--database", database))
        reader = stack.enter_context(_part("card", *_CARD, *(() if card else ("--no-card",))))
        yield Counter(folder, str(server["ready"]), str(reader["ready"]))


@contextmanager
def worker(name: str) -> Iterator[Worker]:
    """A contestant's process; at the end it closes its window."""
    with started([PYTHON, "-m", "benchmarks.window_worker", name], os.environ | {"QT_QPA_PLATFORM": "offscreen"}) as it:
        yield Worker(it)


@contextmanager
def started(command: Sequence[str], environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """A process that is spoken with in lines; it never outlives this, and may end by itself when its input does."""
    pipe = subprocess.PIPE
    direct = environment | {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    process = subprocess.Popen(command, cwd=PROJECT, stdin=pipe, stdout=pipe, text=True, env=direct)
    try:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        process.wait(_END_TIMEOUT_S)
    finally:
        process.kill()
        process.wait()


@contextmanager
def _part(*arguments: str) -> Iterator[dict[str, object]]:
    command = [PYTHON, "-m", "hardware_sim", *arguments, "--exit-with-parent"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=PROJECT, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            ready: dict[str, object] = json.loads(process.stdout.readline())
            yield ready
        finally:
            process.kill()
