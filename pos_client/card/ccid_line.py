"""The serial line of a GemPC Twin reader: CCID messages in frames with a check byte.

A frame is ``03 06``, a CCID message (ten bytes of header, then data) and the exclusive-or of everything before. This
reader first sends the whole command back (its relatives do not), announces cards with ``50 03`` and ``50 02`` between
frames, sends single bytes from 80 upwards while a T=0 card asks for more time, and answers ``03 15 16`` to a frame
that it did not understand. Source: the serial driver of LudovicRousseau/CCID, ``ccid_serial.c``.
"""

from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Final, Protocol

_SYNC: Final = 0x03
_ACK: Final = 0x06
_NAK: Final = 0x15
_NAK_CHECK: Final = 0x16
_SLOT_CHANGE: Final = 0x50
_CARD_LEFT: Final = 0x02
_CARD_CAME: Final = 0x03
_FROM_READER: Final = 0x80
_HEADER_LENGTH: Final = 10
_LONGEST_DATA: Final = 261

_MOST_SENDINGS: Final = 3
#: Each gives the card another waiting time; a reader that asks for ever is ended by whoever holds this process.
_MOST_WAITS: Final = 1000


class Disturbed(Exception):
    """What came over the line is no frame, or not the answer to what was asked."""


class Silent(Exception):
    """Nothing came within the waiting time of the line."""


class Wire(Protocol):
    """A serial port whose reads end after its waiting time."""

    def read(self, size: int = 1, /) -> bytes:
        """At most so many bytes; fewer when the time is up."""

    def write(self, data: bytes, /) -> int | None:
        """Sends bytes."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A CCID message from the reader."""

    sequence: int
    status: int
    error: int
    data: bytes

    @property
    def wants_time(self) -> bool:
        """Whether this only says that the answer will take longer."""
        return self.status & 0xC0 == 0x80

    @property
    def failed(self) -> bool:
        """Whether the command was not done; ``error`` says why."""
        return self.status & 0xC0 == 0x40

    @property
    def card_absent(self) -> bool:
        """Whether the slot is empty."""
        return self.status & 0x03 == 0x02

    @property
    def card_unpowered(self) -> bool:
        """Whether a card is there without power: it was pulled out and another was put in."""
        return self.status & 0x03 == 0x01


def framed(message: bytes) -> bytes:
    """A CCID message as it goes over the line."""
    frame = bytes((_SYNC, _ACK)) + message
    return frame + bytes((reduce(xor, frame),))


class CcidLine:
    """Asks one reader one thing after another."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._sequence = 0
        self.card_left = False
        """Whether the reader announced since this was last set back that the card was taken out."""

    def ask(self, kind: int, parameters: bytes = b"\0\0\0", data: bytes = b"") -> Reply:
        """One command to slot 0 and its answer; a command that the reader did not understand is sent again.

        Raises:
            Disturbed: no frame, a wrong check byte, or an answer to something else.
            Silent: the waiting time passed without a byte.
            OSError: the port is gone.
        """
        sequence, self._sequence = self._sequence, (self._sequence + 1) % 256
        message = bytes((kind,)) + len(data).to_bytes(4, "little") + bytes((0, sequence)) + parameters + data
        for _ in range(_MOST_SENDINGS):
            self._wire.write(framed(message))
            reply = self._reply(sequence)
            if reply is not None:
                return reply
        raise Disturbed("the reader does not understand the frames")

    def _reply(self, sequence: int) -> Reply | None:
        """The answer to the command just sent, or None when the reader asks for it again."""
        echoes = 0
        for _ in range(_MOST_WAITS):
            message = self._message()
            if message is None:
                return None
            if not message[0] & _FROM_READER:
                echoes += 1
                if echoes > 1:
                    raise Disturbed("the command came back twice")
                continue
            reply = Reply(message[6], message[7], message[8], message[_HEADER_LENGTH:])
            if reply.sequence != sequence:
                raise Disturbed("the answer to another command")
            if not reply.wants_time:
                return reply
        raise Silent

    def _message(self) -> bytes | None:
        """The next CCID message, or None for the reader's "not understood"."""
        self._find_start()
        second = self._byte()
        if second == _NAK and self._byte() == _NAK_CHECK:
            return None
        if second != _ACK:
            raise Disturbed("no start of a frame")
        header = self._exactly(_HEADER_LENGTH)
        length = int.from_bytes(header[1:5], "little")
        if length > _LONGEST_DATA:
            raise Disturbed("a frame longer than any")
        message = header + self._exactly(length)
        if self._byte() != framed(message)[-1]:
            raise Disturbed("check byte")
        return message

    def _find_start(self) -> None:
        """Reads up to the start of a frame, past announced cards and requests for time."""
        for _ in range(_MOST_WAITS):
            first = self._byte()
            if first == _SYNC:
                return
            if first == _SLOT_CHANGE:
                self._note_slot_change()
            elif first < _FROM_READER:
                raise Disturbed("no start of a frame")
        raise Silent

    def _note_slot_change(self) -> None:
        what = self._byte()
        if what not in (_CARD_LEFT, _CARD_CAME):
            raise Disturbed("no such announcement")
        self.card_left = self.card_left or what == _CARD_LEFT

    def _byte(self) -> int:
        return self._exactly(1)[0]

    def _exactly(self, count: int) -> bytes:
        got = self._wire.read(count) if count else b""
        if len(got) < count:
            raise Silent
        return got
