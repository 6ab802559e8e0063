"""The serial line of a CCID reader: CCID messages in frames with a check byte.

A frame is ``03 06``, a CCID message (ten bytes of header, then data) and the exclusive-or of everything before. Some
readers (GemPC Twin and PinPad) first send the whole command back, the others do not. A reader announces cards with
``50 03`` and ``50 02`` between frames, sends single bytes from 80 upwards while a T=0 card asks for more time, and
answers ``03 15 16`` to a frame that it did not understand. Source: the serial driver of LudovicRousseau/CCID,
``ccid_serial.c``.
"""

from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Final, Protocol

from pos_client.runtime import Clock, SystemClock

SET_PARAMETERS: Final = 0x61
POWER_ON: Final = 0x62
POWER_OFF: Final = 0x63
SLOT_STATUS: Final = 0x65
SECURE: Final = 0x69
ESCAPE: Final = 0x6B
TRANSFER: Final = 0x6F
_STATUS_IS: Final = 0x81
_ANSWERED_BY: Final = {
    SET_PARAMETERS: 0x82,
    POWER_ON: 0x80,
    POWER_OFF: _STATUS_IS,
    SLOT_STATUS: _STATUS_IS,
    SECURE: 0x80,
    ESCAPE: 0x83,
    TRANSFER: 0x80,
}

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
#: A reader that asks for time more often than this asks for ever.
_MOST_WAITS: Final = 1000
_USUAL_LIMIT_MS: Final = 3000
#: The gap between two bytes of a frame is far below this, so a line that was quiet so long has ended its frame.
_QUIET_MS: Final = 50
_MOST_DRAINED_CHUNKS: Final = 8
_CHUNK: Final = 512


class Disturbed(Exception):
    """What came over the line is no frame, or not the answer to what was asked."""


class Silent(Exception):
    """Nothing came within the time that the line was given."""


class Wire(Protocol):
    """A serial port whose reads end after its timeout."""

    timeout: float | None
    """Seconds after which a read comes back with what there is."""

    def read(self, size: int = 1, /) -> bytes:
        """At most so many bytes; fewer when the time is up."""

    def write(self, data: bytes, /) -> int | None:
        """Sends bytes."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A CCID message from the reader."""

    kind: int
    slot: int
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
    """Asks one reader one thing after another, within the time it is given."""

    def __init__(self, wire: Wire, clock: Clock | None = None) -> None:
        self._wire = wire
        self._clock = clock or SystemClock()
        self._sequence = 0
        self._timeout_ms = 0
        self.card_left = False
        """Whether the reader announced since this was last set back that the card of slot 0 was taken out."""
        self.give(_USUAL_LIMIT_MS)

    def give(self, limit_ms: int) -> None:
        """From now on all answers together may take so long, whatever the reader asks for meanwhile."""
        self._ends_at_ms = self._clock.monotonic_ms() + limit_ms
        self._tolerance_ms = limit_ms // 10
        self._set_timeout(limit_ms)

    def ask(self, kind: int, parameters: bytes = b"\0\0\0", data: bytes = b"", *, slot: int = 0) -> Reply:
        """One command and its answer; a command that the reader did not understand is sent again.

        Raises:
            Disturbed: no frame, a wrong check byte, or an answer to something else.
            Silent: the time passed.
            OSError: the port is gone.
        """
        sequence, self._sequence = self._sequence, (self._sequence + 1) % 256
        message = bytes((kind,)) + len(data).to_bytes(4, "little") + bytes((slot, sequence)) + parameters + data
        frame = framed(message)
        for _ in range(_MOST_SENDINGS):
            self._wire.write(frame)
            reply = self._reply(kind, sequence)
            if reply is not None:
                return reply
        raise Disturbed("the reader does not understand the frames")

    def drain(self) -> None:
        """Reads away what is still coming of a disturbed answer, so that it is not taken for the next one.

        Raises:
            OSError: the port is gone.
        """
        self._set_timeout(_QUIET_MS)
        for _ in range(_MOST_DRAINED_CHUNKS):
            if not self._wire.read(_CHUNK):
                return

    def _reply(self, kind: int, sequence: int) -> Reply | None:
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
            reply = Reply(message[0], message[5], message[6], message[7], message[8], message[_HEADER_LENGTH:])
            if reply.sequence != sequence:
                raise Disturbed("the answer to another command")
            if reply.wants_time:
                continue
            if reply.kind != _ANSWERED_BY[kind] and not (reply.failed and reply.kind == _STATUS_IS):
                raise Disturbed("an answer of another kind")
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
        header = self._exactly(_HEADER_LENGTH + 1)  # and what is the check byte where no data follow
        length = int.from_bytes(header[1:5], "little")
        if length > _LONGEST_DATA:
            raise Disturbed("a frame longer than any")
        rest = header + self._exactly(length)
        message, check = rest[:-1], rest[-1]
        if reduce(xor, message, _SYNC ^ _ACK) != check:
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
        if not count:
            return b""
        self._keep_to_limit()
        got = self._wire.read(count)
        if len(got) < count:
            raise Silent
        return got

    def _keep_to_limit(self) -> None:
        """A timeout is only set anew when the one that is set is well too long."""
        left_ms = self._ends_at_ms - self._clock.monotonic_ms()
        if left_ms <= 0:
            raise Silent
        if self._timeout_ms - left_ms > self._tolerance_ms:
            self._set_timeout(left_ms)

    def _set_timeout(self, timeout_ms: int) -> None:
        """Some systems configure the whole port when a timeout is set, so the same one is not set twice."""
        if timeout_ms != self._timeout_ms:
            self._timeout_ms = timeout_ms
            self._wire.timeout = timeout_ms / 1000
