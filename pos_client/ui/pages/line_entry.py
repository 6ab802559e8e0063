"""Entering the lines of a bill: scanned, or found while typing; chosen with the arrows, counted, signed, removed."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from pos_client.desk.sale_view import SaleView, Stage
from pos_client.desk.shown_credential import is_voucher_scan
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Page
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.sale_centre import SaleCentre
from pos_client.ui.shell import Shell
from pos_client.ui.words import help as help_words
from pos_client.ui.words import sale as words
from pos_client.ui.words import say

if TYPE_CHECKING:
    from pos_client.desk.counter import Counter
    from pos_client.desk.found_items import FoundItem
    from pos_client.desk.sale_in_work import SaleInWork

#: Keys besides those of the bar, for the help.
LETTERS = (("↑ ↓", help_words.ARROWS), ("Del", help_words.DEL), ("*3", help_words.STAR), ("3*", help_words.STAR_CODE))


class LineEntry(Page):
    """A page on which lines are entered; whose they are, and what follows, its children say."""

    def __init__(self, shell: Shell, view: SaleView | None, title: str) -> None:
        super().__init__(shell)
        self.view = view or SaleView(Stage.EMPTY)
        self._selected: int | None = None
        self._found: Sequence[FoundItem] = ()
        self._searched = ""
        self.bill = SaleCentre(title)
        self.centre = self.bill
        self.bill.scan.typed.connect(self._typed)
        self.bill.scan.entered.connect(self._scan_entered)
        self.bill.found.picked.connect(self._pick)
        self.bill.table.clicked_row.connect(lambda row: self._select(row + 1))

    # --- what its children say ---

    @abstractmethod
    def lines_of(self, counter: "Counter") -> "SaleInWork":
        """The lines, in the desk's lane."""

    @abstractmethod
    def nothing_typed(self) -> None:
        """Enter in the empty field."""

    def show_view(self, view: SaleView) -> None:
        """Another state of the bill."""
        self.view = view
        if self._selected is not None and self._selected > len(view.lines):
            self._selected = len(view.lines) or None
        self.bill.show_sale(view, self._selected)

    def message(self) -> Message:
        """Behind whatever is said: what is not on the bill as it was, until the clerk does something with the bill."""
        said, told = super().message(), self.view.told
        if not told or told in said.text:  # news of a device is said behind all that stands there
            return said
        sign = Sign.LOOK if said.sign in (Sign.NOTE, Sign.DONE) else said.sign
        return replace(said, sign=sign, text=f"{said.text}{'' if self.shell.language == 'zh' else ' '}{told}")

    # --- keys besides those of the bar ---

    def letters(self) -> Sequence[tuple[str, str]]:
        return tuple((key, say(word)) for key, word in LETTERS)

    def pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(-1 if key == Qt.Key.Key_Up else 1)
            return True
        if key == Qt.Key.Key_Delete and self.view.lines and not self.bill.scan.text:
            self._remove()
            return True
        return False

    def step_back(self) -> bool:
        """Esc: what is typed goes first, then the selection; whether there was something."""
        if self.bill.scan.text:
            self.bill.scan.clear()
            self._typed("")
        elif self._selected is not None:
            self._select(None)
        else:
            return False
        self.quiet()
        self.changed.emit()
        return True

    def _move(self, by: int) -> None:
        if self.bill.scan.text:
            self.bill.found.move_choice(by)
            return
        count = len(self.view.lines)
        if count:
            start = self._selected if self._selected is not None else (count + 1 if by < 0 else 0)
            self._select(min(max(start + by, 1), count))

    def _select(self, number: int | None) -> None:
        self._selected = number
        self.bill.show_sale(self.view, number)
        self.changed.emit()

    # --- what ---

    def _typed(self, typed: str) -> None:
        wanted = typed.strip()
        if not wanted or _count_of(wanted) is not None:
            self._found, self._searched = (), ""
            self.bill.show_found((), "")
            return
        self.shell.search.do(
            lambda: self.shell.items.find(_code_of(wanted)), lambda found: self._show_found(wanted, found), self.tell
        )

    def _show_found(self, wanted: str, found: "Sequence[FoundItem]") -> None:
        if self.bill.scan.text == wanted:
            self._found, self._searched = found, wanted
            self.bill.show_found(found, wanted)

    def _scan_entered(self) -> None:
        typed = self.bill.scan.text
        if not typed:
            self.nothing_typed()
            return
        count = _count_of(typed)
        if count is not None and self.view.lines:
            number = self._selected or len(self.view.lines)
            self._add(lambda lines: lines.set_quantity(number, count))
        elif self._found and self._searched == typed:
            self._pick(self.bill.found.chosen)
        elif is_voucher_scan(typed):
            self.bill.scan.clear()
            self._typed("")
            self.voucher_scanned(typed)
        else:
            self._add(lambda lines: lines.add(_code_of(typed), _pieces_of(typed)))

    def _pick(self, row: int) -> None:
        if row < len(self._found):
            code, pieces = self._found[row].code, _pieces_of(self._searched)
            self._add(lambda lines: lines.add(code, pieces))

    def _add(self, act: "Callable[[SaleInWork], SaleView]") -> None:
        self.bill.scan.clear()
        self._typed("")
        self.on_lines(act, self._added)

    def _added(self, view: SaleView) -> None:
        self._selected = None
        self.show_view(view)

    def scanned(self, code: str) -> None:
        if is_voucher_scan(code):
            self.voucher_scanned(code)
        else:
            self.on_lines(lambda lines: lines.add(code), self._added)

    def voucher_scanned(self, code: str) -> None:
        """An electronic voucher was scanned where goods are."""
        del code
        self.say(Sign.STOP, say(words.VOUCHER_NO_ITEM))

    def _remove(self) -> None:
        number = self._selected or len(self.view.lines)

        def removed(view: SaleView) -> None:
            self.show_view(view)
            self.say(Sign.NOTE, say(words.LINE_REMOVED, number=number))

        self.on_lines(lambda lines: lines.remove(number), removed)

    def _sign(self) -> None:
        wanted = [line for line in self.view.lines if line.consent_wanted]
        chosen = next((line for line in wanted if line.number == self._selected), None)
        line = chosen or next((line for line in wanted if not line.consent_signed), wanted[0])

        def signed(view: SaleView) -> None:
            self.show_view(view)
            word = words.UNSIGNED_NOW if line.consent_signed else words.SIGNED_NOW
            self.say(Sign.DONE, say(word, number=line.number))

        self.on_lines(lambda lines: lines.sign(line.number), signed)

    def on_lines(
        self, act: "Callable[[SaleInWork], SaleView]", then: Callable[[SaleView], None], *, label: str = ""
    ) -> None:
        """Does something to the lines in the desk's lane."""
        self.ask(lambda: act(self.lines_of(self.shell.counter)), then, label=label)


def _count_of(typed: str) -> str | None:
    """``*3`` is how many of the chosen line."""
    rest = typed[1:] if typed[:1] in ("*", "×", "x", "X") else ""
    return rest if rest.replace(".", "", 1).isdigit() else None


def _code_of(typed: str) -> str:
    """``3*CODE`` is three of it."""
    count, star, code = typed.partition("*")
    return code.strip() if star and count.replace(".", "", 1).isdigit() else typed


def _pieces_of(typed: str) -> str:
    count, star, _ = typed.partition("*")
    return count if star and count.replace(".", "", 1).isdigit() else "1"
