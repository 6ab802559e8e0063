"""Faults of a card and of a reader's line: what strikes, at which command, and how often."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final


class CardFault(StrEnum):
    """What a card or the hand that holds it can do wrong. The value belongs to the fault, where it takes one."""

    TEAR_BEFORE = "tear-before"  # pulled out while the command is under way: no answer
    TEAR_AFTER = "tear-after"  # pulled out after the command was answered
    MUTE = "mute"  # no answer until the power is taken off; with a value: an answer only after so many ms
    STATUS = "status"  # answers this status word without doing anything
    GARBAGE = "garbage"  # one byte of the answer is changed; the value says which, counted from its start
    TRUNCATED = "truncated"  # only the first so many bytes of the answer come
    WRONG_LE = "wrong-le"  # says 6Cxx with this length, whatever length was asked for
    OVERSIZED = "oversized"  # so many bytes more than were asked for come before the status word
    RANDOM = "random"  # random bytes come instead of the answer; the value is their seed
    SWAP = "swap"  # another card lies in the slot, and it has no power; the value says which of the others
    DISCONNECT = "disconnect"  # the card is gone for a moment and comes back without power


class LineFault(StrEnum):
    """What the reader, its PIN pad, and the line between it and the computer can do wrong."""

    NAK = "nak"  # the reader asks for the frame again
    CHECK = "check"  # the answer's check byte is wrong
    STRAY = "stray"  # a byte that belongs nowhere comes before the answer
    SILENT = "silent"  # the reader says nothing more until the port is opened again
    EXTENSION = "extension"  # the reader asks for more time twice, then answers
    SLOT_CHANGE = "slot-change"  # the card is pulled out and put back between two commands
    NO_ECHO = "no-echo"  # the reader does not send the command back
    SLOW = "slow"  # every byte comes late; the value says by how many ms
    HANG_UP = "hang-up"  # the line is closed from the reader's side: unplugged
    PIN_CANCEL = "pin-cancel"  # the holder presses "cancel" at the PIN pad
    PIN_TIMEOUT = "pin-timeout"  # the holder presses nothing at the PIN pad
    NOISE = "noise"  # so many bytes that belong nowhere come before the answer
    NO_CARD = "no-card"  # the reader says there is no card, though one is there


FaultKind = CardFault | LineFault
KINDS: Final[tuple[FaultKind, ...]] = (*CardFault, *LineFault)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a plan."""

    kind: FaultKind
    at: int
    """The command it strikes at, counted from 1 since power came."""
    value: int | None = None
    times: int | None = 1
    """How many sessions it strikes in; None: in every one."""


class NotAFault(ValueError):
    """A text that names no fault."""


_HEXADECIMAL: Final = (CardFault.STATUS, CardFault.WRONG_LE)
_WRITTEN: Final = re.compile(r"(?P<kind>[a-z-]+)@(?P<at>[1-9][0-9]*)(?:=(?P<value>[0-9A-Fa-f]+))?")


def parse(text: str) -> Fault:
    """A fault as it is written on the command line: ``mute@3``, ``mute@3=500``, ``status@4=6A83``, ``nak@1``.

    Status words and lengths are hexadecimal, milliseconds and positions decimal. Written so, it strikes in every
    session.

    Raises:
        NotAFault: another form, or a kind that does not exist.
    """
    written = _WRITTEN.fullmatch(text)
    kinds = {str(kind): kind for kind in KINDS}
    if written is None or written["kind"] not in kinds:
        raise NotAFault(f"{text!r} is not KIND@N or KIND@N=VALUE; kinds: {', '.join(kinds)}")
    kind = kinds[written["kind"]]
    base = 16 if kind in _HEXADECIMAL else 10
    try:
        value = None if written["value"] is None else int(written["value"], base)
    except ValueError:
        raise NotAFault(f"{written['value']!r} is not a decimal number") from None
    return Fault(kind, int(written["at"]), value, times=None)


def written(fault: Fault) -> str:
    """A fault as ``parse`` reads it; how many sessions it strikes in is not said."""
    if fault.value is None:
        return f"{fault.kind}@{fault.at}"
    return f"{fault.kind}@{fault.at}={fault.value:{'X' if fault.kind in _HEXADECIMAL else 'd'}}"


#: A card is read with a good dozen of commands at most; a fault behind that would seldom strike.
_LAST_RANDOM_COMMAND: Final = 14
_MOST_RANDOM_FAULTS: Final = 3
_STATUS_WORDS: Final = (0x6281, 0x63C1, 0x6700, 0x6982, 0x6983, 0x6985, 0x6A82, 0x6A83, 0x6D00, 0x6F00, 0x9303)


def random_plan(seed: int, kinds: Sequence[FaultKind] = KINDS) -> list[Fault]:
    """A plan of one to three faults of these kinds, each striking once; the same seed gives the same plan."""
    dice = Random(seed)  # noqa: S311 - a simulation, no secret
    return [_random_fault(dice, dice.choice(kinds)) for _ in range(dice.randint(1, _MOST_RANDOM_FAULTS))]


def _random_fault(dice: Random, kind: FaultKind) -> Fault:
    values: dict[FaultKind, int | None] = {
        CardFault.MUTE: dice.choice((None, dice.randint(1, 1500))),
        CardFault.STATUS: dice.choice(_STATUS_WORDS),
        CardFault.GARBAGE: dice.randrange(64),
        CardFault.TRUNCATED: dice.randrange(32),
        CardFault.WRONG_LE: dice.randrange(0x100),
        CardFault.OVERSIZED: dice.randint(1, 64),
        CardFault.RANDOM: dice.getrandbits(31),
        CardFault.SWAP: dice.randrange(16),
        LineFault.SLOW: dice.randint(1, 50),
        LineFault.NOISE: dice.randint(1, 32),
    }
    return Fault(kind, dice.randint(1, _LAST_RANDOM_COMMAND), values.get(kind))


class FaultPlan:
    """The faults still to come; each strikes at most once a session."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._left = [(fault, fault.times) for fault in faults]

    def add(self, fault: Fault) -> None:
        """Adds a fault while the simulator runs."""
        self._left.append((fault, fault.times))

    def clear(self) -> None:
        """Forgets the faults still to come."""
        self._left.clear()

    def due(self, number: int) -> Fault | None:
        """The fault that strikes at this command of the session, which is then used up once."""
        for index, (fault, times) in enumerate(self._left):
            if fault.at == number and times != 0:
                self._left[index] = (fault, None if times is None else times - 1)
                return fault
        return None
