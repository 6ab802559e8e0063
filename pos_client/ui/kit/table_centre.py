"""A centre that is a list: heading, table, what there is to say under it, a field at the foot where one is wanted."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.ui import tokens
from pos_client.ui.kit.choices import Choices
from pos_client.ui.kit.fields import Field
from pos_client.ui.kit.sheet import Piece, Sheet
from pos_client.ui.kit.table import AIR, Column, Row, Table, aired
from pos_client.ui.tokens import Measures, measures


class TableCentre(QWidget):
    """Without rows the table goes, and the heading says what to do instead."""

    def __init__(self, title: str, columns: Sequence[Column], field: Field | None = None) -> None:
        super().__init__()
        self.heading, self.below = Sheet(title), Sheet(title)
        self.table = Table(title, columns)
        self.found = Choices(title)
        self.found.hide()
        self.field = field
        self._above: Sequence[Piece] = ()
        self._under: Sequence[Piece] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addLayout(aired(self.heading))
        self._layout.addWidget(self.table, 1)
        self._layout.addLayout(aired(self.found))
        self._layout.addStretch()
        self._layout.addLayout(aired(self.below))
        if field is not None:
            self._layout.addSpacing(8)
            self._layout.addLayout(aired(field))
        for sheet in (self.heading, self.below):
            sheet.set_padding(0)

    @property
    def measures(self) -> Measures:
        """What the window has room for."""
        window = self.window()
        return measures(window.width(), window.height())

    def show_list(
        self, above: Sequence[Piece], rows: Sequence[Row], selected: int | None, under: Sequence[Piece] = ()
    ) -> None:
        """Shows these; ``selected`` counts rows from 0."""
        self._above, self._under = above, under
        listed = bool(rows) and not self.found.isVisibleTo(self)
        self.table.setVisible(listed)
        self.table.fill(rows, selected)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size."""
        super().resizeEvent(event)
        m = self.measures
        side = m.padding
        foot = 8 if m.compact else 24 if side == 24 else 16
        self._layout.setContentsMargins(side - AIR, 0, side - AIR, foot if self.field is not None else 8)
        self._refresh()

    def _refresh(self) -> None:
        width = max(self.width() - 2 * self.measures.padding, 120)
        for sheet, pieces in ((self.heading, self._above), (self.below, self._under)):
            sheet.fill(pieces, self.measures)
            sheet.setFixedHeight(sheet.needed_height(width))
        foot = 0 if self.field is None or self.field.isHidden() else self.field.height() + 8
        room = self.height() - self._layout.contentsMargins().bottom() - self.heading.height() - self.below.height()
        rows = max((room - foot - tokens.TABLE_HEAD) // tokens.TABLE_ROW, 1)
        self.table.setMaximumHeight(tokens.TABLE_HEAD + tokens.TABLE_ROW * rows)  # no row is cut
