"""The holder's number (PIN) of a card: how it is packed, counted, changed and set anew.

4 to 16 digits, two a byte, an odd number of them filled with F (《社会保障（个人）卡规范》 part 5, 6.3 and 6.14). The
issuer decides how many tries there are; the standard gives no number. All numbers in here are fictitious.
"""

import re

from hardware_sim.card.status import LOCKED, REFERENCE_UNUSABLE, WRONG_DATA, Refusal, tries_left

USUAL_TRIES = 3

_WRITTEN = re.compile(r"[0-9]{4,16}|[0-9]{3,15}f")
_BETWEEN_OLD_AND_NEW = 0xFF


def packed(digits: str) -> bytes:
    """Digits as a command carries them; nothing for no digits."""
    return bytes.fromhex(digits + "f" * (len(digits) % 2))


class Pin:
    """One PIN and its counter."""

    def __init__(self, digits: str = "", *, tries: int = USUAL_TRIES, left: int | None = None) -> None:
        """``digits`` empty: none is set. ``left``: tries that are left of all ``tries``; 0 is locked."""
        self._value = packed(digits)
        self._tries = tries
        self.left = tries if left is None else left

    @property
    def is_set(self) -> bool:
        """Whether the holder has one."""
        return bool(self._value)

    def status(self) -> None:
        """Says how it stands, without costing a try.

        Raises:
            Refusal: 63Cx, one is set; 6983, it is locked. Silence: none is set.
        """
        if self.is_set:
            raise Refusal(tries_left(self.left) if self.left else LOCKED)

    def verify(self, value: bytes) -> None:
        """Compares; a wrong one costs a try, the right one brings all tries back.

        Raises:
            Refusal: 63Cx, wrong; 6983, locked before; 6984, none is set.
        """
        if not self.is_set:
            raise Refusal(REFERENCE_UNUSABLE)
        if not self.left:
            raise Refusal(LOCKED)
        if value != self._value:
            self.left -= 1
            raise Refusal(tries_left(self.left))
        self.left = self._tries

    def change(self, data: bytes) -> None:
        """Takes the old one, FF, the new one. Without an old one the first is set; without a new one it is taken away.

        Raises:
            Refusal: 6A80, the data has another form; else as ``verify``.
        """
        old, separator, new = data.partition(bytes((_BETWEEN_OLD_AND_NEW,)))
        if not separator or not all(part == b"" or _is_pin(part) for part in (old, new)):
            raise Refusal(WRONG_DATA)
        if old or self.is_set:
            self.verify(old)
        self._value = new

    def reload(self, value: bytes) -> None:
        """Sets a new one, with all its tries."""
        if not _is_pin(value):
            raise Refusal(WRONG_DATA)
        self._value = value
        self.left = self._tries

    def unblock(self) -> None:
        """Brings all tries back."""
        self.left = self._tries


def _is_pin(value: bytes) -> bool:
    return _WRITTEN.fullmatch(value.hex()) is not None
