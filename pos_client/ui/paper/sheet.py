"""A sheet of 72 mm, filled from the top: what is measured here is painted unchanged, and is as long as it has to be."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pos_client.desk.line_breaks import broken
from pos_client.ui.paper.faces import Face, advance, font_of, metrics_of, with_code_points

#: 72 mm of print on 80 mm of paper, 203 dots to the inch.
PRINT_WIDTH = 576
DOTS_PER_INCH = 203
RULE_HEIGHT = 2
#: The least room between the text at the left margin and that at the right.
GUTTER = 16


class Written(NamedTuple):
    """A text on its baseline, in dots from the print's left edge and the sheet's top."""

    left: float
    baseline: float
    text: str
    face: Face
    reverse: bool


class Bar(NamedTuple):
    """A black rectangle, or a dashed rule."""

    left: int
    top: int
    width: int
    height: int
    dashed: bool


Mark = Written | Bar


@dataclass(slots=True)
class Sheet:
    """What was laid out so far; ``height`` grows with each line."""

    height: int = 0
    marks: list[Mark] = field(default_factory=list)

    def gap(self, dots: int) -> None:
        """Leaves room."""
        self.height += dots

    def rule(self, *, dashed: bool = False, left: int = 0) -> None:
        """A line across the print."""
        self.marks.append(Bar(left, self.height, PRINT_WIDTH - left, RULE_HEIGHT, dashed))
        self.height += RULE_HEIGHT

    def band(self, text: str, face: Face, height: int) -> None:
        """A black band with the text in white."""
        self.marks.append(Bar(0, self.height, PRINT_WIDTH, height, dashed=False))
        self._write((PRINT_WIDTH - advance(text, face)) / 2, text, face, height, reverse=True)
        self.height += height

    def centred(self, text: str, face: Face, row: int) -> None:
        """A text in the middle, as many lines as it needs, each ``row`` dots high."""
        for line in fitted(text, face, PRINT_WIDTH):
            self._write((PRINT_WIDTH - advance(line, face)) / 2, line, face, row)
            self.height += row

    def text(self, text: str, face: Face, row: int, *, left: int = 0) -> None:
        """A text from the left, as many lines as it needs."""
        for line in fitted(text, face, PRINT_WIDTH - left):
            self._write(left, line, face, row)
            self.height += row

    def spread(self, left: str, right: str, face: Face, row: int, *, big: Face | None = None, indent: int = 0) -> None:
        """A text at each margin, ``big`` for the right one; where they do not fit side by side, one under the other."""
        right_face = big or face
        rights = fitted(right, right_face, PRINT_WIDTH) if right else []
        room = PRINT_WIDTH - indent - (advance(rights[0], right_face) + GUTTER if rights else 0)
        lefts = fitted(left, face, PRINT_WIDTH - indent) if left else []
        beside = len(rights) == 1 and (not lefts or advance(lefts[-1], face) <= room)
        for line in lefts[:-1] if beside else lefts:
            self._write(indent, line, face, row)
            self.height += row
        if beside and lefts:
            self._write(indent, lefts[-1], face, row)
        for line in rights:
            self._write(PRINT_WIDTH - advance(line, right_face), line, right_face, row)
            self.height += row

    def cells(self, label: str, figures: Sequence[str], edges: Sequence[int], face: Face, row: int) -> None:
        """A row of a table: the label from the left, each figure up to its right edge; a long label takes more rows."""
        room = edges[0] - max(advance(figures[0], face), 1) - GUTTER
        lines = fitted(label, face, PRINT_WIDTH)
        if len(lines) == 1 and advance(lines[0], face) > room:
            lines.append("")
        for line in lines[:-1]:
            self._write(0, line, face, row)
            self.height += row
        self._write(0, lines[-1], face, row)
        for figure, edge in zip(figures, edges, strict=True):
            self._write(edge - advance(figure, face), figure, face, row)
        self.height += row

    def to_fill_in(self, label: str, face: Face, row: int) -> None:
        """A word and a line to write on."""
        self._write(0, label, face, row)
        self.height += row
        self.rule(left=round(advance(label, face)) + GUTTER)

    def _write(self, left: float, text: str, face: Face, row: int, *, reverse: bool = False) -> None:
        """Writes in the middle of a row of that height that begins here."""
        if text:
            metrics = metrics_of(face)
            baseline = self.height + (row - metrics.height()) / 2 + metrics.ascent()
            self.marks.append(Written(left, baseline, text, face, reverse))


def fitted(text: str, face: Face, room: float) -> list[str]:
    """The text in lines that fit, with code points in the place of what the font cannot draw."""
    shown = with_code_points(text, font_of(face))
    return broken(shown, lambda line: advance(line.rstrip(), face) <= room)
