"""The next action: the one solid area of the window."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_client.ui import tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import LEFT
from pos_client.ui.tokens import Role


class ActionButton(QWidget):
    """Shows the next action with its key; a click does the same as the key."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(tokens.BUTTON)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._key, self._words = "", ""
        self.hide()

    def show_action(self, key: str, words: str) -> None:
        """Another action; without words there is none and nothing is drawn."""
        if (key, words) == (self._key, self._words):
            return
        self._key, self._words = key, words
        self.setVisible(bool(words))
        self.setAccessibleName(f"{key} {words}".strip())
        self.update()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click is the key."""
        event.accept()
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Key-cap and words, centred together; words that do not fit go down in size before they are shortened."""
        del event
        with QPainter(self) as painter:
            drawing.box(painter, QRectF(self.rect()), Role.ACCENT, None, 0, tokens.RADIUS)
            cap = drawing.key_cap_width(self._key)
            room = self.width() - cap - 12 - 16
            size = tokens.FIGURE_PX
            if drawing.width_of(self._words, size, bold=True) > room:
                size = tokens.TEXT_PX
            words = min(drawing.width_of(self._words, size, bold=True), room)
            left = (self.width() - cap - 12 - words) // 2
            drawing.key_cap(painter, left, self.height() // 2, self._key, state="inverse")
            place = self.rect().adjusted(left + cap + 12, 0, 0, 0)
            place.setWidth(words + 2)
            drawing.text(painter, place, self._words, role=Role.ON_ACCENT, size_px=size, bold=True, align=LEFT)
