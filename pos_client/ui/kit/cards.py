"""A list of things to do: each says what, with what evidence, and the one act; the selected one is framed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_client.ui import tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import CENTRE, RIGHT
from pos_client.ui.kit.sign import Sign, paint_sign
from pos_client.ui.tokens import Measures, Role, measures

_BUTTON_WIDTH, _BUTTON_HEIGHT = 176, 32
_OUTSIDE = 8


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to do: a title with an amount, what it is about, more of it, and what Enter does."""

    sign: Sign
    title: str
    first: str
    second: str
    amount: str
    act: str

    def spoken(self) -> str:
        """What a screen reader says."""
        return f"{self.title} {self.amount} {self.first} {self.second} {self.act}"


class Cards(QWidget):
    """Cards from the top down; those around the selected one are in sight."""

    clicked_card = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[Card, ...] = ()
        self.selected = 0
        self._first = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    @property
    def cards(self) -> tuple[Card, ...]:
        """What there is."""
        return self._cards

    def fill(self, cards: Sequence[Card], selected: int = 0) -> None:
        """Shows these."""
        self._cards = tuple(cards)
        self.selected = min(max(selected, 0), max(len(self._cards) - 1, 0))
        self.setAccessibleDescription("\n".join(card.spoken() for card in self._cards))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its cards."""
        return QSize(300, tokens.TASK_ROW * max(len(self._cards), 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click selects."""
        row = self._first + int(event.position().y()) // tokens.TASK_ROW
        if row < len(self._cards):
            self.clicked_card.emit(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards that fit, the selected one always among them."""
        del event
        with QPainter(self) as painter:
            window = self.window()
            m = measures(window.width(), window.height())
            fitting = max(self.height() // tokens.TASK_ROW, 1)
            self._first = min(self._first, self.selected)
            self._first = max(self._first, self.selected - fitting + 1, 0)
            for number, card in enumerate(self._cards[self._first : self._first + fitting]):
                place = QRect(0, number * tokens.TASK_ROW, self.width(), tokens.TASK_ROW)
                self._card(painter, place, card, m, selected=self._first + number == self.selected)

    def _card(self, painter: QPainter, place: QRect, card: Card, m: Measures, *, selected: bool) -> None:
        inside = place.adjusted(m.padding, 0, -m.padding, 0)
        if selected:
            frame = QRectF(place).adjusted(_OUTSIDE, 0, -_OUTSIDE, 0)
            drawing.box(painter, frame, Role.TINT, Role.ACCENT, 2, tokens.RADIUS)
        else:
            drawing.hairline(painter, inside.left(), inside.right(), inside.bottom())
        ground = Role.TINT if selected else Role.PANEL
        paint_sign(painter, card.sign, QRectF(inside.left(), inside.top() + 14, 20, 20), ground=ground)
        words = inside.adjusted(32, 0, 0, 0)
        line = QRect(words.left(), words.top() + 8, words.width(), 32)
        taken = drawing.text(painter, line, card.amount, size_px=tokens.FIGURE_PX, bold=True, align=RIGHT)
        title = line.adjusted(0, 0, -taken - 16, 0)
        drawing.text(painter, title, card.title, size_px=tokens.FIGURE_PX, bold=True)
        drawing.text(painter, line.translated(0, 28), card.first)
        button = self._button(painter, words, card, selected=selected)
        second = QRect(words.left(), words.top() + 65, button.left() - words.left() - 16, 24)
        drawing.text(painter, second, card.second, role=Role.SOFT)

    def _button(self, painter: QPainter, words: QRect, card: Card, *, selected: bool) -> QRect:
        """The one act, outlined; returns the place that it takes, with its key."""
        width = max(_BUTTON_WIDTH, drawing.width_of(card.act, bold=True) + 24)
        place = QRect(words.right() - width + 1, words.top() + 63, width, _BUTTON_HEIGHT)
        drawing.box(painter, QRectF(place), Role.PANEL, Role.ACCENT if selected else Role.EDGE, 1, tokens.RADIUS)
        drawing.text(painter, place, card.act, role=Role.ACCENT, bold=True, align=CENTRE)
        if selected:
            cap = drawing.key_cap_width("Enter")
            drawing.key_cap(painter, place.left() - cap - 8, place.center().y() + 1, "Enter")
            place = place.adjusted(-cap - 8, 0, 0, 0)
        return place
