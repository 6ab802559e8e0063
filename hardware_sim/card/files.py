"""The file tree of a chip card: directories, and files of records that are read by identifier or by number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum


class RecordMode(IntEnum):
    """How READ RECORD names the record: the low three bits of P2."""

    FIRST = 0
    LAST = 1
    NEXT = 2
    PREVIOUS = 3
    NUMBER = 4
    FROM_NUMBER = 5
    TO_NUMBER = 6


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A linear file of variable records, each beginning with its identifier and its length."""

    file_id: int
    records: Sequence[bytes]
    locked: bool = False
    """Whether it stays shut without a key that nobody here has."""

    @property
    def short_id(self) -> int:
        """The short identifier that READ RECORD may use instead of a selection."""
        return self.file_id & 0x1F

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
        number = parameter or (0 if pointer is None else pointer + 1)
        if not 1 <= number <= len(self.records):
            return None
        if mode is RecordMode.NUMBER:
            return self.records[number - 1], pointer
        some = self.records[number - 1 :]
        return b"".join(some if mode is RecordMode.FROM_NUMBER else reversed(some)), pointer

    def _by_identifier(self, mode: RecordMode, tag: int, pointer: int | None) -> int | None:
        found = [index for index, record in enumerate(self.records) if tag in (0, record[0])]
        if mode is RecordMode.NEXT and pointer is not None:
            found = [index for index in found if index > pointer]
        if mode is RecordMode.PREVIOUS and pointer is not None:
            found = [index for index in found if index < pointer]
        if not found:
            return None
        return found[0] if mode in (RecordMode.FIRST, RecordMode.NEXT) else found[-1]


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory: an application with a name, or one that has only a file identifier."""

    file_id: int
    name: bytes = b""
    control_information: bytes = b""
    """What SELECT returns; nothing where the card returns none."""
    files: Sequence[RecordFile] = ()
    directories: Sequence["Directory"] = field(default=())
    blocked: bool = False

    def walk(self) -> Iterator["Directory"]:
        """This directory and all below it."""
        yield self
        for child in self.directories:
            yield from child.walk()
