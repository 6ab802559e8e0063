"""How much memory processes hold, as Linux says."""

from pathlib import Path
from typing import Final

_SELF: Final = Path("/proc/self")


def resident_kib(process: Path = _SELF) -> int:
    """Resident memory of a process, of this one unless told, in KiB."""
    lines = (process / "status").read_text(encoding="ascii", errors="replace").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1])


def resident_kib_of_children() -> int:
    """Resident memory of the processes that this one has started and that still live, in KiB."""
    pids = [pid for task in _SELF.glob("task/*/children") for pid in task.read_text(encoding="ascii").split()]
    return sum(resident_kib(Path("/proc", pid)) for pid in pids)
