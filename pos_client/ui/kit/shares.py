"""Who pays, in two figures: a swatch, a word, an amount and its share at either side."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from pos_client.ui import tokens
from pos_client.ui.kit import drawing
from pos_client.ui.tokens import Measures, Role


@dataclass(frozen=True, slots=True)
class Share:
    """One side: its colour, its word, its amount, its share of the whole."""

    role: Role
    label: str
    amount: str
    share: str

    def _words(self) -> tuple[tuple[str, int, bool, Role], ...]:
        share = ((self.share, tokens.TEXT_PX, False, Role.SOFT),) if self.share else ()
        return (
            (self.label, tokens.TEXT_PX, False, Role.SOFT),
            (self.amount, tokens.SUBTOTAL_PX, True, Role.INK),
            *share,
        )

    def width(self) -> int:
        """How wide it is."""
        return 20 + sum(drawing.width_of(text, size, bold) + 12 for text, size, bold, _ in self._words()) - 12

    def paint(self, painter: QPainter, left: int, box: QRect) -> None:
        """From that pixel on, in the middle of the box."""
        swatch = QRectF(left, box.center().y() - 5, 12, 12)
        drawing.box(painter, swatch, self.role, None, 0, tokens.RADIUS_SMALL)
        place = box.adjusted(left + 20 - box.left(), 0, 0, 0)
        for text, size, bold, role in self._words():
            used = drawing.text(painter, place, text, role=role, size_px=size, bold=bold, whole=True)
            place = place.adjusted(used + 12, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Shares:
    """The fund at the left, the person at the right; their shares go where room is short."""

    fund: Share
    own: Share

    def height(self, width: int, measures: Measures) -> int:
        """One row."""
        del width
        return 32 if measures.compact else 40

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """Both."""
        del measures
        fund, own = self.fund, self.own
        if fund.width() + own.width() + 24 > box.width():
            fund, own = replace(fund, share=""), replace(own, share="")
        fund.paint(painter, box.left(), box)
        own.paint(painter, max(box.right() - own.width(), box.left() + fund.width() + 16), box)

    def spoken(self) -> str:
        """Both, with their shares."""
        return "; ".join(f"{one.label} {one.amount} {one.share}" for one in (self.fund, self.own))
