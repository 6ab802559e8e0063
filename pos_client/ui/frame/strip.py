"""The strip: where we are and who works; whether bureau and reader are there; what is unsent, what is to be done."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_client.ui import theme, tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import CENTRE
from pos_client.ui.kit.sign import Sign, paint_sign
from pos_client.ui.tokens import WIDE, Measures, Role
from pos_client.ui.words import frame as words
from pos_client.ui.words import say


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the strip at the right: a sign, a label, a value in bold."""

    label: str
    value: str
    sign: Sign | None = None
    goes: bool = False
    """Whether it goes first where room is short."""


@dataclass(frozen=True, slots=True)
class StripState:
    """What the strip says."""

    institution: str = ""
    places: tuple[str, ...] = ()
    short_places: tuple[str, ...] = ()
    parts: tuple[Part, ...] = field(default=())
    clock: str = ""
    offline: bool = False
    training: bool = False


class Strip(QWidget):
    """The top line of the window; amber while offline, and marked in a training home."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = StripState()
        self._measures = WIDE
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(say(words.STATUS))
        self.setFixedHeight(WIDE.strip)

    @property
    def state(self) -> StripState:
        """What stands there."""
        return self._state

    def show_state(self, state: StripState, measures: Measures) -> None:
        """Another state."""
        if (state, measures) == (self._state, self._measures):
            return
        self._state, self._measures = state, measures
        spoken = [state.institution, *state.places, *(f"{part.label} {part.value}" for part in state.parts)]
        self.setAccessibleDescription(", ".join(spoken))
        self.setFixedHeight(measures.strip)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Places at the left, states at the right, the clock last."""
        del event
        painter = QPainter(self)
        state = self._state
        ground = Role.AMBER if state.offline else Role.CANVAS
        painter.fillRect(self.rect(), theme.colour(ground))
        drawing.hairline(painter, 0, self.width(), self.height() - 1)
        left = self._paint_places(painter, ground)
        self._paint_parts(painter, left + 16)
        painter.end()

    def _ink(self, soft: bool = False) -> Role:
        if self._state.offline:
            return Role.ON_AMBER
        return Role.SOFT if soft else Role.INK

    def _line(self, left: int) -> QRect:
        return QRect(left, 0, self.width() - left - self._measures.padding, self.height())

    def _paint_places(self, painter: QPainter, ground: Role) -> int:
        left = self._measures.padding
        if self._state.training:
            said = say(words.TRAINING)
            width = drawing.width_of(said, bold=True) + 16
            badge = QRectF(left, (self.height() - 24) / 2, width, 24)
            drawing.box(painter, badge, self._ink(), None, 0, tokens.RADIUS_SMALL)
            drawing.text(painter, badge.toRect(), said, role=ground, bold=True, align=CENTRE)
            left += width + 12
        left += drawing.text(painter, self._line(left), self._state.institution, role=self._ink(), bold=True)
        places = self._state.places if self._measures.roomy else self._state.short_places
        for place in places:
            drawing.box(painter, QRectF(left + 12, 12, 1, self.height() - 24), self._ink(soft=True), None, 0, 0)
            left += 24
            left += drawing.text(painter, self._line(left), place, role=self._ink(soft=True))
        return left

    def _paint_parts(self, painter: QPainter, free_from: int) -> None:
        right = self.width() - self._measures.padding
        clock = drawing.width_of(self._state.clock, tokens.FIGURE_PX, bold=True)
        place = QRect(right - clock, 0, clock + 2, self.height())
        drawing.text(painter, place, self._state.clock, role=self._ink(), size_px=16, bold=True, whole=True)
        right -= clock + 24
        parts = list(self._state.parts)
        while parts and right - sum(self._width(part) + 24 for part in parts) < free_from:
            gone = next((part for part in parts if part.goes), None)
            if gone is None:
                break
            parts.remove(gone)
        for part in reversed(parts):
            right -= self._width(part)
            self._paint_part(painter, right, part)
            right -= 24

    def _width(self, part: Part) -> int:
        sign = 22 if part.sign is not None else 0
        return sign + drawing.width_of(part.label) + 6 + drawing.width_of(part.value, bold=True)

    def _paint_part(self, painter: QPainter, left: int, part: Part) -> None:
        if part.sign is not None:
            ground = Role.AMBER if self._state.offline else Role.CANVAS
            role = Role.ON_AMBER if self._state.offline else None
            paint_sign(painter, part.sign, QRectF(left, self.height() / 2 - 8, 16, 16), role, ground)
            left += 22
        room = QRect(left, 0, self.width(), self.height())
        used = drawing.text(painter, room, part.label, role=self._ink(soft=True), whole=True)
        after = room.adjusted(used + 6, 0, 0, 0)
        drawing.text(painter, after, part.value, role=self._ink(), bold=True, whole=True)
