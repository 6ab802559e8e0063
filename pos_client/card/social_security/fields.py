"""The card's field formats: packed digits, dates and text (V2.0 card structure, section 7).

``cn`` is packed BCD filled with F, ``an`` is bytes (GB18030 where Chinese) padded with 00 on the right.
"""

import unicodedata
from datetime import date
from typing import Final

from pos_client.card.iso7816.tlv import Malformed

_PADDING: Final = b"\x00\xff "
_DATE_NOT_SET: Final = frozenset((b"", b"\x00" * 4, b"\xff" * 4))
#: Private-use points that the codec gives for characters which had no code of their own in GB 18030-2000,
#: with the characters that they are today (GB 18030-2022, appendix D, and the six kept for compatibility).
_TODAYS_CHARACTERS: Final = {
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE,
    0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE832: 0x9FB8, 0xE843: 0x9FB9,
    0xE854: 0x9FBA, 0xE864: 0x9FBB,
}  # fmt: skip


def digits(value: bytes) -> str:
    """The digits of a ``cn`` field without its filling.

    Raises:
        Malformed: something else than digits stands before the filling.
    """
    text = value.hex().rstrip("f")
    if not text.isdigit() and text:
        raise Malformed("not packed digits")
    return text


def day(value: bytes) -> date | None:
    """A ``cn`` date YYYYMMDD; all 00 or all FF means that the card sets none.

    Raises:
        Malformed: not four bytes, not digits, or no day of the calendar.
    """
    if value in _DATE_NOT_SET:
        return None
    text = digits(value)
    if len(text) != 8:
        raise Malformed("not a date of eight digits")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise Malformed("not a day of the calendar") from None


def code(value: bytes) -> str:
    """An ``an`` field of letters, digits and points, in upper case; empty where only padding stands.

    Raises:
        Malformed: any other character.
    """
    text = value.rstrip(_PADDING).decode("latin-1")
    if not all(char.isascii() and (char.isalnum() or char == ".") for char in text):
        raise Malformed("a code with other characters than letters and digits")
    return text.upper()


def name(first: bytes, extension: bytes) -> str:
    """The holder's name from record 09 and its extension 4E.

    The bytes are joined before they are decoded, because a character may begin in one record and end in the other.

    Raises:
        Malformed: not GB18030, or with characters that no name has.
    """
    raw = first.rstrip(_PADDING) + extension.rstrip(_PADDING)
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        raise Malformed("the name is not GB18030") from None
    if not text or any(unicodedata.category(char) == "Cc" for char in text):
        raise Malformed("the name is empty or holds control characters")
    return text.translate(_TODAYS_CHARACTERS)
