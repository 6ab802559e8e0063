"""Bills of the past: found while typing, printed again, looked at, taken back."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.desk.bill_view import Bill, BillRow, ToRefund
from pos_client.errors import Problem
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.headings import Heading, Name
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages import bill_column
from pos_client.ui.pages.lookup_centre import LookupCentre
from pos_client.ui.shell import Shell
from pos_client.ui.words import frame, say
from pos_client.ui.words import lookup as words

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}


class LookupPage(Page):
    """The list of bills with one chosen; ``refunding``: Enter takes it back instead of showing it."""

    def __init__(self, shell: Shell, *, refunding: bool = False) -> None:
        super().__init__(shell)
        self._refunding = refunding
        self.rows: tuple[BillRow, ...] = ()
        self._found: str | None = None
        self._chosen = 0
        self._looking = self._in_front = False
        self._enter_waits = False
        self.bills = LookupCentre(refunding=refunding)
        self.centre = self.bills
        self.bills.search.typed.connect(self._typed)
        self.bills.search.entered.connect(self._entered)
        self.bills.table.clicked_row.connect(self._choose)

    # --- what it shows ---

    @property
    def row(self) -> BillRow | None:
        """The chosen bill."""
        return self.rows[self._chosen] if self._chosen < len(self.rows) else None

    def left(self) -> Sequence[Piece]:
        if self.row is None:
            return (Heading(say(frame.PERSON)), Name("—", waiting=True))
        return bill_column.left(self.row)

    def band(self) -> Sequence[BandPart]:
        return bill_column.band(self.row) if self.row is not None else (BandPart("—", name=True),)

    def right(self) -> Sequence[Piece]:
        return bill_column.right(self.row) if self.row is not None else ()

    def action(self) -> Action | None:
        if self.row is None:
            return None
        return Action(None, say(words.REFUND if self._refunding else words.OPEN))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        keys: dict[Key, Callable[[], None]] = {
            Key.F1: self.shell.open_help,
            Key.F11: self.shell.open_tasks,
            Key.ESC: self._escape,
        }
        row = self.row
        if row is not None:
            keys[Key.F9] = self._refund
            keys[Key.F10] = lambda: self.shell.print_slip(row.id, again=True)
        return keys

    def hint(self) -> Message:
        if self._found and not self.rows:
            return Message(Sign.NOTE, say(words.NOT_FOUND_HOW))
        if not self.rows:
            return Message(Sign.NOTE, say(words.NONE_HOW))
        return Message(Sign.NOTE, say(words.HINT_REFUND if self._refunding else words.HINT))

    def focus(self) -> QWidget | None:
        return self.bills.search

    # --- what happens ---

    def shown(self) -> None:
        self._in_front = True
        self._look()

    def hidden(self) -> None:
        self._in_front = False

    def pressed(self, event: QKeyEvent) -> bool:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            return False
        if self.rows:
            self._choose(min(max(self._chosen + step, 0), len(self.rows) - 1))
        return True

    def scanned(self, code: str) -> None:
        self.bills.search.set_text(code)
        self._typed(code)

    def _choose(self, place: int) -> None:
        self._chosen = place
        self.quiet()
        self._show()

    def _typed(self, typed: str) -> None:
        del typed
        self._enter_waits = False
        self.quiet()
        self._look()

    def _escape(self) -> None:
        if self.bills.search.text:
            self.bills.search.clear()
            self._typed("")
        else:
            self.shell.back()

    # --- finding ---

    def _look(self) -> None:
        """Looks for what is typed; while one search is under way only the last thing typed waits."""
        if self._looking:
            return
        self._looking = True
        wanted = self.bills.search.text
        self.shell.desk.do(
            lambda: self.shell.counter.past_bills.find(wanted),
            lambda rows: self._show_found(wanted, rows),
            self._failed,
        )

    def _show_found(self, wanted: str, rows: tuple[BillRow, ...]) -> None:
        self._looking = False
        if not self._in_front:
            return
        if self.bills.search.text != wanted:
            self._look()
            return
        chosen = self.row.id if self.row is not None else ""
        self.rows, self._found = rows, wanted
        self._chosen = next((place for place, row in enumerate(rows) if row.id == chosen), 0)
        self._show()
        if self._enter_waits:
            self._entered()

    def _failed(self, problem: Problem) -> None:
        self._looking = False
        self.tell(problem)

    def _show(self) -> None:
        self.bills.show_rows(self.rows, self._chosen, self._found or "")
        self.changed.emit()

    # --- what is done with the chosen one ---

    def _entered(self) -> None:
        self._enter_waits = self.bills.search.text != self._found
        if self.row is None or self._enter_waits:
            return
        if self._refunding:
            self._refund()
            return
        id_ = self.row.id
        self.ask(lambda: self.shell.counter.past_bills.look(id_), self._open)

    def _open(self, bill: Bill) -> None:
        from pos_client.ui.pages.past_bill import PastBillPage

        self.shell.open(PastBillPage(self.shell, bill))

    def _refund(self) -> None:
        if self.row is not None:
            id_ = self.row.id
            self.ask(lambda: self.shell.counter.past_bills.to_refund(id_), self._open_refund)

    def _open_refund(self, found: ToRefund) -> None:
        from pos_client.ui.pages.refund import RefundPage

        self.shell.open(RefundPage(self.shell, found))
