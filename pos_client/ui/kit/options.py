"""A few possibilities, each under its figure: pressing the figure chooses. All stay in sight, one at most is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.ui import theme, tokens
from pos_client.ui.kit import drawing
from pos_client.ui.tokens import Role, measures

_TWO_COLUMNS = 600


class Options(QWidget):
    """Key-caps with their words, in two columns where there is room."""

    picked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.chosen: int | None = None
        self._asked = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def fill(self, words: Sequence[str], chosen: int | None, *, asked: bool) -> None:
        """Shows these; ``asked`` is whether the keyboard chooses here now."""
        self._words, self.chosen, self._asked = tuple(words), chosen, asked
        named = [f"{number} {word}" for number, word in enumerate(self._words, start=1)]
        self.setAccessibleDescription(", ".join(named))
        self.setFixedHeight(self._row * self._rows)
        self.update()

    @property
    def _columns(self) -> int:
        return 2 if self.width() >= _TWO_COLUMNS else 1

    @property
    def _rows(self) -> int:
        return -(-len(self._words) // self._columns)

    @property
    def _row(self) -> int:
        roomy = self._columns > 1 and not measures(self.window().width(), self.window().height()).compact
        return tokens.TABLE_ROW if roomy else tokens.ROW

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(200, self._row * self._rows)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        for number in range(len(self._words)):
            if self._place(number).contains(event.position().toPoint()):
                self.picked.emit(number)

    def _place(self, number: int) -> QRect:
        column, row = divmod(number, max(self._rows, 1))
        wide = self.width() // self._columns
        return QRect(column * wide, row * self._row, wide, self._row)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The possibilities; the border is where the keyboard chooses, the tint is what is chosen."""
        del event
        with QPainter(self) as painter:
            for number, word in enumerate(self._words):
                place = self._place(number)
                if number == self.chosen:
                    painter.fillRect(place.adjusted(2, 2, -2, -2), theme.colour(Role.TINT))
                cap = drawing.key_cap(painter, place.left() + 12, place.center().y() + 1, str(number + 1))
                inside = place.adjusted(12 + cap + 8, 0, -8, 0)
                drawing.text(painter, inside, word, bold=number == self.chosen)
            if self._asked:
                drawing.box(painter, QRectF(self.rect()), None, Role.ACCENT, 2, tokens.RADIUS)
