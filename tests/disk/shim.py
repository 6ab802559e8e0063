"""Builds the failing disk (``failing_disk.c``), puts it under a child process, and speaks to it from inside."""

import ctypes
import os
import subprocess
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("failing_disk.c")
#: How a process ends whose power was cut.
POWER_CUT_EXIT = 137


class Fault(IntEnum):
    """What the disk does at the n-th write or sync; the numbers are those of the C source."""

    HEALTHY = 0
    FULL = 1
    WRITE_ERROR = 2
    SYNC_ERROR = 3
    CUT_AT_WRITE = 4
    CUT_AT_SYNC = 5


def build(folder: Path) -> Path:
    """Compiles the library into a folder and returns its file."""
    library = folder / "failing_disk.so"
    flags = ("-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC")
    subprocess.run(["cc", *flags, "-o", library, SOURCE, "-ldl"], check=True)
    return library


def environment(library: Path, root: Path) -> dict[str, str]:
    """The environment of a child whose files below ``root`` lie on the failing disk."""
    return {**os.environ, "LD_PRELOAD": str(library), "FAILING_DISK_ROOT": str(root.resolve())}


class FailingDisk:
    """The disk under this very process, which was started in that environment."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.failing_disk_begin.argtypes = (ctypes.c_int, ctypes.c_uint64, ctypes.c_uint64)
        self._library.failing_disk_begin.restype = None
        for name in ("writes", "syncs", "bytes"):
            getattr(self._library, f"failing_disk_{name}").restype = ctypes.c_uint64

    def begin(self, fault: Fault = Fault.HEALTHY, at: int = 0, seed: int = 0) -> None:
        """Counts from zero from now on, and fails in the given way at the ``at``-th write or sync (from one)."""
        self._library.failing_disk_begin(fault, at, seed)

    def heal(self) -> None:
        """The disk works from now on; what failed stays failed."""
        self._library.failing_disk_heal()

    @property
    def writes(self) -> int:
        """Writes since :meth:`begin`."""
        return int(self._library.failing_disk_writes())

    @property
    def syncs(self) -> int:
        """Calls of fsync and fdatasync since :meth:`begin`."""
        return int(self._library.failing_disk_syncs())

    @property
    def bytes_written(self) -> int:
        """Bytes written since :meth:`begin`."""
        return int(self._library.failing_disk_bytes())
