"""What stands in the side columns: pairs of a label and a value, meters, rules, states, sentences."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from pos_client.ui import tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import RIGHT
from pos_client.ui.kit.sign import ROLES, Sign, paint_sign
from pos_client.ui.tokens import Measures, Role


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value; ``document`` is the lower row of a document's number."""

    label: str
    value: str
    bold: bool = False
    document: bool = False
    role: Role = Role.INK
    folds: bool = False
    """Whether the row goes where room is short: rows of 0.00 do."""

    def height(self, width: int, measures: Measures) -> int:
        """One row of a side column."""
        del width
        if self.folds and measures.compact:
            return 0
        return tokens.DOCUMENT_ROW if self.document else measures.row

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """The value first: the label gives way."""
        if self.folds and measures.compact:
            return
        size = tokens.TEXT_PX if self.document else tokens.FIGURE_PX
        taken = drawing.text(painter, box, self.value, role=self.role, size_px=size, bold=self.bold, align=RIGHT)
        role = Role.INK if self.bold else Role.SOFT
        drawing.text(painter, box.adjusted(0, 0, -taken - 8, 0), self.label, role=role, bold=self.bold)

    def spoken(self) -> str:
        """Label and value."""
        return f"{self.label} {self.value}".strip()


@dataclass(frozen=True, slots=True)
class Meter:
    """How much of a limit is used: figures, and under them the line that draws them."""

    label: str
    used: str
    limit: str
    limit_label: str
    per_mille: int

    def height(self, width: int, measures: Measures) -> int:
        """A row, the line, and where the limit does not fit beside, a row for it."""
        below = 0 if self._beside(width, measures) else tokens.DOCUMENT_ROW
        return measures.row + 8 + below

    def _beside(self, width: int, measures: Measures) -> bool:
        wanted = drawing.width_of(self.label) + drawing.width_of(f"{self.used} / {self.limit}", tokens.FIGURE_PX)
        return measures.roomy and wanted + 8 <= width

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Figures, line, limit."""
        beside = self._beside(box.width(), measures)
        row = QRect(box.left(), box.top(), box.width(), measures.row)
        value = f"{self.used} / {self.limit}" if beside else self.used
        taken = drawing.text(painter, row, value, size_px=tokens.FIGURE_PX, align=RIGHT)
        drawing.text(painter, row.adjusted(0, 0, -taken - 8, 0), self.label, role=Role.SOFT)
        track = QRectF(box.left(), row.bottom() + 2, box.width(), 4)
        drawing.box(painter, track, Role.LINE, None, 0, tokens.RADIUS_SMALL)
        filled = QRectF(track)
        filled.setWidth(track.width() * min(max(self.per_mille, 0), 1000) / 1000)
        if self.per_mille > 0:
            drawing.box(painter, filled, Role.ACCENT, None, 0, tokens.RADIUS_SMALL)
        if not beside:
            under = QRect(box.left(), row.bottom() + 8, box.width(), tokens.DOCUMENT_ROW)
            drawing.text(painter, under, f"{self.limit_label} {self.limit}", role=Role.SOFT)

    def spoken(self) -> str:
        """Used of limit."""
        return f"{self.label} {self.used} / {self.limit}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A hairline with room above and below."""

    strong: bool = False
    folds: bool = False
    """Whether it goes where room is short."""

    def height(self, width: int, measures: Measures) -> int:
        """Room for the line."""
        del width
        if self.folds and measures.compact:
            return 0
        return 9 if measures.compact else 17

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """The line."""
        if self.folds and measures.compact:
            return
        role = Role.EDGE if self.strong else Role.LINE
        drawing.hairline(painter, box.left(), box.right(), box.top() + box.height() // 2, role)

    def spoken(self) -> str:
        """Nothing."""
        return ""


@dataclass(frozen=True, slots=True)
class State:
    """A sign with its word, and under it what there is to add."""

    sign: Sign
    text: str
    note: str = ""

    def height(self, width: int, measures: Measures) -> int:
        """The word, and the note in as many lines as it takes."""
        del measures
        note = drawing.wrapped_height(self.note, width - 24) if self.note else 0
        return drawing.wrapped_height(self.text, width - 24, bold=True) + note + 4

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Sign, word, note."""
        del measures
        paint_sign(painter, self.sign, QRectF(box.left(), box.top() + 4, 16, 16), ground=Role.CANVAS)
        words = box.adjusted(24, 0, 0, 0)
        used = drawing.wrapped(painter, words, self.text, role=ROLES[self.sign], bold=True)
        if self.note:
            drawing.wrapped(painter, words.adjusted(0, used, 0, 0), self.note, role=Role.SOFT)

    def spoken(self) -> str:
        """Word and note."""
        return f"{self.text} {self.note}".strip()


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in as many lines as it needs."""

    text: str
    role: Role = Role.SOFT
    bold: bool = False
    size_px: int = tokens.TEXT_PX

    def height(self, width: int, measures: Measures) -> int:
        """As many lines as it needs."""
        del measures
        return drawing.wrapped_height(self.text, width, self.size_px, self.bold)

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """The lines."""
        del measures
        drawing.wrapped(painter, box, self.text, role=self.role, bold=self.bold, size_px=self.size_px)

    def spoken(self) -> str:
        """The sentence."""
        return self.text


@dataclass(frozen=True, slots=True)
class Gap:
    """Room."""

    px: int = 8

    def height(self, width: int, measures: Measures) -> int:
        """The room."""
        del width
        return self.px // 2 if measures.compact else self.px

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Nothing."""

    def spoken(self) -> str:
        """Nothing."""
        return ""


@dataclass(frozen=True, slots=True)
class Payer:
    """One row of "who pays": what, how much, and by which rule."""

    label: str
    amount: str
    text: str

    def height(self, width: int, measures: Measures) -> int:
        """As many lines as the sentence takes beside the amount."""
        return max(drawing.wrapped_height(self.text, width - self._indent(measures)), tokens.SENTENCE)

    def _indent(self, measures: Measures) -> int:
        wanted = drawing.width_of(self.label) + drawing.width_of(self.amount, bold=True) + 32
        return max(wanted, 184 if measures.roomy else 168)

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Three columns."""
        indent = self._indent(measures)
        row = QRect(box.left(), box.top(), indent - 16, tokens.SENTENCE)
        taken = drawing.text(painter, row, self.amount, bold=True, align=RIGHT)
        drawing.text(painter, row.adjusted(0, 0, -taken - 8, 0), self.label)
        drawing.wrapped(painter, box.adjusted(indent, 0, 0, 0), self.text, role=Role.SOFT)

    def spoken(self) -> str:
        """What, how much, why."""
        return f"{self.label} {self.amount} {self.text}"
