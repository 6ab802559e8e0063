"""The file tree of a chip card: directories, and files of records or of plain bytes.

A file keeps what is written to it for as long as its chip exists, as the memory of a card does. Structure and manner of
addressing: 《社会保障（个人）卡规范》 part 3 (5.3).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from hardware_sim.card.access import FREE, NEVER, Rule
from hardware_sim.card.keys import KeyName
from hardware_sim.card.pin import Pin
from hardware_sim.card.status import (
    LENGTH_AND_STRUCTURE_DIFFER,
    NO_ROOM,
    RECORD_NOT_FOUND,
    STRUCTURE_MISMATCH,
    WRONG_LENGTH,
    WRONG_PARAMETERS,
    Refusal,
)

#: What one answer of a T=0 card holds, when whole files of records are read in one command.
_ANSWER_LENGTH = 0xFF
_HEADER_LENGTH = 2


class RecordMode(IntEnum):
    """How a command names the record: the low three bits of P2."""

    FIRST = 0
    LAST = 1
    NEXT = 2
    PREVIOUS = 3
    NUMBER = 4
    FROM_NUMBER = 5
    TO_NUMBER = 6


class AnyFile(Protocol):
    """What all files have."""

    file_id: int
    readable: Rule
    writable: Rule


def short_id(file: AnyFile) -> int:
    """The short identifier that commands may use instead of a selection."""
    return file.file_id & 0x1F


@dataclass(slots=True)
class RecordFile:
    """A linear file of records, each beginning with its identifier and its length."""

    file_id: int
    records: list[bytes]
    readable: Rule = FREE
    writable: Rule = NEVER
    size: int | None = None
    """Room for all records, in bytes; None where there is none beyond what was written at first."""
    record_length: int | None = None
    """Of every record, identifier and length included, in a file of fixed records; None where they vary."""

    def __post_init__(self) -> None:
        if self.size is None:
            self.size = sum(map(len, self.records))

    def read(self, mode: RecordMode, parameter: int, pointer: int | None) -> tuple[bytes, int | None] | None:
        """The bytes read and the record pointer afterwards, or None where there is no such record.

        Args:
            mode: how the record is named.
            parameter: P1, an identifier or a number from 1; 0 means any identifier, or the current record.
            pointer: the current record, an index from 0, or None.
        """
        if mode <= RecordMode.PREVIOUS:
            index = self._by_identifier(mode, parameter, pointer)
            return None if index is None else (self.records[index], index)
        return _by_number(self.records, mode, parameter, pointer)

    def update(self, mode: RecordMode, parameter: int, pointer: int | None, record: bytes) -> None:
        """Writes one record; one that is not there yet is appended.

        Raises:
            Refusal: identifier, length or room do not fit, or the number is beyond the one behind the last.
        """
        if len(record) < _HEADER_LENGTH or len(record) != _HEADER_LENGTH + record[1]:
            raise Refusal(LENGTH_AND_STRUCTURE_DIFFER)
        if self.record_length not in (None, len(record)):
            raise Refusal(LENGTH_AND_STRUCTURE_DIFFER)
        index = self._place(mode, parameter, pointer, record[0])
        after = [*self.records[:index], record, *self.records[index + 1 :]]
        if sum(map(len, after)) > (self.size or 0):
            raise Refusal(NO_ROOM)
        self.records = after

    def _place(self, mode: RecordMode, parameter: int, pointer: int | None, tag: int) -> int:
        if mode > RecordMode.NUMBER:
            raise Refusal(WRONG_PARAMETERS)
        if mode is RecordMode.NUMBER:
            number = parameter or (0 if pointer is None else pointer + 1)
            if not 1 <= number <= len(self.records) + 1:
                raise Refusal(RECORD_NOT_FOUND)
            return number - 1
        if parameter not in (0, tag):
            raise Refusal(LENGTH_AND_STRUCTURE_DIFFER)
        index = self._by_identifier(mode, parameter, pointer)
        return len(self.records) if index is None else index

    def _by_identifier(self, mode: RecordMode, tag: int, pointer: int | None) -> int | None:
        found = [index for index, record in enumerate(self.records) if tag in (0, record[0])]
        return _of_several(found, mode, pointer)


@dataclass(slots=True)
class CircularFile:
    """A ring of records without identifiers, the newest first; a new one drops the oldest when the ring is full."""

    file_id: int
    record_length: int
    capacity: int
    records: list[bytes] = field(default_factory=list)
    readable: Rule = FREE
    writable: Rule = NEVER

    def read(self, mode: RecordMode, parameter: int, pointer: int | None) -> tuple[bytes, int | None] | None:
        """As of a linear file, but only identifier 0 exists."""
        if mode > RecordMode.PREVIOUS:
            return _by_number(self.records, mode, parameter, pointer)
        found = _of_several([] if parameter else list(range(len(self.records))), mode, pointer)
        return None if found is None else (self.records[found], found)

    def update(self, mode: RecordMode, parameter: int, pointer: int | None, record: bytes) -> None:
        """Appends: by mode "previous" as the standard says, or by number 1 as some terminals do."""
        if mode is not RecordMode.PREVIOUS and (mode, parameter) != (RecordMode.NUMBER, 1):
            raise Refusal(STRUCTURE_MISMATCH)
        self.append(record)

    def append(self, record: bytes) -> None:
        """Puts a record before all others."""
        if len(record) != self.record_length:
            raise Refusal(WRONG_LENGTH)
        self.records = [record, *self.records][: self.capacity]


@dataclass(slots=True)
class TransparentFile:
    """A file of plain bytes."""

    file_id: int
    content: bytearray
    readable: Rule = FREE
    writable: Rule = NEVER


File = RecordFile | CircularFile | TransparentFile


def _by_number(
    records: Sequence[bytes], mode: RecordMode, parameter: int, pointer: int | None
) -> tuple[bytes, int | None] | None:
    number = parameter or (0 if pointer is None else pointer + 1)
    if not 1 <= number <= len(records):
        return None
    if mode is RecordMode.NUMBER:
        return records[number - 1], pointer
    some = records[number - 1 :]
    return _whole(some if mode is RecordMode.FROM_NUMBER else some[::-1]), pointer


def _whole(records: Sequence[bytes]) -> bytes:
    """As many whole records as one answer holds."""
    joined = b""
    for record in records:
        if joined and len(joined) + len(record) > _ANSWER_LENGTH:
            break
        joined += record
    return joined


def _of_several(found: Sequence[int], mode: RecordMode, pointer: int | None) -> int | None:
    if mode is RecordMode.NEXT and pointer is not None:
        found = [index for index in found if index > pointer]
    if mode is RecordMode.PREVIOUS and pointer is not None:
        found = [index for index in found if index < pointer]
    if not found:
        return None
    return found[0] if mode in (RecordMode.FIRST, RecordMode.NEXT) else found[-1]


class MedicalPurse(Protocol):
    """The purse of an application, which has commands of its own."""

    def command(
        self, header: bytes, data: bytes, le: int, /, *, pin_ok: bool, may_set_starting_day: bool = False
    ) -> tuple[bytes, int]:
        """Answer and status word of one command."""

    def interrupt(self) -> None:
        """Forgets a transaction that was begun: another command came between, or power went."""


@dataclass(slots=True)
class Directory:
    """A directory: an application with a name, or one that has only a file identifier."""

    file_id: int
    name: bytes = b""
    control_information: bytes = b""
    """What SELECT returns; nothing where the card returns none."""
    files: Sequence[File] = ()
    directories: Sequence["Directory"] = ()
    blocked: bool = False
    keys: Mapping[int, KeyName] = field(default_factory=dict)
    """By their number on the card."""
    pin: Pin | None = None
    """The holder's number, which counts in all directories below as well."""
    purse: MedicalPurse | None = None

    def walk(self) -> Iterator["Directory"]:
        """This directory and all below it."""
        yield self
        for child in self.directories:
            yield from child.walk()

    def path_to(self, directory: "Directory") -> list["Directory"]:
        """The directories from this one to that one, both included; empty where it is not below."""
        if directory is self:
            return [self]
        for child in self.directories:
            if path := child.path_to(directory):
                return [self, *path]
        return []
