"""One bill of the past with its lines."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.desk.bill_view import Bill, BillLine, ToRefund
from pos_client.desk.refund_draft import shown
from pos_client.money import yuan_grouped
from pos_client.ui import tokens
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Page
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.rows import Gap, Words
from pos_client.ui.kit.sheet import Piece, Sheet
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.table import AIR, Cell, Column, Row, Table, aired
from pos_client.ui.pages import bill_column
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import Role, measures
from pos_client.ui.words import lookup as words
from pos_client.ui.words import sale as sale_words
from pos_client.ui.words import say


def _row(line: BillLine) -> Row:
    return (
        Cell(str(line.number), role=Role.SOFT, small=True),
        Cell(line.name, line.spec),
        Cell(line.price),
        Cell(f"× {shown(line.quantity)}"),
        Cell(yuan_grouped(line.amount_fen)),
    )


class PastBillCentre(QWidget):
    """Heading and lines."""

    def __init__(self, bill: Bill) -> None:
        super().__init__()
        self._bill, self._selected = bill, None if not bill.lines else 0
        title = say(words.BILL, id=bill.row.id)
        self.heading = Sheet(title)
        self.heading.set_padding(0)
        self.table = Table(
            title,
            [
                Column("#", 28),
                Column(say(sale_words.NAME)),
                Column(say(sale_words.PRICE), 88, right=True, narrow=68),
                Column(say(sale_words.QUANTITY), 72, right=True, narrow=56),
                Column(say(sale_words.AMOUNT), 104, right=True, narrow=80),
            ],
        )
        self._pieces: list[Piece] = [Heading(title, say(sale_words.LINES, count=len(bill.lines)) if bill.lines else "")]
        if not bill.lines:
            none = Words(say(words.NO_LINES), Role.INK, bold=True, size_px=tokens.FIGURE_PX)
            self._pieces += [Gap(16), none, Words(say(words.NO_LINES_HOW))]
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addLayout(aired(self.heading))
        self._layout.addWidget(self.table, 1)
        self._layout.addStretch()
        self.table.setVisible(bool(bill.lines))

    def move_choice(self, by: int) -> None:
        """A long bill is looked at line by line."""
        if self._selected is not None:
            self._selected = min(max(self._selected + by, 0), len(self._bill.lines) - 1)
            self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size."""
        super().resizeEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        m = measures(self.window().width(), self.window().height())
        self._layout.setContentsMargins(m.padding - AIR, 0, m.padding - AIR, 8)
        self.heading.fill(self._pieces, m)
        self.heading.setFixedHeight(self.heading.needed_height(self.width() - 2 * m.padding))
        self.table.fill([_row(line) for line in self._bill.lines], self._selected)


class PastBillPage(Page):
    """What was sold, who paid, what became of it."""

    def __init__(self, shell: Shell, bill: Bill) -> None:
        super().__init__(shell)
        self.bill = bill
        self.lines = PastBillCentre(bill)
        self.centre = self.lines

    def left(self) -> Sequence[Piece]:
        return bill_column.left(self.bill.row)

    def band(self) -> Sequence[BandPart]:
        return bill_column.band(self.bill.row)

    def right(self) -> Sequence[Piece]:
        return bill_column.right(self.bill.row)

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {
            Key.F1: self.shell.open_help,
            Key.F9: self._refund,
            Key.F10: lambda: self.shell.print_slip(self.bill.row.id, again=True),
            Key.F11: self.shell.open_tasks,
            Key.ESC: self.shell.back,
        }

    def hint(self) -> Message:
        return Message(Sign.NOTE, say(words.HINT_BILL))

    def pressed(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.lines.move_choice(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        return False

    def _refund(self) -> None:
        id_ = self.bill.row.id
        self.ask(lambda: self.shell.counter.past_bills.to_refund(id_), self._open_refund)

    def _open_refund(self, found: ToRefund) -> None:
        from pos_client.ui.pages.refund import RefundPage

        self.shell.open(RefundPage(self.shell, found))
