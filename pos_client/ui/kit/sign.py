"""Signs of state, drawn as paths: a tick in a disc, a triangle, an octagon with a cross, rings with ? and i.

A sign never stands alone: a word stands beside it, and a colour goes with it.
"""

import math
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from pos_client.ui import theme
from pos_client.ui.tokens import Role


class Sign(StrEnum):
    """What a state is."""

    DONE = "done"
    LOOK = "look"
    STOP = "stop"
    UNKNOWN = "unknown"
    NOTE = "note"


ROLES = {
    Sign.DONE: Role.OK,
    Sign.LOOK: Role.WARN,
    Sign.STOP: Role.STOP,
    Sign.UNKNOWN: Role.WARN,
    Sign.NOTE: Role.ACCENT,
}


def paint_sign(painter: QPainter, sign: Sign, box: QRectF, role: Role | None = None, ground: Role = Role.PANEL) -> None:
    """Draws a sign into a square; its inner mark has the colour of the ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = theme.colour(role or ROLES[sign])
    paper = theme.colour(ground)
    if sign in (Sign.DONE, Sign.LOOK, Sign.STOP):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPath(_body(sign, box))
        painter.setPen(_pen(paper, box.width() * 0.12))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _inner_mark(painter, sign, box)
    else:
        width = max(box.width() * 0.1, 1.6)
        painter.setPen(_pen(ink, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(width / 2, width / 2, -width / 2, -width / 2))
        painter.setFont(theme.font(max(round(box.width() * 0.62), 9), bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "?" if sign is Sign.UNKNOWN else "i")
    painter.restore()


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _body(sign: Sign, box: QRectF) -> QPainterPath:
    path = QPainterPath()
    if sign is Sign.DONE:
        path.addEllipse(box)
    elif sign is Sign.LOOK:
        path.addPolygon(
            QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]),
        )
        path.closeSubpath()
    else:
        radius = box.width() / 2 / math.cos(math.pi / 8)
        corners = [math.pi / 8 + step * math.pi / 4 for step in range(8)]
        path.addPolygon(
            QPolygonF([box.center() + QPointF(radius * math.cos(one), radius * math.sin(one)) for one in corners])
        )
        path.closeSubpath()
    return path


def _inner_mark(painter: QPainter, sign: Sign, box: QRectF) -> None:
    def at(x: float, y: float) -> QPointF:
        return QPointF(box.left() + box.width() * x, box.top() + box.height() * y)

    if sign is Sign.DONE:
        painter.drawPolyline([at(0.28, 0.52), at(0.44, 0.68), at(0.73, 0.36)])
    elif sign is Sign.LOOK:
        painter.drawLine(at(0.5, 0.38), at(0.5, 0.62))
        painter.drawPoint(at(0.5, 0.82))
    else:
        painter.drawLine(at(0.34, 0.34), at(0.66, 0.66))
        painter.drawLine(at(0.66, 0.34), at(0.34, 0.66))
