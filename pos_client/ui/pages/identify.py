"""Somebody without a card, or whose card has to be read again: identity number, electronic voucher, card."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_client.desk.sale_view import SaleView
from pos_client.desk.shown_credential import Shape, recognised
from pos_client.errors import Problem
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.frame.scan_catcher import MOST_GAP_MS
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.form import Form
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.notices import Way
from pos_client.ui.kit.rows import Gap, State, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages import person_column
from pos_client.ui.shell import Shell
from pos_client.ui.words import identify as words
from pos_client.ui.words import sale, say


class IdentifyPage(Page):
    """What was recognised goes to the page behind (``Shell.identified``)."""

    def __init__(self, shell: Shell, behind: Page) -> None:
        super().__init__(shell)
        self._behind = behind
        self.number = Field(Kind.CODE, say(words.NUMBER), hint=say(words.PLACES))
        self.name = Field(Kind.TEXT, say(words.NAME), hint=say(words.FROM_DOCUMENT))
        self.form = Form(say(words.TITLE), (self.number, self.name))
        self.centre = self.form
        self.name.hide()
        self._name_wanted = False
        self._reading = False
        self._since_last = QElapsedTimer()
        self.number.typed.connect(self._typed)
        self.form.done.connect(self._ask)
        self._show_recognised()

    # --- what it shows ---

    def left(self) -> Sequence[Piece]:
        return person_column.nobody()

    def band(self) -> Sequence[BandPart]:
        return (BandPart(say(sale.NOBODY), name=True),)

    def right(self) -> Sequence[Piece]:
        return self._behind.right()

    def action(self) -> Action | None:
        return Action(None, say(words.ASK)) if self._shape in (Shape.NUMBER, Shape.VOUCHER) else None

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        if self._reading:
            return {}
        return {Key.F1: self.shell.open_help, Key.F2: self._read_card, Key.ESC: self._escape}

    def letters(self) -> Sequence[tuple[str, str]]:
        return (("F2", say(words.CARD_AGAIN)),)

    def hint(self) -> Message:
        shown = recognised(self.number.text)
        match shown.shape:
            case Shape.NUMBER_SO_FAR | Shape.NOTHING:
                return Message(Sign.NOTE, say(words.HINT))
            case Shape.NUMBER:
                return Message(Sign.DONE, say(words.HINT_NUMBER))
            case Shape.NUMBER_WRONG:
                return Message(Sign.LOOK, say(words.HINT_WRONG))
            case Shape.VOUCHER:
                return Message(Sign.DONE, say(words.HINT_VOUCHER))

    def focus(self) -> QWidget | None:
        return self.form.current

    @property
    def _shape(self) -> Shape:
        return recognised(self.number.text).shape

    def _show_recognised(self) -> None:
        shown = recognised(self.number.text)
        state = {
            Shape.NOTHING: State(Sign.NOTE, say(words.NOTHING)),
            Shape.NUMBER_SO_FAR: State(Sign.NOTE, say(words.MISSING, count=shown.missing)),
            Shape.NUMBER: State(Sign.DONE, say(words.RIGHT)),
            Shape.NUMBER_WRONG: State(Sign.STOP, say(words.WRONG)),
            Shape.VOUCHER: State(Sign.DONE, say(words.VOUCHER)),
        }[shown.shape]
        ways: list[Piece] = [Words(say(words.NAME_WANTED)) if self._name_wanted else Words(say(words.SCAN))]
        ways += [Words(say(words.TYPE)), Gap(16), Way("F2", say(words.CARD_AGAIN), lined=False)]
        self.form.show_words([Heading(say(words.TITLE))], [state, Gap(16), *ways])
        self.changed.emit()

    # --- what happens ---

    def shown(self) -> None:
        self.ask(lambda: self.shell.counter.name_demanded, self._demands)

    def _demands(self, name: bool) -> None:
        self._name_wanted = name
        self.name.setVisible(name)
        self._show_recognised()

    def hidden(self) -> None:
        if self._shape is Shape.VOUCHER:
            self._forget()

    def pressed(self, event: QKeyEvent) -> bool:
        return self.form.pressed(event)

    def _typed(self) -> None:
        """A scanner is faster than a hand: what it sends turns into dots before anybody can read it."""
        edit = self.number.edit
        fast = self._since_last.isValid() and self._since_last.restart() <= MOST_GAP_MS
        if not self._since_last.isValid():
            self._since_last.start()
        if not edit.text():
            edit.setEchoMode(QLineEdit.EchoMode.Normal)
        elif self._shape is Shape.VOUCHER or (fast and len(edit.text()) > 1):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.quiet()
        self._show_recognised()

    def scanned(self, code: str) -> None:
        self._forget()
        self._identify(code)

    def _ask(self) -> None:
        shown = recognised(self.number.text)
        if shown.shape is Shape.NUMBER_SO_FAR:
            self.say(Sign.STOP, say(words.HINT_MISSING, count=shown.missing))
            self.form.go_to(self.number)
        elif shown.shape is Shape.NUMBER and self._name_wanted and not self.name.text:
            self.say(Sign.STOP, say(words.NAME_FIRST))
            self.form.go_to(self.name)
        elif shown.shape is not Shape.NOTHING:
            self._identify(self.number.text)

    def _identify(self, typed: str) -> None:
        name = self.name.text
        if recognised(typed).shape is Shape.VOUCHER:
            self._forget()
            self.ask(lambda: self.shell.counter.identify_voucher(typed), self._identified, label=say(sale.ASKING))
        else:
            self.ask(
                lambda: self.shell.counter.identify_id_number(typed, name),
                self._identified,
                label=say(sale.ASKING),
            )

    def card_came(self) -> None:
        if not self._reading and not self.busy:
            self._read_card()

    def _read_card(self) -> None:
        self._reading = True
        self.quiet()
        self.shell.read_card(self._identified, self._not_read)
        self.changed.emit()

    def _identified(self, view: SaleView) -> None:
        self._reading = False
        self._forget()
        self.shell.identified(view)

    def _not_read(self, problem: Problem) -> None:
        self._reading = False
        self.tell(problem)

    def _forget(self) -> None:
        """Nothing of a voucher or a number stays in the fields, nor behind their undo."""
        self.number.set_text("")
        self.name.set_text("")
        self.number.edit.setEchoMode(QLineEdit.EchoMode.Normal)
        self.form.current = self.number
        self._show_recognised()

    def _escape(self) -> None:
        if self.number.text or self.name.text:
            self._forget()
            self.say(Sign.NOTE, say(words.CLEARED))
        else:
            self.shell.back()
