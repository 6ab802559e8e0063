"""Above the next action of a task: how it was settled, or by what money was paid."""

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.rows import Words
from pos_client.ui.kit.sheet import Sheet
from pos_client.ui.tokens import WIDE, Role
from pos_client.ui.words import sale as sale_words
from pos_client.ui.words import say
from pos_client.ui.words import tasks as words


class Asks(Enum):
    """What is asked for now."""

    NOTHING = auto()  # the next Enter begins the act
    HOW = auto()  # a person says how it was settled
    MONEY = auto()  # whether it was received, and by what
    REFERENCE = auto()  # of a payment by bank card
    GIVING = auto()  # whether it was given back


class TasksFoot(QWidget):
    """A line of words or a field, by what is asked."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asks = Asks.NOTHING
        self.line = Sheet(say(words.HOW))
        self.line.set_padding(0)
        self.how = Field(Kind.TEXT, say(words.HOW))
        self.reference = Field(Kind.CODE, say(sale_words.REFERENCE))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.line, self.how, self.reference):
            layout.addWidget(part)
        for field in (self.how, self.reference):
            field.entered.connect(self.entered)
        self.ask(Asks.NOTHING)

    @property
    def field(self) -> Field | None:
        """Where typing goes, if anything is typed."""
        return {Asks.HOW: self.how, Asks.REFERENCE: self.reference}.get(self.asks)

    def ask(self, asks: Asks, said: str = "") -> None:
        """Asks for something; ``said`` stands above it."""
        if asks is not self.asks:
            self.how.clear()
            self.reference.clear()
        self.asks = asks
        self.how.setVisible(asks is Asks.HOW)
        self.reference.setVisible(asks is Asks.REFERENCE)
        self.line.setVisible(bool(said))
        self.line.fill([Words(said, Role.SOFT)], WIDE)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.line.setFixedHeight(self.line.needed_height(max(self.width(), 120)))
