"""The card's answer to reset (ISO 7816-3): how it wants to be spoken to, and the bytes by which it names itself."""

from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Final

DEFAULT_SPEED: Final = 0x11
"""Clock rate 372 and bit rate 1: the speed that every card begins with and keeps unless asked."""

_DIRECT: Final = 0x3B
_INVERSE: Final = 0x3F
_LONGEST: Final = 33
_DEFAULT_WAITING_INTEGER: Final = 10
_DEFAULT_BLOCK_WAITING: Final = 0x4D
_DEFAULT_BLOCK_SIZE: Final = 32


class NoAtr(ValueError):
    """Bytes that are no answer to reset."""


@dataclass(frozen=True, slots=True)
class BlockParameters:
    """What the card says of the block protocol T=1."""

    card_size: int = _DEFAULT_BLOCK_SIZE
    """IFSC: the most data bytes that the card takes in one block."""
    waiting: int = _DEFAULT_BLOCK_WAITING
    """BWI and CWI: how long it may think about a block and between two bytes."""
    crc: bool = False
    """Whether blocks end with a CRC instead of one LRC byte."""


@dataclass(frozen=True, slots=True)
class AnswerToReset:
    """What the card said when power came."""

    inverse: bool
    guard_time: int
    """TC1, extra guard time in elementary time units; FF means the least."""
    waiting_integer: int
    """TC2, the waiting time of T=0."""
    first_protocol: int
    """0 for T=0, which is what a social-security card speaks; 1 for T=1."""
    historical: bytes = b""
    """The historical bytes, whole; a social-security card has 13."""
    speed: int = DEFAULT_SPEED
    """TA1: the fastest speed it can be asked for, or the one it speaks already in specific mode."""
    specific: bool = False
    """TA2 was there: speed and protocol are not to be negotiated, the card has chosen."""
    blocks: BlockParameters = BlockParameters()


def parse(atr: bytes) -> AnswerToReset:
    """Takes an answer to reset apart.

    Raises:
        NoAtr: it begins with neither convention, ends before what it announces, or its check byte is wrong.
    """
    if not 2 <= len(atr) <= _LONGEST or atr[0] not in (_DIRECT, _INVERSE):
        raise NoAtr("no convention")
    groups, at = _interface_bytes(atr)
    end = at + (atr[1] & 0x0F)
    if end > len(atr):
        raise NoAtr("the historical bytes are cut short")
    protocols = [group["D"] & 0x0F for group in groups if "D" in group]
    if any(protocols):
        _check(atr[1 : end + 1], end)
    second = groups[1] if len(groups) > 1 else {}
    mode = second.get("A")
    return AnswerToReset(
        inverse=atr[0] == _INVERSE,
        guard_time=groups[0].get("C", 0),
        waiting_integer=second.get("C", _DEFAULT_WAITING_INTEGER),
        first_protocol=mode & 0x0F if mode is not None else (protocols or [0])[0],
        historical=atr[at:end],
        speed=_speed(groups[0].get("A", DEFAULT_SPEED), mode),
        specific=mode is not None,
        blocks=_block_parameters(groups, protocols),
    )


def historical_bytes(atr: bytes) -> bytes:
    """The historical bytes alone.

    Raises:
        NoAtr: as :func:`parse`.
    """
    return parse(atr).historical


def _interface_bytes(atr: bytes) -> tuple[list[dict[str, int]], int]:
    """The interface bytes in their groups, by letter, and where the historical bytes begin."""
    groups: list[dict[str, int]] = []
    announced: int | None = atr[1]
    at = 2
    while announced is not None:
        group: dict[str, int] = {}
        for bit, letter in enumerate("ABCD", start=4):
            if announced & 1 << bit:
                if at >= len(atr):
                    raise NoAtr("the interface bytes are cut short")
                group[letter] = atr[at]
                at += 1
        groups.append(group)
        announced = group.get("D")
    return groups, at


def _check(checked: bytes, expected_length: int) -> None:
    """The check byte is there when any protocol but T=0 is offered."""
    if len(checked) < expected_length:
        raise NoAtr("the check byte is missing")
    if reduce(xor, checked):
        raise NoAtr("the check byte is wrong")


def _speed(fastest: int, mode: int | None) -> int:
    """In specific mode with implicit parameters TA1 does not count."""
    return DEFAULT_SPEED if mode is not None and mode & 0x10 else fastest


def _block_parameters(groups: list[dict[str, int]], protocols: list[int]) -> BlockParameters:
    """The first bytes of the third group or a later one that are said of T=1."""
    said: dict[str, int] = {}
    for group, protocol in list(zip(groups[1:], protocols, strict=False))[1:]:
        if protocol == 1:
            said = group | said
    size = said.get("A", _DEFAULT_BLOCK_SIZE)
    return BlockParameters(
        card_size=size if 0 < size < 0xFF else _DEFAULT_BLOCK_SIZE,
        waiting=said.get("B", _DEFAULT_BLOCK_WAITING),
        crc=bool(said.get("C", 0) & 0x01),
    )
