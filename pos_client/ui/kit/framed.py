"""A thick frame around a part of the centre: this bill is not like others, do not go on as if it were."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pos_client.ui import tokens
from pos_client.ui.kit import drawing
from pos_client.ui.tokens import Role

WIDTH = 3
#: From the edges of the centre to the frame.
OUTSIDE = 8


class Framed(QWidget):
    """Widgets one under the other in a frame; their texts stand in line with those outside of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = Role.WARN
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.inside = QVBoxLayout(self)
        self.inside.setSpacing(0)

    def set_role(self, role: Role) -> None:
        """Another colour: the state has changed."""
        if role is not self._role:
            self._role = role
            self.update()

    def set_padding(self, padding: int) -> None:
        """The padding of the column that it stands in."""
        self.inside.setContentsMargins(padding, OUTSIDE, padding, OUTSIDE + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame."""
        del event
        with QPainter(self) as painter:
            place = QRectF(self.rect()).adjusted(OUTSIDE, OUTSIDE, -OUTSIDE, -OUTSIDE / 2)
            drawing.box(painter, place, None, self._role, WIDTH, tokens.RADIUS_FRAME)
