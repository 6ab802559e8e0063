"""SELECT, and reading and writing of records and bytes (《社会保障（个人）卡规范》 part 5).

The card is as patient as real ones are: files are selected with any P1 of the three that mean an identifier, and a
directory beside the current one without going up first.
"""

from collections.abc import Iterator

from hardware_sim.card.files import CircularFile, Directory, File, RecordFile, RecordMode, TransparentFile
from hardware_sim.card.state import CardState, Command
from hardware_sim.card.status import (
    APPLICATION_BLOCKED,
    FILE_NOT_FOUND,
    OFFSET_BEYOND_FILE,
    RECORD_NOT_FOUND,
    STRUCTURE_MISMATCH,
    WRONG_LENGTH,
    WRONG_PARAMETERS,
    Refusal,
)

_MASTER_FILE = 0x3F00
_BY_NAME = 0x04
_BY_IDENTIFIER = (0x00, 0x01, 0x02)
_FIRST_OF_NAME, _NEXT_OF_NAME = 0x00, 0x02
_NAME_LENGTHS = range(5, 17)
_BY_SHORT_ID = 0x80
_UNUSED_BITS = 0x60
_SECURED_CLASS = 0x04
#: An answer of T=0 that is asked for with length 0 holds this much at most.
_LONGEST_ANSWER = 0x100


def select(state: CardState, command: Command) -> bytes:
    """Makes a directory or a file the current one; what it tells of itself comes back."""
    by_name = command.p1 == _BY_NAME and command.p2 in (_FIRST_OF_NAME, _NEXT_OF_NAME)
    if not by_name and (command.p1 not in _BY_IDENTIFIER or command.p2 != 0):
        raise Refusal(WRONG_PARAMETERS)
    if by_name:
        target: Directory | File = _named(state, command.data, after_current=command.p2 == _NEXT_OF_NAME)
    else:
        target = _identified(state, command.data)
    if not isinstance(target, Directory):
        state.file, state.pointer = target, None
        return b""
    if any(directory.blocked for directory in state.root.path_to(target)):
        raise Refusal(APPLICATION_BLOCKED)
    state.enter(target)
    return target.control_information


def _named(state: CardState, name: bytes, *, after_current: bool) -> Directory:
    """The directory whose name begins so, the first one or the one behind the current one."""
    if len(name) not in _NAME_LENGTHS:
        raise Refusal(WRONG_LENGTH)
    found = list(state.root.walk())
    if after_current:
        found = found[[directory is state.directory for directory in found].index(True) + 1 :]
    for directory in found:
        if directory.name.startswith(name):
            return directory
    raise Refusal(FILE_NOT_FOUND)


def _identified(state: CardState, identifier: bytes) -> Directory | File:
    if len(identifier) not in (0, 2):
        raise Refusal(WRONG_LENGTH)
    file_id = int.from_bytes(identifier) if identifier else _MASTER_FILE
    for candidate in _within_reach(state):
        if candidate.file_id == file_id:
            return candidate
    raise Refusal(FILE_NOT_FOUND)


def _within_reach(state: CardState) -> Iterator[Directory | File]:
    """What an identifier can mean here: own children first, then what lies beside the current directory or above."""
    yield from state.directory.directories
    yield from state.directory.files
    for directory in reversed(state.path):
        yield directory
        yield from directory.directories


def read_record(state: CardState, command: Command) -> bytes:
    """One record, or all from one on; only at the right length."""
    if command.p2 & 0x07 > RecordMode.TO_NUMBER:
        raise Refusal(WRONG_PARAMETERS)
    file = state.choose(command.p2 >> 3)
    if isinstance(file, TransparentFile):
        raise Refusal(STRUCTURE_MISMATCH)
    state.require(file.readable)
    read = file.read(RecordMode(command.p2 & 0x07), command.p1, state.pointer)
    if read is None:
        raise Refusal(RECORD_NOT_FOUND)
    data, pointer = read
    answer = state.measured(data, command.p3)
    state.pointer = pointer
    return answer


def update_record(state: CardState, command: Command) -> bytes:
    """Writes one record, or appends it."""
    if command.p2 & 0x07 > RecordMode.NUMBER:
        raise Refusal(WRONG_PARAMETERS)
    file = state.choose(command.p2 >> 3)
    if not isinstance(file, RecordFile | CircularFile):
        raise Refusal(STRUCTURE_MISMATCH)
    state.require(file.writable)
    file.update(RecordMode(command.p2 & 0x07), command.p1, state.pointer, _written(state, command))
    return b""


def read_binary(state: CardState, command: Command) -> bytes:
    """Bytes from an offset on."""
    file, offset = _bytes_addressed(state, command)
    state.require(file.readable)
    if offset >= len(file.content):
        raise Refusal(OFFSET_BEYOND_FILE)
    wanted = command.p3 or _LONGEST_ANSWER
    found = bytes(file.content[offset : offset + wanted])
    return found if len(found) == wanted else state.measured(found, command.p3)


def update_binary(state: CardState, command: Command) -> bytes:
    """Writes bytes over those that are there."""
    file, offset = _bytes_addressed(state, command)
    state.require(file.writable)
    data = _written(state, command)
    if offset + len(data) > len(file.content):
        raise Refusal(OFFSET_BEYOND_FILE)
    file.content[offset : offset + len(data)] = data
    return b""


def _bytes_addressed(state: CardState, command: Command) -> tuple[TransparentFile, int]:
    by_short_id = command.p1 & _BY_SHORT_ID
    if by_short_id and (command.p1 & _UNUSED_BITS or not command.p1 & 0x1F):
        raise Refusal(WRONG_PARAMETERS)
    file = state.choose(command.p1 & 0x1F if by_short_id else 0)
    if not isinstance(file, TransparentFile):
        raise Refusal(STRUCTURE_MISMATCH)
    return file, command.p2 if by_short_id else command.p1 << 8 | command.p2


def _written(state: CardState, command: Command) -> bytes:
    """The data to be written, without the MAC that protects it in the secured class."""
    data = state.secured(command)[0] if command.header[0] == _SECURED_CLASS else command.data
    if not data:
        raise Refusal(WRONG_LENGTH)
    return data
