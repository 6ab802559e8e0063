"""A private PC/SC service with a virtual card that notes its own comings and goings."""

import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic_ns

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.slot import Slot
from hardware_sim.readers.vpcd import VpcdCard
from tests.pcscd import PrivatePcscd

PERSONA = "zhang-jianguo"


class Service:
    """One private service and its socket's place."""

    def __init__(self, folder: Path) -> None:
        self._service = PrivatePcscd(folder)
        self.pid = 0
        """Of the running service."""

    @property
    def port(self) -> int:
        """Where the driver listens for the first reader's card."""
        return self._service.port

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to find it."""
        return {"PCSCLITE_CSOCK_NAME": str(self._service.socket_path)}

    def start(self) -> None:
        """Starts it; whoever comes too early waits in the socket."""
        others = _children()
        self._service.start()
        (self.pid,) = _children() - others

    def kill(self) -> None:
        """Kills it, as if it had crashed."""
        os.kill(self.pid, signal.SIGKILL)
        self.stop()

    def stop(self) -> None:
        """Ends it, if it still runs."""
        self._service.stop()


@contextmanager
def service() -> Iterator[Service]:
    """A service, started."""
    with tempfile.TemporaryDirectory(prefix="card-pcscd-") as folder:
        one = Service(Path(folder))
        one.start()
        try:
            yield one
        finally:
            one.stop()


def _children() -> set[int]:
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(pid) for task in tasks for pid in task.read_text(encoding="ascii").split()}


class _Noted(threading.Event):
    """Notes when it is set and cleared."""

    def __init__(self) -> None:
        super().__init__()
        self.at_ns = 0
        self.gone = threading.Event()

    def set(self) -> None:
        self.at_ns = monotonic_ns()
        self.gone.clear()
        super().set()

    def clear(self) -> None:
        self.at_ns = monotonic_ns()
        super().clear()
        self.gone.set()


class Hand:
    """Puts the card into the virtual reader and pulls it out, and knows when that happened."""

    def __init__(self, slot: Slot, connected: _Noted) -> None:
        self._slot, self._connected = slot, connected

    def insert(self) -> int:
        """Puts it in; when it was in, by the monotonic clock."""
        self._slot.insert(chip_of(personas.load(PERSONA).card))
        self._connected.wait()
        return self._connected.at_ns

    def remove(self) -> int:
        """Pulls it out; when it was out."""
        self._slot.remove()
        self._connected.gone.wait()
        return self._connected.at_ns


@contextmanager
def hand(port: int) -> Iterator[Hand]:
    """A hand at the virtual reader on that port."""
    slot, connected = Slot(), _Noted()
    card = VpcdCard(slot, port, least_absence_ms=0)
    card.connected = connected
    with card:
        yield Hand(slot, connected)
