"""What stands on a PSAM: its environments, one a cipher, and the files in them (《社会保障（个人）卡规范》 part 9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hardware_sim.card.crypto import Algorithm
from hardware_sim.card.files import Directory, RecordFile, TransparentFile

_SECURITY_APPLICATION = bytes.fromhex("D15600000590")
_APPLICATION_FILE = 0xDF01
_COUNTER_FILE = 0x0019
_VALIDITY_FILES = (0x001A, 0x001B, 0x001C)
#: Purchase key index 1, authentication key version 1, first and last day.
_VALIDITY = bytes.fromhex("01012024010120391231")


@dataclass(frozen=True, slots=True)
class Environment:
    """One environment: how it is selected, and its cipher; None, one that only chips can compute (SSF33)."""

    name: bytes
    algorithm: Algorithm | None


def _named(number: int) -> bytes:
    """ "sx1.sh.", "sx2.sh.", … and 社会保障 in GB18030."""
    return f"sx{number}.sh.社会保障".encode("gb18030")


#: By file identifier. The last one, for SM4, is OUR ASSUMPTION, in its name as in its identifier.
ENVIRONMENTS: Final[Mapping[int, Environment]] = {
    0x3F00: Environment(_named(1), Algorithm.DES),
    0xDDF1: Environment(_named(2), None),
    0xDDF2: Environment(_named(3), Algorithm.SM4),
}


@dataclass(frozen=True, slots=True)
class PsamData:
    """What is written on a PSAM. Region 4399 does not exist."""

    atr: bytes = bytes.fromhex("3B6D000000814A444686604399000000F1")
    terminal_number: str = "439900000001"
    """Twelve digits; the first six are the region that issued it."""
    serial_number: str = "43990000000000000001"
    """Twenty digits."""
    count: int = 0
    """Purchases made so far."""

    @property
    def region(self) -> str:
        """The six digits of the region that issued it."""
        return self.terminal_number[:6]


def root(data: PsamData) -> Directory:
    """All files of a PSAM; the root is itself the environment of 3DES."""
    master, *others = (_environment(file_id, data) for file_id in ENVIRONMENTS)
    master.directories = (*master.directories, *others)
    return master


def counter_of(environment: Directory) -> TransparentFile:
    """The file with the number of purchases made in an environment, four bytes."""
    return next(
        file
        for directory in environment.directories
        for file in directory.files
        if isinstance(file, TransparentFile) and file.file_id == _COUNTER_FILE
    )


def _environment(file_id: int, data: PsamData) -> Directory:
    name = ENVIRONMENTS[file_id].name
    public = bytes((0x01,)) + bytes.fromhex(data.serial_number) + bytes((0x01, 0x01)) + bytes(2)
    return Directory(
        file_id,
        name=name,
        control_information=_nested(0x6F, _nested(0x84, name) + _nested(0xA5, b"\x88\x01\x01")),
        files=(
            RecordFile(0x0001, [_nested(0x61, _nested(0x4F, _SECURITY_APPLICATION))]),
            TransparentFile(0x0015, bytearray(public)),
            TransparentFile(0x0016, bytearray.fromhex(data.terminal_number)),
        ),
        directories=(_security_application(data),),
    )


def _security_application(data: PsamData) -> Directory:
    return Directory(
        _APPLICATION_FILE,
        name=_SECURITY_APPLICATION,
        control_information=_nested(0x6F, _nested(0x84, _SECURITY_APPLICATION)),
        files=(
            TransparentFile(_COUNTER_FILE, bytearray(data.count.to_bytes(4))),
            *(TransparentFile(file_id, bytearray(_VALIDITY)) for file_id in _VALIDITY_FILES),
        ),
    )


def _nested(tag: int, value: bytes) -> bytes:
    return bytes((tag, len(value))) + value
