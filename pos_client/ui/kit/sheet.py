"""A column of pieces, one under the other, painted in one go: fast, and every page looks alike."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.ui import theme
from pos_client.ui.tokens import WIDE, Measures, Role


class Piece(Protocol):
    """One thing that stands in a column."""

    def height(self, width: int, measures: Measures) -> int:
        """How high it is in a column of that width, padding taken off."""

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Draws it; ``box`` is as wide as the column without its padding."""

    def spoken(self) -> str:
        """What a screen reader says."""


class Sheet(QWidget):
    """Pieces from the top down."""

    def __init__(self, name: str, ground: Role | None = None, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls it; without a ground it lies on its parent's."""
        super().__init__(parent)
        self._pieces: tuple[Piece, ...] = ()
        self._measures = WIDE
        self._ground = ground
        self._padding: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(name)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What stands in it."""
        return self._pieces

    def set_padding(self, padding: int) -> None:
        """Another padding at the sides than the column's own."""
        self._padding = padding

    def fill(self, pieces: Sequence[Piece], measures: Measures) -> None:
        """Shows these pieces."""
        if (tuple(pieces), measures) == (self._pieces, self._measures):
            return
        self._pieces, self._measures = tuple(pieces), measures
        self.setAccessibleDescription("\n".join(filter(None, (piece.spoken() for piece in self._pieces))))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """All that stands in it, as a screen reader would say it."""
        return "\n".join(filter(None, (piece.spoken() for piece in self._pieces)))

    def needed_height(self, width: int) -> int:
        """How high all pieces are together."""
        inner = width - 2 * self._side()
        return sum(piece.height(inner, self._measures) for piece in self._pieces)

    def sizeHint(self) -> QSize:
        """As high as its pieces."""
        return QSize(self.width(), self.needed_height(max(self.width(), 120)))

    def hasHeightForWidth(self) -> bool:
        """Sentences wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its pieces are in that width."""
        return self.needed_height(width)

    def minimumSizeHint(self) -> QSize:
        """It may be cut at its foot, never made wider than its column."""
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the ground and every piece that is in sight."""
        with QPainter(self) as painter:
            if self._ground is not None:
                painter.fillRect(event.rect(), theme.colour(self._ground))
            top, side = 0, self._side()
            inner = self.width() - 2 * side
            for piece in self._pieces:
                height = piece.height(inner, self._measures)
                if top < self.height():
                    piece.paint(painter, QRect(side, top, inner, height), self._measures)
                top += height

    def _side(self) -> int:
        return self._measures.padding if self._padding is None else self._padding
