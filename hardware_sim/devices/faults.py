"""What goes wrong at a counter device: its plug is pulled, its line is slow, noise comes over it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

#: For how long a pulled plug stays out, unless the fault says otherwise.
OUT_MS: Final = 3000
SLOW_BYTES_PER_S: Final = 30
NOISE: Final = bytes(value ^ 0x9D for value in range(24))
"""Bytes as a loose plug or a wrong speed makes them: no command, no line."""


class DeviceFault(StrEnum):
    """Kinds of faults."""

    UNPLUGGED = "unplugged"
    SLOW = "slow"
    GARBAGE = "garbage"


_DEFAULTS: Final = {DeviceFault.UNPLUGGED: OUT_MS, DeviceFault.SLOW: SLOW_BYTES_PER_S, DeviceFault.GARBAGE: 0}


class NotAFault(ValueError):
    """A text that names no fault."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at the ``at``-th event of the device: a change of a display, a scan, a sentence, an opening of a drawer.

    ``value``: for how many milliseconds the plug stays out, or how many bytes a second a slow line takes.
    """

    kind: DeviceFault
    at: int
    value: int


def parse(text: str) -> Fault:
    """The fault that KIND@N or KIND@N=VALUE names; a slow line is slow from the beginning: ``slow`` or ``slow=VALUE``.

    Raises:
        NotAFault: no such kind, or not so written.
    """
    head, _, value = text.partition("=")
    name, _, at = head.partition("@")
    try:
        kind = DeviceFault(name)
        fault = Fault(kind, int(at or "1"), int(value) if value else _DEFAULTS[kind])
    except ValueError:
        fault = None
    if fault is None or fault.at < 1 or (fault.kind is DeviceFault.SLOW and fault.value < 1) or head.endswith("@"):
        kinds = ", ".join(DeviceFault)
        raise NotAFault(f"{text!r} is none of {kinds}, written KIND@N or KIND@N=VALUE")
    return fault


class FaultPlan:
    """Counts the events of a device and says which faults strike at each one."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._faults = tuple(faults)
        self._events = 0

    @property
    def bytes_per_s(self) -> int | None:
        """How fast the line takes bytes; None is as fast as they come."""
        slow = [fault.value for fault in self._faults if fault.kind is DeviceFault.SLOW]
        return min(slow, default=None)

    def event(self) -> list[Fault]:
        """Counts one event; the faults that strike with it."""
        self._events += 1
        return [one for one in self._faults if one.at == self._events and one.kind is not DeviceFault.SLOW]
