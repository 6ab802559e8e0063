"""A serial scanner for bar codes and QR codes: sends what it reads, and the end that it was set up with."""

from collections.abc import Callable
from typing import Final

ENDS: Final = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "none": b""}
"""What may end a scan; with none, only the pause after it does."""


class Scanner:
    """A scanner in somebody's hand."""

    def __init__(self, send: Callable[[bytes], None], end: str = "cr") -> None:
        """``send`` carries bytes to the program; ``end``: a key of :data:`ENDS`."""
        self._send = send
        self._end = ENDS[end]

    def scan(self, code: str) -> int:
        """Reads a code; how many characters it had."""
        self._send(code.encode() + self._end)
        return len(code)
