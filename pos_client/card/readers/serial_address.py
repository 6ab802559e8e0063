"""How the address of a serial reader is written; nothing is opened and no library is needed for this."""

import re
from dataclasses import dataclass, replace
from typing import Final, Self

_WRITTEN: Final = re.compile(r"(?P<port>[^?#]+)(?P<pin_pad>\?pinpad)?(?:#(?P<slot>[0-9]{1,2}))?")
_SOCKET: Final = re.compile(r"socket://(?:\[[0-9A-Fa-f:.]+\]|[^/:\[\]]+):(?P<port>[0-9]{1,5})/?")


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """Where a serial reader hangs, written ``PORT[?pinpad][#SLOT]``."""

    port: str
    """A device path or name, or ``socket://host:port``."""
    slot: int = 0
    """Which slot of a reader with several."""
    pin_pad: bool = False
    """The reader is known to have keys of its own, though it does not say so when asked."""

    @classmethod
    def parse(cls, target: str) -> Self | None:
        """Takes an address apart; None for what nobody can open."""
        written = _WRITTEN.fullmatch(target)
        if written is None or target != target.strip() or ("://" in target and not _is_socket(written["port"])):
            return None
        return cls(written["port"], int(written["slot"] or 0), written["pin_pad"] is not None)

    def at(self, slot: int) -> Self:
        """Another slot of the same reader."""
        return replace(self, slot=slot)

    def __str__(self) -> str:
        slot = f"#{self.slot}" if self.slot else ""
        return self.port + ("?pinpad" if self.pin_pad else "") + slot


def _is_socket(port: str) -> bool:
    written = _SOCKET.fullmatch(port)
    return written is not None and 0 < int(written["port"]) <= 0xFFFF
