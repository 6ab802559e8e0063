"""Puts slips on paper beside the window: the desk makes the slip, a lane of its own prints it, the clerk hears of it.

Where no printer is set, the slip's file is all there is; asked for again, it becomes a PDF in the folder of slips.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_client.errors import Problem
from pos_client.ui.frame.message_line import Message
from pos_client.ui.kit.sign import Sign
from pos_client.ui.lane import Lane
from pos_client.ui.words import printing as words
from pos_client.ui.words import say

if TYPE_CHECKING:
    from pos_client.desk.counter import Counter
    from pos_client.desk.papers import Paper


@dataclass(frozen=True, slots=True)
class PutOut:
    """What became of a slip: printed, or kept in a file, or neither; ``missing`` are characters without a picture."""

    printed: bool = False
    file: str = ""
    missing: tuple[str, ...] = ()


def put_out(paper: "Paper") -> PutOut:
    """Prints a slip, or keeps it; outside of the window's thread.

    Raises:
        EnvironmentProblem: P-NONE, P-REFUSED, P-FILE; what is booked stays booked.
    """
    # Drawing on paper is loaded with the first slip: the window starts with what every sale needs.
    from pos_client.ui.paper.faces import TABLE, font_of, missing_glyphs
    from pos_client.ui.paper.press import keep_pdf
    from pos_client.ui.paper.printer import to_printer

    if paper.printer:
        missing = missing_glyphs(paper.slip.who.name, font_of(TABLE))
        to_printer([paper.slip], paper.printer)
        return PutOut(printed=True, missing=missing)
    if not paper.again:
        return PutOut()
    kept = keep_pdf(paper.slip, paper.folder)
    return PutOut(file=f"{kept.parent.name}/{kept.name}")


class Printing(QObject):
    """Slips on their way to paper, one after the other."""

    printed = Signal(str)
    """A slip really went to a printer: its number."""
    told = Signal(object)
    """A sentence for the clerk."""
    failed = Signal(object)
    """A problem for the clerk."""

    def __init__(self, desk: Lane, paper: Lane, counter: "Callable[[], Counter]", parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._lane, self._counter = desk, paper, counter
        self.copies: dict[str, int] = {}

    def print_slip(self, id_: str, *, again: bool = False) -> None:
        """Puts the slip of a bill or a void on paper; ``again`` marks and counts it as a reprint."""

        def made(paper: "Paper") -> None:
            self._lane.do(lambda: put_out(paper), lambda done: self._done(id_, done, again=again), self._failed)

        self._desk.do(lambda: self._counter().paper(id_, again=again), made, self._failed)

    def _failed(self, problem: Problem) -> None:
        self.failed.emit(problem)

    def _done(self, id_: str, done: PutOut, *, again: bool) -> None:
        if done.printed:
            self.copies[id_] = self.copies.get(id_, 0) + 1
            self.printed.emit(id_)
        if done.missing:
            codes = " ".join(f"U+{ord(one):04X}" for one in done.missing)
            self.told.emit(Message(Sign.LOOK, say(words.NO_GLYPH, id=id_, codes=codes)))
        elif done.file:
            self.told.emit(Message(Sign.NOTE, say(words.KEPT, id=id_, file=done.file)))
        elif again:
            self.told.emit(Message(Sign.DONE, say(words.PRINTED_AGAIN, id=id_)))
