"""A line without wires to a simulated reader, for tests that look at its bytes."""

from collections.abc import Callable

from hardware_sim.readers.framing import framed
from hardware_sim.readers.reader import SerialReader


class Line:
    """Sends messages to a reader and takes down everything that comes back; time only counts up."""

    def __init__(self, reader: SerialReader, *, echo: bool = False) -> None:
        self.reader = reader
        self.said = bytearray()
        self.passed_ms = 0
        self.meanwhile: Callable[[], None] = lambda: None
        self._echo = echo

    def raw(self, data: str | bytes) -> str:
        """Everything that the reader says to these bytes."""
        self.said.clear()
        self.reader.receive(bytes.fromhex(data) if isinstance(data, str) else data, self.said.extend, self._pause)
        return self.said.hex().upper()

    def ask(self, message: str) -> str:
        """The answer to a message, without its frame and without what comes before it."""
        sent = framed(bytes.fromhex(message))
        said = bytes.fromhex(self.raw(sent))
        if self._echo:
            assert said.startswith(sent)
            said = said.removeprefix(sent)
        answer = said[said.rindex(b"\x03\x06") :]
        assert framed(answer[2:-1]) == answer
        return answer[2:-1].hex().upper()

    def _pause(self, duration_ms: int) -> None:
        self.passed_ms += duration_ms
        self.meanwhile()
