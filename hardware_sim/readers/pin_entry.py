"""What a computer tells a PIN pad: how many digits, in which form, and where they belong in the command to the card.

The structures are those of CCID 6.1.11 (PIN verification and modification), in the dialect of the GemPC PinPad: it
takes only "the key ends the entry", one message for a verification, and always three message numbers for a change. A
PIN block of 0 bytes means as many as the digits need; the length byte of the command (Lc) then follows them.
"""

from dataclasses import dataclass
from typing import Final, Self

_VERIFY, _CHANGE = 0x00, 0x01
_BCD, _ASCII = 0x01, 0x02
_FORM: Final = 0x03
_RIGHT_JUSTIFIED: Final = 0x04
_KEY_ENDS: Final = 0x02
_ONE_MESSAGE: Final = 0x01
_COMMAND_HEADER_LENGTH: Final = 4
_CONFIRM_NEW, _ASK_OLD = 0x01, 0x02
_FILLER: Final = 0xFF


class NotUnderstood(ValueError):
    """A structure that this pad does not take; ``at``: which byte of the message it minds."""

    def __init__(self, at: int) -> None:
        super().__init__(f"byte {at}")
        self.at = at


@dataclass(frozen=True, slots=True)
class _Entry:
    timeout_s: int
    fewest: int
    most: int
    prologue: bytes
    """The beginning of a T=1 block, as the computer counts its blocks."""
    template: bytes
    """The command without digits."""
    form: int
    size: int
    """Bytes of the PIN block; 0: as many as needed."""

    def _coded(self, digits: str) -> bytes:
        coded = bytes.fromhex(digits + "F" * (len(digits) % 2)) if self.form == _BCD else digits.encode()
        return coded.ljust(self.size, bytes((_FILLER,))) if self.size else coded

    def _with(self, body: bytes) -> bytes:
        return self.template[:_COMMAND_HEADER_LENGTH] + bytes((len(body),)) + body

    @property
    def _body(self) -> bytes:
        return self.template[_COMMAND_HEADER_LENGTH + 1 :]

    def _put(self, body: bytes, at: int, digits: str) -> bytes:
        """Digits over the filler of a fixed block, or between what stands there."""
        coded = self._coded(digits)
        return body[:at] + coded + body[at + self.size :]


@dataclass(frozen=True, slots=True)
class Verify(_Entry):
    """One PIN into one command."""

    at: int
    """Where the block stands, counted from behind the length byte."""

    @classmethod
    def read(cls, structure: bytes) -> Self:
        """Takes a structure apart.

        Raises:
            NotUnderstood: too short, or in a form that this pad does not know.
        """
        _expect(len(structure) >= 14 + _COMMAND_HEADER_LENGTH, len(structure))
        _expect(structure[6] == _KEY_ENDS, 6)
        _expect(structure[7] == _ONE_MESSAGE, 7)
        form, size, position = _format(structure)
        return cls(structure[0], structure[5], structure[4], structure[11:14], structure[14:], form, size, position)

    def command(self, digits: str) -> bytes:
        """The command with the digits in it."""
        return self._with(self._put(self._body, self.at, digits))


@dataclass(frozen=True, slots=True)
class Change(_Entry):
    """An old PIN and a new one into one command."""

    old_at: int
    new_at: int
    asks_old: bool
    asks_twice: bool

    @classmethod
    def read(cls, structure: bytes) -> Self:
        """Takes a structure apart.

        Raises:
            NotUnderstood: too short, or in a form that this pad does not know.
        """
        _expect(len(structure) >= 19 + _COMMAND_HEADER_LENGTH, len(structure))
        _expect(structure[9] == _KEY_ENDS, 9)
        form, size, position = _format(structure)
        old_at, new_at, confirm = structure[4] + position, structure[5] + position, structure[8]
        _expect(old_at <= new_at, 5)
        wait, most, fewest = structure[0], structure[6], structure[7]
        asks = bool(confirm & _ASK_OLD), bool(confirm & _CONFIRM_NEW)
        return cls(wait, fewest, most, structure[16:19], structure[19:], form, size, old_at, new_at, *asks)

    def command(self, old: str, new: str) -> bytes:
        """The command with both PINs in it; the new one is put in first, so that the old one does not shift it."""
        body = self._put(self._body, self.new_at, new)
        return self._with(self._put(body, self.old_at, old) if self.asks_old else body)


PinEntry = Verify | Change


def read(message_data: bytes) -> PinEntry:
    """What a "Secure" message asks for.

    Raises:
        NotUnderstood: another operation, or a structure that this pad does not take.
    """
    if message_data[:1] == bytes((_VERIFY,)):
        return Verify.read(message_data[1:])
    if message_data[:1] == bytes((_CHANGE,)):
        return Change.read(message_data[1:])
    raise NotUnderstood(-1)


def _format(structure: bytes) -> tuple[int, int, int]:
    """The form of the digits, the size of their block, and how many bytes behind the length byte it begins."""
    form, block = structure[1], structure[2]
    _expect(form & _FORM in (_BCD, _ASCII) and not form & _RIGHT_JUSTIFIED, 1)
    _expect(block >> 4 == 0, 2)  # inserting the PIN's length somewhere is not played
    return form & _FORM, block & 0x0F, form >> 3 & 0x0F


def _expect(right: bool, at: int) -> None:
    if not right:
        raise NotUnderstood(at)
