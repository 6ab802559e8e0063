"""Something that is or is not so: a box with a tick and its words. Space changes it while the cursor is on it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.ui import theme, tokens
from pos_client.ui.kit import drawing
from pos_client.ui.tokens import Role

_BOX = 20


class Tick(QWidget):
    """As high as a field; the page handles the keys."""

    clicked = Signal()

    def __init__(self, name: str, *, ticked: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(tokens.FIELD)
        self._words, self._ticked = name, ticked
        self._name()

    @property
    def ticked(self) -> bool:
        """Whether it is so."""
        return self._ticked

    def change(self) -> None:
        """The other way round."""
        self._ticked = not self._ticked
        self._name()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(self._words)
        self.setAccessibleDescription("✓" if self._ticked else "—")

    def sizeHint(self) -> QSize:
        """Box and words."""
        return QSize(_BOX + 36 + drawing.width_of(self._words, tokens.FIGURE_PX), tokens.FIELD)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click is the space bar."""
        event.accept()
        self.clicked.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The border shows it."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The border goes."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Border as a field has it, box, tick, words."""
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            focused = self.hasFocus()
            edge, width = (Role.ACCENT, 2) if focused else (Role.EDGE, 1)
            drawing.box(painter, QRectF(self.rect()), Role.TINT if focused else Role.PANEL, edge, width, tokens.RADIUS)
            box = QRectF(12, (self.height() - _BOX) / 2, _BOX, _BOX)
            ground = Role.OK if self._ticked else Role.PANEL
            drawing.box(painter, box, ground, Role.OK if self._ticked else Role.EDGE, 1, tokens.RADIUS_SMALL)
            if self._ticked:
                painter.setPen(QPen(theme.colour(Role.PANEL), 2))
                corners = [(0.22, 0.52), (0.42, 0.72), (0.78, 0.3)]
                painter.drawPolyline([QPointF(box.left() + _BOX * x, box.top() + _BOX * y) for x, y in corners])
            place = self.rect().adjusted(12 + _BOX + 10, 0, -8, 0)
            drawing.text(painter, place, self._words, size_px=tokens.FIGURE_PX)
