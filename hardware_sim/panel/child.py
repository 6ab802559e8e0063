"""The front-end server as a process of its own, which can be ended and started again at the same place."""

import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import simplejson

_START_TIMEOUT_S: Final = 30
_STOP_TIMEOUT_S: Final = 5


class CannotStart(Exception):
    """The front-end server did not begin to serve; its own words."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a running front-end server is reached."""

    url: str
    control_url: str


class FrontEndChild:
    """One front-end server after another, on the same port with the same ledger. Belongs to one thread."""

    def __init__(self, folder: Path, port: int, database: str) -> None:
        """``folder`` takes the server's words; ``port`` 0 takes any free one, which is kept from then on."""
        self._words = folder / "front-end.log"
        self._port = port
        self._database = database
        self._process: subprocess.Popen[str] | None = None

    @property
    def running(self) -> bool:
        """Whether the server's process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> Address:
        """Starts the server and waits until it serves.

        Raises:
            CannotStart: it ended, or did not serve within half a minute.
        """
        self.stop()
        command = [
            sys.executable, "-m", "hardware_sim", "front-end",
            "--port", str(self._port), "--database", self._database, "--exit-with-parent",
        ]  # fmt: skip
        with self._words.open("w", encoding="utf-8") as words:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=words, text=True)  # noqa: S603
        self._process = process
        line = _first_line(process)
        if not line:
            self.stop()
            raise CannotStart(self._words.read_text(encoding="utf-8").strip())
        said = simplejson.loads(line)
        self._port = int(said["ready"].rpartition(":")[2])
        return Address(said["ready"], said["control"])

    def stop(self) -> None:
        """Ends the server; safe to call when there is none."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _first_line(process: "subprocess.Popen[str]") -> str:
    """What the process says first; empty when it ends, or has to be ended, without a word."""
    assert process.stdout is not None
    impatience = threading.Timer(_START_TIMEOUT_S, process.kill)
    impatience.start()
    try:
        return process.stdout.readline()
    finally:
        impatience.cancel()
