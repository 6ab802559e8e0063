"""The card's side of T=1, small and written on its own, behind a line that loses and damages blocks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import reduce
from operator import xor


class Mishap(Enum):
    """What befalls one block on its way."""

    NONE = "none"
    LOST = "lost"
    DAMAGED = "damaged"
    CUT = "cut"


def closed(pcb: int, data: bytes = b"") -> bytes:
    """A block with its check byte."""
    block = bytes((0, pcb, len(data))) + data
    return block + bytes((reduce(xor, block),))


def befallen(block: bytes, mishap: Mishap) -> bytes:
    if mishap is Mishap.DAMAGED:
        return block[:1] + bytes((block[1] ^ 0x04,)) + block[2:]
    return {Mishap.NONE: block, Mishap.LOST: b"", Mishap.CUT: block[:-2]}[mishap]


@dataclass
class Peer:
    """A card that answers commands by a function; mishaps strike its blocks in turn, there and back."""

    answer_to: Callable[[bytes], bytes]
    field_size: int = 32
    waits: int = 0
    mishaps: Sequence[Mishap] = ()
    repeats_old_answers: bool = False
    """Asked for a block that it has not sent yet, it sends the one before instead of saying what it waits for."""
    done: list[bytes] = field(default_factory=list)
    blocks: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.expected = self.number = 0
        self.command = b""
        self.parts: list[bytes] = []
        self.last = b""
        self.extensions: list[int] = []
        self.left = list(self.mishaps)

    def exchange(self, block: bytes, waiting: int) -> bytes:
        self.blocks.append(block)
        self.extensions.append(waiting)
        there, back = (self.left.pop(0) if self.left else Mishap.NONE for _ in range(2))
        if there is Mishap.LOST:
            return b""
        return befallen(self.react(befallen(block, there)), back)

    def react(self, block: bytes) -> bytes:
        if len(block) < 4 or len(block) != block[2] + 4 or reduce(xor, block):
            return closed(0x80 | self.expected << 4 | 1)
        pcb, data = block[1], block[3:-1]
        if pcb & 0xC0 == 0xC0:
            return self.supervised(pcb, data)
        if pcb & 0xC0 == 0x80:
            return self.asked(pcb)
        if pcb >> 6 & 1 != self.expected:
            return closed(0x80 | self.expected << 4 | 2)
        self.expected ^= 1
        self.parts = []
        self.command += data
        if pcb & 0x20:
            return self.said(closed(0x80 | self.expected << 4))
        self.done.append(self.command)
        answer, self.command = self.answer_to(self.command), b""
        self.parts = [answer[at : at + self.field_size] for at in range(0, len(answer), self.field_size)]
        if self.waits:
            self.waits -= 1
            return self.said(closed(0xC3, b"\x05"))
        return self.next_part()

    def asked(self, pcb: int) -> bytes:
        """An acknowledgement: of the part before the next one, or a wish for the last block again."""
        information = bool(self.last) and not self.last[1] & 0x80
        if information and pcb >> 4 & 1 == self.number:
            if self.parts:
                return self.next_part()
            if not self.repeats_old_answers:
                return closed(0x80 | self.expected << 4)
        return self.last or closed(0x80 | self.expected << 4)

    def supervised(self, pcb: int, data: bytes) -> bytes:
        if pcb == 0xE3:
            if self.waits:
                self.waits -= 1
                return self.said(closed(0xC3, b"\x05"))
            return self.next_part() if self.parts and self.last[1] == 0xC3 else self.last
        if pcb == 0xC1:
            self.field_size = data[0]
        return self.said(closed(pcb | 0x20, data))

    def next_part(self) -> bytes:
        part = self.parts.pop(0)
        block = closed(self.number << 6 | (0x20 if self.parts else 0), part)
        self.number ^= 1
        return self.said(block)

    def said(self, block: bytes) -> bytes:
        self.last = block
        return block
