"""Serial readers without wires for these tests: whoever opens a port gets the simulated reader, or a scripted one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from hardware_sim.readers.reader import SerialReader
from pos_client.card.readers import ccid_serial
from pos_client.card.readers.ccid_serial import CcidSerialReader
from pos_client.errors import EnvironmentProblem, Refused, Words
from tests.card.simulated import WirelessPort

SELECT = bytes.fromhex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF")
SELECTED = bytes.fromhex("611E")
#: As many commands as a session here has.
COMMANDS = range(1, 6)


@contextmanager
def told(said: Words) -> Iterator[None]:
    """What is done in here ends in this one sentence."""
    with pytest.raises((EnvironmentProblem, Refused)) as problem:
        yield
    assert problem.value.words is said


def session(reader: CcidSerialReader) -> list[bytes]:
    """The answers of a card to the same harmless command, again and again."""
    try:
        reader.connect()
        return [reader.transmit(SELECT) for _ in COMMANDS]
    finally:
        reader.disconnect()


WHOLE_SESSION = [SELECTED for _ in COMMANDS]


class Wireless:
    """Ports that are opened in a test lead to ``reader``; ``ports`` are those that were."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reader: SerialReader | None = None
        self.ports: list[WirelessPort] = []
        monkeypatch.setattr(ccid_serial, "open_port", self._open)

    def _open(self, device: str, timeout_ms: int) -> WirelessPort:
        assert self.reader is not None
        self.ports.append(WirelessPort(self.reader))
        return self.ports[-1]

    def to(self, reader: SerialReader, target: str = "wireless") -> CcidSerialReader:
        """A client of this simulated reader."""
        self.reader = reader
        return CcidSerialReader(target)

    @property
    def asked(self) -> list[str]:
        """What was asked since the port was opened last: slot and message type in hexadecimal."""
        return [f"{frame[7]}:{frame[2]:02X}" for frame in self.ports[-1].written]


@pytest.fixture
def wireless(monkeypatch: pytest.MonkeyPatch) -> Wireless:
    return Wireless(monkeypatch)


Answerer = Callable[[int, bytes], bytes]


class ScriptedPort:
    """A port behind which a function says what comes for the n-th frame."""

    def __init__(self, answer: Answerer) -> None:
        self.timeout: float | None = None
        self.written: list[bytes] = []
        self._answer = answer
        self._coming = bytearray()

    def write(self, data: bytes, /) -> int:
        self.written.append(data)
        self._coming += self._answer(len(self.written), data)
        return len(data)

    def read(self, size: int = 1, /) -> bytes:
        data = bytes(self._coming[:size])
        del self._coming[:size]
        return data

    def close(self) -> None:
        self._coming.clear()
