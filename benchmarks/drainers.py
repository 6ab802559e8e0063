"""What every contestant that drains must be able to do, and the contestants by name."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from benchmarks.counters import Buyer
from benchmarks.kept import Kept


class Drainer(Protocol):
    """Something with a backlog on the disk that can be sent."""

    def fill(self, buyers: Sequence[Buyer]) -> None:
        """Puts one settlement for each into the backlog."""

    def drain(self) -> None:
        """Sends what is there."""

    def pragma(self, name: str) -> str:
        """SQLite's answer on the connection that writes."""

    def kept(self) -> Kept:
        """What became of it, by its own file."""

    def close(self) -> None:
        """Lets the file go."""


def _ours(folder: Path, url: str, desk: int) -> Drainer:
    from benchmarks.contestants.drain_ours import Ours

    return Ours(folder, url, desk)


def _one_lane(folder: Path, url: str, desk: int) -> Drainer:
    from benchmarks.contestants.drain_ours import Ours

    return Ours.one_lane(folder, url, desk)


def _loop(folder: Path, url: str, desk: int) -> Drainer:
    from benchmarks.contestants.drain_loop import Loop

    return Loop(folder, url, desk)


def _no_keep_alive(folder: Path, url: str, desk: int) -> Drainer:
    from benchmarks.contestants.drain_loop import Loop

    return Loop.without_keep_alive(folder, url, desk)


Opening = Callable[[Path, str, int], Drainer]
OURS: Final = "ours, 8 lanes"
LOOP: Final = "requests loop"
#: What one of them needs is loaded when it is opened.
CONTESTANTS: Final[Mapping[str, Opening]] = MappingProxyType(
    {OURS: _ours, "ours, 1 lane": _one_lane, LOOP: _loop, "requests loop, no keep-alive": _no_keep_alive}
)
