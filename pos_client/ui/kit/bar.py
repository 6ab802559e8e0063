"""Who pays, as a picture: width is money, blue height is the fund's share, so area is who pays."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.ui import theme, tokens
from pos_client.ui.kit import drawing
from pos_client.ui.tokens import Role

BAR = 64


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bar: how wide, how much of its height the fund pays (in 1/1000), colours, words."""

    weight_fen: int
    fund_per_mille: int
    own: Role
    fund: Role
    inside: str = ""
    below: str = ""


class SliceBar(QWidget):
    """The bar with the words under it; a word that does not fit is left out, the table names every part."""

    def __init__(self, name: str, remark: str = "", parent: QWidget | None = None) -> None:
        """``remark`` stands in the widest gap between the words under the bar, where it fits."""
        super().__init__(parent)
        self._remark = remark
        self._parts: tuple[Part, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(BAR + 28)

    def fill(self, parts: Sequence[Part]) -> None:
        """Shows these parts."""
        self._parts = tuple(parts)
        self.setAccessibleDescription(", ".join(f"{part.below} {part.inside}".strip() for part in self._parts))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, BAR + 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Parts from left to right, a pixel between them."""
        del event
        with QPainter(self) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            whole = sum(part.weight_fen for part in self._parts)
            spent, free_from = 0, 0
            gap = QRect()
            for part in self._parts:
                left = self.width() * spent // max(whole, 1)
                spent += part.weight_fen
                right = self.width() * spent // max(whole, 1) - 1
                place = QRect(left, 0, max(right - left, 1), BAR)
                self._part(painter, place, part)
                wanted = drawing.width_of(part.below)
                start = min(left, self.width() - wanted)
                if start < free_from <= place.right() - wanted:
                    start = free_from  # beside the word before, still under its part
                if part.below and start >= free_from and (place.width() >= 24 or start == left):
                    if start - free_from > gap.width():
                        gap = QRect(free_from, BAR + 4, start - free_from - 8, tokens.SENTENCE)
                    label = QRect(start, BAR + 4, wanted + 2, tokens.SENTENCE)
                    drawing.text(painter, label, part.below, role=Role.SOFT, whole=True)
                    free_from = start + wanted + 8
            if self.width() - free_from > gap.width():
                gap = QRect(free_from, BAR + 4, self.width() - free_from, tokens.SENTENCE)
            if drawing.width_of(self._remark) < gap.width():
                drawing.text(painter, gap, self._remark, role=Role.SOFT, align=drawing.RIGHT, whole=True)

    def _part(self, painter: QPainter, place: QRect, part: Part) -> None:
        painter.fillRect(place, theme.colour(part.own))
        blue = BAR * part.fund_per_mille // 1000
        fund = QRect(place.left(), BAR - blue, place.width(), blue)
        if blue:
            painter.fillRect(fund, theme.colour(part.fund))
        if (
            part.inside
            and blue >= 24
            and drawing.width_of(part.inside, tokens.FIGURE_PX, bold=True) + 20 < fund.width()
        ):
            words = fund.adjusted(12, 0, -8, 0)
            drawing.text(painter, words, part.inside, role=Role.ON_ACCENT, size_px=tokens.FIGURE_PX, bold=True)
