"""What of a command may be seen outside the card: everything but the data of commands that could carry a PIN."""

from dataclasses import dataclass
from typing import Final

#: Instructions whose data holds no PIN: files, challenges and authentication, purse, PSAM. Whatever is not named here
#: is hidden: VERIFY (20), CHANGE PIN (5E), PIN RELOAD and UNBLOCK (24), what a PSAM enciphers (FA), keys (D4), and
#: blocks or bytes of no command at all.
_OPEN_INSTRUCTIONS: Final = frozenset(
    (0x82, 0x84, 0x88, 0xA4, 0xB0, 0xB2, 0xC0, 0xD6, 0xDC, 0x26, 0x28, 0x2A, 0x2C, 0x2E, 0x56, 0x70, 0x72, 0xDE, 0xEC)
)  # fmt: skip
_HEADER_LENGTH: Final = 4
_HIDDEN: Final = "***"


@dataclass(frozen=True, slots=True)
class SeenCommand:
    """A command as anybody may see it."""

    shown: bytes
    """The whole command, or what stands before its hidden data."""
    hidden: bool = False

    def __str__(self) -> str:
        """Hexadecimal, with ``***`` for what is hidden."""
        return self.shown.hex().upper() + (_HIDDEN if self.hidden else "")


def seen(command: bytes) -> SeenCommand:
    """The command without a PIN. An instruction that could carry one shows its header, and its length if it is true."""
    if len(command) <= _HEADER_LENGTH or command[1] in _OPEN_INSTRUCTIONS:
        return SeenCommand(command)
    length, data = command[_HEADER_LENGTH], command[_HEADER_LENGTH + 1 :]
    if not data and length == 0:
        return SeenCommand(command)
    if len(data) in (length, length + 1):
        return SeenCommand(command[: _HEADER_LENGTH + 1], hidden=True)
    return SeenCommand(command[:_HEADER_LENGTH], hidden=True)


def read_seen(text: str) -> SeenCommand:
    """A command as :meth:`SeenCommand.__str__` writes it.

    Raises:
        ValueError: no hexadecimal digits.
    """
    return SeenCommand(bytes.fromhex(text.removesuffix(_HIDDEN)), text.endswith(_HIDDEN))
