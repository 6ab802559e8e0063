"""The card's side of the block protocol T=1 (ISO 7816-3, 11): NAD, PCB, LEN, up to 254 bytes, check.

The computer's driver runs the other side over a reader that passes blocks. An answer that is longer than a block comes
as a chain; a slow card first asks for more time. What the card says is the chip's own affair: one whose answer to reset
offers T=1 knows no 61xx and 6Cxx.
"""

from collections.abc import Callable
from functools import reduce
from operator import xor
from typing import Final

from hardware_sim.card.slot import Reaction

Transmit = Callable[[bytes], Reaction]

_PROLOGUE_LENGTH: Final = 3
_R_BLOCK, _S_BLOCK = 0x80, 0xC0
_KIND: Final = 0xC0
_MORE: Final = 0x20
_CHECK_WRONG, _OTHER_ERROR = 1, 2
_RESYNCH, _FIELD_SIZE, _ABORT, _WAIT = 0, 1, 2, 3
_RESPONSE: Final = 0x20
_DEFAULT_FIELD_SIZE: Final = 32
_NOTHING: Final = Reaction(None)


def check(data: bytes, *, crc: bool) -> bytes:
    """What stands at the end of a block: the exclusive-or of all, or the CRC of ISO 13239."""
    if not crc:
        return bytes((reduce(xor, data, 0),))
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x8408 if value & 1 else 0)
    return (value ^ 0xFFFF).to_bytes(2, "little")


class T1Card:
    """One session of a card that speaks T=1."""

    def __init__(self, transmit: Transmit, *, crc: bool = False) -> None:
        self._transmit = transmit
        self._crc = crc
        self._start_over()
        self._last = b""

    def _start_over(self) -> None:
        self._sent = 0  # the number of the next information block from here
        self._expected = 0  # the number of the next information block from there
        self._field_size = _DEFAULT_FIELD_SIZE
        self._command = bytearray()
        self._answer = b""
        self._slow: Reaction | None = None

    def block(self, block: bytes) -> Reaction:
        """The block that answers a block; nothing comes from a card that is mute or gone."""
        ends_at = _PROLOGUE_LENGTH + (block[2] if len(block) > _PROLOGUE_LENGTH else 0)
        if check(block[:ends_at], crc=self._crc) != block[ends_at:]:
            return self._not_understood(_CHECK_WRONG)
        pcb, information = block[1], block[_PROLOGUE_LENGTH:ends_at]
        if pcb & _KIND == _S_BLOCK:
            return self._supervised(pcb, information)
        if pcb & _KIND == _R_BLOCK:
            return self._acknowledged(pcb)
        return self._informed(pcb, information)

    def _informed(self, pcb: int, information: bytes) -> Reaction:
        if pcb >> 6 & 1 != self._expected:
            return self._not_understood(_OTHER_ERROR)
        self._expected ^= 1
        self._command += information
        self._answer = b""
        if pcb & _MORE:
            return self._say(_R_BLOCK | self._expected << 4)
        command = bytes(self._command)
        self._command.clear()
        reaction = self._transmit(command)
        if reaction.answer is not None and reaction.delay_ms:
            self._slow = reaction
            return self._say(_S_BLOCK | _WAIT, b"\1")
        return self._answered(reaction)

    def _answered(self, reaction: Reaction) -> Reaction:
        if reaction.answer is None:
            return reaction
        self._answer = reaction.answer
        return Reaction(self._next_part().answer, reaction.delay_ms)

    def _next_part(self) -> Reaction:
        part, self._answer = self._answer[: self._field_size], self._answer[self._field_size :]
        pcb = self._sent << 6 | (_MORE if self._answer else 0)
        self._sent ^= 1
        return self._say(pcb, part)

    def _acknowledged(self, pcb: int) -> Reaction:
        """The other side wants the next part of a chain, or the last block once more."""
        if pcb >> 4 & 1 == self._sent and self._answer:
            return self._next_part()
        return Reaction(self._last) if self._last else self._not_understood(_OTHER_ERROR)

    def _supervised(self, pcb: int, information: bytes) -> Reaction:
        request = pcb & 0x1F
        if pcb & _RESPONSE:
            slow, self._slow = self._slow, None
            return self._answered(slow) if request == _WAIT and slow is not None else _NOTHING
        if request == _RESYNCH:
            self._start_over()
        elif request == _FIELD_SIZE and information:
            self._field_size = information[0]
        elif request == _ABORT:
            self._answer = b""
            self._command.clear()
        return self._say(pcb | _RESPONSE, information)

    def _not_understood(self, error: int) -> Reaction:
        return Reaction(self._closed(_R_BLOCK | self._expected << 4 | error))

    def _say(self, pcb: int, information: bytes = b"") -> Reaction:
        self._last = self._closed(pcb, information)
        return Reaction(self._last)

    def _closed(self, pcb: int, information: bytes = b"") -> bytes:
        block = bytes((0x00, pcb, len(information))) + information
        return block + check(block, crc=self._crc)
