"""Frames of the serial CCID line: 03 06, a CCID message, and the exclusive-or of everything before.

Source: ``ccid_serial.c`` of LudovicRousseau/CCID, and a session with the real driver.
"""

from functools import reduce
from operator import xor
from typing import Final

NAK: Final = bytes((0x03, 0x15, 0x16))
"""The reader did not understand a frame."""
HEADER_LENGTH: Final = 10
"""Of a CCID message: type, length of the data (four bytes, little endian), slot, sequence number, three more."""
DAMAGED: Final = b""
"""What stands for a frame that was not understood."""

_FRAME_START: Final = bytes((0x03, 0x06))
_MOST_DATA: Final = 261


def framed(message: bytes) -> bytes:
    """A message as it goes over the line."""
    frame = _FRAME_START + message
    return frame + bytes((reduce(xor, frame),))


class Frames:
    """Cuts what comes over the line, in pieces as they come, into messages."""

    def __init__(self) -> None:
        self._received = bytearray()

    def forget(self) -> None:
        """Drops half a frame."""
        self._received.clear()

    def feed(self, data: bytes) -> None:
        """Takes bytes from the line."""
        self._received += data

    def next(self) -> bytes | None:
        """The next whole message, ``DAMAGED``, or None when more bytes are needed; bytes between frames are dropped."""
        self._drop_to_start()
        if len(self._received) < len(_FRAME_START) + HEADER_LENGTH:
            return None
        length = int.from_bytes(self._received[3:7], "little")
        if length > _MOST_DATA:
            del self._received[: len(_FRAME_START)]
            return DAMAGED
        end = len(_FRAME_START) + HEADER_LENGTH + length
        if len(self._received) <= end:
            return None
        frame = bytes(self._received[: end + 1])
        del self._received[: end + 1]
        message = frame[len(_FRAME_START) : -1]
        return message if framed(message) == frame else DAMAGED

    def _drop_to_start(self) -> None:
        while self._received and self._received[: len(_FRAME_START)] != _FRAME_START[: len(self._received)]:
            del self._received[0]
