"""The centre of the page of bills of the past: the list, and the field that finds in it."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.desk.bill_view import BillRow
from pos_client.money import yuan_grouped
from pos_client.ui import tokens
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.rows import Gap, Words
from pos_client.ui.kit.sheet import Piece, Sheet
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.table import AIR, Cell, Column, Row, Table, aired
from pos_client.ui.tokens import Role, measures
from pos_client.ui.words import lookup as words
from pos_client.ui.words import say


def _columns() -> list[Column]:
    return [
        Column(say(words.WHEN), 104, narrow=92),
        Column(say(words.NUMBER), 104, narrow=88),
        Column(say(words.NAME)),
        Column(say(words.TOTAL), 96, right=True, narrow=76),
        Column(say(words.CASH), 96, right=True, narrow=72),
        Column(say(words.STATE), 156, narrow=108),
    ]


def _row(row: BillRow) -> Row:
    role = Role.INK if row.open else Role.SOFT
    return (
        Cell(row.when, role=Role.SOFT, small=True),
        Cell(row.id, small=True),
        Cell(row.name_masked, row.what, soft_goes=True, role=role),
        Cell(yuan_grouped(row.total_fen), role=role),
        Cell(yuan_grouped(row.cash_fen), role=role),
        Cell(row.state, sign=Sign(row.sign), small=True, role=role if row.sign == "note" else Role.INK),
    )


class LookupCentre(QWidget):
    """Heading, table, field; where nothing is found, what to do instead."""

    def __init__(self, *, refunding: bool) -> None:
        super().__init__()
        self._title = say(words.TITLE_REFUND if refunding else words.TITLE)
        self._rows: Sequence[BillRow] | None = None
        self._chosen, self._typed = 0, ""
        self.heading = Sheet(self._title)
        self.heading.set_padding(0)
        self.table = Table(self._title, _columns())
        self.search = Field(Kind.TEXT, say(words.SEARCH), hint=say(words.SEARCH_HINT))
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addLayout(aired(self.heading))
        self._layout.addWidget(self.table, 1)
        self._layout.addStretch()
        self._layout.addSpacing(8)
        self._layout.addLayout(aired(self.search))

    def show_rows(self, rows: Sequence[BillRow], chosen: int, typed: str) -> None:
        """Shows what was found for what is typed."""
        self._rows, self._chosen, self._typed = rows, chosen, typed
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size."""
        super().resizeEvent(event)
        m = measures(self.window().width(), self.window().height())
        side = m.padding
        self._layout.setContentsMargins(side - AIR, 0, side - AIR, 8 if m.compact else 24 if side == 24 else 16)
        self.search.relabel(say(words.SEARCH), say(words.SEARCH_HINT) if self.width() >= 520 else "")
        self._refresh()

    def _refresh(self) -> None:
        window = self.window()
        rows = self._rows
        pieces: list[Piece] = [Heading(self._title, self._remark())]
        if rows is not None and not rows:
            none = say(words.NOT_FOUND, typed=self._typed) if self._typed else say(words.NONE)
            how = say(words.NOT_FOUND_HOW if self._typed else words.NONE_HOW)
            pieces += [Gap(16), Words(none, Role.INK, bold=True, size_px=tokens.FIGURE_PX), Words(how)]
        self.heading.fill(pieces, measures(window.width(), window.height()))
        self.heading.setFixedHeight(self.heading.needed_height(self.heading.width()))
        self.table.setVisible(bool(rows))
        self.table.fill([_row(row) for row in rows or ()], self._chosen)

    def _remark(self) -> str:
        if not self._rows:
            return ""
        return say(words.FOUND if self._typed else words.NEWEST, count=len(self._rows))
