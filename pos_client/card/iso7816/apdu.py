"""Commands to a chip card and its answers (ISO 7816-4), with the manners of the T=0 protocol.

A T=0 card does not hand out the answer to a command that carried data: it says ``61xx`` and waits to be asked with
GET RESPONSE. And it does not cut an answer to the length asked for: it says ``6Cxx``, the right length, and waits
for the same command again. Neither PC/SC nor a serial reader follows these by itself.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from pos_client.card import words
from pos_client.errors import EnvironmentProblem

OK: Final = 0x9000
END_OF_FILE_REACHED: Final = 0x6282
FILE_INVALIDATED: Final = 0x6283
WRONG_LENGTH: Final = 0x6700
SECURITY_NOT_SATISFIED: Final = 0x6982
LOCKED: Final = 0x6983
REFERENCE_INVALID: Final = 0x6984
CONDITIONS_NOT_SATISFIED: Final = 0x6985
WRONG_DATA: Final = 0x6A80
FUNCTION_NOT_SUPPORTED: Final = 0x6A81
FILE_NOT_FOUND: Final = 0x6A82
RECORD_NOT_FOUND: Final = 0x6A83
KEY_NOT_FOUND: Final = 0x6A88
INSTRUCTION_UNKNOWN: Final = 0x6D00
CLASS_UNKNOWN: Final = 0x6E00
APPLICATION_LOCKED: Final = 0x9303

_MORE_DATA: Final = 0x61
_NOT_VERIFIED: Final = 0x63C0
_WRONG_LENGTH: Final = 0x6C
#: A short APDU holds 256 bytes; the longest free file of the card is far below what this many parts can carry.
_MOST_PARTS: Final = 16
_LONGEST_ANSWER: Final = 258


class Transmitter(Protocol):
    """Whatever carries one command to the card and brings its answer back."""

    def transmit(self, command: bytes) -> bytes:
        """The card's raw answer, status word included.

        Raises:
            EnvironmentProblem: the card or the reader is gone, mute or disturbed.
        """


@dataclass(frozen=True, slots=True)
class Answer:
    """A card's whole answer to one command."""

    data: bytes
    status: int

    @property
    def ok(self) -> bool:
        """Whether the command was done; reaching the end of a file early is no failure of a read."""
        return self.status in (OK, END_OF_FILE_REACHED)

    @property
    def tries_left(self) -> int | None:
        """How often a PIN or a key may still be tried, where the card says so (63Cx); else None."""
        return self.status & 0x0F if self.status & 0xFFF0 == _NOT_VERIFIED else None


def select_by_name(name: bytes) -> bytes:
    """SELECT an application by its DF name; sent without Le, as T=0 wants it."""
    return bytes((0x00, 0xA4, 0x04, 0x00, len(name))) + name


def select_directory(file_id: int) -> bytes:
    """SELECT a directory by its file identifier."""
    return bytes((0x00, 0xA4, 0x00, 0x00, 0x02)) + file_id.to_bytes(2)


def select_file(file_id: int) -> bytes:
    """SELECT an elementary file of the current directory by its file identifier."""
    return bytes((0x00, 0xA4, 0x02, 0x00, 0x02)) + file_id.to_bytes(2)


def read_record(tag: int, value_length: int, short_id: int = 0) -> bytes:
    """READ RECORD of the first record with an identifier; tag and length bytes belong to the record.

    Args:
        tag: the record identifier.
        value_length: bytes expected in the value.
        short_id: the short file identifier, 0 for the current file.
    """
    return bytes((0x00, 0xB2, tag, short_id << 3, value_length + 2))


def read_all_records(total_length: int, short_id: int) -> bytes:
    """READ RECORD of every record of a file in one command, from the first to the last."""
    return bytes((0x00, 0xB2, 0x01, short_id << 3 | 0x05, total_length))


def read_numbered_record(number: int, length: int, short_id: int) -> bytes:
    """READ RECORD by number, 1 the newest of a circular file; ``length`` is that of the record."""
    return bytes((0x00, 0xB2, number, short_id << 3 | 0x04, length))


