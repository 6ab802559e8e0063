"""A field for whole seconds, below zero too; the arrow keys step."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit

_STEP_S: Final = 30


class SecondsField(QLineEdit):
    """Holds ``value_s``, within a limit to both sides."""

    def __init__(self, name: str, largest_s: int) -> None:
        super().__init__("0")
        self._largest_s = largest_s
        self.setAccessibleName(name)
        self.setValidator(QIntValidator(-largest_s, largest_s, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    @property
    def value_s(self) -> int:
        """What is written there; an empty field is zero."""
        return int(self.text()) if self.hasAcceptableInput() else 0

    def show_value(self, value_s: int) -> None:
        """Writes a value, within the limit."""
        self.setText(str(max(-self._largest_s, min(value_s, self._largest_s))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down step."""
        steps = {Qt.Key.Key_Up: _STEP_S, Qt.Key.Key_Down: -_STEP_S}
        if step := steps.get(Qt.Key(event.key())):
            self.show_value(self.value_s + step)
        else:
            super().keyPressEvent(event)
