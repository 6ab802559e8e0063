"""What stands on a social-security card, as the bytes of its files.

This is the simulator's own writing of the card standard (人社信息函〔2012〕37号); the program that reads the card has
another, and the two must meet only on the wire.
"""

from datetime import date

from hardware_sim.personas import CardData

_NAME_LENGTH = 30
_NAME_EXTENSION_LENGTH = 20
_NUMBER_LENGTH = 18
_CARD_NUMBER_LENGTH = 9
_VERSION_LENGTH = 4
_INITIALISER = "9156000002"
_NO_DATE = b"\xff" * 4


def _record(tag: int, value: bytes) -> bytes:
    return bytes((tag, len(value))) + value


def _packed(digits: str) -> bytes:
    """Digits two a byte, the last half byte filled with F."""
    return bytes.fromhex(digits + "f" * (len(digits) % 2))


def _day(day: date | None) -> bytes:
    return _NO_DATE if day is None else _packed(day.strftime("%Y%m%d"))


def _text(text: str, length: int) -> bytes:
    """Text in GB18030, filled with zero bytes."""
    raw = text.encode("gb18030")
    if len(raw) > length:
        raise ValueError(f"{len(raw)} bytes do not fit in a field of {length}")
    return raw.ljust(length, b"\0")


def card_issue_records(card: CardData) -> list[bytes]:
    """EF05, 发卡机构数据: seven records, 40h bytes in all."""
    region = card.identification_code[:6]
    return [
        _record(0x01, bytes.fromhex(card.identification_code)),
        _record(0x02, _text(card.card_class, 1)),
        _record(0x03, _text(card.version, _VERSION_LENGTH)),
        _record(0x04, _packed(f"{_INITIALISER}{region}{region}01")),
        _record(0x05, _day(card.issued_on)),
        _record(0x06, _day(card.expires_on)),
        _record(0x07, _text(card.card_number, _CARD_NUMBER_LENGTH)),
    ]


def holder_records(card: CardData) -> list[bytes]:
    """EF06, 持卡人基本信息: 5Bh bytes in all; a card of version 1 has no extension of the name, 45h bytes."""
    extended = not card.version.startswith("1")
    name = _text(card.name, _NAME_LENGTH + (_NAME_EXTENSION_LENGTH if extended else 0))
    return [
        _record(0x08, _text(card.id_number, _NUMBER_LENGTH)),
        _record(0x09, name[:_NAME_LENGTH]),
        *([_record(0x4E, name[_NAME_LENGTH:])] if extended else []),
        _record(0x0A, _text(card.sex, 1)),
        _record(0x0B, _packed(card.nation)),
        _record(0x0C, _packed(card.birthplace)),
        _record(0x0D, _day(card.born_on)),
    ]
