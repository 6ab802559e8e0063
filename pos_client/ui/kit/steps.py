"""A row in a list of steps: done, the one of now, or to come."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from pos_client.ui import tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.sign import Sign, paint_sign
from pos_client.ui.tokens import Measures, Role


@dataclass(frozen=True, slots=True)
class StepRow:
    """``sign`` says how a step ended; without one it is to come, or the one of now."""

    text: str
    sign: Sign | None = None
    now: bool = False

    def height(self, width: int, measures: Measures) -> int:
        """One row of a side column."""
        del width
        return measures.row

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Sign and words; the step of now on a tint with a bar before it."""
        del measures
        if self.now:
            drawing.box(painter, QRectF(box.adjusted(-8, 1, 8, -1)), Role.TINT, None, 0, tokens.RADIUS)
            bar = QRectF(box.left() - 8, box.top() + 1, 3, box.height() - 2)
            drawing.box(painter, bar, Role.ACCENT, None, 0, tokens.RADIUS_SMALL)
        if self.sign is not None:
            place = QRectF(box.left(), box.center().y() - 7, 16, 16)
            paint_sign(painter, self.sign, place, ground=Role.TINT if self.now else Role.CANVAS)
        role = Role.INK if self.now or self.sign is not None else Role.DIM
        drawing.text(painter, box.adjusted(24, 0, 0, 0), self.text, role=role, bold=self.now)

    def spoken(self) -> str:
        """The words, and how it ended."""
        return " ".join(filter(None, (self.text, "▸" if self.now else "", self.sign or "")))
