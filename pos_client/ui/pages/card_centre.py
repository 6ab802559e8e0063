"""The centre of the page for the card in the reader: what it says of the insurance, what moved on its account."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from pos_client.desk.card_view import CardFact, CardView, Movement, PinStand
from pos_client.money import yuan_grouped
from pos_client.ui import tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.rows import Gap, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.table import Cell, Column, Row
from pos_client.ui.kit.table_centre import TableCentre
from pos_client.ui.tokens import Measures, Role
from pos_client.ui.words import card as words
from pos_client.ui.words import say

_BESIDE = 32
#: A label and a text beside it want that much; below that all stand one under the other.
_LEAST_COLUMN = 280
_WIDEST_COLUMN = 400


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts, two beside each other where there is room; a long one has a row of its own."""

    facts: tuple[CardFact, ...]

    def height(self, width: int, measures: Measures) -> int:
        """Its rows."""
        return len(self._rows(width)) * self._row(measures)

    def _row(self, measures: Measures) -> int:
        return tokens.SENTENCE if measures.compact else 28

    @property
    def _indent(self) -> int:
        return max((drawing.width_of(fact.label) for fact in self.facts), default=0) + 16

    def _column(self, width: int) -> int:
        """How wide one of two is; 0 where there is no room for two."""
        beside = (width - _BESIDE) // 2
        return min(beside, _WIDEST_COLUMN) if beside >= _LEAST_COLUMN else 0

    def _rows(self, width: int) -> list[list[CardFact]]:
        column, indent = self._column(width), self._indent
        rows: list[list[CardFact]] = []
        beside = False  # whether the last row has room for one more
        for fact in self.facts:
            is_short = indent + drawing.width_of(fact.text) <= column
            if is_short and beside:
                rows[-1].append(fact)
            else:
                rows.append([fact])
            beside = is_short and not beside
        return rows

    def paint(self, painter: QPainter, box: QRect, measures: Measures) -> None:
        """From left to right, then down."""
        high, indent, column = self._row(measures), self._indent, self._column(box.width())
        for number, row in enumerate(self._rows(box.width())):
            for at, fact in enumerate(row):
                left, top = box.left() + at * (column + _BESIDE), box.top() + number * high
                room = box.right() + 1 - left - indent
                drawing.text(painter, QRect(left, top, indent - 16, high), fact.label, role=Role.SOFT)
                drawing.text(painter, QRect(left + indent, top, room, high), fact.text)

    def spoken(self) -> str:
        """Labels and texts."""
        return "\n".join(f"{fact.label} {fact.text}" for fact in self.facts)


def _columns() -> list[Column]:
    return [
        Column(say(words.WHEN), 152, narrow=136),
        Column(say(words.WHAT)),
        Column(say(words.ACCOUNT), 112, right=True, narrow=96),
        Column(say(words.OWN), 112, right=True, narrow=96),
        Column(say(words.POOL), 112, right=True, narrow=96),
    ]


def _row(movement: Movement) -> Row:
    return (
        Cell(movement.when, role=Role.SOFT, small=True),
        Cell(movement.what),
        Cell(yuan_grouped(movement.account_fen)),
        Cell(yuan_grouped(movement.own_fen)),
        Cell(yuan_grouped(movement.pool_fen)),
    )


class CardCentre(TableCentre):
    """Facts, movements, and the sentence that the bureau's figures count."""

    def __init__(self) -> None:
        super().__init__(say(words.TITLE), _columns())

    def show_card(self, view: CardView | None, chosen: int) -> None:
        """Shows what was learned; None while nothing was."""
        if view is None:
            self.show_list([Heading(say(words.TITLE))], (), None)
            return
        movements = view.purse.movements if view.purse is not None else ()
        under = [Words(say(words.COUNTS))] if view.is_read else []
        self.show_list(_above(view), [_row(one) for one in movements], chosen if movements else None, under)

    def words(self) -> str:
        """All that stands over the table and under it."""
        return "\n".join((self.heading.text(), self.below.text()))


def _above(view: CardView) -> Sequence[Piece]:
    if not view.is_read:
        return [Heading(say(words.TITLE)), Gap(16), *_shut(view)]
    return [Heading(say(words.TITLE), say(words.AS_ISSUED)), Facts(view.facts), Gap(16), *_of_purse(view)]


def _of_purse(view: CardView) -> list[Piece]:
    count = 0 if view.purse is None else len(view.purse.movements)
    heading = Heading(say(words.MOVEMENTS), say(words.SCROLL, count=count) if count else "")
    if count:
        return [heading]
    if view.purse is not None:
        return [heading, Words(say(words.NO_MOVEMENTS))]
    return [heading, Words(say(words.PURSE_SHUT if view.wants_pin else words.NO_PURSE))]


def _shut(view: CardView) -> list[Piece]:
    """Why nothing was read, and what to do."""
    told = (say(words.NOT_READ), "")
    if view.wants_pin:
        told = {
            PinStand.LOCKED: (say(words.SHUT_LOCKED), say(words.SHUT_LOCKED_HOW)),
            PinStand.NONE: (say(words.SHUT_NO_PIN), say(words.SHUT_LOCKED_HOW)),
        }.get(view.pin.stand, (say(words.SHUT), say(words.SHUT_HOW)))
    title, how = told
    return [
        Words(title, Role.INK, bold=True, size_px=tokens.FIGURE_PX),
        *([Words(how)] if how else []),
    ]
