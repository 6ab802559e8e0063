"""What stands at the head of a column: its title, a person's name, the one big amount."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from pos_client.ui import tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import CENTRE, RIGHT
from pos_client.ui.kit.sign import ROLES, Sign, paint_sign
from pos_client.ui.tokens import Measures, Role


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a column or of a part of it; ``remark`` stands at the right where there is room."""

    text: str
    remark: str = ""
    sign: Sign | None = None
    remark_goes: bool = False

    def height(self, width: int, measures: Measures) -> int:
        """One heading."""
        del width
        return 40 if measures.compact else tokens.HEADING

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Sign, title, remark."""
        left = box
        if self.sign is not None:
            paint_sign(painter, self.sign, QRectF(box.left(), box.center().y() - 9, 20, 20))
            left = box.adjusted(32, 0, 0, 0)
        remark = "" if self.remark_goes and not measures.roomy else self.remark
        taken = drawing.text(painter, box, remark, role=Role.SOFT, align=RIGHT) if remark else 0
        size = tokens.FIGURE_PX if self.sign is not None else tokens.TEXT_PX
        role = ROLES[self.sign] if self.sign is not None else Role.SOFT
        drawing.text(painter, left.adjusted(0, 0, -taken - 8, 0), self.text, bold=True, role=role, size_px=size)

    def spoken(self) -> str:
        """Title and remark."""
        return f"{self.text} {self.remark}".strip()


@dataclass(frozen=True, slots=True)
class Name:
    """The person's name, large, and who that is; a long name takes two lines and the note a third."""

    text: str
    note: str = ""
    waiting: bool = False

    def _lines(self, width: int) -> list[str]:
        lines = [""]
        for character in self.text:
            if drawing.width_of(lines[-1] + character, tokens.SUBTOTAL_PX, bold=True) > width:
                whole, _, begun = lines[-1].rpartition(" ")  # a word is not broken where there is a space before it
                lines[-1:] = [whole, begun] if whole else [begun, ""]
            lines[-1] += character
        return lines

    def _note_beside(self, width: int) -> bool:
        lines = self._lines(width)
        name = drawing.width_of(lines[0], tokens.SUBTOTAL_PX, bold=True)
        return len(lines) == 1 and name + 12 + drawing.width_of(self.note) <= width

    def height(self, width: int, measures: Measures) -> int:
        """As many lines as the name takes, and one more for the note if it does not fit beside."""
        del measures
        lines = len(self._lines(width))
        below = 0 if not self.note or self._note_beside(width) else tokens.SENTENCE
        return 32 * lines + below + 8

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """The name, and the note beside or below it."""
        del measures
        lines = self._lines(box.width())
        role = Role.DIM if self.waiting else Role.INK
        for number, line in enumerate(lines):
            place = QRect(box.left(), box.top() + 32 * number, box.width(), 32)
            taken = drawing.text(
                painter, place, line, size_px=tokens.SUBTOTAL_PX, bold=not self.waiting, role=role, whole=True
            )
        if not self.note:
            return
        if self._note_beside(box.width()):
            place = QRect(box.left() + taken + 12, box.top() + 2, box.width() - taken - 12, 34)
        else:
            place = QRect(box.left(), box.top() + 32 * len(lines), box.width(), tokens.SENTENCE)
        drawing.text(painter, place, self.note, role=Role.SOFT)

    def spoken(self) -> str:
        """Name and note."""
        return f"{self.text} {self.note}".strip()


@dataclass(frozen=True, slots=True)
class Big:
    """The one amount to collect or to hand back; ``mark`` is the character in the square before its label."""

    label: str
    amount: str
    unit: str = ""
    mark: str = ""
    sign: Sign | None = None
    role: Role = Role.INK

    def height(self, width: int, measures: Measures) -> int:
        """Heading and figure, with the rule under them."""
        del width
        return (40 if measures.compact else tokens.HEADING) + (64 if measures.compact else 72) + 8

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Square, label, figure, rule."""
        head = 40 if measures.compact else tokens.HEADING
        middle = box.top() + head // 2
        if self.mark:
            square = QRectF(box.left(), middle - 12, 24, 24)
            drawing.box(painter, square, self.role, None, 0, tokens.RADIUS)
            drawing.text(painter, square.toRect(), self.mark, role=Role.PANEL, size_px=16, bold=True, align=CENTRE)
        elif self.sign is not None:
            paint_sign(painter, self.sign, QRectF(box.left() + 1, middle - 11, 22, 22))
        line = QRect(box.left(), box.top(), box.width(), head)
        taken = drawing.text(painter, line, self.unit, role=Role.SOFT, align=RIGHT)
        label_role = Role.INK if self.role in (Role.INK, Role.DIM, Role.WARN) else self.role
        beside = 32 if self.mark or self.sign is not None else 0
        place = line.adjusted(beside, 0, -taken - 8, 0)
        drawing.text(painter, place, self.label, role=label_role, size_px=16, bold=True)
        size = measures.big_px if len(self.amount) < len("100,000.00") else measures.big_long_px
        below = QRect(box.left(), box.top() + head - 8, box.width(), box.height() - head - 8)
        drawing.text(painter, below, self.amount, role=self.role, size_px=size, bold=True, align=RIGHT, whole=True)
        drawing.hairline(painter, box.left(), box.right(), box.bottom() - 8, Role.EDGE)

    def spoken(self) -> str:
        """Label, figure, unit."""
        return f"{self.label} {self.amount} {self.unit}".strip()
