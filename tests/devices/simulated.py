"""Counter devices without wires: ports whose other end is a simulated device, in time that a test moves."""

import errno
from collections.abc import Callable

from pos_client.devices.line import HungUp
from pos_client.devices.model import LineSettings
from pos_client.devices.scanner import Scan
from pos_client.errors import EnvironmentProblem


class WirelessPort:
    """A port; what is written reaches ``received``, what is put into ``coming`` can be read."""

    def __init__(self, received: Callable[[bytes], None] = lambda _: None) -> None:
        self._received = received
        self.coming = bytearray()
        self.written: list[bytes] = []
        self.gone = False
        self.coming_end = False
        self.closed = False

    def read(self, size: int, /) -> bytes:
        self._look()
        if self.coming_end:
            raise HungUp
        data = bytes(self.coming[:size])
        del self.coming[:size]
        return data

    def write(self, data: bytes, /) -> int:
        self._look()
        self.written.append(data)
        self._received(data)
        return len(data)

    def close(self) -> None:
        self.closed = True

    def _look(self) -> None:
        assert not self.closed
        if self.gone:
            raise OSError(errno.EIO, "gone")


class Sockets:
    """Where ports are opened: a place for each target, empty until something is plugged in."""

    def __init__(self) -> None:
        self.plugged: dict[str, WirelessPort] = {}
        self.opened: list[tuple[str, LineSettings]] = []
        self.why = OSError(errno.ENOENT, "no such port")

    def plug(self, target: str, received: Callable[[bytes], None] = lambda _: None) -> WirelessPort:
        self.plugged[target] = WirelessPort(received)
        return self.plugged[target]

    def unplug(self, target: str) -> None:
        self.plugged.pop(target).gone = True

    def open(self, target: str, line: LineSettings) -> WirelessPort:
        self.opened.append((target, line))
        if target not in self.plugged:
            raise self.why
        return self.plugged[target]


class Ears:
    """Takes down what comes from the devices."""

    def __init__(self) -> None:
        self.scans: list[str] = []
        self.problems: list[EnvironmentProblem] = []

    def scanned(self, scan: Scan) -> None:
        self.scans.append(scan.text)

    def troubled(self, problem: EnvironmentProblem) -> None:
        self.problems.append(problem)

    def codes(self) -> list[str]:
        told, self.problems = [problem.code for problem in self.problems], []
        return told
