"""Reading a whole file of records: in one command where the card can do that, else record by record.

Records are found by identifier, never by number: the order differs between versions of the card.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pos_client.card import words
from pos_client.card.iso7816 import apdu, tlv
from pos_client.card.iso7816.apdu import Transmitter
from pos_client.card.iso7816.tlv import Malformed
from pos_client.errors import EnvironmentProblem, Problem, Refused


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file of records: how it is addressed and what is wanted of it."""

    name: str
    file_id: int
    total_length: int
    """Of all its records; naming it exactly saves the card from correcting it."""
    value_lengths: Mapping[int, int]
    required: frozenset[int] = frozenset()

    @property
    def short_id(self) -> int:
        """The short file identifier: the low byte of the long one."""
        return self.file_id & 0x1F


class CardSaysNo(Exception):
    """A read was refused by a status word."""

    def __init__(self, file: RecordFile, status: int) -> None:
        super().__init__(f"{file.name} {status:04X}")
        self.file = file
        self.status = status

    def as_problem(self) -> Problem:
        """What the clerk is told where nothing better is known."""
        evidence = {"file": self.file.name, "status": f"{self.status:04X}"}
        if self.status in (apdu.FILE_INVALIDATED, apdu.APPLICATION_LOCKED):
            return Refused(words.APPLICATION_BLOCKED, evidence)
        return EnvironmentProblem(words.DATA_DAMAGED, evidence)


def read(card: Transmitter, file: RecordFile) -> dict[int, bytes]:
    """The values of the file's records by identifier; what is not required may be missing.

    Raises:
        CardSaysNo: a status word, of the whole file or of a required record.
        Malformed: records that are none.
        EnvironmentProblem: the card or the reader is in trouble.
    """
    answer = apdu.exchange(card, apdu.read_all_records(file.total_length, file.short_id))
    if answer.status == apdu.SECURITY_NOT_SATISFIED:
        raise CardSaysNo(file, answer.status)
    if answer.ok:
        try:
            found = tlv.records(answer.data)
        except Malformed:
            found = {}  # some cards cut a long answer short: asking record by record settles it
        if file.required <= found.keys():
            return found
    return _read_by_tag(card, file)


def _read_by_tag(card: Transmitter, file: RecordFile) -> dict[int, bytes]:
    selected = apdu.exchange(card, apdu.select_file(file.file_id))
    if not selected.ok:
        raise CardSaysNo(file, selected.status)
    found = {}
    for tag, length in file.value_lengths.items():
        answer = apdu.exchange(card, apdu.read_record(tag, length))
        if answer.ok:
            found[tag] = tlv.only_record(answer.data, tag)
        elif answer.status != apdu.RECORD_NOT_FOUND or tag in file.required:
            raise CardSaysNo(file, answer.status)
    return found
