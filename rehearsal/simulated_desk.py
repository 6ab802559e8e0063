"""A desk with everything around it simulated: card and reader, front-end server, a fresh training home.

Every part is a process of its own on a free port, spoken to as the real one is; all of them end with this one.
"""

import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

Process = subprocess.Popen[str]

START_TIMEOUT_S = 30
STOP_TIMEOUT_S = 5


class NotReady(Exception):
    """A simulated part did not say that it serves."""


@dataclass(frozen=True, slots=True)
class SimulatedDesk:
    """Where the parts of a simulated desk are."""

    home: Path
    reader_url: str
    front_end_url: str
    control_url: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which ``pos-client`` works at this desk."""
        return os.environ | {
            "POS_CLIENT_HOME": str(self.home),
            "POS_CLIENT_READER": self.reader_url,
            "POS_CLIENT_FRONT_END": self.front_end_url,
        }

    def pos_client(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs one command of ``pos-client`` at this desk, to its end."""
        return subprocess.run(
            pos_client_command(*arguments), env=self.environment, capture_output=True, text=True, check=False
        )

    def ledger(self) -> list[dict[str, Any]]:
        """The bureau's ledger: every settlement and cancellation, oldest first."""
        answer = requests.get(f"{self.control_url}/_sim/ledger", timeout=10)
        answer.raise_for_status()
        rows: list[dict[str, Any]] = answer.json()["settlements"]
        return rows

    def set_faults(self, *faults: dict[str, object]) -> None:
        """Replaces the faults of the front-end server."""
        answer = requests.put(f"{self.control_url}/_sim/faults", json={"faults": list(faults)}, timeout=10)
        answer.raise_for_status()


def pos_client_command(*arguments: str) -> list[str]:
    """The command line of ``pos-client`` in this very environment."""
    return [sys.executable, "-m", "pos_client", *arguments]


@contextmanager
def simulated_desk(
    persona: str = "zhang-jianguo", *, card: Sequence[str] = (), front_end: Sequence[str] = ()
) -> Iterator[SimulatedDesk]:
    """Starts the parts and gives the desk; further options go to ``hardware-sim card`` and ``front-end``.

    Raises:
        NotReady: a part did not start, with its own words.
    """
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="pos-client-"))
        server, _ = _part(stack, folder, "front-end", "--port", "0", "--database", _ledger_in(folder), *front_end)
        reader, _ = _part(stack, folder, "card", "--persona", persona, "--transport", "tcp:0", *card)
        yield SimulatedDesk(
            home=folder / "home",
            reader_url=str(reader["ready"]),
            front_end_url=str(server["ready"]),
            control_url=str(server["control"]),
        )


@contextmanager
def desk_at_the_panel(*options: str) -> Iterator[tuple[SimulatedDesk, Process]]:
    """Starts the panel, which has reader and front-end server with it, and gives the desk and the panel's process.

    Raises:
        NotReady: the panel did not start, with its own words.
    """
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="pos-client-"))
        panel, process = _part(stack, folder, "panel", "--database", _ledger_in(folder), *options)
        desk = SimulatedDesk(
            home=folder / "home",
            reader_url=str(panel["ready"]),
            front_end_url=str(panel["front_end"]),
            control_url=str(panel["control"]),
        )
        yield desk, process


def _ledger_in(folder: Path) -> str:
    return f"sqlite:///{folder}/bureau.db"


def _part(stack: ExitStack, folder: Path, *arguments: str) -> tuple[dict[str, Any], Process]:
    """Starts ``hardware-sim`` with these arguments; gives what it says when it is ready, and its process."""
    words = folder / f"{arguments[0]}.log"
    command = [sys.executable, "-m", "hardware_sim", *arguments, "--exit-with-parent"]
    with words.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    stack.callback(_stop, process)
    assert process.stdout is not None
    readable, _, _ = select.select([process.stdout], [], [], START_TIMEOUT_S)
    line = process.stdout.readline() if readable else ""
    if not line:
        raise NotReady(f"hardware-sim {arguments[0]}: {words.read_text(encoding='utf-8')}")
    ready: dict[str, Any] = json.loads(line)
    return ready, process


def _stop(process: Process) -> None:
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    assert process.stdout is not None
    process.stdout.close()
