"""The message line: one sentence with a sign, its code small at the end, a remark at the right."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from pos_client.errors import Problem
from pos_client.phrase import Language
from pos_client.ui import theme, tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import RIGHT
from pos_client.ui.kit.sign import Sign, paint_sign
from pos_client.ui.tokens import WIDE, Measures, Role
from pos_client.ui.words import frame as words
from pos_client.ui.words import say

_GROUNDS = {
    Sign.DONE: Role.CANVAS,
    Sign.NOTE: Role.CANVAS,
    Sign.LOOK: Role.WARN_GROUND,
    Sign.UNKNOWN: Role.WARN_GROUND,
    Sign.STOP: Role.STOP_GROUND,
}
_SIGNS = {
    "environment": Sign.LOOK,
    "wrong_use": Sign.LOOK,
    "refused": Sign.STOP,
    "unknown": Sign.UNKNOWN,
    "bug": Sign.STOP,
}


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence: what happened, what it means, what to do."""

    sign: Sign
    text: str
    code: str = ""
    remark: str = ""


def of_problem(problem: Problem, language: Language) -> Message:
    """The sentence of a problem, its code apart."""
    sentence = problem.sentence(language).removesuffix(f"({problem.code})").rstrip()
    return Message(_SIGNS[problem.kind], sentence, problem.code)


class MessageLine(QWidget):
    """Shows one message; a long sentence takes two or three lines, it is never cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = Message(Sign.NOTE, "")
        self._measures = WIDE
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(say(words.MESSAGE))

    @property
    def message(self) -> Message:
        """What stands there."""
        return self._message

    def show_message(self, message: Message, measures: Measures) -> None:
        """Another sentence."""
        if (message, measures) == (self._message, self._measures):
            return
        self._message, self._measures = message, measures
        self.setAccessibleDescription(f"{message.text} {message.code}".strip())
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may want another number of lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _room(self) -> int:
        return self.width() - 2 * self._measures.padding - 32

    def _one_line(self) -> bool:
        code = drawing.width_of(self._message.code) + 16 if self._message.code else 0
        return drawing.width_of(self._message.text, tokens.FIGURE_PX, bold=True) + code <= self._room()

    def _whole(self) -> str:
        return f"{self._message.text} {self._message.code}".strip()

    def _fit(self) -> None:
        height = self._measures.message
        if not self._one_line():
            height = max(height, drawing.wrapped_height(self._whole(), self._room(), bold=True))
        self.setFixedHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, sign, sentence, code, remark."""
        del event
        with QPainter(self) as painter:
            ground = _GROUNDS[self._message.sign]
            painter.fillRect(self.rect(), theme.colour(ground))
            drawing.hairline(painter, 0, self.width(), 0)
            side, middle = self._measures.padding, self.height() // 2
            if not self._message.text:
                return
            paint_sign(painter, self._message.sign, QRectF(side, middle - 10, 20, 20), ground=ground)
            place = QRect(side + 32, 0, self._room(), self.height())
            if self._one_line():
                self._paint_one_line(painter, place)
            else:
                high = drawing.wrapped_height(self._whole(), self._room(), bold=True)
                place.setTop((self.height() - high) // 2)
                drawing.wrapped(painter, place, self._whole(), bold=True)

    def _paint_one_line(self, painter: QPainter, place: QRect) -> None:
        used = drawing.text(painter, place, self._message.text, size_px=tokens.FIGURE_PX, bold=True, whole=True)
        if self._message.code:
            after = place.adjusted(used + 12, 0, 0, 0)
            used += 12 + drawing.text(painter, after, self._message.code, role=Role.SOFT, whole=True)
        if self._message.remark and used + 24 + drawing.width_of(self._message.remark) <= place.width():
            drawing.text(painter, place, self._message.remark, role=Role.SOFT, align=RIGHT)
