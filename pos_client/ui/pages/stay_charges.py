"""Entering charges of a stay as a sale is entered: scanned or found while typing, then uploaded by Enter."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from pos_client.desk.sale_view import SaleView
from pos_client.errors import Problem
from pos_client.money import yuan_grouped
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action
from pos_client.ui.kit.headings import Big
from pos_client.ui.kit.rows import Pair
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages import stay_column
from pos_client.ui.pages.line_entry import LineEntry
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import Role
from pos_client.ui.words import charge_file as words
from pos_client.ui.words import frame, say, stays

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_client.desk.charges_in_work import ChargesInWork
    from pos_client.desk.counter import Counter
    from pos_client.ui.pages.stay import StayPage


class ChargesPage(LineEntry):
    """Lines that are not uploaded yet; Esc keeps them for later."""

    def __init__(self, shell: Shell, behind: "StayPage", view: SaleView, scanned: str = "") -> None:
        super().__init__(shell, view, say(words.ENTRY))
        self._behind, self._scanned_before = behind, scanned
        self.show_view(view)

    # --- what it shows ---

    def left(self) -> Sequence[Piece]:
        return stay_column.left(self._behind.view)

    def band(self) -> Sequence[BandPart]:
        return stay_column.band(self._behind.view)

    def right(self) -> Sequence[Piece]:
        line = self._behind.view.line
        role = Role.INK if self.view.lines else Role.DIM
        return [
            Big(say(words.TO_UPLOAD), yuan_grouped(self.view.total_fen), say(frame.YUAN), role=role),
            Pair(say(words.BEFORE), yuan_grouped(line.charges_fen)),
            Pair(say(stays.HELD), yuan_grouped(line.deposit_fen)),
        ]

    def action(self) -> Action | None:
        if not self.view.lines or self.bill.scan.text:
            return None
        return Action(None, say(words.UPLOAD, count=len(self.view.lines)))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        keys: dict[Key, Callable[[], None]] = {Key.F1: self.shell.open_help, Key.ESC: self._escape}
        if any(line.consent_wanted for line in self.view.lines):
            keys[Key.F7] = self._sign
        return keys

    def hint(self) -> Message:
        if self.view.unsigned:
            return Message(Sign.LOOK, say(words.HINT_SIGN))
        return Message(Sign.NOTE, say(words.HINT_UPLOAD if self.view.lines else words.HINT_ENTRY))

    def focus(self) -> "QWidget | None":
        return self.bill.scan

    # --- what happens ---

    def shown(self) -> None:
        if self._scanned_before:
            code, self._scanned_before = self._scanned_before, ""
            self.scanned(code)

    def lines_of(self, counter: "Counter") -> "ChargesInWork":
        entering = counter.stays.entering
        assert entering is not None, "charges are being entered"
        return entering

    def nothing_typed(self) -> None:
        if not self.view.lines or self.busy:
            return
        if self.view.unsigned:
            self.say(Sign.STOP, say(words.HINT_SIGN))
            return
        self.ask(
            lambda: self.lines_of(self.shell.counter).upload(), self._uploaded, self._failed, label=say(words.UPLOADING)
        )

    def _uploaded(self, count: int) -> None:
        self.shell.back()
        self._behind.say(Sign.DONE, say(stays.UPLOADED_NOW, count=count))
        self.shell.refresh_strip()

    def _failed(self, problem: Problem) -> None:
        """Where nobody knows whether the bureau has the rows, they wait with the stay until that is known."""
        if problem.kind == "unknown":
            self._leave(lambda _: self._behind.tell(problem))
            return
        self.on_lines(lambda lines: lines.view(), self.show_view)
        self.tell(problem)

    def _escape(self) -> None:
        if not self.step_back():
            self._leave(self._left)

    def _leave(self, then: Callable[[int], None]) -> None:
        def left(count: int) -> None:
            self.shell.back()
            then(count)

        self.ask(lambda: self.lines_of(self.shell.counter).leave(), left)

    def _left(self, count: int) -> None:
        if count:
            self._behind.say(Sign.NOTE, say(stays.KEPT_FOR_LATER, count=count))
