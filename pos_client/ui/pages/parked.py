"""Bills that wait for their customer: take one up, or give it up."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.desk.parked_view import ParkedBill
from pos_client.errors import Problem
from pos_client.ui import tokens
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.headings import Heading, Name
from pos_client.ui.kit.rows import Gap, Pair, Rule, Words
from pos_client.ui.kit.sheet import Piece, Sheet
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.table import AIR, Cell, Column, Row, Table, aired
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import Role, measures
from pos_client.ui.words import frame, say
from pos_client.ui.words import help as help_words
from pos_client.ui.words import parked as words

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ParkedCentre(QWidget):
    """Heading and table, or what to do where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = Sheet(say(words.TITLE))
        self.heading.set_padding(0)
        self.table = Table(
            say(words.TITLE),
            [
                Column(say(frame.PERSON), 160, narrow=112),
                Column(say(words.WHAT)),
                Column(say(words.PARKED_AT), 132, narrow=112),
                Column(say(words.OPERATOR), 96, narrow=72),
            ],
        )
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addLayout(aired(self.heading))
        self._layout.addWidget(self.table, 1)
        self._layout.addStretch()
        self._bills: Sequence[ParkedBill] | None = None
        self._chosen = 0

    def show_bills(self, bills: Sequence[ParkedBill] | None, chosen: int) -> None:
        """Shows them; None as long as nobody has looked."""
        self._bills, self._chosen = bills, chosen
        window = self.window()
        m = measures(window.width(), window.height())
        pieces: list[Piece] = [Heading(say(words.TITLE), say(words.COUNT, count=len(bills)) if bills else "")]
        if bills is not None and not bills:
            none = Words(say(words.NONE), Role.INK, bold=True, size_px=tokens.FIGURE_PX)
            pieces += [Gap(16), none, Words(say(words.NONE_HOW))]
        self.heading.fill(pieces, m)
        self.heading.setFixedHeight(self.heading.needed_height(self.heading.width()))
        self.table.setVisible(bool(bills))
        self.table.fill([_row(one) for one in bills or ()], chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size."""
        super().resizeEvent(event)
        window = self.window()
        side = measures(window.width(), window.height()).padding
        self._layout.setContentsMargins(side - AIR, 0, side - AIR, 8)
        self.show_bills(self._bills, self._chosen)


def _row(bill: ParkedBill) -> Row:
    return (
        Cell(bill.who) if bill.who else Cell(say(words.NOBODY), role=Role.SOFT, small=True),
        Cell(bill.first_item, say(words.LINES, count=bill.lines)),
        Cell(bill.parked_at),
        Cell(bill.operator),
    )


class ParkedPage(Page):
    """The parked bills of this desk, one of them chosen."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.list = ParkedCentre()
        self.centre = self.list
        self._bills: tuple[ParkedBill, ...] | None = None
        self._at = 0
        self._giving_up = False
        self.list.table.clicked_row.connect(self._choose)

    # --- what it shows ---

    @property
    def chosen(self) -> ParkedBill | None:
        """The chosen bill."""
        return self._bills[self._at] if self._bills else None

    def left(self) -> Sequence[Piece]:
        bill = self.chosen
        if bill is None:
            return (Heading(say(frame.PERSON)), Name(say(words.NONE), waiting=True))
        return (
            Heading(say(frame.PERSON), say(words.CHOSEN), remark_goes=True),
            Name(bill.who or say(words.NOBODY), waiting=not bill.who),
            Pair(say(words.WHAT), say(words.LINES, count=bill.lines)),
            Pair(say(words.SINCE), bill.since),
            Pair(say(words.PARKED_AT), bill.parked_at),
            Pair(say(words.OPERATOR), bill.operator),
            Rule(),
            Words(say(words.MASKED)),
        )

    def band(self) -> Sequence[BandPart]:
        bill = self.chosen
        if bill is None:
            return (BandPart(say(words.NONE), name=True),)
        return (
            BandPart(bill.who or say(words.NOBODY), name=True),
            BandPart(bill.since, label=say(words.SINCE)),
            BandPart(bill.operator, label=say(words.OPERATOR)),
        )

    def action(self) -> Action | None:
        return Action(None, say(words.TAKE_UP)) if self.chosen is not None else None

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {Key.F1: self.shell.open_help, Key.ESC: self._escape}

    def letters(self) -> Sequence[tuple[str, str]]:
        return (("↑ ↓", say(help_words.ARROWS)), ("Del", say(words.DELETE))) if self.chosen is not None else ()

    def hint(self) -> Message:
        if self._bills is None:
            return Message(Sign.NOTE, "")
        return Message(Sign.NOTE, say(words.HINT if self._bills else words.HINT_NONE))

    # --- what happens ---

    def shown(self) -> None:
        self.ask(self.shell.counter.parked, self._show)

    def _show(self, bills: tuple[ParkedBill, ...]) -> None:
        self._bills = bills
        self._at = min(self._at, max(len(bills) - 1, 0))
        self.list.show_bills(bills, self._at)
        self.changed.emit()

    def pressed(self, event: QKeyEvent) -> bool:
        if self.busy or self.chosen is None:
            return False
        key = event.key()
        if key == Qt.Key.Key_Delete:
            self._give_up()
            return True
        self._keep()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._choose(self._at + (1 if key == Qt.Key.Key_Down else -1))
        elif key in _ENTER:
            self._take_up()
        else:
            return False
        return True

    def _choose(self, row: int) -> None:
        self._keep()
        self._at = min(max(row, 0), len(self._bills or ()) - 1)
        self.list.show_bills(self._bills, self._at)
        self.changed.emit()

    def _take_up(self) -> None:
        number = self._number
        self.ask(lambda: self.shell.counter.sale.take_up(number), self.shell.taken_up, self._gone)

    def _give_up(self) -> None:
        bill = self.chosen
        assert bill is not None
        if not self._giving_up:
            self._giving_up = True
            self.say(Sign.LOOK, say(words.REALLY, count=bill.lines))
            return

        def given_up(left: tuple[ParkedBill, ...]) -> None:
            self._show(left)
            self.shell.refresh_strip()
            self.say(Sign.DONE, say(words.GIVEN_UP, count=bill.lines))

        self._giving_up = False
        number = bill.number
        self.ask(lambda: self.shell.counter.give_up_parked(number), given_up, self._gone)

    @property
    def _number(self) -> int:
        assert self.chosen is not None
        return self.chosen.number

    def _gone(self, problem: Problem) -> None:
        """Somebody else was faster, or there is a bill in work: the list as it is now, and the sentence."""

        def shown(bills: tuple[ParkedBill, ...]) -> None:
            self._show(bills)
            self.tell(problem)

        self.ask(self.shell.counter.parked, shown)

    def _keep(self) -> None:
        if self._giving_up:
            self._giving_up = False
            self.quiet()
            self.changed.emit()

    def _escape(self) -> None:
        if self._giving_up:
            self._keep()
        else:
            self.shell.back()
