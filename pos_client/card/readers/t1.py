"""The block protocol T=1 (ISO 7816-3), the side of the reader: commands go to the card in blocks that are checked.

A serial reader carries blocks as they are, so the computer must speak the protocol itself. A block is NAD, PCB, a
length, up to 254 bytes and a check. There are information blocks (numbered 0 and 1 in turn), acknowledgements that ask
for the next one or for the last one again, and blocks that supervise: more time, another block size.

A block that does not come right is asked for again, two times. After that the card is given up instead of being
resynchronised: resynchronising would send the command once more, and a command like VERIFY must never be done twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Final

Exchange = Callable[[bytes, int], bytes]
"""Carries a block to the card and brings the next one back; empty when none comes.

The number says how many times its usual time the card may take (0: once)."""

LARGEST_BLOCK: Final = 254

_PROLOGUE_LENGTH: Final = 3
_ACKNOWLEDGEMENT, _SUPERVISION = 0x80, 0xC0
_KIND: Final = 0xC0
_MORE: Final = 0x20
_RESPONSE: Final = 0x20
_BLOCK_SIZE, _ABORT, _WAITING = 0xC1, 0xC2, 0xC3
_CHECK_WRONG: Final = 1
_SOMETHING_WRONG: Final = 2
_MOST_TRIES: Final = 3
#: A card that asks for more time more often than this asks for ever.
_MOST_WAITS: Final = 100
_LONGEST_ANSWER: Final = 258


class BlockTrouble(Exception):
    """The card cannot be understood any more and must be powered anew."""


class NoBlocks(BlockTrouble):
    """Nothing came from the card, however often it was asked."""


class _Garbled(Exception):
    """What came is no block; ``error`` is what the card is told, None when nothing came."""

    def __init__(self, error: int | None) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True, slots=True)
class _Block:
    pcb: int
    data: bytes = b""

    @property
    def kind(self) -> int:
        """80 an acknowledgement, C0 supervision, anything else information."""
        return self.pcb & _KIND

    @property
    def number(self) -> int:
        """Of an information block its own, of an acknowledgement that of the block it waits for."""
        return self.pcb >> (4 if self.kind == _ACKNOWLEDGEMENT else 6) & 1


def lrc(data: bytes) -> bytes:
    """The exclusive-or of all bytes."""
    return bytes((reduce(xor, data, 0),))


def crc(data: bytes) -> bytes:
    """The cyclic redundancy check of ISO 13239, the lower byte first."""
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0x8408 if value & 1 else 0)
    return (value ^ 0xFFFF).to_bytes(2, "little")


class T1:
    """One session with a card, from its answer to reset on."""

    def __init__(self, exchange: Exchange, *, card_size: int = 32, with_crc: bool = False) -> None:
        """``card_size``: the most data bytes that the card takes in one block."""
        self._exchange = exchange
        self._card_size = card_size
        self._check = crc if with_crc else lrc
        self._number = 0
        """Of the next information block to the card."""
        self._awaited = 0
        """Of the next information block from the card."""
        self._trouble: BlockTrouble | None = None
        self._begin(b"")

    def ask_for_blocks_of(self, size: int) -> None:
        """Tells the card how long its blocks may be; until then it keeps to 32 bytes.

        Raises:
            BlockTrouble: the card does not answer to this.
        """
        wanted = _Block(_BLOCK_SIZE, bytes((size,)))
        trouble: BlockTrouble = NoBlocks("nothing comes")
        for _ in range(_MOST_TRIES):
            try:
                if self._carried(wanted) == _Block(_BLOCK_SIZE | _RESPONSE, wanted.data):
                    return
            except _Garbled as garbled:
                if garbled.error is None:
                    continue
            trouble = BlockTrouble("no answer about the size of blocks")
        self._trouble = trouble
        raise trouble

    def transmit(self, command: bytes) -> bytes:
        """The card's raw answer to a command, status word included.

        Raises:
            BlockTrouble: three blocks in a row did not come right, the card broke off, or it did before.
        """
        if self._trouble is not None:
            raise self._trouble
        self._begin(command)
        try:
            return self._run()
        except BlockTrouble as trouble:
            self._trouble = trouble
            raise
        finally:
            self._begin(b"")  # a command may hold a PIN, which lives for one command only

    def _begin(self, command: bytes) -> None:
        self._left = command
        """What the card does not have yet."""
        self._part = command[: self._card_size]
        """What of it is under way."""
        self._arrived = False
        """Whether the card has the whole command."""
        self._answer = b""
        self._tries = 0
        """How many blocks in a row did not come right here,"""
        self._repeats = 0
        """and how often the card has asked for the same one."""
        self._waits = 0

    def _run(self) -> bytes:
        """Sends what is due and takes what comes until the answer is whole."""
        block = self._information()
        waiting = 0
        while True:
            try:
                got = self._carried(block, waiting)
                due = self._next(got)
            except _Garbled as trouble:
                block, waiting = self._asked_again(block, trouble.error), 0
                continue
            if due is None:
                return self._answer
            block, waiting = due, got.data[0] if got.pcb == _WAITING else 0

    def _next(self, got: _Block) -> _Block | None:
        """What to send after a block that came whole; None when the answer is complete."""
        if got.kind == _SUPERVISION:
            return self._supervised(got)
        if got.kind == _ACKNOWLEDGEMENT:
            return self._acknowledged(got)
        return self._taken(got)

    def _information(self) -> _Block:
        more = _MORE if len(self._part) < len(self._left) else 0
        return _Block(self._number << 6 | more, self._part)

    def _taken(self, got: _Block) -> _Block | None:
        """A part of the answer, by which the card also says that it has the command."""
        more = got.pcb & _MORE
        whole_command = self._arrived or len(self._part) == len(self._left)
        if got.number != self._awaited and not self._arrived:  # its last answer again: it knows of no new command
            return self._sent_again()
        if got.number != self._awaited or not whole_command or (more and not got.data):
            raise _Garbled(_SOMETHING_WRONG)
        if not self._arrived:
            self._arrived = True
            self._number ^= 1
        self._awaited ^= 1
        self._answer += got.data
        self._tries = self._repeats = 0
        if len(self._answer) > _LONGEST_ANSWER:
            raise BlockTrouble("an answer longer than any")
        return self._acknowledgement() if more else None

    def _acknowledged(self, got: _Block) -> _Block:
        if self._arrived or got.number == self._number:
            return self._sent_again()
        if len(self._part) == len(self._left):
            raise _Garbled(_SOMETHING_WRONG)
        self._number ^= 1
        self._left = self._left[len(self._part) :]
        self._part = self._left[: self._card_size]
        self._tries = self._repeats = 0
        return self._information()

    def _sent_again(self) -> _Block:
        """What went to the card last once more, because it did not come right there."""
        self._repeats += 1
        if self._repeats >= _MOST_TRIES:
            raise BlockTrouble("blocks do not come right there")
        self._tries = 0
        return self._acknowledgement() if self._arrived else self._information()

    def _supervised(self, got: _Block) -> _Block:
        """The card wants more time or another block size; it gets both by being told what it said."""
        self._waits += 1
        if got.pcb == _ABORT or self._waits > _MOST_WAITS:
            raise BlockTrouble("the card broke off")
        sized = len(got.data) == 1 and 0 < got.data[0] <= LARGEST_BLOCK
        if got.pcb == _BLOCK_SIZE and sized:
            self._card_size = got.data[0]
        elif got.pcb != _WAITING or len(got.data) != 1:
            raise _Garbled(_SOMETHING_WRONG)
        self._tries = 0
        return _Block(got.pcb | _RESPONSE, got.data)

    def _asked_again(self, sent: _Block, error: int | None) -> _Block:
        """The request for the card's last block: the same once more, or a new one that says what was wrong."""
        self._tries += 1
        if self._tries >= _MOST_TRIES:
            raise NoBlocks("nothing comes") if error is None else BlockTrouble("blocks come wrong")
        if sent.kind == _ACKNOWLEDGEMENT:
            return sent
        return self._acknowledgement(_SOMETHING_WRONG if error is None else error)

    def _acknowledgement(self, error: int = 0) -> _Block:
        return _Block(_ACKNOWLEDGEMENT | self._awaited << 4 | error)

    def _carried(self, block: _Block, waiting: int = 0) -> _Block:
        """The block that came for a block.

        Raises:
            _Garbled: none came, or none that is right.
        """
        prologue = bytes((0x00, block.pcb, len(block.data)))
        raw = self._exchange(prologue + block.data + self._check(prologue + block.data), waiting)
        if not raw:
            raise _Garbled(None)
        end = len(raw) - len(self._check(b""))
        if end < _PROLOGUE_LENGTH or self._check(raw[:end]) != raw[end:]:
            raise _Garbled(_CHECK_WRONG)
        address, pcb, length = raw[:_PROLOGUE_LENGTH]
        if address or length != end - _PROLOGUE_LENGTH or length > LARGEST_BLOCK:
            raise _Garbled(_SOMETHING_WRONG)
        return _Block(pcb, raw[_PROLOGUE_LENGTH:end])
