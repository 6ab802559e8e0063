"""Nobody knows whether the bureau booked: the bill is framed, the money lies aside, the next person is served.

The page looks once a second how finding out stands; when the outcome is known it says what to do with the money.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.desk.sale_view import SaleView
from pos_client.desk.todo_view import Fate, UnknownView
from pos_client.errors import OutcomeUnknown, Problem
from pos_client.money import yuan_grouped
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message, of_problem
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.headings import Big
from pos_client.ui.kit.notices import Box, Way
from pos_client.ui.kit.rows import Gap, Pair, Rule, State
from pos_client.ui.kit.sheet import Piece, Sheet
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages import person_column
from pos_client.ui.pages.sale_amounts import sums
from pos_client.ui.pages.unknown_centre import UnknownCentre
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import WIDE, Role
from pos_client.ui.words import frame, say
from pos_client.ui.words import sale as sale_words
from pos_client.ui.words import unknown as words

if TYPE_CHECKING:
    from pos_client.desk.sale_view import PaidView

LOOK_INTERVAL_MS = 1_000


class UnknownPage(Page):
    """One settlement whose answer was lost."""

    def __init__(self, shell: Shell, problem: OutcomeUnknown, sale: SaleView) -> None:
        super().__init__(shell)
        self.id = str(problem.fill.get("id") or problem.evidence.get("id"))
        self.sale, self._code = sale, problem.code
        #: What the disk did not take is said in its own words: IT has to mend it first.
        self._of_disk = of_problem(problem, shell.language) if problem.code == "U-DISK" else None
        self.view: UnknownView | None = None
        self._sure = False
        self._card_waits = False
        self._looking = False
        self.bill = UnknownCentre(sale)
        self.centre = self.bill
        self._way = Sheet(say(words.LEAVE))
        self._way.set_padding(0)
        self._way.setFixedHeight(40)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_INTERVAL_MS)
        self._timer.timeout.connect(self._look)

    def shown(self) -> None:
        self._timer.start()
        self._look()

    def hidden(self) -> None:
        self._timer.stop()

    def _look(self) -> None:
        if not self._looking:
            self._looking = True
            self.shell.desk.do(lambda: self.shell.counter.todo.unknown(self.id), self._seen, self._not_seen)

    def _not_seen(self, problem: Problem) -> None:
        self._looking = False
        self.tell(problem)

    def _seen(self, view: UnknownView) -> None:
        self._looking = False
        if not self._timer.isActive():
            return
        before, self.view = self.view, view
        self.bill.show_view(view)
        if view.fate is not Fate.OPEN and (before is None or before.fate is Fate.OPEN):
            self._known(view)
        self.changed.emit()

    def _known(self, view: UnknownView) -> None:
        self._sure = False
        self.quiet()
        self.shell.seen(view.id)
        self.shell.refresh_strip()
        if view.fate is Fate.BOOKED:
            self.shell.print_slip(view.id)

    # --- what it shows ---

    @property
    def fate(self) -> Fate:
        """What is known of it."""
        return Fate.OPEN if self.view is None else self.view.fate

    def left(self) -> Sequence[Piece]:
        customer = self.sale.customer
        if customer is None:
            return person_column.nobody()
        minutes = self.shell.minutes_since(customer.read_at)
        read = say(sale_words.READ_AGO, minutes=minutes) if minutes else say(sale_words.READ_NOW)
        return [*person_column.person(customer), Rule(), Pair(say(words.READ_AT), read)]

    def band(self) -> Sequence[BandPart]:
        customer = self.sale.customer
        return () if customer is None else person_column.band_of(customer)

    def right(self) -> Sequence[Piece]:
        view = self.view
        if view is None:
            return ()
        pieces: list[Piece] = [self._big(view)]
        pieces += sums(view.sums if view.fate is Fate.BOOKED or not self.sale.sums else self.sale.sums)
        if view.hand_back:
            pieces += self._by_means(words.GOES_BACK, view.hand_back)
        elif view.on_counter:
            pieces += self._by_means(words.LAID_DOWN, view.on_counter)
        if view.customer_left:
            pieces += [Gap(), State(Sign.NOTE, say(words.LEFT))]
        elif view.fate is Fate.OPEN:
            pieces += [Gap(), self._box(view)]
        return pieces

    def _big(self, view: UnknownView) -> Big:
        unit = say(frame.YUAN)
        if view.hand_back_fen:
            word = words.CHANGE if view.fate is Fate.BOOKED else words.HAND_BACK
            mark = say(frame.GIVE_BACK_MARK)
            return Big(say(word), yuan_grouped(view.hand_back_fen), unit, mark, role=Role.ACCENT)
        if view.fate is Fate.OPEN:
            return Big(say(words.HELD), yuan_grouped(view.on_counter_fen), unit, sign=Sign.UNKNOWN, role=Role.WARN)
        word = words.CHANGE if view.fate is Fate.BOOKED else words.NOTHING_BACK
        return Big(say(word), yuan_grouped(0), unit, sign=Sign.DONE, role=Role.DIM)

    def _by_means(self, word: str, paid: "Sequence[PaidView]") -> list[Piece]:
        """Not where all of it is cash that goes back: the one big amount says it."""
        if word is words.GOES_BACK and [one.means for one in paid] == ["cash"]:
            return []
        return [Pair(say(word, means=one.word), yuan_grouped(one.amount_fen), bold=True) for one in paid]

    def _box(self, view: UnknownView) -> Box:
        aside = [say(words.ASIDE, means=one.word, amount=yuan_grouped(one.amount_fen)) for one in view.on_counter]
        return Box(Sign.STOP, say(words.NOT_TWICE), (*aside, say(words.BY_SLIP)), folds=True)

    @property
    def _may_leave(self) -> bool:
        return self.view is not None and self.fate is Fate.OPEN and not self.view.customer_left

    def foot(self) -> QWidget | None:
        if not self._may_leave:
            return None
        self._way.fill([Way("F9", say(words.LEAVE), lined=False)], WIDE)
        return self._way

    def action(self) -> Action | None:
        return Action(Key.F12, say(words.NEXT if self.fate in (Fate.OPEN, Fate.TAKEN_BACK) else words.TOLD))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        keys: dict[Key, Callable[[], None]] = {
            Key.F1: self.shell.open_help,
            Key.F4: self.shell.open_lookup,
            Key.F11: self.shell.open_tasks,
            Key.F12: self._next,
            Key.ESC: self._escape,
        }
        if self.view is not None and self.fate in (Fate.OPEN, Fate.BOOKED):
            keys[Key.F10] = self._print
        if self._may_leave:
            keys[Key.F9] = self._leave
        return keys

    def hint(self) -> Message:
        view = self.view
        if view is not None and view.sentence:
            return Message(Sign.LOOK if view.fate is Fate.NOT_BOOKED else Sign.DONE, view.sentence)
        if view is not None and view.customer_left:
            return Message(Sign.UNKNOWN, say(words.HINT_LEFT), self._code)
        return self._of_disk or Message(Sign.UNKNOWN, say(words.HINT), self._code)

    def letters(self) -> Sequence[tuple[str, str]]:
        return (("↑ ↓", say(words.LOOK_AT_LINES)),)

    # --- what happens ---

    def pressed(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.bill.move_choice(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        return False

    def card_came(self) -> None:
        self._card_waits = True

    def card_went(self) -> None:
        self._card_waits = False

    def _escape(self) -> None:
        if self._sure:
            self._sure = False
            self.quiet()
            self.changed.emit()
        elif self.fate is Fate.OPEN:
            self.say(Sign.UNKNOWN, say(words.STAYS_OPEN), self._code)
        else:
            self._next()

    def _leave(self) -> None:
        """The first press says what must be done before, the second one notes it."""
        if not self._sure:
            self._sure = True
            self.say(Sign.LOOK, say(words.SURE_LEFT))
            return
        self._sure = False
        self.ask(lambda: self.shell.counter.todo.customer_left(self.id), self._left)

    def _left(self, sentence: str) -> None:
        self.say(Sign.LOOK, sentence)
        self.shell.refresh_strip()
        self._look()

    def _print(self) -> None:
        self.shell.print_slip(self.id, again=True)

    def _next(self) -> None:
        if self.fate in (Fate.BOOKED, Fate.NOT_BOOKED) and self.view is not None and not self.view.customer_left:
            self.ask(lambda: self.shell.counter.todo.told(self.id), self._gone, self._gone_anyway)
        else:
            self._gone("")

    def _gone_anyway(self, problem: Problem) -> None:
        """Somebody else has said already that the customer was told."""
        del problem
        self._gone("")

    def _gone(self, sentence: str) -> None:
        del sentence
        self.shell.next_person(card_waits=self._card_waits)
