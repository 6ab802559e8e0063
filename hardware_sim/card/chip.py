"""The command processor of a T=0 chip card (ISO 7816-4): SELECT, READ RECORD, GET RESPONSE.

Order of checks: card blocked, CLA, INS, application blocked, P1 P2, Lc, security, data. A T=0 card keeps the answer to
a command that carried data until the very next command, which must be GET RESPONSE; and it cuts nothing to length, it
names the right length instead.
"""

from hardware_sim.card.files import Directory, RecordFile, RecordMode

OK = 0x9000
WRONG_LENGTH = 0x6700
SECURITY_NOT_SATISFIED = 0x6982
NO_CURRENT_FILE = 0x6986
FUNCTION_NOT_SUPPORTED = 0x6A81
FILE_NOT_FOUND = 0x6A82
RECORD_NOT_FOUND = 0x6A83
WRONG_PARAMETERS = 0x6A86
INSTRUCTION_UNKNOWN = 0x6D00
CLASS_UNKNOWN = 0x6E00
NOTHING_TO_SAY = 0x6F00
APPLICATION_BLOCKED = 0x9303

_MASTER_FILE = 0x3F00
_BY_NAME = 0x04
_BY_IDENTIFIER = (0x00, 0x01, 0x02)  # real cards do not mind which of the three a terminal uses
_NAME_LENGTHS = range(5, 17)


class Refusal(Exception):
    """A status word other than success."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X}")
        self.status = status


class Chip:
    """One chip: its files and what it remembers while it has power."""

    def __init__(self, atr: bytes, root: Directory, *, blocked: bool = False) -> None:
        self.atr = atr
        self._root = root
        self._blocked = blocked
        self.power_on()

    def power_on(self) -> bytes:
        """Forgets everything of the session before and gives the answer to reset."""
        self._directory = self._root
        self._file: RecordFile | None = None
        self._pointer: int | None = None
        self._pending = b""
        return self.atr

    def command(self, command: bytes) -> bytes:
        """The answer to one command, status word included."""
        if len(command) < 4:
            return WRONG_LENGTH.to_bytes(2)
        try:
            data, status = self._dispatch(command)
        except Refusal as refusal:
            data, status = b"", refusal.status
        return data + status.to_bytes(2)

    def _dispatch(self, command: bytes) -> tuple[bytes, int]:
        class_, instruction, p1, p2 = command[:4]
        p3 = command[4] if len(command) > 4 else 0
        pending, self._pending = self._pending, b""
        if self._blocked:
            raise Refusal(FUNCTION_NOT_SUPPORTED)
        if class_ != 0x00:
            raise Refusal(CLASS_UNKNOWN)
        if instruction == 0xA4:
            return self._select(p1, p2, p3, command[5:])
        if instruction == 0xB2:
            return self._read_record(p1, p2, p3)
        if instruction == 0xC0:
            return self._get_response(p1, p2, p3, pending)
        raise Refusal(INSTRUCTION_UNKNOWN)

    def _get_response(self, p1: int, p2: int, length: int, pending: bytes) -> tuple[bytes, int]:
        if (p1, p2) != (0, 0):
            raise Refusal(WRONG_PARAMETERS)
        if not pending:
            raise Refusal(NOTHING_TO_SAY)
        if length == 0 or length > len(pending):
            self._pending = pending
            raise Refusal(0x6C00 | len(pending))
        self._pending = pending[length:]
        return pending[:length], 0x6100 | len(self._pending) if self._pending else OK

    def _select(self, p1: int, p2: int, length: int, body: bytes) -> tuple[bytes, int]:
        if p2 != 0 or p1 not in (_BY_NAME, *_BY_IDENTIFIER):
            raise Refusal(WRONG_PARAMETERS)
        if len(body) not in (length, length + 1):  # a length expected behind the data is tolerated
            raise Refusal(WRONG_LENGTH)
        data = body[:length]
        directory = self._named(data) if p1 == _BY_NAME else self._identified(data)
        if directory is None:
            return b"", OK
        if directory.blocked:
            raise Refusal(APPLICATION_BLOCKED)
        self._directory, self._file, self._pointer = directory, None, None
        self._pending = directory.control_information
        return b"", 0x6100 | len(self._pending) if self._pending else OK

    def _named(self, name: bytes) -> Directory:
        if len(name) not in _NAME_LENGTHS:
            raise Refusal(WRONG_LENGTH)
        for directory in self._root.walk():
            if directory.name == name:
                return directory
        raise Refusal(FILE_NOT_FOUND)

    def _identified(self, identifier: bytes) -> Directory | None:
        """The directory with that identifier; None when it was a file, which is then the current one."""
        if len(identifier) not in (0, 2):
            raise Refusal(WRONG_LENGTH)
        file_id = int.from_bytes(identifier) if identifier else _MASTER_FILE
        for directory in (self._root, *self._root.directories, *self._directory.directories):
            if directory.file_id == file_id:
                return directory
        for file in self._directory.files:
            if file.file_id == file_id:
                self._file, self._pointer = file, None
                return None
        raise Refusal(FILE_NOT_FOUND)

    def _read_record(self, p1: int, p2: int, length: int) -> tuple[bytes, int]:
        if p2 & 0x07 > RecordMode.TO_NUMBER:
            raise Refusal(WRONG_PARAMETERS)
        self._address(p2 >> 3)
        if self._file is None:
            raise Refusal(NO_CURRENT_FILE)
        if self._file.locked:
            raise Refusal(SECURITY_NOT_SATISFIED)
        read = self._file.read(RecordMode(p2 & 0x07), p1, self._pointer)
        if read is None:
            raise Refusal(RECORD_NOT_FOUND)
        data, pointer = read
        if len(data) != length:
            raise Refusal(0x6C00 | len(data))
        self._pointer = pointer
        return data, OK

    def _address(self, short_id: int) -> None:
        """Makes the file of a short identifier the current one; 0 leaves the current one as it is."""
        if short_id == 0:
            return
        for file in self._directory.files:
            if file.short_id == short_id:
                self._file, self._pointer = file, None
                return
        raise Refusal(FILE_NOT_FOUND)
