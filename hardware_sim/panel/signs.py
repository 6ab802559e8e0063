"""A state as a sign with a word: a tick in a disc, a triangle, an octagon with a cross, a ring."""

import math
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from hardware_sim.panel import theme

_SIDE_PX = 16


class Sign(Enum):
    """What a state is."""

    OK = "ok"
    LOOK = "look"
    STOP = "stop"
    IDLE = "idle"


class _Drawing(QWidget):
    """The sign alone."""

    def __init__(self) -> None:
        super().__init__()
        self.sign = Sign.IDLE
        self.setFixedSize(QSize(_SIDE_PX, _SIDE_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the sign."""
        del event
        to = theme.colours()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = {Sign.OK: to.ok, Sign.LOOK: to.warn, Sign.STOP: to.stop, Sign.IDLE: to.soft}[self.sign]
            if self.sign is Sign.IDLE:
                painter.setPen(QPen(QColor(ink), 2))
                painter.drawEllipse(QRectF(2, 2, _SIDE_PX - 4, _SIDE_PX - 4))
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ink))
            painter.drawPolygon(_body(self.sign))
            painter.setPen(QPen(QColor(to.canvas), 2, c=Qt.PenCapStyle.RoundCap))
            for line in _MARKS[self.sign]:
                painter.drawPolyline([QPointF(x, y) for x, y in line])


_MARKS = {
    Sign.OK: (((4.5, 8.5), (7, 11), (11.5, 5.5)),),
    Sign.LOOK: (((8, 6), (8, 10)), ((8, 13), (8, 13.1))),
    Sign.STOP: (((5.5, 5.5), (10.5, 10.5)), ((10.5, 5.5), (5.5, 10.5))),
}


def _body(sign: Sign) -> QPolygonF:
    middle = _SIDE_PX / 2
    if sign is Sign.LOOK:
        return QPolygonF([QPointF(middle, 0.5), QPointF(15.5, 15.5), QPointF(0.5, 15.5)])
    corners, radius = (8, middle * 1.05) if sign is Sign.STOP else (48, middle)
    turns = [(corner + 0.5) * math.tau / corners for corner in range(corners)]
    return QPolygonF([QPointF(middle + radius * math.cos(turn), middle + radius * math.sin(turn)) for turn in turns])


class State(QWidget):
    """What something is called, its sign, and its state in a word."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._drawing = _Drawing()
        self._word = QLabel()
        self._word.setFont(theme.font(bold=True))
        label = QLabel(name)
        label.setObjectName("soft")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID_PX)
        for widget in (self._drawing, label, self._word):
            row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The state in a word."""
        return self._word.text()

    def show_state(self, sign: Sign, word: str) -> None:
        """Shows another state."""
        self._drawing.sign = sign
        self._drawing.update()
        self._word.setText(word)
        self.setAccessibleName(f"{self._name} {word}")
