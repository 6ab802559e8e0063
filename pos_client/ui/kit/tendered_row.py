"""The change, in the size of a subtotal, aligned with the field above it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_client.ui import tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import RIGHT
from pos_client.ui.tokens import Role


class TenderedRow(QWidget):
    """A label and a large figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._label, self._figure, self._role = "", "", Role.INK

    @property
    def figure(self) -> str:
        """What it says."""
        return self._figure

    def show_row(self, label: str, figure: str, role: Role = Role.INK) -> None:
        """Another figure."""
        self._label, self._figure, self._role = label, figure, role
        self.setAccessibleName(f"{label} {figure}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Label at the left, figure at the right."""
        del event
        with QPainter(self) as painter:
            inside = self.rect().adjusted(12, 0, -12, 0)
            taken = drawing.text(
                painter, inside, self._figure, role=self._role, size_px=tokens.SUBTOTAL_PX, bold=True, align=RIGHT
            )
            role = Role.SOFT if self._role is Role.INK else self._role
            drawing.text(painter, inside.adjusted(0, 0, -taken - 8, 0), self._label, role=role)
