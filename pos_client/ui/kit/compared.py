"""Figures of two sides beside each other: a label, what they say, what we say."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from pos_client.ui import tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import RIGHT
from pos_client.ui.tokens import Measures, Role


@dataclass(frozen=True, slots=True)
class Compared:
    """One row; as ``head`` the names of the two sides over a rule. Where they differ, ours stands in bold."""

    label: str
    theirs: str
    ours: str
    head: bool = False
    folds: bool = False
    """Whether the row goes where room is short: one on which both agree does."""

    def height(self, width: int, measures: Measures) -> int:
        """One row, and another above it for a label that has no room beside the figures."""
        if self.folds and measures.compact:
            return 0
        return measures.row + (0 if self._beside(width) else tokens.DOCUMENT_ROW)

    def _column(self, width: int) -> int:
        return min(104, width * 3 // 8)

    def _beside(self, width: int) -> bool:
        return drawing.width_of(self.label) + 8 <= width - 2 * self._column(width)

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Label at the left, two columns of figures at the right."""
        if self.folds and measures.compact:
            return
        row = QRect(box.left(), box.bottom() + 1 - measures.row, box.width(), measures.row)
        label = row if self._beside(box.width()) else QRect(box.left(), box.top(), box.width(), tokens.DOCUMENT_ROW)
        drawing.text(painter, label, self.label, role=Role.SOFT)
        size = tokens.TEXT_PX if self.head else tokens.FIGURE_PX
        role = Role.SOFT if self.head else Role.INK
        differs = not self.head and self.theirs != self.ours
        drawing.text(painter, row, self.ours, role=role, size_px=size, bold=differs, align=RIGHT)
        theirs = row.adjusted(0, 0, -self._column(box.width()), 0)
        drawing.text(painter, theirs, self.theirs, role=role, size_px=size, align=RIGHT)
        if self.head:
            drawing.hairline(painter, box.left(), box.right(), box.bottom(), Role.EDGE)

    def spoken(self) -> str:
        """Label and both figures."""
        return f"{self.label} {self.theirs} / {self.ours}".strip()
