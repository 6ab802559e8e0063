"""Faults of a card and of a reader's line: what strikes, at which command, and how often."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class CardFault(StrEnum):
    """What a card or the hand that holds it can do wrong. The value belongs to the fault, where it takes one."""

    TEAR_BEFORE = "tear-before"  # pulled out while the command is under way: no answer
    TEAR_AFTER = "tear-after"  # pulled out after the command was answered
    MUTE = "mute"  # no answer until the power is taken off; with a value: an answer only after so many ms
    STATUS = "status"  # answers this status word without doing anything
    GARBAGE = "garbage"  # one byte of the answer is changed; the value says which, counted from its start
    TRUNCATED = "truncated"  # only the first so many bytes of the answer come
    WRONG_LE = "wrong-le"  # says 6Cxx with this length, whatever length was asked for


class LineFault(StrEnum):
    """What the line between reader and computer can do wrong."""

    NAK = "nak"  # the reader asks for the frame again
    CHECK = "check"  # the answer's check byte is wrong
    STRAY = "stray"  # a byte that belongs nowhere comes before the answer
    SILENT = "silent"  # the reader says nothing more until the port is opened again
    EXTENSION = "extension"  # the reader asks for more time twice, then answers
    SLOT_CHANGE = "slot-change"  # the card is pulled out and put back between two commands


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a plan."""

    kind: CardFault | LineFault
    at: int
    """The command it strikes at, counted from 1 since power came."""
    value: int | None = None
    times: int | None = 1
    """How many sessions it strikes in; None: in every one."""


class NotAFault(ValueError):
    """A text that names no fault."""


_WRITTEN = re.compile(r"(?P<kind>[a-z-]+)@(?P<at>[1-9][0-9]*)(?:=(?P<value>[0-9A-Fa-f]+))?")


def parse(text: str) -> Fault:
    """A fault as it is written on the command line: ``mute@3``, ``mute@3=500``, ``status@4=6A83``, ``nak@1``.

    Status words and lengths are hexadecimal, milliseconds and positions decimal. Written so, it strikes in every
    session.

    Raises:
        NotAFault: another form, or a kind that does not exist.
    """
    written = _WRITTEN.fullmatch(text)
    kinds: dict[str, CardFault | LineFault] = {str(kind): kind for kind in (*CardFault, *LineFault)}
    if written is None or written["kind"] not in kinds:
        raise NotAFault(f"{text!r} is not KIND@N or KIND@N=VALUE; kinds: {', '.join(kinds)}")
    kind = kinds[written["kind"]]
    base = 16 if kind in (CardFault.STATUS, CardFault.WRONG_LE) else 10
    try:
        value = None if written["value"] is None else int(written["value"], base)
    except ValueError:
        raise NotAFault(f"{written['value']!r} is not a decimal number") from None
    return Fault(kind, int(written["at"]), value, times=None)


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
