"""What asks for a look: a framed box, a step of what happened, a second way to go on with its key."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from pos_client.ui import tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import RIGHT
from pos_client.ui.kit.sign import Sign, paint_sign
from pos_client.ui.tokens import Measures, Role


@dataclass(frozen=True, slots=True)
class Box:
    """A box that asks for a look: a sign, what must not be done, and what to do."""

    sign: Sign
    title: str
    lines: tuple[str, ...]
    folds: bool = False
    """Whether only the title stays where room is short."""

    def height(self, width: int, measures: Measures) -> int:
        """Title and lines with room around."""
        inner = width - 32
        title = drawing.wrapped_height(self.title, inner - 24, tokens.FIGURE_PX, bold=True)
        if self.folds and measures.compact:
            return title + 16
        return title + sum(drawing.wrapped_height(line, inner) for line in self.lines) + 24

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Frame, sign, words."""
        folded = self.folds and measures.compact
        drawing.box(painter, QRectF(box), Role.WARN_GROUND, Role.WARN, 1, tokens.RADIUS)
        inner = box.adjusted(16, 8 if folded else 12, -16, -12)
        paint_sign(painter, self.sign, QRectF(inner.left(), inner.top() + 4, 16, 16), ground=Role.WARN_GROUND)
        inner.adjust(
            0,
            drawing.wrapped(painter, inner.adjusted(24, 0, 0, 0), self.title, bold=True, size_px=tokens.FIGURE_PX),
            0,
            0,
        )
        for line in () if folded else self.lines:
            inner.adjust(0, drawing.wrapped(painter, inner, line), 0, 0)

    def spoken(self) -> str:
        """Title and lines."""
        return " ".join((self.title, *self.lines))


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened, or happens now: a sign, when, what."""

    sign: Sign
    when: str
    text: str

    def height(self, width: int, measures: Measures) -> int:
        """As many lines as the words take."""
        return max(drawing.wrapped_height(self.text, width - 112), tokens.SENTENCE) + (0 if measures.compact else 8)

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Sign, when, what."""
        del measures
        paint_sign(painter, self.sign, QRectF(box.left(), box.top() + 4, 16, 16))
        drawing.text(painter, QRect(box.left() + 32, box.top(), 80, tokens.SENTENCE), self.when, role=Role.SOFT)
        drawing.wrapped(painter, box.adjusted(112, 0, 0, 0), self.text)

    def spoken(self) -> str:
        """When and what."""
        return f"{self.when} {self.text}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows in one case or the other."""

    case: str
    text: str

    def height(self, width: int, measures: Measures) -> int:
        """As many lines as the words take."""
        return max(drawing.wrapped_height(self.text, width - 112), tokens.SENTENCE) + (0 if measures.compact else 8)

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Case, words."""
        del measures
        drawing.text(painter, QRect(box.left(), box.top(), 108, tokens.SENTENCE), self.case, bold=True)
        drawing.wrapped(painter, box.adjusted(112, 0, 0, 0), self.text, role=Role.SOFT)

    def spoken(self) -> str:
        """Case and words."""
        return f"{self.case} {self.text}"


@dataclass(frozen=True, slots=True)
class Way:
    """Another way to go on: its key, what it does, and a remark at the right."""

    key: str
    text: str
    remark: str = ""
    lined: bool = True

    def height(self, width: int, measures: Measures) -> int:
        """A row with a hairline, or a row alone."""
        del width
        return (40 if measures.compact else 48) if self.lined else 40

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Key-cap, words, remark."""
        del measures
        middle = box.top() + box.height() // 2
        if self.lined:
            drawing.hairline(painter, box.left(), box.right(), box.top())
        cap = drawing.key_cap(painter, box.left(), middle, self.key)
        taken = drawing.text(painter, box, self.remark, role=Role.SOFT, align=RIGHT) if self.remark else 0
        indent = max(cap + 12, 56 if self.lined else 0)
        words = box.adjusted(indent, 0, -taken - 8, 0)
        size = tokens.FIGURE_PX if self.lined else tokens.TEXT_PX
        drawing.text(painter, words, self.text, bold=self.lined, size_px=size)

    def spoken(self) -> str:
        """Key, words, remark."""
        return f"{self.key} {self.text} {self.remark}".strip()


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key and what it does, in as many lines as the words take."""

    key: str
    text: str

    def height(self, width: int, measures: Measures) -> int:
        """A row, or the lines of the words."""
        return max(28 if measures.compact else tokens.ROW, drawing.wrapped_height(self.text, width - self._indent) + 4)

    @property
    def _indent(self) -> int:
        return max(drawing.key_cap_width(self.key) + 12, 64)

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Key-cap, words; one line stands in the middle of the row."""
        del measures
        high = drawing.wrapped_height(self.text, box.width() - self._indent)
        top = box.top() + (box.height() - high) // 2
        drawing.key_cap(painter, box.left(), top + tokens.SENTENCE // 2, self.key)
        drawing.wrapped(painter, QRect(box.left() + self._indent, top, box.width() - self._indent, high), self.text)

    def spoken(self) -> str:
        """Key and words."""
        return f"{self.key} {self.text}"


@dataclass(frozen=True, slots=True)
class KeyWays:
    """Several ways to go on in one row, each with its key; what does not fit is left out."""

    ways: tuple[tuple[str, str], ...]

    def height(self, width: int, measures: Measures) -> int:
        """One row."""
        del width
        return 32 if measures.compact else 40

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Key-cap, word; key-cap, word."""
        del measures
        left, middle = box.left(), box.center().y()
        for key, text in self.ways:
            wide = drawing.key_cap_width(key) + 8 + drawing.width_of(text)
            if left + wide > box.right() + 1:
                return
            cap = drawing.key_cap(painter, left, middle, key)
            drawing.text(painter, box.adjusted(left + cap + 8 - box.left(), 0, 0, 0), text, whole=True)
            left += wide + 24

    def spoken(self) -> str:
        """Keys and words."""
        return ", ".join(f"{key} {text}" for key, text in self.ways)
