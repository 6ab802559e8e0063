"""The card in the reader for its holder's questions: what is on it, how often its PIN may be tried, another PIN.

Opened from the first page while nobody is served. Nobody is identified here and nothing is debited; it closes when the
card is pulled out.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from pos_client.desk.card_view import CardView, PinStand
from pos_client.errors import Problem
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.notices import Way
from pos_client.ui.kit.rows import Gap
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages import card_column
from pos_client.ui.pages.card_centre import CardCentre
from pos_client.ui.shell import Shell
from pos_client.ui.words import card as words
from pos_client.ui.words import help as help_words
from pos_client.ui.words import say

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
#: Initials of 核对 and 改.
_CHECK, _CHANGE = "H", "G"


class CardPage(Page):
    """What was learned of the card, until it is pulled out."""

    def __init__(self, shell: Shell, behind: Page) -> None:
        super().__init__(shell)
        self._behind = behind
        self.view: CardView | None = None
        self._in_front = self._gone = False
        self._late: Problem | None = None  # what still has to be told when the card is gone
        self._chosen = 0
        self.card = CardCentre()
        self.centre = self.card
        self.card.table.clicked_row.connect(self._choose)
        self.card.show_card(None, 0)

    # --- what it shows ---

    def left(self) -> Sequence[Piece]:
        return card_column.left(self.view)

    def band(self) -> Sequence[BandPart]:
        return card_column.band(self.view)

    def right(self) -> Sequence[Piece]:
        pieces = card_column.right(self.view)
        ways = [Way(letter, word, lined=False) for letter, word in self._ways()]
        return [*pieces, Gap(16), *ways] if ways else pieces

    def _ways(self) -> list[tuple[str, str]]:
        if self.view is None or not self.view.pin.is_open:
            return []
        check = [] if self.view.wants_pin else [(_CHECK, say(words.CHECK))]
        return [*check, (_CHANGE, say(words.CHANGE))]

    def action(self) -> Action | None:
        if self.view is None:
            return None
        if self.view.may_repeat:
            return Action(None, say(words.AGAIN))
        return Action(None, say(words.OPEN)) if self._opens else None

    @property
    def _opens(self) -> bool:
        """Whether the PIN would show more."""
        return self.view is not None and self.view.wants_pin and self.view.pin.is_open

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {Key.F1: self.shell.open_help, Key.ESC: self.shell.back}

    def letters(self) -> Sequence[tuple[str, str]]:
        moved = self.view is not None and self.view.purse is not None and self.view.purse.movements
        return (*self._ways(), *([("↑ ↓", say(help_words.ARROWS))] if moved else []))

    def hint(self) -> Message:
        if self.view is None:
            return Message(Sign.NOTE, say(words.READING))
        if self.view.pin.stand is PinStand.LOCKED:
            return Message(Sign.LOOK, say(words.HINT_LOCKED))
        return Message(Sign.NOTE, say(words.HINT_SHUT if self._opens else words.HINT))

    # --- what happens ---

    def shown(self) -> None:
        self._in_front = True
        if self._gone and not self.busy:
            self._leave()
        elif self.view is None and not self.busy:
            self._look()

    @property
    def is_gone(self) -> bool:
        """Whether the card was pulled out."""
        return self._gone

    def hidden(self) -> None:
        self._in_front = False

    def card_went(self) -> None:
        """What was read does not stay on the screen without its card; an answer that is under way comes first."""
        self._gone = True
        if self._in_front and not self.busy:
            self._leave()

    def _leave(self) -> None:
        self.shell.back()
        if self._late is not None:
            self._behind.tell(self._late)
        else:
            self._behind.say(Sign.NOTE, say(words.GONE))

    def pressed(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTER:
            self._enter()
            return True
        if event.key() in _STEPS:
            self._choose(self._chosen + _STEPS[Qt.Key(event.key())])
            return True
        letter = event.text().upper()
        if letter not in [key for key, _ in self._ways()]:
            return False
        self._open_pin(change=letter == _CHANGE)
        return True

    def _enter(self) -> None:
        if self.view is not None and self.view.may_repeat:
            self._look()
        elif self._opens:
            self._open_pin(change=False)

    def _choose(self, row: int) -> None:
        count = len(self.view.purse.movements) if self.view is not None and self.view.purse is not None else 0
        self._chosen = min(max(row, 0), max(count - 1, 0))
        self.card.show_card(self.view, self._chosen)

    # --- the card ---

    def _look(self) -> None:
        def look() -> CardView:
            return self.shell.counter.card.look()

        self.ask(look, self._looked, label=say(words.READING), lane=self.shell.cards)

    def _looked(self, view: CardView) -> None:
        self.learned(view)
        if self._gone and self._in_front:
            self._leave()
        elif view.problem is not None:
            self.tell(view.problem)

    def learned(self, view: CardView) -> None:
        """Shows what was learned. Why it was not done is told even after the card is gone, where that says more."""
        self.view = view
        self._late = view.problem if self._gone or view.pin.stand is PinStand.UNKNOWN else None
        self._chosen = 0
        self.card.show_card(view, self._chosen)
        self.changed.emit()

    def _open_pin(self, *, change: bool) -> None:
        from pos_client.ui.pages.card_pin import CardPinPage

        self.quiet()
        self.shell.open(CardPinPage(self.shell, self, change=change))
