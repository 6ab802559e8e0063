"""The centre of the list of what is to be done: the cards, or that there is nothing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.money import yuan_grouped
from pos_client.ui import tokens
from pos_client.ui.kit.cards import Card, Cards
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.rows import Gap, Words
from pos_client.ui.kit.sheet import Sheet
from pos_client.ui.kit.sign import Sign
from pos_client.ui.tokens import Measures, Role, measures
from pos_client.ui.words import say
from pos_client.ui.words import tasks as words

if TYPE_CHECKING:
    from pos_client.desk.todo_view import TodoRow


class TasksCentre(QWidget):
    """Heading with the count, and under it the cards."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = Sheet(say(words.TODO, count=0))
        self.cards = Cards(say(words.SELECTED))
        self.nothing = Sheet(say(words.NOTHING))
        self._rows: Sequence[TodoRow] | None = None
        self._selected = 0
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.addWidget(self.heading)
        layout.addWidget(self.cards, 1)
        layout.addWidget(self.nothing, 1)
        self.nothing.hide()

    @property
    def _measures(self) -> Measures:
        window = self.window()
        return measures(window.width(), window.height())

    def show_rows(self, rows: "Sequence[TodoRow]", selected: int) -> None:
        """Shows these."""
        self._rows, self._selected = rows, selected
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size."""
        super().resizeEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        m, rows = self._measures, self._rows
        remark = say(words.CHOOSE) if rows and len(rows) > 1 else ""
        self.heading.fill([Heading(say(words.TODO, count=len(rows or ())), remark)], m)
        self.heading.setFixedHeight(self.heading.needed_height(self.width()))
        if rows is None:
            return
        self.cards.fill([_card(row) for row in rows], self._selected)
        self.cards.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        title = Words(say(words.NOTHING), Role.INK, bold=True, size_px=tokens.SUBTOTAL_PX)
        self.nothing.fill([Gap(64), title, Gap(), Words(say(words.NOTHING_SAYS))], m)


def _card(row: "TodoRow") -> Card:
    amount = "" if row.amount_fen is None else yuan_grouped(row.amount_fen)
    return Card(Sign(row.sign), row.title, row.first, row.second, amount, row.act_words)
