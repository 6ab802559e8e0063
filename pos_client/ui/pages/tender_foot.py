"""Above the next action: what the person lays down, and the change; other means than cash by one letter."""

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.desk.tendered import tendered
from pos_client.money import yuan_grouped
from pos_client.ui import tokens
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.rows import Words
from pos_client.ui.kit.sheet import Sheet
from pos_client.ui.kit.tendered_row import TenderedRow
from pos_client.ui.tokens import WIDE, Role
from pos_client.ui.words import sale as words
from pos_client.ui.words import say

#: The letter of each means of payment that is not cash.
LETTERS = {"W": "wechat", "Z": "alipay", "Y": "bank_card"}
NAMES = {"wechat": words.WECHAT, "alipay": words.ALIPAY, "bank_card": words.BANK_CARD}


class Asks(Enum):
    """What the field asks for now."""

    CASH = auto()
    AMOUNT = auto()  # of another means
    REFERENCE = auto()  # of another means


class TenderFoot(QWidget):
    """The field for money with the change under it."""

    entered = Signal()
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asks = Asks.CASH
        self.means = ""
        self.amount_typed = ""
        self._due_fen = 0
        self.field = Field(Kind.MONEY, say(words.TENDERED))
        self.field.entered.connect(self.entered)
        self.field.typed.connect(self._typed)
        self.change = TenderedRow()
        self.letters = Sheet(say(words.TENDERED))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.letters.set_padding(0)
        layout.addWidget(self.letters)
        layout.addWidget(self.field)
        layout.addWidget(self.change)
        self.letters.fill([Words(say(words.MEANS_KEYS), Role.SOFT)], WIDE)
        self.letters.setFixedHeight(tokens.SENTENCE)
        self.change.setFixedHeight(tokens.TENDER)
        self.setFocusProxy(self.field)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.text

    def ask_cash(self, due_fen: int) -> None:
        """Asks for cash, so much being due."""
        self.asks, self.means, self.amount_typed, self._due_fen = Asks.CASH, "", "", due_fen
        self.field.clear()
        self.field.relabel(say(words.TENDERED))
        self._show_change()

    def ask_amount(self, means: str, due_fen: int) -> None:
        """Asks how much is paid by another means; all that is open stands there already."""
        self.asks, self.means, self._due_fen = Asks.AMOUNT, means, due_fen
        self.field.relabel(say(NAMES[means]))
        self.field.set_text(yuan_grouped(due_fen).replace(",", ""))
        self.field.edit.selectAll()
        self._show_change()

    def ask_reference(self) -> None:
        """Asks for the reference of that payment."""
        self.asks, self.amount_typed = Asks.REFERENCE, self.field.text
        self.field.relabel(say(words.REFERENCE))
        self.field.clear()
        self._show_change()

    def due(self, due_fen: int) -> None:
        """Another amount is due."""
        if due_fen != self._due_fen:
            self._due_fen = due_fen
            self._show_change()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where height is short the letters go into the help."""
        super().resizeEvent(event)
        self.letters.setVisible(self.window().height() >= 640)

    def _typed(self) -> None:
        self._show_change()
        self.typed.emit()

    def _show_change(self) -> None:
        if self.asks is not Asks.CASH or not self.field.text:
            self.change.show_row(say(words.CHANGE), "")
            return
        found = tendered(self.field.text, self._due_fen)
        if found is None:
            self.change.show_row(say(words.CHANGE), "—")
        elif found.short_fen:
            self.change.show_row(say(words.SHORT), yuan_grouped(found.short_fen), Role.WARN)
        else:
            self.change.show_row(say(words.CHANGE), yuan_grouped(found.change_fen))
