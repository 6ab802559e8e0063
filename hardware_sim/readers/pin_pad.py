"""The keys and the display on a reader: the holder's PIN goes from there into the command to the card.

The computer sends the command without the PIN and says where the digits belong (CCID 6.1.11, "Secure"). The digits are
forgotten as soon as the command is built. What the holder does is done through :class:`PinPadHands`.
"""

import queue
from collections.abc import Callable
from enum import Enum
from typing import Final

from hardware_sim.readers.pin_entry import Change, PinEntry, Verify

Tick = Callable[[int], bool]
"""Lets so many milliseconds pass; False when the card has left meanwhile."""

_LOOK_INTERVAL_MS: Final = 20
_DEFAULT_WAIT_S: Final = 30
_NEW_PINS_DIFFER: Final = bytes((0x64, 0x02))


class Ending(Enum):
    """How asking for a PIN ends without one, as the reader's error number."""

    TIMED_OUT = 0xF0
    CANCELLED = 0xEF
    CARD_LEFT = 0xFE


class NotEntered(Exception):
    """No PIN came from the pad."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.name)
        self.ending = ending


class PinPadHands:
    """The holder's hands at the pad, from any thread. What is pressed before the pad asks waits until it does."""

    def __init__(self) -> None:
        self._deeds: queue.SimpleQueue[str | Ending] = queue.SimpleQueue()
        self.asked = False
        """Whether the pad is asking for a PIN now."""

    def enter(self, digits: str) -> None:
        """One PIN and the key that ends it; a change of PIN takes the old one, the new one and the new one again."""
        self._deeds.put(digits)

    def cancel(self) -> None:
        """The key that breaks off."""
        self._deeds.put(Ending.CANCELLED)

    def let_it_time_out(self) -> None:
        """Nothing is pressed until the pad gives up; its time passes at once."""
        self._deeds.put(Ending.TIMED_OUT)

    def next(self) -> str | Ending | None:
        """What was done next, None when nothing was."""
        try:
            return self._deeds.get_nowait()
        except queue.Empty:
            return None


class PinPad:
    """The pad's own program: asks for what a command needs and builds the command."""

    def __init__(self, hands: PinPadHands) -> None:
        self._hands = hands

    def command(self, entry: PinEntry, tick: Tick, ending: Ending | None = None) -> bytes:
        """The whole command to the card, or the reader's own status word (6402) when two new PINs differ.

        ``ending``: a fault that ends the asking before it begins.

        Raises:
            NotEntered: cancelled, timed out, or the card has left.
        """
        self._hands.asked = True
        try:
            if ending is not None:
                raise NotEntered(ending)
            if isinstance(entry, Verify):
                return entry.command(self._digits(entry, tick))
            return self._change(entry, tick)
        finally:
            self._hands.asked = False

    def _change(self, entry: Change, tick: Tick) -> bytes:
        old = self._digits(entry, tick) if entry.asks_old else ""
        new = self._digits(entry, tick)
        if entry.asks_twice and self._digits(entry, tick) != new:
            return _NEW_PINS_DIFFER
        return entry.command(old, new)

    def _digits(self, entry: PinEntry, tick: Tick) -> str:
        """One PIN; the key that ends it does nothing while there are too few digits or too many."""
        waited_ms = 0
        while waited_ms < (entry.timeout_s or _DEFAULT_WAIT_S) * 1000:
            deed = self._hands.next()
            if isinstance(deed, Ending):
                raise NotEntered(deed)
            if deed is not None and deed.isdecimal() and entry.fewest <= len(deed) <= entry.most:
                return deed
            if not tick(_LOOK_INTERVAL_MS):
                raise NotEntered(Ending.CARD_LEFT)
            waited_ms += _LOOK_INTERVAL_MS
        raise NotEntered(Ending.TIMED_OUT)
