"""The centre of a settlement of unknown outcome: the framed bill, and how finding out about it stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.desk.todo_view import Fate
from pos_client.ui import tokens
from pos_client.ui.kit.framed import Framed
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.notices import Outcome, Step
from pos_client.ui.kit.rows import Rule
from pos_client.ui.kit.sheet import Piece, Sheet
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.table import Table
from pos_client.ui.pages.sale_centre import columns, row_of
from pos_client.ui.tokens import Measures, Role, measures
from pos_client.ui.words import sale as sale_words
from pos_client.ui.words import say
from pos_client.ui.words import unknown as words

if TYPE_CHECKING:
    from pos_client.desk.sale_view import SaleView
    from pos_client.desk.todo_view import UnknownView

_TITLES = {
    Fate.OPEN: (words.UNKNOWN, Sign.UNKNOWN, Role.WARN),
    Fate.BOOKED: (words.BOOKED, Sign.DONE, Role.OK),
    Fate.NOT_BOOKED: (words.NOT_BOOKED, Sign.LOOK, Role.WARN),
    Fate.TAKEN_BACK: (words.TAKEN_BACK, Sign.DONE, Role.OK),
}


class UnknownCentre(QWidget):
    """The bill keeps its place; what is known of it stands below."""

    def __init__(self, sale: "SaleView") -> None:
        super().__init__()
        self._sale = sale
        self._view: UnknownView | None = None
        self._selected: int | None = None
        self.frame = Framed()
        self.heading = Sheet(say(words.UNKNOWN))
        self.table = Table(say(sale_words.ITEMS), columns())
        self.below = Sheet(say(words.ASKING))
        for sheet in (self.heading, self.below):
            sheet.set_padding(0)
        self.frame.inside.addWidget(self.heading)
        self.frame.inside.addWidget(self.table)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.frame)
        self._below = QVBoxLayout()
        self._below.addWidget(self.below)
        self._layout.addLayout(self._below)
        self._layout.addStretch(1)
        self.table.fill([row_of(line) for line in sale.lines])
        self.table.setVisible(bool(sale.lines))

    @property
    def _measures(self) -> Measures:
        window = self.window()
        return measures(window.width(), window.height())

    def show_view(self, view: "UnknownView") -> None:
        """Another state of it."""
        self._view = view
        self._refresh()

    def move_choice(self, by: int) -> None:
        """A long bill is looked at line by line."""
        count = len(self._sale.lines)
        if count:
            start = self._selected if self._selected is not None else (-1 if by > 0 else count)
            self._selected = min(max(start + by, 0), count - 1)
            self.table.fill(self.table.rows, self._selected)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size."""
        super().resizeEvent(event)
        side = self._measures.padding
        self.frame.set_padding(side)
        self._below.setContentsMargins(side, 0, side, 0)
        self._refresh()

    def _refresh(self) -> None:
        view = self._view
        if view is None:
            return
        m = self._measures
        word, sign, role = _TITLES[view.fate]
        number = say(words.SLIP if view.fate is Fate.OPEN else words.BILL, id=view.id)
        self.frame.set_role(role)
        self.heading.fill([Heading(say(word), number, sign)], m)
        inner = self.width() - 2 * m.padding
        self.heading.setFixedHeight(self.heading.needed_height(inner))
        self.below.fill(self._pieces(view), m)
        below = self.below.needed_height(inner)
        self.below.setFixedHeight(below)
        margins = self.frame.inside.contentsMargins()
        taken = self.heading.height() + margins.top() + margins.bottom()
        room = self.height() - below - taken
        rows = max((room - tokens.TABLE_HEAD) // tokens.TABLE_ROW, 1)
        whole = tokens.TABLE_HEAD + tokens.TABLE_ROW * rows
        self.table.setFixedHeight(min(self.table.needed_height(), whole) + 2)

    def _pieces(self, view: "UnknownView") -> Sequence[Piece]:
        if view.fate is not Fate.OPEN:
            heading = Heading(say(words.HOW_IT_WENT))
        elif view.next_try_s:
            heading = Heading(say(words.ASKING), say(words.ASKED, count=view.asked, seconds=view.next_try_s))
        else:
            heading = Heading(say(words.ASKING), say(words.ASKING_NOW, count=view.asked))
        pieces: list[Piece] = [heading]
        pieces += [Step(Sign(one.sign), one.when, one.text) for one in view.steps]
        if view.cases:
            pieces.append(Rule())
        return [*pieces, *(Outcome(case, text) for case, text in view.cases)]
