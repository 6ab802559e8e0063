"""A list of possibilities under a field: what was found while typing, or what there is to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.ui import theme, tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import RIGHT
from pos_client.ui.kit.sign import Sign, paint_sign
from pos_client.ui.tokens import Role


@dataclass(frozen=True, slots=True)
class Choice:
    """One possibility: what it is, more about it, a figure at the right."""

    text: str
    soft: str = ""
    right: str = ""
    sign: Sign | None = None


class Choices(QWidget):
    """Rows of possibilities, one of them chosen; it never takes the focus from the field."""

    picked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self.chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What there is."""
        return self._choices

    def fill(self, choices: Sequence[Choice], chosen: int = 0) -> None:
        """Shows these."""
        self._choices = tuple(choices)
        self.chosen = min(max(chosen, 0), max(len(self._choices) - 1, 0))
        self.setAccessibleDescription("\n".join(f"{one.text} {one.soft} {one.right}" for one in self._choices))
        self.updateGeometry()
        self.update()

    def move_choice(self, by: int) -> None:
        """The next or the one before; at the ends it stays."""
        if self._choices:
            self.chosen = min(max(self.chosen + by, 0), len(self._choices) - 1)
            self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(200, tokens.TABLE_ROW * max(len(self._choices), 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click picks."""
        row = self._first_shown() + int(event.position().y()) // tokens.TABLE_ROW
        if row < len(self._choices):
            self.picked.emit(row)

    def _first_shown(self) -> int:
        fitting = max(self.height() // tokens.TABLE_ROW, 1)
        return max(0, self.chosen - fitting + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows that fit, the chosen one always among them."""
        del event
        with QPainter(self) as painter:
            first = self._first_shown()
            fitting = max(self.height() // tokens.TABLE_ROW, 1)
            for number, choice in enumerate(self._choices[first : first + fitting]):
                place = QRect(0, number * tokens.TABLE_ROW, self.width(), tokens.TABLE_ROW)
                self._row(painter, place, choice, chosen=first + number == self.chosen)

    def _row(self, painter: QPainter, place: QRect, choice: Choice, *, chosen: bool) -> None:
        if chosen:
            painter.fillRect(place, theme.colour(Role.TINT))
            drawing.box(painter, QRectF(place), Role.TINT, Role.ACCENT, 2, tokens.RADIUS)
        else:
            drawing.hairline(painter, place.left(), place.right(), place.bottom())
        inside = place.adjusted(12, 0, -12, 0)
        if choice.sign is not None:
            paint_sign(painter, choice.sign, QRectF(inside.left(), inside.center().y() - 7, 16, 16))
            inside = inside.adjusted(24, 0, 0, 0)
        taken = drawing.text(painter, inside, choice.right, size_px=tokens.FIGURE_PX, align=RIGHT)
        words = inside.adjusted(0, 0, -taken - 16, 0)
        used = drawing.text(painter, words, choice.text, size_px=tokens.FIGURE_PX)
        rest = words.adjusted(used + 12, 0, 0, 0)
        if choice.soft and rest.width() > 24:
            drawing.text(painter, rest, choice.soft, role=Role.SOFT)
