"""A reader's slot: whether a card is in it, and what that card answers, faults included."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from hardware_sim.card.chip import Chip
from hardware_sim.card.faults import CardFault, Fault, FaultPlan


@dataclass(frozen=True, slots=True)
class Reaction:
    """What comes back from the slot for one command."""

    answer: bytes | None
    """None: nothing comes, because the card is gone or mute."""
    delay_ms: int = 0


_NOTHING = Reaction(None)


class SlotEvent(StrEnum):
    """What befalls the card in the slot, beside the hands that put it in and pull it out."""

    POWERED = "powered"  # somebody begins to read
    TORN = "torn"  # a fault has pulled it out
    MUTE = "mute"  # a fault has silenced it


Watcher = Callable[[SlotEvent], None]


def _nobody_watches(_event: SlotEvent) -> None:
    """A slot that nobody looks at."""


class Slot:
    """Holds at most one card. Hands may put it in and pull it out from another thread at any moment."""

    def __init__(
        self,
        chip: Chip | None = None,
        faults: Iterable[Fault] = (),
        *,
        put_back_after_ms: int | None = None,
        watcher: Watcher = _nobody_watches,
    ) -> None:
        """``put_back_after_ms``: when a fault has pulled the card out, it is put back after this time, if at all.

        ``watcher`` is told in the thread of whoever talks to the card, and must not wait.
        """
        self._watcher = watcher
        self._lock = threading.RLock()
        self._chip = chip
        self._in = chip is not None
        self._plan = FaultPlan(faults)
        self._put_back_after_ms = put_back_after_ms
        self._back_at_ms: int | None = None
        self._commands = 0
        self._powered = False
        self._mute = False
        self.insertions = int(self._in)
        """How often a card was put in: a reader tells by it that the card was exchanged between two looks."""

    @property
    def present(self) -> bool:
        """Whether a card is in the slot now."""
        with self._lock:
            if self._back_at_ms is not None and time.monotonic_ns() // 1_000_000 >= self._back_at_ms:
                self.insert()
            return self._in

    @property
    def powered(self) -> bool:
        """Whether the card in the slot has power."""
        return self.present and self._powered

    def add_fault(self, fault: Fault) -> None:
        """Plans one more fault."""
        with self._lock:
            self._plan.add(fault)

    def clear_faults(self) -> None:
        """Forgets the faults still to come."""
        with self._lock:
            self._plan.clear()

    def insert(self, chip: Chip | None = None) -> None:
        """Puts a card in: the given one, or the one that was there before."""
        with self._lock:
            self._chip = chip or self._chip
            self._in = self._chip is not None
            self._powered = False
            self._back_at_ms = None
            self.insertions += 1

    def remove(self) -> None:
        """Pulls the card out."""
        with self._lock:
            self._in = False
            self._powered = False

    def power_on(self) -> bytes | None:
        """Powers or resets the card; its answer to reset, or None without a card."""
        with self._lock:
            if not self.present or self._chip is None:
                return None
            self._commands = 0
            self._mute = False
            self._powered = True
            self._watcher(SlotEvent.POWERED)
            return self._chip.power_on()

    def power_off(self) -> None:
        """Takes the power off the card."""
        with self._lock:
            self._powered = False

    @property
    def atr(self) -> bytes | None:
        """The answer to reset of the card in the slot, as a reader remembers it."""
        with self._lock:
            return self._chip.atr if self.present and self._chip is not None else None

    def transmit(self, command: bytes) -> Reaction:
        """Gives one command to the card."""
        with self._lock:
            if not self.powered or self._chip is None or self._mute:
                return _NOTHING
            self._commands += 1
            fault = self._plan.due(self._commands)
            return Reaction(self._chip.command(command)) if fault is None else self._strike(fault, self._chip, command)

    def _strike(self, fault: Fault, chip: Chip, command: bytes) -> Reaction:
        if fault.kind is CardFault.TEAR_BEFORE:
            self._pull_out()
            return _NOTHING
        if fault.kind is CardFault.MUTE and fault.value is None:
            self._mute = True
            self._watcher(SlotEvent.MUTE)
            return _NOTHING
        if fault.kind is CardFault.STATUS:
            return Reaction((fault.value or 0).to_bytes(2))
        if fault.kind is CardFault.WRONG_LE:
            return Reaction((0x6C00 | (fault.value or 0)).to_bytes(2))
        answer = chip.command(command)
        if fault.kind is CardFault.TEAR_AFTER:
            self._pull_out()
        return Reaction(_spoiled(fault, answer), fault.value or 0 if fault.kind is CardFault.MUTE else 0)

    def _pull_out(self) -> None:
        self.remove()
        self._watcher(SlotEvent.TORN)
        if self._put_back_after_ms is not None:
            self._back_at_ms = time.monotonic_ns() // 1_000_000 + self._put_back_after_ms


def _spoiled(fault: Fault, answer: bytes) -> bytes:
    where = fault.value or 0
    if fault.kind is CardFault.TRUNCATED:
        return answer[:where]
    if fault.kind is CardFault.GARBAGE:
        where %= len(answer)
        return answer[:where] + bytes((answer[where] ^ 0x5A,)) + answer[where + 1 :]
    return answer
