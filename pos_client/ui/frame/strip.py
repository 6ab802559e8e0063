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
        with QPainter(self) as painter:
            state = self._state
            ground = Role.AMBER if state.offline else Role.CANVAS
            painter.fillRect(self.rect(), theme.colour(ground))
            drawing.hairline(painter, 0, self.width(), self.height() - 1)
            parts = self._fitting_parts()
            left_of_parts = self._paint_parts(painter, parts)
            self._paint_places(painter, ground, left_of_parts - 16)

    def _ink(self, soft: bool = False) -> Role:
        if self._state.offline:
            return Role.ON_AMBER
        return Role.SOFT if soft else Role.INK

    def _paint_places(self, painter: QPainter, ground: Role, right: int) -> None:
        left = self._measures.padding
        if self._state.training:
            left = self._paint_badge(painter, ground, left) + 12
        room = QRect(left, 0, max(right - left, 0), self.height())
        left += drawing.text(painter, room, self._state.institution, role=self._ink(), bold=True)
        for place in self._state.places if self._measures.roomy else self._state.short_places:
            if left + 24 + drawing.width_of(place) > right:
                return
            drawing.box(painter, QRectF(left + 12, 12, 1, self.height() - 24), self._ink(soft=True), None, 0, 0)
            room = QRect(left + 24, 0, right - left - 24, self.height())
            left += 24 + drawing.text(painter, room, place, role=self._ink(soft=True))

    def _paint_badge(self, painter: QPainter, ground: Role, left: int) -> int:
        """The mark of a training home, in reverse: nobody takes it for a real one."""
        said = say(words.TRAINING)
        width = drawing.width_of(said, bold=True) + 16
        badge = QRectF(left, (self.height() - 24) / 2, width, 24)
        drawing.box(painter, badge, self._ink(), None, 0, tokens.RADIUS_SMALL)
        drawing.text(painter, badge.toRect(), said, role=ground, bold=True, align=CENTRE)
        return left + width

    def _fitting_parts(self) -> list[Part]:
        """The parts that have room beside the institution's name; what may go goes first."""
        badge = drawing.width_of(say(words.TRAINING), bold=True) + 28 if self._state.training else 0
        name = min(drawing.width_of(self._state.institution, bold=True), self.width() // 5)
        room = self.width() - 2 * self._measures.padding - badge - name - self._clock_width() - 40
        parts = list(self._state.parts)
        while parts and sum(self._width(part) + 24 for part in parts) > room:
            gone = next((part for part in parts if part.goes), None)
            if gone is None:
                break
            parts.remove(gone)
        return parts

    def _clock_width(self) -> int:
        return drawing.width_of(self._state.clock, tokens.FIGURE_PX, bold=True)

    def _paint_parts(self, painter: QPainter, parts: list[Part]) -> int:
        right = self.width() - self._measures.padding - self._clock_width()
        place = QRect(right, 0, self._clock_width() + 2, self.height())
        drawing.text(painter, place, self._state.clock, role=self._ink(), size_px=16, bold=True, whole=True)
        right -= 24
        for part in reversed(parts):
            right -= self._width(part)
            self._paint_part(painter, right, part)
            right -= 24
        return right

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
