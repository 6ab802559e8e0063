"""The key bar: thirteen places at an equal pitch; a key that does nothing now is dimmed, not moved."""

from collections.abc import Collection

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_client.ui import theme
from pos_client.ui.frame.keys import WORDS, Key
from pos_client.ui.kit import drawing
from pos_client.ui.tokens import WIDE, Measures, Role
from pos_client.ui.words import frame as words
from pos_client.ui.words import say, variants


class KeyBar(QWidget):
    """Shows which keys do something now, and which is the next action."""

    clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on: frozenset[Key] = frozenset()
        self._next: Key | None = None
        self._measures = WIDE
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(say(words.KEY_BAR))

    def show_keys(self, on: Collection[Key], next_key: Key | None, measures: Measures) -> None:
        """These keys do something, that one is the next action."""
        wanted = (frozenset(on), next_key, measures)
        if wanted == (self._on, self._next, self._measures):
            return
        self._on, self._next, self._measures = wanted
        self.setFixedHeight(measures.keys)
        self.setAccessibleDescription(", ".join(f"{key.cap} {say(WORDS[key])}" for key in Key if key in self._on))
        self.update()

    def _places(self) -> list[QRect]:
        """Where each key stands: the first at the left edge, the last ends at the right one."""
        side = self._measures.padding if self._measures.padding > 16 or not self._measures.compact else 8
        last = drawing.key_cap_width(Key.ESC.cap) + self._gap + drawing.width_of(say(WORDS[Key.ESC]), bold=True)
        pitch = (self.width() - 2 * side - last) / (len(Key) - 1)
        return [QRect(round(side + pitch * number), 0, round(pitch), self.height()) for number in range(len(Key))]

    @property
    def _gap(self) -> int:
        return 6 if self._measures.roomy else 4

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click is the key."""
        for key, place in zip(Key, self._places(), strict=True):
            if place.contains(event.position().toPoint()):
                self.clicked.emit(int(key))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Caps and words."""
        del event
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour(Role.SUNK))
            drawing.hairline(painter, 0, self.width(), 0)
            for key, place in zip(Key, self._places(), strict=True):
                state = "next" if key is self._next else "on" if key in self._on else "dim"
                cap = drawing.key_cap(painter, place.left(), self.height() // 2, key.cap, state=state)
                role = Role.DIM if state == "dim" else Role.INK
                where = QRect(place.left() + cap + self._gap, 0, self.width(), self.height())
                room = place.width() - cap - self._gap - 1 if key is not Key.ESC else self.width()
                said = _fitting(variants(WORDS[key]), room, bold=state == "next")
                drawing.text(painter, where, said, role=role, bold=state == "next", whole=True)


def _fitting(said: list[str], room: int, *, bold: bool) -> str:
    """The longest form of a word that has room, else the shortest."""
    return next((one for one in said if drawing.width_of(one, bold=bold) <= room), said[-1])
