"""The serial reader GemPC Twin: CCID messages in frames, with the reader's habits.

It sends every command back before it answers (its sister models do not), announces a card that came or left before
the next answer, and lets a slow card's wish for more time through as single bytes. Source: ``ccid_serial.c`` of
LudovicRousseau/CCID, and a session with the real driver.
"""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import xor
from typing import Final

from hardware_sim.card.faults import Fault, FaultPlan, LineFault
from hardware_sim.card.slot import Reaction, Slot

Send = Callable[[bytes], None]
Pause = Callable[[int], None]

_FRAME_START: Final = bytes((0x03, 0x06))
_NAK: Final = bytes((0x03, 0x15, 0x16))
_CARD_CAME: Final = bytes((0x50, 0x03))
_CARD_LEFT: Final = bytes((0x50, 0x02))
_MORE_TIME: Final = bytes((0x80,))
_HEADER_LENGTH: Final = 10

_PARAMETERS, _POWER_ON, _POWER_OFF, _SLOT_STATUS, _ESCAPE, _GET_PARAMETERS, _TRANSFER = (
    0x61, 0x62, 0x63, 0x65, 0x6B, 0x6C, 0x6F,
)  # fmt: skip
_DATA_BLOCK, _STATUS, _PARAMETERS_ARE, _ESCAPED = 0x80, 0x81, 0x82, 0x83
_ACTIVE, _INACTIVE, _ABSENT = 0x00, 0x01, 0x02
_FAILED: Final = 0x40
_TIME_EXTENSION: Final = 0x80
_CARD_MUTE: Final = 0xFE
_NO_SUCH_SLOT: Final = 0x05
_UNSUPPORTED: Final = 0x00

_FIRMWARE: Final = b"GemTwin-V2.00-SIM"
_ASK_FIRMWARE: Final = bytes((0x02,))
_SYNCHRONOUS_ANNOUNCEMENTS: Final = bytes((0x01, 0x01, 0x01))
_T0_PARAMETERS: Final = bytes((0x11, 0x00, 0x00, 0x0A, 0x00))
#: How long a T=0 card may take before the reader calls it mute, and how often a slow card asks for more time.
_WAITING_TIME_MS: Final = 1000
_ASKING_INTERVAL_MS: Final = 250


def framed(message: bytes) -> bytes:
    """A message as it goes over the line, with the exclusive-or of everything before at its end."""
    frame = _FRAME_START + message
    return frame + bytes((reduce(xor, frame),))


