"""A reader's slot: whether a card is in it, and what that card answers, faults included."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final, Protocol

from hardware_sim.card.faults import CardFault, Fault, FaultKind, FaultPlan
from hardware_sim.card.secrecy import SeenCommand, seen


@dataclass(frozen=True, slots=True)
class Reaction:
    """What comes back from the slot for one command."""

    answer: bytes | None
    """None: nothing comes, because the card is gone or mute."""
    delay_ms: int = 0


_NOTHING = Reaction(None)


class SlotEvent(StrEnum):
    """What befalls the card in the slot."""

    INSERTED = "inserted"  # a hand, or its time after it was torn out, has put it in
    REMOVED = "removed"  # a hand has pulled it out
    POWERED = "powered"  # somebody begins to read
    TORN = "torn"  # a fault has pulled it out
    MUTE = "mute"  # a fault has silenced it
    SWAPPED = "swapped"  # a fault has put another card in its place
    CAME_BACK = "came-back"  # a fault has pulled it out and put it back at once


@dataclass(frozen=True, slots=True)
class Event:
    """One event; with ``POWERED`` the card's answer to reset."""

    kind: SlotEvent
    atr: bytes = b""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One command and what came of it, as anybody may see it: no PIN is in it."""

    number: int
    """Counted from 1 since power came."""
    command: SeenCommand
    answer: bytes | None
    """None: nothing came."""
    delay_ms: int = 0
    fault: Fault | None = None


Entry = Exchange | Event
Log = Callable[[Entry], None]


class Interrupted(Exception):
    """What a chip raises to whom something happens at a command: a recorded one, to which it happened before."""

    def __init__(self, event: SlotEvent, answer: bytes | None = None) -> None:
        super().__init__(event)
        self.event = event
        self.answer = answer
        """What it has answered before it happened."""


class Chip(Protocol):
    """What lies in a slot."""

    @property
    def atr(self) -> bytes:
        """The answer to reset."""

    def power_on(self) -> bytes:
        """Forgets everything of the session before and gives the answer to reset."""

    def command(self, command: bytes, /) -> bytes:
        """The answer to one command, status word included."""


def _nobody_listens(_entry: Entry) -> None:
    """A slot that nobody listens to."""


class Slot:
    """Holds at most one card. Hands may put it in and pull it out from another thread at any moment."""

    def __init__(
        self,
        chip: Chip | None = None,
        faults: Iterable[Fault] = (),
        *,
        put_back_after_ms: int | None = None,
        others: Sequence[Chip] = (),
        log: Log = _nobody_listens,
    ) -> None:
        """``put_back_after_ms``: when a fault has pulled the card out, it is put back after this time, if at all.

        ``others``: the cards that a fault may put in this one's place; without one it comes back itself.
        ``log`` is told in the thread of whoever talks to the card or has it in hands, and must not wait.
        """
        self._log = log
        self._others = others
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

    def lay_ready(self, *others: Chip) -> None:
        """These are the cards that a fault may put in the place of the one in the slot."""
        with self._lock:
            self._others = others

    def insert(self, chip: Chip | None = None) -> None:
        """Puts a card in: the given one, or the one that was there before."""
        with self._lock:
            self._put_in(chip or self._chip)
            if self._in:
                self._log(Event(SlotEvent.INSERTED))

    def remove(self) -> None:
        """Pulls the card out."""
        with self._lock:
            was_in = self._in
            self._take_out()
            if was_in:
                self._log(Event(SlotEvent.REMOVED))

    def power_on(self) -> bytes | None:
        """Powers or resets the card; its answer to reset, or None without a card."""
        with self._lock:
            if not self.present or self._chip is None:
                return None
            self._commands = 0
            self._mute = False
            self._powered = True
            atr = self._chip.power_on()
            self._log(Event(SlotEvent.POWERED, atr))
            return atr

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
            reaction, event = self._react(fault, self._chip, command)
            self._log(Exchange(self._commands, seen(command), reaction.answer, reaction.delay_ms, fault))
            if event is not None:
                self._let_happen(event, 0 if fault is None else fault.value or 0)
            return reaction

    def _react(self, fault: Fault | None, chip: Chip, command: bytes) -> tuple[Reaction, SlotEvent | None]:
        """The answer, and what happens to the card after it."""
        happens = None if fault is None else _happening(fault)
        if fault is not None:
            if happens is not None and fault.kind is not CardFault.TEAR_AFTER:
                return _NOTHING, happens
            if fault.kind is CardFault.STATUS:
                return Reaction((fault.value or 0).to_bytes(2)), None
            if fault.kind is CardFault.WRONG_LE:
                return Reaction((0x6C00 | (fault.value or 0)).to_bytes(2)), None
        try:
            answer = chip.command(command)
        except Interrupted as interrupted:
            return Reaction(interrupted.answer), interrupted.event
        if fault is None:
            return Reaction(answer), None
        return Reaction(_spoiled(fault, answer), fault.value or 0 if fault.kind is CardFault.MUTE else 0), happens

    def _let_happen(self, event: SlotEvent, which: int) -> None:
        if event is SlotEvent.TORN:
            self._take_out()
            if self._put_back_after_ms is not None:
                self._back_at_ms = time.monotonic_ns() // 1_000_000 + self._put_back_after_ms
        elif event is SlotEvent.MUTE:
            self._mute = True
        elif event is SlotEvent.SWAPPED and self._others:
            self._put_in(self._others[which % len(self._others)])
        else:
            self._put_in(self._chip)
        self._log(Event(event))

    def _put_in(self, chip: Chip | None) -> None:
        self._chip = chip
        self._in = chip is not None
        self._powered = False
        self._back_at_ms = None
        self.insertions += 1

    def _take_out(self) -> None:
        self._in = False
        self._powered = False


def _happening(fault: Fault) -> SlotEvent | None:
    """What a fault does to the card, beside what it does to an answer."""
    if fault.kind is CardFault.MUTE:
        return SlotEvent.MUTE if fault.value is None else None
    return _HAPPENINGS.get(fault.kind)


_HAPPENINGS: Final[Mapping[FaultKind, SlotEvent]] = {
    CardFault.TEAR_BEFORE: SlotEvent.TORN,
    CardFault.TEAR_AFTER: SlotEvent.TORN,
    CardFault.SWAP: SlotEvent.SWAPPED,
    CardFault.DISCONNECT: SlotEvent.CAME_BACK,
}
_LONGEST_RANDOM_ANSWER: Final = 64


def _spoiled(fault: Fault, answer: bytes) -> bytes:
    value = fault.value or 0
    if fault.kind is CardFault.TRUNCATED:
        return answer[:value]
    if fault.kind is CardFault.GARBAGE:
        where = value % len(answer)
        return answer[:where] + bytes((answer[where] ^ 0x5A,)) + answer[where + 1 :]
    if fault.kind is CardFault.OVERSIZED:
        return answer[:-2] + bytes(max(value, 1)) + answer[-2:]
    if fault.kind is CardFault.RANDOM:
        dice = Random(value)  # noqa: S311 - a simulation, no secret
        return dice.randbytes(dice.randint(1, _LONGEST_RANDOM_ANSWER))
    return answer
