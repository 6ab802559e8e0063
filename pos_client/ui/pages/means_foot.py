"""Above the next action: by which means money moves, and how much where that is asked; the means by one letter."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.ui import tokens
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.rows import Words
from pos_client.ui.kit.sheet import Sheet
from pos_client.ui.tokens import WIDE, Measures, Role
from pos_client.ui.words import discharge
from pos_client.ui.words import sale as sale_words
from pos_client.ui.words import stays as words

LETTERS = {"X": "cash", "W": "wechat", "Z": "alipay", "Y": "bank_card"}
AS_IT_CAME = "as_it_came"
NAMES = {
    "cash": words.CASH,
    "wechat": sale_words.WECHAT,
    "alipay": sale_words.ALIPAY,
    "bank_card": sale_words.BANK_CARD,
    AS_IT_CAME: discharge.AS_IT_CAME,
}


class MeansFoot(QWidget):
    """A field of the window's large kind, with the letters above it."""

    typed = Signal()
    entered = Signal()

    def __init__(self, label: str, letters: str) -> None:
        super().__init__()
        self.field = Field(Kind.MONEY, label)
        self.field.typed.connect(self.typed)
        self.field.entered.connect(self.entered)
        self.letters = Sheet(label)
        self.letters.set_padding(0)
        self.letters.fill([Words(letters, Role.SOFT)], WIDE)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.letters)
        self._layout.addWidget(self.field)
        self.setFocusProxy(self.field)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.text

    def fit(self, measures: Measures) -> None:
        """Where height is short the letters go into the help."""
        self.letters.setVisible(not measures.compact)
        self._layout.setContentsMargins(0, 0, 0, 0 if measures.compact else 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The letters take as many lines as they need."""
        super().resizeEvent(event)
        self.letters.setFixedHeight(max(self.letters.needed_height(self.width()), tokens.SENTENCE))