class GemPcTwin:
    """The reader's own program; whoever holds the line feeds it bytes and carries what it sends."""

    def __init__(self, slot: Slot, faults: Iterable[Fault] = (), *, echo: bool = True) -> None:
        self._slot = slot
        self._echo = echo
        self._plan = FaultPlan(faults)
        self._received = bytearray()
        self._told_insertions = slot.insertions
        self._told_present = slot.present
        self._transfers = 0
        self._silent = False
        self._parameters = _T0_PARAMETERS

    def add_fault(self, fault: Fault) -> None:
        """Plans one more fault of the line."""
        self._plan.add(fault)

    def line_opened(self) -> None:
        """A new program has opened the line: what an earlier one left half-said is forgotten."""
        self._received.clear()
        self._silent = False

    def receive(self, data: bytes, send: Send, pause: Pause) -> None:
        """Takes bytes from the line, in pieces as they come, and answers every frame that is whole."""
        self._received += data
        while (message := self._next_message(send)) is not None:
            self._answer(message, send, pause)

    def _next_message(self, send: Send) -> bytes | None:
        """The next whole message; damaged frames are answered with "not understood"."""
        while self._received:
            if self._received[: len(_FRAME_START)] != _FRAME_START[: len(self._received)]:
                del self._received[0]
                continue
            if len(self._received) < len(_FRAME_START) + _HEADER_LENGTH:
                return None
            end = len(_FRAME_START) + _HEADER_LENGTH + int.from_bytes(self._received[3:7], "little")
            if len(self._received) <= end:
                return None
            frame = bytes(self._received[: end + 1])
            del self._received[: end + 1]
            message = frame[len(_FRAME_START) : -1]
            if framed(message) == frame:
                return message
            send(_NAK)
        return None

    def _answer(self, message: bytes, send: Send, pause: Pause) -> None:
        fault = self._due_fault(message[0])
        if fault is not None and fault.kind is LineFault.NAK:
            send(_NAK)
            return
        if self._echo:
            send(framed(message))
        if fault is not None and fault.kind is LineFault.SLOT_CHANGE:
            self._slot.remove()
            self._slot.insert()
        self._announce(send)
        self._silent = self._silent or (fault is not None and fault.kind is LineFault.SILENT)
        if self._silent:
            return
        answer = self._answer_to(message, send, pause)
        send(self._spoiled(fault, message, framed(answer)))

    def _due_fault(self, kind: int) -> Fault | None:
        """Faults of the line strike while commands are carried to the card, counted since it has power."""
        if kind == _POWER_ON:
            self._transfers = 0
        if kind != _TRANSFER:
            return None
        self._transfers += 1
        return self._plan.due(self._transfers)

    def _spoiled(self, fault: Fault | None, message: bytes, frame: bytes) -> bytes:
        if fault is None:
            return frame
        if fault.kind is LineFault.CHECK:
            return frame[:-1] + bytes((frame[-1] ^ 0xFF,))
        if fault.kind is LineFault.STRAY:
            return b"\x20" + frame
        if fault.kind is LineFault.EXTENSION:
            waiting = framed(self._reply(_DATA_BLOCK, message, status=_TIME_EXTENSION, error=1))
            return waiting + waiting + frame
        return frame

    def _announce(self, send: Send) -> None:
        present, insertions = self._slot.present, self._slot.insertions
        if self._told_present and (not present or insertions != self._told_insertions):
            send(_CARD_LEFT)
            self._told_present = False
        if present and not self._told_present:
            send(_CARD_CAME)
        self._told_present, self._told_insertions = present, insertions

    def _answer_to(self, message: bytes, send: Send, pause: Pause) -> bytes:
        kind, slot_number, data = message[0], message[5], message[_HEADER_LENGTH:]
        if slot_number != 0:
            return self._reply(_STATUS, message, status=_FAILED, error=_NO_SUCH_SLOT, card=_ABSENT)
        if kind == _TRANSFER:
            return self._transfer(message, data, send, pause)
        if kind == _POWER_ON:
            return self._power_on(message)
        if kind == _POWER_OFF:
            self._slot.power_off()
            return self._reply(_STATUS, message)
        if kind == _SLOT_STATUS:
            return self._reply(_STATUS, message)
        if kind == _ESCAPE:
            return self._escape(message, data)
        if kind in (_PARAMETERS, _GET_PARAMETERS):
            self._parameters = data or self._parameters
            return self._reply(_PARAMETERS_ARE, message, data=self._parameters)
        return self._reply(_STATUS, message, status=_FAILED, error=_UNSUPPORTED)

    def _escape(self, message: bytes, data: bytes) -> bytes:
        if data == _ASK_FIRMWARE:
            return self._reply(_ESCAPED, message, data=_FIRMWARE)
        if data == _SYNCHRONOUS_ANNOUNCEMENTS:
            return self._reply(_ESCAPED, message)
        return self._reply(_ESCAPED, message, status=_FAILED, error=_UNSUPPORTED)

    def _power_on(self, message: bytes) -> bytes:
        atr = self._slot.power_on()
        self._parameters = _T0_PARAMETERS
        if not atr:
            self._slot.power_off()
            return self._reply(_DATA_BLOCK, message, status=_FAILED, error=_CARD_MUTE)
        return self._reply(_DATA_BLOCK, message, data=atr)

    def _transfer(self, message: bytes, command: bytes, send: Send, pause: Pause) -> bytes:
        reaction = self._slot.transmit(command)
        self._wait(reaction, send, pause)
        if reaction.answer is None:
            return self._reply(_DATA_BLOCK, message, status=_FAILED, error=_CARD_MUTE)
        return self._reply(_DATA_BLOCK, message, data=reaction.answer, card=_ACTIVE)

    def _wait(self, reaction: Reaction, send: Send, pause: Pause) -> None:
        left_ms = reaction.delay_ms
        while left_ms > 0:
            pause(min(left_ms, _ASKING_INTERVAL_MS))
            left_ms -= _ASKING_INTERVAL_MS
            send(_MORE_TIME)
        if reaction.answer is None and self._slot.powered:
            pause(_WAITING_TIME_MS)

    def _reply(
        self, kind: int, message: bytes, *, status: int = 0, error: int = 0, data: bytes = b"", card: int | None = None
    ) -> bytes:
        """A message to the computer; the slot's state of this moment goes with it, unless ``card`` says another."""
        state = self._card_state() if card is None else card
        head = bytes((kind,)) + len(data).to_bytes(4, "little") + message[5:7]
        return head + bytes((status | state, error, 0)) + data

    def _card_state(self) -> int:
        if not self._slot.present:
            return _ABSENT
        return _ACTIVE if self._slot.powered else _INACTIVE
