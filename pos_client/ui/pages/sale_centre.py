"""The centre of the sale page: the bill, who pays, and the field for scans with what was found while typing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.money import yuan_grouped
from pos_client.ui.kit.choices import Choice, Choices
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.rows import Payer, Words
from pos_client.ui.kit.sheet import Piece, Sheet
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.table import AIR, Cell, Column, Row, Table, aired
from pos_client.ui.tokens import Measures, Role, measures
from pos_client.ui.words import frame, say
from pos_client.ui.words import sale as words

if TYPE_CHECKING:
    from pos_client.desk.found_items import FoundItem
    from pos_client.desk.sale_view import LineView, SaleView


def columns() -> list[Column]:
    """The columns of a bill."""
    return [
        Column("#", 28),
        Column(say(words.NAME)),
        Column(say(words.PRICE), 88, right=True, narrow=68),
        Column(say(words.QUANTITY), 64, right=True, narrow=48),
        Column(say(words.CLASS), 172, narrow=92),
        Column(say(words.AMOUNT), 96, right=True, narrow=76),
    ]


def row_of(line: "LineView") -> Row:
    """One line of the bill."""
    if line.own_expense:
        signed = words.SIGNED if line.consent_signed else words.NOT_SIGNED
        kind = Cell(
            line.class_word,
            say(signed) if line.consent_wanted else "",
            sign=Sign.LOOK,
            bold=True,
            small=True,
            soft_goes=line.consent_signed,
        )
    else:
        kind = Cell(line.class_word, line.share, bold=True, small=True)
    return (
        Cell(str(line.number), role=Role.SOFT, small=True),
        Cell(line.name, line.spec),
        Cell(line.unit_price),
        Cell(f"× {line.quantity}"),
        kind,
        Cell(yuan_grouped(line.amount_fen)),
    )


class SaleCentre(QWidget):
    """Heading, table, who pays, field; what was found while typing takes the place of "who pays"."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.heading = Sheet(title)
        self.heading.set_padding(0)
        self.table = Table(title, columns())
        self.below = Sheet(say(words.WHO_PAYS))
        self.below.set_padding(0)
        self.found = Choices(say(frame.SCAN_FIELD))
        self.scan = Field(Kind.SCAN, say(frame.SCAN_FIELD), hint=say(words.ALWAYS))
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addLayout(aired(self.heading))
        self._layout.addWidget(self.table)
        self._layout.addLayout(aired(self.found))
        self._layout.addLayout(aired(self.below))
        self._layout.addSpacing(8)
        self._layout.addLayout(aired(self.scan))
        self.found.hide()
        self._view: SaleView | None = None
        self._selected: int | None = None

    @property
    def _measures(self) -> Measures:
        window = self.window()
        return measures(window.width(), window.height())

    def show_sale(self, view: "SaleView", selected: int | None) -> None:
        """Shows a bill; ``selected`` counts lines from 1."""
        self._view, self._selected = view, selected
        self._refresh()

    def show_found(self, found: Sequence["FoundItem"], typed: str) -> None:
        """Shows what typing has found; nothing typed shows the bill again."""
        self.found.setVisible(bool(typed))
        self.table.setVisible(not typed)
        self.below.setVisible(not typed and not self._measures.compact)
        if typed:
            nothing = [Choice(say(words.NOTHING_FOUND, typed=typed), sign=Sign.NOTE)]
            self.found.fill([_choice(one) for one in found] or nothing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size."""
        super().resizeEvent(event)
        side = self._measures.padding
        self._layout.setContentsMargins(
            side - AIR, 0, side - AIR, 8 if self._measures.compact else 24 if side == 24 else 16
        )
        self._refresh()

    def _refresh(self) -> None:
        view = self._view
        if view is None:
            return
        count = len(view.lines)
        remark = say(words.LINES, count=count) if count else ""
        self.heading.fill([Heading(self._title, remark)], self._measures)
        self.heading.setFixedHeight(self.heading.needed_height(self.heading.width()))
        selected = None if self._selected is None else self._selected - 1
        self.table.fill([row_of(line) for line in view.lines], selected)
        self._fill_below(view, selected)
        crowded = self._measures.compact or count > self._fitting_rows
        hint = say(words.SCROLL, count=count) if count and crowded else say(words.ALWAYS)
        self.scan.relabel(say(frame.SCAN_FIELD), hint if self.width() >= 520 else "")

    @property
    def _fitting_rows(self) -> int:
        return (self.table.height() - 32) // 40

    def _fill_below(self, view: "SaleView", selected: int | None) -> None:
        pieces: list[Piece] = []
        if selected is not None and selected < len(view.lines):
            pieces.append(Words(view.lines[selected].sentence, Role.INK))
        elif view.payers:
            pieces.append(Words(say(words.WHO_PAYS), bold=True))
            pieces += [Payer(one.label, yuan_grouped(one.amount_fen), one.sentence) for one in view.payers]
        elif view.why_no_estimate:
            pieces.append(Words(view.why_no_estimate))
        pieces += [Words(difference, Role.WARN) for difference in view.differences]
        self.below.fill(pieces, self._measures)
        self.below.setFixedHeight(self.below.needed_height(self.below.width() or self.width()))
        self.below.setVisible(bool(pieces) and not self.found.isVisible() and not self._measures.compact)


def _choice(item: "FoundItem") -> Choice:
    return Choice(
        item.name,
        f"{item.spec}  {item.class_word}  {item.maker}".strip(),
        item.unit_price,
        Sign.LOOK if item.own_expense else None,
    )
