"""Agreeing with a card on a faster speed (ISO 7816-3, "protocol and parameters selection")."""

from functools import reduce
from operator import xor
from typing import Final

from pos_client.card.iso7816.atr import DEFAULT_SPEED

_START: Final = 0xFF
_WITH_SPEED: Final = 0x10
#: What the upper and the lower half of TA1 stand for; others are reserved.
_CLOCK_RATES: Final = {
    0: 372, 1: 372, 2: 558, 3: 744, 4: 1116, 5: 1488, 6: 1860,
    9: 512, 10: 768, 11: 1024, 12: 1536, 13: 2048,
}  # fmt: skip
_BIT_RATES: Final = {1: 1, 2: 2, 3: 4, 4: 8, 5: 16, 6: 32, 7: 64, 8: 12, 9: 20}
#: The clock of the GemPC Twin, and the fastest bit rate that it, and further slots of its relatives, can follow.
_CLOCK_HZ: Final = 4_000_000
_FASTEST_BAUD: Final = 344_086
_FASTEST_BAUD_FURTHER_SLOTS: Final = 125_000


def best_speed(offered: int, *, slot: int = 0) -> int:
    """The fastest speed that card and reader both can, coded like TA1; the default when asking is not worth it.

    Source of the readers' limits: ``ccid_serial.c`` of LudovicRousseau/CCID.
    """
    clock_rate = _CLOCK_RATES.get(offered >> 4)
    most = _BIT_RATES.get(offered & 0x0F)
    if clock_rate is None or most is None:
        return DEFAULT_SPEED
    limit = _FASTEST_BAUD_FURTHER_SLOTS if slot else _FASTEST_BAUD
    fitting = [
        (factor, code)
        for code, factor in _BIT_RATES.items()
        if factor <= most and _CLOCK_HZ * factor <= limit * clock_rate
    ]
    factor, code = max(fitting)
    faster = factor * _CLOCK_RATES[DEFAULT_SPEED >> 4] > clock_rate
    return offered & 0xF0 | code if faster else DEFAULT_SPEED


def request(protocol: int, speed: int) -> bytes:
    """What a card is sent right after its answer to reset: ``FF 10 TA1 check`` for T=0."""
    asked = bytes((_START, _WITH_SPEED | protocol, speed))
    return asked + bytes((reduce(xor, asked),))


def agreed_speed(asked: bytes, answer: bytes) -> int | None:
    """The speed from now on; None: the card did not agree and must be powered anew.

    A card says yes by repeating what it was asked, or keeps its first speed by leaving the speed out.
    """
    if answer == asked:
        return asked[2]
    without_speed = bytes((_START, asked[1] & 0x0F))
    if answer == without_speed + bytes((reduce(xor, without_speed),)):
        return DEFAULT_SPEED
    return None
