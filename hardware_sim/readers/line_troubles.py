"""What goes wrong on the line between a reader and its computer, by plan."""

from collections.abc import Callable
from random import Random
from typing import Final

from hardware_sim.card.faults import Fault, LineFault

Send = Callable[[bytes], None]
Pause = Callable[[int], None]

_STRAY_BYTE: Final = b"\x20"
_NOISE_BYTES: Final = 8
_GAP_MS: Final = 1


class HungUp(ConnectionResetError):
    """The line was closed from the reader's side."""


def is_at(fault: Fault | None, *kinds: LineFault) -> bool:
    """Whether one of these strikes now."""
    return fault is not None and fault.kind in kinds


def slowed(fault: Fault | None, send: Send, pause: Pause) -> Send:
    """The way to the computer, each byte late where the line is slow."""
    if fault is None or fault.kind is not LineFault.SLOW:
        return send
    gap_ms = fault.value or _GAP_MS

    def send_slowly(data: bytes) -> None:
        for byte in data:
            pause(gap_ms)
            send(bytes((byte,)))

    return send_slowly


def spoiled(fault: Fault | None, frame: bytes, wish_for_time: bytes) -> bytes:
    """What arrives of an answer's frame; ``wish_for_time``: the frame by which the reader asks for more time."""
    if fault is None:
        return frame
    if fault.kind is LineFault.CHECK:
        return frame[:-1] + bytes((frame[-1] ^ 0xFF,))
    if fault.kind is LineFault.STRAY:
        return _STRAY_BYTE + frame
    if fault.kind is LineFault.NOISE:
        dice = Random(fault.value)  # noqa: S311 - a simulation, no secret
        return dice.randbytes(fault.value or _NOISE_BYTES) + frame
    if fault.kind is LineFault.EXTENSION:
        return wish_for_time + wish_for_time + frame
    return frame
