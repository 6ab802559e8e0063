"""Trying a stay out and settling it: one picture of who pays, what of the deposit goes back, one F8 for all of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.desk.stay_view import Arrived, EstimateView, LeftView, StayView
from pos_client.desk.tendered import amount_of, still_open_fen, tendered
from pos_client.errors import OutcomeUnknown, Problem
from pos_client.money import yuan_grouped
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages import discharge_column, stay_column
from pos_client.ui.pages.discharge_centre import DischargeCentre
from pos_client.ui.pages.means_foot import AS_IT_CAME, LETTERS, NAMES, MeansFoot
from pos_client.ui.pages.stay_identify import StayIdentifyPage
from pos_client.ui.pages.tender_foot import LETTERS as TENDER_LETTERS
from pos_client.ui.pages.tender_foot import NAMES as TENDER_NAMES
from pos_client.ui.pages.tender_foot import Asks, TenderFoot
from pos_client.ui.shell import Shell
from pos_client.ui.words import discharge as words
from pos_client.ui.words import help as help_words
from pos_client.ui.words import sale, say, stays

if TYPE_CHECKING:
    from pos_client.ui.pages.stay import StayPage

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BACK_LETTERS = {**LETTERS, "O": AS_IT_CAME}
#: Means, fen, reference of what is laid down on top of the deposit.
Laid = tuple[str, int, str]


class DischargePage(Page):
    """One stay that is tried out; once it is settled it says what to hand out."""

    def __init__(self, shell: Shell, behind: "StayPage", view: EstimateView) -> None:
        super().__init__(shell)
        self._behind, self.view = behind, view
        self.done: LeftView | None = None
        self.over = False
        self.back = "cash"
        self.paid: tuple[Laid, ...] = ()
        self.picture = DischargeCentre()
        self.centre = self.picture
        self.back_foot = MeansFoot(say(words.BACK_MEANS), say(words.BACK_KEYS))
        self.back_foot.field.edit.setReadOnly(True)
        self.tender = TenderFoot()
        self.tender.entered.connect(self._tender_entered)
        self.tender.typed.connect(self.changed)
        self._show(view)

    # --- what it shows ---

    def left(self) -> Sequence[Piece]:
        return stay_column.left(self.view.stay, self.view)

    def band(self) -> Sequence[BandPart]:
        return stay_column.band(self.view.stay, self.view)

    def right(self) -> Sequence[Piece]:
        if self.done is not None:
            return discharge_column.after(self.done)
        return discharge_column.before(self.view, self.back, self.paid)

    def foot(self) -> QWidget | None:
        if self.done is not None or self.over or not self._settleable:
            return None
        if self.view.back_fen:
            self.back_foot.fit(self.picture.measures)
            return self.back_foot
        return self.tender if self.view.due_fen else None

    @property
    def _settleable(self) -> bool:
        return self.view.quoted or self.view.finishing

    @property
    def _open_fen(self) -> int:
        """What is still to be laid down."""
        return still_open_fen(self.view.due_fen, (fen for _, fen, _ in self.paid))

    def action(self) -> Action | None:
        view = self.view
        if self.done is not None:
            return Action(None, say(words.NEXT_PERSON))
        if self.over:
            return None
        if view.finishing:
            amount = yuan_grouped(view.back_fen)
            return Action(Key.F8, say(words.REST_BACK, amount=amount) if view.back_fen else say(words.REST_DOCUMENTS))
        if not view.quoted:
            return Action(Key.F5, say(words.TRY_AGAIN))
        if view.back_fen:
            return Action(Key.F8, say(words.SETTLE_BACK, amount=yuan_grouped(view.back_fen)))
        amount = yuan_grouped(self._open_fen)
        return Action(Key.F8, say(words.SETTLE_COLLECT, amount=amount) if view.due_fen else say(words.SETTLE))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        keys: dict[Key, Callable[[], None]] = {Key.F1: self.shell.open_help, Key.ESC: self._escape}
        done, id_ = self.done, self.view.stay.line.id
        if done is not None:
            keys[Key.F10] = lambda: self.shell.print_slip(done.settle_id, again=True)
            keys[Key.F12] = self._next_person
        elif not self.over:
            keys[Key.F2] = lambda: self.shell.open(StayIdentifyPage(self.shell, self, self._arrived, id_))
            if not self.view.finishing:
                keys[Key.F5] = lambda: self._estimate(stays.ESTIMATING)
                keys[Key.F6] = self._next_account
            if self._settleable:
                keys[Key.F8] = self._leave
        return keys

    def letters(self) -> Sequence[tuple[str, str]]:
        letters = "X W Z Y O" if self.view.back_fen else "W Z Y"
        return ((letters, say(help_words.MEANS)), ("↑ ↓", say(help_words.ARROWS)))

    def hint(self) -> Message:
        view = self.view
        if self.tender.asks is Asks.AMOUNT:
            return Message(Sign.NOTE, say(sale.HINT_MEANS, means=say(TENDER_NAMES[self.tender.means])))
        if self.tender.asks is Asks.REFERENCE:
            return Message(Sign.NOTE, say(sale.HINT_REFERENCE, means=say(TENDER_NAMES[self.tender.means])))
        if view.finishing:
            return Message(Sign.LOOK, say(words.HINT_REST if view.back_fen else words.HINT_DOCUMENTS))
        if not view.quoted:
            return Message(Sign.LOOK, say(words.ESTIMATE_ONLY))
        if view.agrees is None:
            return Message(Sign.LOOK, say(words.NOT_COMPARED), remark=view.policy)
        if not view.agrees:
            return Message(Sign.LOOK, say(words.DIFFERS))
        if view.back_fen:
            return Message(Sign.DONE, say(words.AGREES_BACK, count=view.receipts), remark=view.policy)
        amount = yuan_grouped(self._open_fen)
        said = say(words.AGREES_COLLECT, amount=amount) if view.due_fen else say(words.AGREES_EVEN)
        return Message(Sign.DONE, said, remark=view.policy)

    def focus(self) -> QWidget | None:
        foot = self.foot()
        return None if foot is None else foot.focusProxy()

    def _show(self, view: EstimateView) -> None:
        self.view = view
        self.paid = ()
        title = words.TITLE_REST if view.finishing else words.TITLE_TRIED if view.quoted else words.TITLE_OWN
        self.picture.show_view(say(title), view)
        self.tender.ask_cash(view.due_fen)
        self._show_back()

    def _show_back(self) -> None:
        self.back_foot.field.set_text(say(NAMES[self.back]))
        self.changed.emit()

    # --- keys besides those of the bar ---

    def pressed(self, event: QKeyEvent) -> bool:
        letter = event.text().upper()
        if self.done is not None or self.over:
            if event.key() in _ENTER and self.done is not None:
                self._next_person()
            return True
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.picture.scroll_rows(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        if self.view.back_fen and letter in _BACK_LETTERS:
            self.back = _BACK_LETTERS[letter]
            self._show_back()
            return True
        if self._settleable and self.view.due_fen and self.tender.asks is Asks.CASH and letter in TENDER_LETTERS:
            self.tender.ask_amount(TENDER_LETTERS[letter], self._open_fen)
            self.changed.emit()
            return True
        return False

    def _escape(self) -> None:
        if self.done is None and not self.over and self.view.due_fen:
            if self.tender.asks is not Asks.CASH or self.tender.text:
                self.tender.ask_cash(self._open_fen)
                self.quiet()
                self.changed.emit()
                return
            if self.paid:
                self.paid = self.paid[:-1]
                self.tender.ask_cash(self._open_fen)
                self.changed.emit()
                return
        self.shell.back()

    def _next_person(self) -> None:
        def forgotten(_: None) -> None:
            self.shell.back()
            self.shell.back()

        self.ask(self.shell.counter.stays.forget, forgotten)

    # --- who ---

    def card_came(self) -> None:
        if self.done is None and not self.over and not self.busy:
            id_ = self.view.stay.line.id
            self.shell.read_card_for(
                lambda card: self.shell.counter.stays.identify_card(card, id_), self._arrived, self.tell
            )

    def _arrived(self, arrived: Arrived) -> None:
        """Read again: what was tried before counts no more."""
        id_, counter = self.view.stay.line.id, self.shell.counter
        if self.view.finishing:
            self.ask(lambda: counter.stays.rest(id_), self._show)
            return
        self.shell.with_right_name(
            arrived.customer,
            counter.stays.allow_other_name,
            lambda _: self._estimate(stays.ESTIMATING),
        )

    # --- what it comes to ---

    def _estimate(self, label: str) -> None:
        id_ = self.view.stay.line.id
        self.ask(lambda: self.shell.counter.stays.estimate(id_), self._show, label=say(label))

    def _next_account(self) -> None:
        id_ = self.view.stay.line.id

        def changed(view: EstimateView) -> None:
            self._show(view)
            self.say(Sign.NOTE, say(sale.ACCOUNT_NOW, account=view.account_word))

        self.ask(lambda: self.shell.counter.stays.next_account(id_), changed, label=say(stays.ESTIMATING))

    # --- money laid down on top of the deposit ---

    def _tender_entered(self) -> None:
        if self.busy:
            return
        if self.tender.asks is Asks.CASH:
            self._leave()
        elif self.tender.asks is Asks.AMOUNT:
            amount_fen = amount_of(self.tender.text)
            if not amount_fen:
                self.say(Sign.STOP, say(sale.NOT_AN_AMOUNT, typed=self.tender.text), "S-AMOUNT")
            elif amount_fen > self._open_fen:
                self.say(Sign.STOP, say(words.TOO_MUCH, open=yuan_grouped(self._open_fen)))
            elif self.tender.means == "bank_card":
                self.tender.ask_reference()
                self.quiet()
                self.changed.emit()
            else:
                self._lay_down(amount_fen, "")
        else:
            self._lay_down(amount_of(self.tender.amount_typed) or 0, self.tender.text)

    def _lay_down(self, amount_fen: int, reference: str) -> None:
        self.paid = (*self.paid, (self.tender.means, amount_fen, reference))
        self.tender.ask_cash(self._open_fen)
        self.quiet()
        self.changed.emit()

    def _tender(self) -> tuple[Laid, ...] | None:
        """All that is laid down, or None where it is not enough."""
        if not self.view.due_fen or self.view.finishing:
            return ()
        found = tendered(self.tender.text, self._open_fen)
        if found is None:
            self.say(Sign.STOP, say(sale.NOT_AN_AMOUNT, typed=self.tender.text), "S-AMOUNT")
            return None
        if found.short_fen:
            given, short = yuan_grouped(found.tendered_fen), yuan_grouped(found.short_fen)
            self.say(Sign.STOP, say(sale.TOO_LITTLE, tendered=given, short=short), "S-TENDER")
            return None
        return (*self.paid, ("cash", found.tendered_fen, "")) if found.tendered_fen else self.paid

    # --- leaving ---

    def _leave(self) -> None:
        if self.tender.asks is not Asks.CASH:
            self._tender_entered()
            return
        tender = self._tender()
        if tender is None:
            return
        id_, back = self.view.stay.line.id, self.back

        def work() -> LeftView | StayView:
            stays_desk = self.shell.counter.stays
            if stays_desk.settled_without_person(id_):
                return stays_desk.hand_back_rest(id_, back)
            return stays_desk.leave(id_, tender, back)

        self.ask(work, self._left, self._not_left, label=say(words.SETTLING))

    def _left(self, left: LeftView | StayView) -> None:
        self.shell.refresh_strip()
        if isinstance(left, StayView):
            self.over = True
            self.say(Sign.DONE, say(words.REST_DONE))
            return
        self.done = left
        self.picture.show_view(say(words.TITLE_DONE), self.view)
        self.say(*discharge_column.said_after(left))
        self.shell.print_slip(left.settle_id)

    def _not_left(self, problem: Problem) -> None:
        """What was done stands; the page shows where it goes on, or goes back where nobody knows yet."""
        if isinstance(problem, OutcomeUnknown):
            self.shell.back()
            self._behind.tell(problem)
            self.shell.refresh_strip()
            return
        if problem.code == "S-SLIP":  # all is booked, only its paper is missing: what goes back stays in sight
            self.over = True
            self.tell(problem)
            return
        id_ = self.view.stay.line.id

        def where() -> EstimateView | None:
            stays_desk = self.shell.counter.stays
            stay = stays_desk.open(id_)
            if stay.triable:
                return stays_desk.estimate(id_)
            return stays_desk.rest(id_) if stay.closing else None

        def shown(view: EstimateView | None) -> None:
            if view is None:
                self.shell.back()
                self._behind.tell(problem)
                return
            kept = self.paid
            self._show(view)
            self.paid = kept if view.due_fen else ()
            self.tender.ask_cash(self._open_fen)
            self.tell(problem)

        self.ask(where, shown, lambda _: self.tell(problem), label=say(words.GOES_ON))
