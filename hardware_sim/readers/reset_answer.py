"""What a card's answer to reset (ATR) tells a reader: its protocols, its speed, and how long its T=1 blocks may be.

Source: ISO 7816-3, 8.2. A parser of the simulator's own: the client's is what is being tried.
"""

from dataclasses import dataclass, field
from typing import Final

DEFAULT_SPEED: Final = 0x11
"""Fi 372, Di 1: every card begins with it."""
_DEFAULT_FIELD_SIZE: Final = 32
_CRC: Final = 0x01


@dataclass(slots=True)
class ResetAnswer:
    """An answer to reset, taken apart."""

    speed: int = DEFAULT_SPEED
    """TA1."""
    fixed_speed: bool = False
    """TA2 stands there: the card speaks at its speed at once and negotiates nothing."""
    protocols: list[int] = field(default_factory=list)
    """In the order of their offering."""
    field_size: int = _DEFAULT_FIELD_SIZE
    """IFSC: how many bytes a T=1 block to this card may carry."""
    crc: bool = False
    """T=1 blocks end with a CRC instead of a check byte."""

    @property
    def first_protocol(self) -> int:
        """The protocol it speaks when nobody asks for another."""
        return self.protocols[0] if self.protocols else 0


def read(atr: bytes) -> ResetAnswer:
    """Takes an answer to reset apart, as far as it goes: a broken card's is cut short or makes no sense."""
    answer = ResetAnswer()
    rest = list(atr[2:])
    present, level, protocol = (atr[1] if len(atr) > 1 else 0), 1, 0
    while present & 0xF0 and rest:
        given = {letter: rest.pop(0) for bit, letter in enumerate("ABCD", 4) if present >> bit & 1 and rest}
        _take(answer, level, protocol, given)
        if "D" not in given:
            break
        present, level, protocol = given["D"], level + 1, given["D"] & 0x0F
        if protocol not in answer.protocols:
            answer.protocols.append(protocol)
    return answer


def _take(answer: ResetAnswer, level: int, protocol: int, given: dict[str, int]) -> None:
    if level == 1:
        answer.speed = given.get("A", DEFAULT_SPEED)
    elif level == 2:
        answer.fixed_speed = "A" in given
    elif protocol == 1:
        answer.field_size = given.get("A", answer.field_size)
        answer.crc = bool(given.get("C", 0) & _CRC)
