"""Where the left column has no room: a band under the strip with the person in one line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_client.ui import theme, tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.sign import ROLES, Sign, paint_sign
from pos_client.ui.tokens import COMPACT, Role
from pos_client.ui.words import frame as words
from pos_client.ui.words import say


@dataclass(frozen=True, slots=True)
class BandPart:
    """One part: a soft label, a text, a sign; ``name`` is the person's, in the size of names."""

    text: str
    label: str = ""
    sign: Sign | None = None
    name: bool = False


class Band(QWidget):
    """The parts from left to right; what does not fit at the right is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[BandPart, ...] = ()
        self.setFixedHeight(40)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(say(words.PERSON))

    def fill(self, parts: Sequence[BandPart]) -> None:
        """Shows these parts."""
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self.setAccessibleDescription(", ".join(f"{part.label} {part.text}".strip() for part in self._parts))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Parts until the line is full."""
        del event
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour(Role.CANVAS))
            drawing.hairline(painter, 0, self.width(), self.height() - 1)
            left = COMPACT.padding
            for part in self._parts:
                if left + self._width(part) > self.width() - COMPACT.padding and not part.name:
                    break
                left = self._paint_part(painter, left, part) + 20

    def _size(self, part: BandPart) -> int:
        return tokens.SUBTOTAL_PX if part.name else tokens.FIGURE_PX if part.label else tokens.TEXT_PX

    def _width(self, part: BandPart) -> int:
        sign = 24 if part.sign is not None else 0
        label = drawing.width_of(part.label) + 8 if part.label else 0
        return sign + label + drawing.width_of(part.text, self._size(part), part.name or part.sign is not None)

    def _paint_part(self, painter: QPainter, left: int, part: BandPart) -> int:
        room = QRect(left, 0, self.width() - left - COMPACT.padding, self.height())
        if part.sign is not None:
            paint_sign(painter, part.sign, QRectF(left, 12, 16, 16), ground=Role.CANVAS)
            room.adjust(24, 0, 0, 0)
        if part.label:
            room.adjust(drawing.text(painter, room, part.label, role=Role.SOFT) + 8, 0, 0, 0)
        role = ROLES[part.sign] if part.sign is not None else Role.INK if part.label or part.name else Role.SOFT
        bold = part.name or part.sign is not None
        return room.left() + drawing.text(painter, room, part.text, role=role, size_px=self._size(part), bold=bold)
