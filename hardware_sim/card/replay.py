"""A recorded session as a chip: it answers as the card did, to the commands that the card was given."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from hardware_sim.card.record import HEAD, NO_ANSWER
from hardware_sim.card.secrecy import SeenCommand, read_seen, seen
from hardware_sim.card.slot import Interrupted, SlotEvent

_UNEXPECTED: Final = b"\x6f\0"
#: What is done to the card again. A hand that put it in or pulled it out is somebody else's now.
_REPLAYED: Final = (SlotEvent.TORN, SlotEvent.MUTE, SlotEvent.SWAPPED, SlotEvent.CAME_BACK)


class NotARecord(ValueError):
    """A text that is no recorded session."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A command, or the power, that came where the record has another."""

    line: int
    """Where in the record; its end if there is nothing more."""
    wanted: str
    got: str

    def __str__(self) -> str:
        """One line for people."""
        return f"line {self.line}: wanted {self.wanted}, got {self.got}"


@dataclass(frozen=True, slots=True)
class _Step:
    line: int
    command: SeenCommand
    answer: bytes | None = None
    event: SlotEvent | None = None


@dataclass(frozen=True, slots=True)
class _Session:
    """Everything between two resets."""

    line: int
    atr: bytes
    steps: tuple[_Step, ...] = ()


def _nobody_listens(_mismatch: Mismatch) -> None:
    """A replay whose mismatches are only counted."""


class Replay:
    """The chip of a recorded session, for a slot.

    Every reset goes on to the next session of the record that holds commands, after the last one to the first. A
    reset before any command of a session has come gives the same session again: readers differ in how often they
    take the power off.

    A session with a PSAM is replayed only with the same numbers from the PSAM: a card's proof that it is genuine
    answers numbers that the PSAM has drawn, so that nobody can play it back.
    """

    def __init__(self, text: str, *, mismatch: Callable[[Mismatch], None] = _nobody_listens) -> None:
        """``mismatch`` is told at once what came and is not in the record; the card answers 6F00 to it.

        Raises:
            NotARecord: the text is no recorded session.
        """
        self._sessions = _sessions(text)
        self._session = len(self._sessions) - 1
        self._step = len(self._sessions[-1].steps)
        self.atr = self._sessions[0].atr
        """The answer to reset of the session under way; before the first, that one's."""
        self._tell = mismatch
        self.mismatches: list[Mismatch] = []

    @property
    def finished(self) -> bool:
        """Whether the session under way has been played to its end."""
        return self._step == len(self._sessions[self._session].steps)

    def power_on(self) -> bytes:
        """Goes on to the next session; the rest of one that was broken off is a mismatch."""
        if not self.finished and self._step > 0:
            step = self._sessions[self._session].steps[self._step]
            self._note(step.line, str(step.command), "a reset")
        if self._step > 0 or self.finished:
            self._session, self._step = (self._session + 1) % len(self._sessions), 0
        self.atr = self._sessions[self._session].atr
        return self.atr

    def command(self, command: bytes, /) -> bytes:
        """The recorded answer.

        Raises:
            Interrupted: the card was torn out, fell silent or was exchanged here.
        """
        session, got = self._sessions[self._session], seen(command)
        if self.finished:
            self._note(session.steps[-1].line if session.steps else session.line, "nothing more", str(got))
            return _UNEXPECTED
        step = session.steps[self._step]
        if got != step.command:
            self._note(step.line, str(step.command), str(got))
            return _UNEXPECTED
        self._step += 1
        if step.event is not None:
            raise Interrupted(step.event, step.answer)
        if step.answer is None:
            raise Interrupted(SlotEvent.MUTE)
        return step.answer

    def _note(self, line: int, wanted: str, got: str) -> None:
        mismatch = Mismatch(line, wanted, got)
        self.mismatches.append(mismatch)
        self._tell(mismatch)


def _sessions(text: str) -> tuple[_Session, ...]:
    lines = text.removeprefix("\ufeff").splitlines()  # some editors begin a file so
    if not lines or lines[0].rstrip() != HEAD:
        raise NotARecord(1, f"a record begins with {HEAD!r}")
    found: list[_Session] = []
    for number, line in enumerate(lines, 1):
        sign, content = line[:2].strip(), line[2:].partition("  ")[0].strip()
        try:
            _take(found, number, sign, content)
        except ValueError as trouble:
            raise NotARecord(number, str(trouble)) from None
    if not found:
        raise NotARecord(len(lines), "the card was never powered")
    return tuple(one for one in found if one.steps) or tuple(found[:1])


def _take(found: list[_Session], line: int, sign: str, content: str) -> None:
    """Takes one line into the sessions found so far."""
    if sign in ("", "#"):
        return
    if sign == "!":
        _take_event(found, line, content)
        return
    if sign not in (">", "<") or not found:
        raise ValueError("a command or an answer of a card without power" if sign in (">", "<") else "unknown sign")
    session = found[-1]
    if sign == ">":
        found[-1] = replace(session, steps=(*session.steps, _Step(line, read_seen(content))))
    elif content != NO_ANSWER:
        _amend(found, lambda step: replace(step, answer=bytes.fromhex(content)))


def _take_event(found: list[_Session], line: int, content: str) -> None:
    name, _, atr = content.partition(" ")
    event = SlotEvent(name)
    if event is SlotEvent.POWERED:
        found.append(_Session(line, bytes.fromhex(atr)))
    elif event in _REPLAYED:
        _amend(found, lambda step: replace(step, event=event))


def _amend(found: list[_Session], amended: Callable[[_Step], _Step]) -> None:
    """Adds to the command that came last."""
    if not found or not found[-1].steps:
        raise ValueError("nothing was commanded before")
    session = found[-1]
    found[-1] = replace(session, steps=(*session.steps[:-1], amended(session.steps[-1])))