def read_binary(length: int, short_id: int) -> bytes:
    """READ BINARY of the beginning of a transparent file."""
    return bytes((0x00, 0xB0, 0x80 | short_id, 0x00, length))


def get_challenge(length: int = 8) -> bytes:
    """GET CHALLENGE: a random number of the card; the last one is what it holds an authentication against."""
    return bytes((0x00, 0x84, 0x00, 0x00, length))


def internal_authenticate(factor: bytes, source: bytes) -> bytes:
    """INTERNAL AUTHENTICATE with the card's own key: answered with what only a genuine card can compute."""
    return bytes((0x00, 0x88, 0x00, 0x00, len(factor) + len(source))) + factor + source


def external_authenticate(key: int, value: bytes, source: bytes) -> bytes:
    """EXTERNAL AUTHENTICATE for one of the card's keys; a wrong value uses up one of that key's tries."""
    return bytes((0x00, 0x82, 0x00, key, len(value) + len(source))) + value + source


def exchange(card: Transmitter, command: bytes) -> Answer:
    """Sends a command and follows ``6Cxx`` (once) and ``61xx`` (to the end).

    Only commands that may be repeated without harm are sent through here, such as SELECT and READ.

    Raises:
        EnvironmentProblem: from the reader, or because what came is no answer of a card.
    """
    data, status = _once(card, command)
    collected = data
    parts = 0
    while status >> 8 == _MORE_DATA:
        parts += 1
        if parts > _MOST_PARTS:
            raise _no_answer(command, status)
        data, status = _once(card, bytes((0x00, 0xC0, 0x00, 0x00, status & 0xFF)))
        collected += data
    return Answer(collected, status)


def ask(card: Transmitter, command: bytes, length: int) -> Answer:
    """Sends a command that carries data and is answered with data, whichever way the card speaks.

    Over T=0 it goes without a length and the answer is fetched. A T=1 or contactless card says nothing, or refuses the
    length, unless it is told how much is expected: such a card is asked once more, with ``length`` (0 for any).

    Raises:
        EnvironmentProblem: as :func:`exchange`.
    """
    answer = exchange(card, command)
    if answer == Answer(b"", OK) or answer.status == WRONG_LENGTH:
        return exchange(card, command + bytes((length,)))
    return answer


def command_only(card: Transmitter, command: bytes) -> Answer:
    """Sends a command whose data nobody wants: what a T=0 card holds ready is not fetched, and so thrown away.

    Raises:
        EnvironmentProblem: as :func:`exchange`.
    """
    data, status = _transmit(card, command)
    return Answer(data, OK if status >> 8 == _MORE_DATA else status)


def exactly_once(card: Transmitter, command: bytes) -> Answer:
    """Sends a command that must never be repeated: whatever the card answers is its last word.

    Raises:
        EnvironmentProblem: as :func:`exchange`; the command may have been carried out.
    """
    return Answer(*_transmit(card, command))


def _once(card: Transmitter, command: bytes) -> tuple[bytes, int]:
    """One command; a wrong Le is corrected once, where the command is nothing but a header with an Le."""
    data, status = _transmit(card, command)
    if status >> 8 == _WRONG_LENGTH and len(command) == 5:
        data, status = _transmit(card, command[:4] + bytes((status & 0xFF,)))
    return data, status


def _transmit(card: Transmitter, command: bytes) -> tuple[bytes, int]:
    raw = card.transmit(command)
    if not 2 <= len(raw) <= _LONGEST_ANSWER:
        raise _no_answer(command, None)
    return raw[:-2], int.from_bytes(raw[-2:])


def _no_answer(command: bytes, status: int | None) -> EnvironmentProblem:
    evidence = {"command": command[:4].hex().upper(), "status": "none" if status is None else f"{status:04X}"}
    return EnvironmentProblem(words.DATA_DAMAGED, evidence)
