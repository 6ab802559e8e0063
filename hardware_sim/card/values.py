"""How values stand on a card: text in GB18030, digits two a byte, and records of identifier, length and value."""

from collections.abc import Iterable
from datetime import date

_NO_DATE = b"\xff" * 4


def record(tag: int, value: bytes) -> bytes:
    """One record."""
    return bytes((tag, len(value))) + value


def packed(digits: str, length: int | None = None) -> bytes:
    """Digits two a byte, what is left of the length filled with F."""
    return bytes.fromhex(digits.ljust(2 * length if length else len(digits) + len(digits) % 2, "f"))


def day(value: date | None) -> bytes:
    """A day; FFFFFFFF for none."""
    return _NO_DATE if value is None else packed(value.strftime("%Y%m%d"))


def text(value: str, length: int) -> bytes:
    """Text in GB18030, filled with zero bytes; ValueError where it does not fit."""
    raw = value.encode("gb18030")
    if len(raw) > length:
        raise ValueError(f"{len(raw)} bytes do not fit in a field of {length}")
    return raw.ljust(length, b"\0")


def without(records: Iterable[bytes], tags: Iterable[str]) -> list[bytes]:
    """The records whose identifiers (two hexadecimal digits) are not among these."""
    missing = {int(tag, 16) for tag in tags}
    return [one for one in records if one[0] not in missing]
