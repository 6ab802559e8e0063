"""A cash drawer: springs open on ``ESC p m t1 t2``, sent on a line of its own or passed on by a display."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_ESC_P: Final = b"\x1bp"
_LENGTH: Final = 5
_PINS: Final = {0: 2, ord("0"): 2, 1: 5, ord("1"): 5}
_UNIT_MS: Final = 2


@dataclass(frozen=True, slots=True)
class Opened:
    """The drawer sprang open: the connector's pin that was driven, and for how long, in milliseconds."""

    pin: int
    pulse_ms: int


class CashDrawer:
    """The drawer and the little box that it hangs on."""

    def __init__(self, opened: Callable[[Opened], None] = lambda _: None) -> None:
        """``opened`` hears each time the drawer springs open."""
        self._opened = opened
        self._pending = b""
        self.times = 0
        """How often it has sprung open."""

    def receive(self, data: bytes) -> None:
        """Takes bytes from the line, in pieces as they come; what is no kick passes without effect."""
        self._pending += data
        while (start := self._pending.find(_ESC_P)) >= 0 and len(self._pending) >= start + _LENGTH:
            pin, on = self._pending[start + 2], self._pending[start + 3]
            self._pending = self._pending[start + _LENGTH :]
            if pin in _PINS and on:
                self.times += 1
                self._opened(Opened(_PINS[pin], on * _UNIT_MS))
        if start < 0:
            self._pending = self._pending[-1:]
