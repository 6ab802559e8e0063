"""The PIN of the card in the reader, checked or changed. What is typed goes to the card once and stays nowhere."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.desk.card_view import CardView
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.frame.scan_catcher import LEAST_CHARACTERS, MOST_GAP_MS
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.form import Form
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.notices import Box, Way
from pos_client.ui.kit.rows import Gap, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages import card_column
from pos_client.ui.pages.card import CardPage
from pos_client.ui.shell import Shell
from pos_client.ui.words import card as words
from pos_client.ui.words import say

#: Of a PIN (《社会保障（个人）卡规范》 part 5, 6.3).
_MOST_DIGITS = 16
#: Initials of 键盘, and of "yes".
_PAD, _YES = "J", "Y"


class CardPinPage(Page):
    """Stands in front of the card's page. The last try wants a key of its own before anything can be typed."""

    def __init__(self, shell: Shell, card: CardPage, *, change: bool) -> None:
        super().__init__(shell)
        self._card, self._change = card, change
        self._confirmed = False
        self.pin = Field(Kind.SECRET, say(words.PIN_NOW if change else words.PIN), hint=say(words.DIGITS))
        self.new = Field(Kind.SECRET, say(words.PIN_NEW))
        self.again = Field(Kind.SECRET, say(words.PIN_NEW_AGAIN))
        self._fields = (self.pin, self.new, self.again) if change else (self.pin,)
        self.form = Form(say(words.CHANGE if change else words.CHECK), self._fields)
        self.form.done.connect(self._entered)
        self.centre = self.form
        self._since_last = QElapsedTimer()
        self._fast, self._by_scanner = 0, False
        for field in self._fields:
            field.edit.setMaxLength(_MOST_DIGITS)
            field.typed.connect(self._typed)
        self._show()

    # --- what it shows ---

    @property
    def _view(self) -> CardView:
        assert self._card.view is not None, "a card was read"
        return self._card.view

    @property
    def _asks_first(self) -> bool:
        """Whether the holder has to be asked about the last try."""
        return self._view.pin.is_last_try and not self._confirmed

    def left(self) -> Sequence[Piece]:
        return self._card.left()

    def band(self) -> Sequence[BandPart]:
        return self._card.band()

    def right(self) -> Sequence[Piece]:
        return card_column.right(self._card.view)

    def action(self) -> Action | None:
        if self._asks_first:
            return None
        return Action(None, say(words.SEND_CHANGE if self._change else words.SEND))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {Key.F1: self.shell.open_help, Key.ESC: self.shell.back}

    def letters(self) -> Sequence[tuple[str, str]]:
        if self._asks_first:
            return ((_YES, say(words.LAST_TRY_YES)),)
        return () if self._view.pad_refused else ((_PAD, self._pad_words),)

    @property
    def _pad_words(self) -> str:
        return say(words.ON_PAD_SIX if self._change else words.ON_PAD)

    def hint(self) -> Message:
        if self._asks_first:
            return Message(Sign.LOOK, say(words.HINT_LAST_TRY))
        return Message(Sign.NOTE, say(words.HINT_CHANGE if self._change else words.HINT_PIN))

    def focus(self) -> QWidget | None:
        return None if self._asks_first else self.form.current

    def _show(self) -> None:
        asks = self._asks_first
        for field in self._fields:
            field.setVisible(not asks)
        above: list[Piece] = [Heading(say(words.CHANGE if self._change else words.CHECK))]
        if self._view.pin.is_last_try:
            above += [Box(Sign.LOOK, say(words.LAST_TRY_TITLE), (say(words.LAST_TRY_ASK),)), Gap(16)]
        below: list[Piece] = [Gap(16), *(Way(key, does, lined=False) for key, does in self.letters())]
        if not asks:
            above.append(Words(say(words.HOLDER_TYPES)))
            below = [Gap(), Words(say(words.NOT_KEPT)), *below]
        self.form.show_words(above, below)
        self.changed.emit()

    # --- what happens ---

    def shown(self) -> None:
        if self._card.is_gone:
            self.shell.back()

    def hidden(self) -> None:
        self._forget()

    def card_went(self) -> None:
        if not self.busy:
            self.shell.back()

    def pressed(self, event: QKeyEvent) -> bool:
        typed = event.text()
        if self._asks_first:
            if typed.upper() == _YES:
                self._confirmed = True
                self.quiet()
                self._show()
            return True
        if typed.upper() == _PAD and not self._view.pad_refused:
            self._at_pad()
            return True
        is_no_digit = bool(typed) and typed.isprintable() and not typed.isdecimal()
        return is_no_digit or self.form.pressed(event)

    def _typed(self, text: str) -> None:
        """A scanner types faster than a hand: what it sends is no PIN, and a wrong PIN costs a try."""
        del text
        gap_ms = self._since_last.restart() if self._since_last.isValid() else MOST_GAP_MS + 1
        if not self._since_last.isValid():
            self._since_last.start()
        self._fast = self._fast + 1 if gap_ms <= MOST_GAP_MS else 1
        self._by_scanner = self._by_scanner or self._fast >= LEAST_CHARACTERS
        self.quiet()
        self.changed.emit()

    def _entered(self) -> None:
        if self._by_scanner:
            self._begin_again(Sign.STOP, say(words.SCANNED))
            return
        empty = next((field for field in self._fields if not field.text), None)
        if empty is not None:
            self.form.go_to(empty)
            self.say(Sign.STOP, say(words.NOTHING_TYPED))
        elif self._change and self.new.text != self.again.text:
            self._clear(self.new, self.again)
            self.form.go_to(self.new)
            self.say(Sign.STOP, say(words.DIFFERENT))
        else:
            typed, new = self.pin.text, self.new.text
            self._forget()
            self._hand_on(typed, new, say(words.CHECKING))

    def _at_pad(self) -> None:
        self._forget()
        self._hand_on(None, None, say(words.AT_PAD))

    def _hand_on(self, typed: str | None, new: str | None, label: str) -> None:
        """To the card, once. Nothing but what is done in the lane holds it then."""
        view, last_try = self._view, self._confirmed
        self._confirmed = False

        def work() -> CardView:
            card = self.shell.counter.card
            if self._change:
                return card.change_pin(view, typed, new, last_try=last_try)
            return card.enter_pin(view, typed, last_try=last_try)

        self.ask(work, self._answered, label=label, lane=self.shell.cards)
        self.say(Sign.NOTE, label)

    def _answered(self, view: CardView) -> None:
        before = self._view
        self._card.learned(view)
        self.quiet()
        if view.problem is not None and view.wants_pin_again and not self._card.is_gone:
            self._show()
            self.form.go_to(self.pin)
            self.tell(view.problem)
            return
        self.shell.back()
        if self._card.is_gone:
            return  # the page behind has told why, and has closed
        if view.problem is not None:
            self._card.tell(view.problem)
        else:
            self._card.say(Sign.DONE, self._done_words(before, view))

    def _done_words(self, before: CardView, view: CardView) -> str:
        if self._change:
            return say(words.CHANGED)
        if not view.wants_pin:
            return say(words.RIGHT_OPENED if before.wants_pin else words.RIGHT, count=view.pin.tries_left)
        return say(words.RIGHT_ENTER_AGAIN, count=view.pin.tries_left)

    def _begin_again(self, sign: Sign, text: str) -> None:
        self._forget()
        self.form.go_to(self.pin)
        self.say(sign, text)

    def _forget(self) -> None:
        """Nothing stays in the fields, nor behind their undo."""
        self._clear(*self._fields)
        self.form.current = self.pin
        self._fast, self._by_scanner = 0, False

    def _clear(self, *fields: Field) -> None:
        for field in fields:
            field.edit.setText("")  # also where it is empty: what was deleted in it is forgotten, too
