"""Lines from another process, waited for no longer than one wants to, on every platform."""

from queue import Empty, SimpleQueue
from typing import IO

from pos_client.runtime import Errand


class Ended(Exception):
    """The other side has ended, and nothing of it is left to read."""


class IncomingLines:
    """The lines of a stream; a thread of their own reads them."""

    def __init__(self, stream: IO[bytes]) -> None:
        """``stream`` should be unbuffered: a buffered one that is being read holds up the end of the process."""
        self._stream = stream
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        self._reading: Errand[None] = Errand(lambda _: self._read())
        self._reading.start()

    def receive(self, timeout_ms: int) -> bytes | None:
        """The next line without its newline, or None when the time is up.

        Raises:
            Ended: there will be none.
        """
        try:
            line = self._lines.get(timeout=timeout_ms / 1000)
        except Empty:
            return None
        if line is None:
            self._lines.put(None)
            raise Ended
        return line

    def _read(self) -> None:
        try:
            for line in self._stream:
                self._lines.put(line.rstrip(b"\r\n"))
        finally:
            self._lines.put(None)
