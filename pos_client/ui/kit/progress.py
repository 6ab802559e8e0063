"""How far an act is that goes in steps: one line, what is done, what is now, what comes."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from pos_client.ui.kit import drawing
from pos_client.ui.kit.sign import ROLES, Sign, paint_sign
from pos_client.ui.tokens import Measures, Role

_ARROW = "→"


@dataclass(frozen=True, slots=True)
class Progress:
    """The steps by name; those before ``now`` are done, ``sign`` says how the present one stands."""

    steps: tuple[str, ...]
    now: int
    sign: Sign = Sign.NOTE

    def height(self, width: int, measures: Measures) -> int:
        """One row."""
        del width
        return 32 if measures.compact else 40

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Sign and name of each step, an arrow between them."""
        del measures
        place = QRect(box)
        for number, step in enumerate(self.steps):
            if number:
                place.adjust(drawing.text(painter, place, _ARROW, role=Role.DIM) + 16, 0, 0, 0)
            sign = Sign.DONE if number < self.now else self.sign if number == self.now else None
            if sign is not None:
                paint_sign(painter, sign, QRectF(place.left(), place.center().y() - 7, 16, 16))
                place.adjust(24, 0, 0, 0)
            role = ROLES[sign] if sign is not None else Role.DIM
            place.adjust(drawing.text(painter, place, step, role=role, bold=number == self.now) + 16, 0, 0, 0)

    def spoken(self) -> str:
        """Which step it is at."""
        return _ARROW.join(f"[{step}]" if number == self.now else step for number, step in enumerate(self.steps))
