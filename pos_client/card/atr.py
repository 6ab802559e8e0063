"""The card's answer to reset (ISO 7816-3), as far as a serial reader must be told of it."""

from dataclasses import dataclass
from typing import Final

_DIRECT: Final = 0x3B
_INVERSE: Final = 0x3F
_DEFAULT_WAITING_INTEGER: Final = 10


class NoAtr(ValueError):
    """Bytes that are no answer to reset."""


@dataclass(frozen=True, slots=True)
class AnswerToReset:
    """What the card said when power came."""

    inverse: bool
    guard_time: int
    """TC1, extra guard time in elementary time units; FF means the least."""
    waiting_integer: int
    """TC2, the waiting time of T=0."""
    first_protocol: int
    """0 for T=0, which is what a social-security card speaks."""


def parse(atr: bytes) -> AnswerToReset:
    """Takes an answer to reset apart.

    Raises:
        NoAtr: it begins with neither convention, or ends before what it announces.
    """
    if len(atr) < 2 or atr[0] not in (_DIRECT, _INVERSE):
        raise NoAtr("no convention")
    interface, first_protocol, at = _interface_bytes(atr)
    if at + (atr[1] & 0x0F) > len(atr):
        raise NoAtr("the historical bytes are cut short")
    return AnswerToReset(
        inverse=atr[0] == _INVERSE,
        guard_time=interface.get("TC1", 0),
        waiting_integer=interface.get("TC2", _DEFAULT_WAITING_INTEGER),
        first_protocol=first_protocol,
    )


def _interface_bytes(atr: bytes) -> tuple[dict[str, int], int, int]:
    """The interface bytes by name, the first protocol offered, and where the historical bytes begin."""
    found: dict[str, int] = {}
    protocols: list[int] = []
    announced, group, at = atr[1] >> 4, 1, 2
    while announced:
        for bit, letter in enumerate("ABCD"):
            if announced & 1 << bit:
                if at >= len(atr):
                    raise NoAtr("the interface bytes are cut short")
                found[f"T{letter}{group}"] = atr[at]
                at += 1
        next_group = found.get(f"TD{group}")
        announced = 0 if next_group is None else next_group >> 4
        if next_group is not None:
            protocols.append(next_group & 0x0F)
        group += 1
    return found, (protocols[0] if protocols else 0), at
