"""Tag, length, value: the records of the card's files and the template that SELECT returns."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

FILE_TEMPLATE: Final = 0x6F
PROPRIETARY_TEMPLATE: Final = 0xA5
ISSUER_TEMPLATE: Final = 0x9F0C
DF_NAME: Final = 0x84
ALGORITHM: Final = 0x86


class Malformed(ValueError):
    """Bytes that are not what the card standard says; the message never holds the bytes themselves."""


def records(data: bytes) -> dict[int, bytes]:
    """The records of a linear file, one after another, each tag(1) length(1) value; nothing left over, no tag twice.

    Raises:
        Malformed: a record is cut short, is empty of its header, or its tag appeared before.
    """
    found: dict[int, bytes] = {}
    at = 0
    while at < len(data):
        if at + 2 > len(data):
            raise Malformed("a record without a length")
        tag, length = data[at], data[at + 1]
        value = data[at + 2 : at + 2 + length]
        if len(value) != length:
            raise Malformed(f"record {tag:02X} is cut short")
        if tag in found:
            raise Malformed(f"record {tag:02X} is there twice")
        found[tag] = value
        at += 2 + length
    return found


def only_record(data: bytes, tag: int) -> bytes:
    """The value of the one record that a READ RECORD by identifier returned.

    Raises:
        Malformed: not exactly one record, or of another tag.
    """
    found = records(data)
    if list(found) != [tag]:
        raise Malformed(f"asked for record {tag:02X}, got another")
    return found[tag]


@dataclass(frozen=True, slots=True)
class FileControl:
    """What SELECT told about an application, as far as it is used here; cards of version 1 tell little."""

    df_name: bytes | None
    algorithm: int | None
    """Of the card's keys: 1 DES or 3DES, 2 SSF33, 3 SM4; None where the card does not say."""


def file_control(data: bytes) -> FileControl:
    """Reads the template of SELECT leniently: unknown tags are passed over, a broken end ends the reading."""
    found = dict(_elements(data))
    name = found.get(DF_NAME)
    algorithm = found.get(ALGORITHM)
    return FileControl(name, algorithm[0] if algorithm else None)


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        tag, at = data[at], at + 1
        if tag & 0x1F == 0x1F and at < len(data):
            tag, at = tag << 8 | data[at], at + 1
        if at >= len(data):
            return
        length, at = data[at], at + 1
        value = data[at : at + length]
        at += length
        if tag in (FILE_TEMPLATE, PROPRIETARY_TEMPLATE, ISSUER_TEMPLATE):
            yield from _elements(value)
        else:
            yield tag, value
