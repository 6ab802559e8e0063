"""The serial CCID readers that can be simulated, as data.

Sources: ``ccid_serial.c`` of LudovicRousseau/CCID (which reader sends commands back, how many slots, which escapes) and
sessions with the real driver. What the sources do not say, the firmware's name and the one byte of SEC1210, is made up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_ASK_FIRMWARE: Final = bytes((0x02,))
_ANNOUNCE_SYNCHRONOUSLY: Final = bytes((0x01, 0x01, 0x01))
_ASK_SEC1210: Final = bytes((0x06,))
_LABELS: Final = bytes((0xB2, 0xA0, 0x00, 0x4D, 0x4C))


@dataclass(frozen=True, slots=True)
class Model:
    """One make of reader."""

    name: str
    driver_name: str
    """What stands behind the device in the driver's configuration."""
    escapes: Mapping[bytes, bytes]
    """Maker's own commands, by what they begin with, and their answers; any other fails."""
    slots: int = 1
    echo: bool = False
    """Sends every command back before it answers."""
    pin_pad: bool = False
    negotiates_speed: bool = False
    """Agrees on a speed with the card by itself; otherwise the computer does (PPS)."""


def _escapes(firmware: bytes) -> dict[bytes, bytes]:
    return {_ASK_FIRMWARE: firmware, _ANNOUNCE_SYNCHRONOUSLY: b""}


GEMPC_TWIN: Final = Model("gempc-twin", "GemPCTwin", _escapes(b"GemTwin-V2.00-SIM"), echo=True)
GEMPC_PINPAD: Final = Model(
    "gempc-pinpad", "GemPCPinPad", _escapes(b"GemPinpad-V1.00-SIM") | {_LABELS: b""}, echo=True, pin_pad=True
)
POS_PRO: Final = Model("pos-pro", "GemCorePOSPro", _escapes(b"GemCore-POS-SIM"), slots=5)
SEC1210: Final = Model("sec1210", "SEC1210", {_ASK_SEC1210: b"\x01"}, slots=2, negotiates_speed=True)

MODELS: Final[Mapping[str, Model]] = {model.name: model for model in (GEMPC_TWIN, GEMPC_PINPAD, POS_PRO, SEC1210)}
