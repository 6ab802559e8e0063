"""Windows in processes of their own, told line by line what to do; a bureau and a card reader for them."""

import atexit
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

PROJECT: Final = Path(__file__).parents[1]
#: Windows need the product's own libraries, and nothing else.
PYTHON: Final = str(PROJECT / ".venv" / "bin" / "python")
_CARD: Final = ("--persona", "zhang-jianguo", "--transport", "tcp:0")
_END_TIMEOUT_S: Final = 60

Process = subprocess.Popen[str]


class Worker:
    """A window in a process of its own (``window_worker``)."""

    def __init__(self, process: Process) -> None:
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
            raise RuntimeError(f"the window ended with {self._process.wait()} at {what}")
        return json.loads(line)


class Counters:
    """A bureau, and desks at it: each with a reader and room for a home of its own."""

    def __init__(self, stack: ExitStack, folder: Path, front_end: str) -> None:
        self._stack, self._folder, self._front_end = stack, folder, front_end
        self._desks = count(1)

    def place(self, *, card: bool = True) -> dict[str, Any]:
        """Where another desk works, its reader with a card or without: what ``OurWindow.open`` wants."""
        desk, without = next(self._desks), () if card else ("--no-card",)
        reader = self._stack.enter_context(_part("card", *_CARD, *without))
        home = str(self._folder / f"home-{desk}")
        return {"home": home, "reader": reader["ready"], "front_end": self._front_end, "desk": desk}


@contextmanager
def counters(people: int = 0) -> Iterator[Counters]:
    """A bureau that knows so many of ``counters.buyer`` besides its own people; it ends with this, and all readers."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="window-")))
        database = f"sqlite:///{folder}/bureau.db"
        if people:
            command = [PYTHON, "-m", "benchmarks.ledgers", database, str(people + 1), "0"]
            subprocess.run(command, cwd=PROJECT, check=True)
        server = stack.enter_context(_part("front-end", "--port", "0", "--database", database))
        yield Counters(stack, folder, str(server["ready"]))


@contextmanager
def worker(name: str) -> Iterator[Worker]:
    """A contestant's process; at the end it closes its window."""
    with started("benchmarks.window_worker", name) as process:
        yield Worker(process)


@contextmanager
def started(module: str, name: str, environment: Mapping[str, str] = MappingProxyType({})) -> Iterator[Process]:
    """A module in a process without a screen, spoken with in lines; it may end by itself when its input does, and never
    outlives this. Its bytecode is kept, as that of an installed program is.
    """
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    surroundings |= {"PYTHONPYCACHEPREFIX": str(_bytecode()), "PYTHONFAULTHANDLER": "1"}
    surroundings |= {"QT_QPA_PLATFORM": "offscreen", **environment}
    command, pipe = [PYTHON, "-m", module, name], subprocess.PIPE
    with subprocess.Popen(command, cwd=PROJECT, stdin=pipe, stdout=pipe, text=True, env=surroundings) as process:
        try:
            yield process
            assert process.stdin is not None
            process.stdin.close()
            process.wait(_END_TIMEOUT_S)
        finally:
            process.kill()


@cache
def _bytecode() -> Path:
    """A folder of this run for it, which ends with it."""
    folder = tempfile.TemporaryDirectory(prefix="window-bytecode-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


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
