"""The sale: scan, try, take the money, settle. By keys alone: scans, Enter, what is laid down, F8."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.desk.sale_view import SaleView, SoldView, Stage
from pos_client.desk.tendered import amount_of, tendered
from pos_client.errors import OutcomeUnknown, Problem
from pos_client.money import yuan_grouped
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action
from pos_client.ui.kit.rows import Pair, Rule, State, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages import person_column
from pos_client.ui.pages.line_entry import LineEntry
from pos_client.ui.pages.sale_amounts import amounts
from pos_client.ui.pages.tender_foot import LETTERS, NAMES, Asks, TenderFoot
from pos_client.ui.shell import Shell
from pos_client.ui.words import help as help_words
from pos_client.ui.words import sale as words
from pos_client.ui.words import say

if TYPE_CHECKING:
    from pos_client.desk.counter import Counter
    from pos_client.desk.sale_in_work import SaleInWork


class SalePage(LineEntry):
    """One sale in work."""

    def __init__(self, shell: Shell, view: SaleView | None = None) -> None:
        super().__init__(shell, view, say(words.ITEMS))
        self._card_out = False
        self.tender = TenderFoot()
        self.tender.entered.connect(self._tender_entered)
        self.tender.typed.connect(self.changed)
        self.show_view(self.view)

    # --- what it shows ---

    def left(self) -> Sequence[Piece]:
        customer = self.view.customer
        if customer is None:
            return person_column.nobody()
        pieces = person_column.person(customer, self.view.account_after_fen)
        if self.view.known_since:
            pieces += [Rule(), State(Sign.LOOK, say(words.KNOWN_SINCE, when=self.view.known_since))]
        if self._card_out:
            pieces += [Rule(), Words(say(words.CARD_OUT)), Pair(say(words.READ_AT), self._age_of_reading())]
        return pieces

    def _age_of_reading(self) -> str:
        assert self.view.customer is not None
        minutes = self.shell.minutes_since(self.view.customer.read_at)
        return say(words.READ_AGO, minutes=minutes) if minutes else say(words.READ_NOW)

    def band(self) -> Sequence[BandPart]:
        customer = self.view.customer
        if customer is None:
            return (BandPart(say(words.NOBODY), name=True),)
        return person_column.band_of(customer, self.view.account_after_fen)

    def right(self) -> Sequence[Piece]:
        return amounts(self.view)

    def foot(self) -> QWidget | None:
        return self.tender if self._tried else None

    @property
    def _tried(self) -> bool:
        return self.view.stage is Stage.TRIED

    def action(self) -> Action | None:
        if not self.view.lines:
            return None
        if not self._tried and self.view.offer:
            return Action(Key.F8, say(words.OFFLINE))
        if not self._tried:
            return Action(Key.F5, say(words.TRY)) if self.view.customer is not None else None
        due_fen = self.view.to_collect_fen or 0
        if self.tender.asks is not Asks.CASH:
            return Action(None, say(words.NOTE_DOWN))
        if self.view.offline is not None:
            return Action(Key.F8, say(words.COLLECT_OFFLINE, amount=yuan_grouped(due_fen)))
        return Action(Key.F8, say(words.COLLECT, amount=yuan_grouped(due_fen)) if due_fen else say(words.SETTLE))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        keys: dict[Key, Callable[[], None]] = {
            Key.F1: self.shell.open_help,
            Key.F2: self.shell.open_identify,
            Key.F4: self.shell.open_lookup,
            Key.F11: self.shell.open_tasks,
            Key.ESC: self._escape,
        }
        if self.view.lines:
            keys[Key.F12] = self._park
            if any(line.consent_wanted for line in self.view.lines):
                keys[Key.F7] = self._sign
        if self.view.customer is not None:
            keys[Key.F6] = lambda: self._desk(lambda counter: counter.sale.next_account(), self._account_changed)
            if self.view.lines:
                keys[Key.F5] = self.try_out
                keys[Key.F8] = self._settle if self._tried else self.try_offline if self.view.offer else self.try_out
        return keys

    def letters(self) -> Sequence[tuple[str, str]]:
        return (*super().letters(), ("W Z Y", say(help_words.MEANS)))

    def hint(self) -> Message:
        if self._tried:
            return self._tried_hint()
        if self.view.customer is None:
            return Message(Sign.NOTE, say(words.HINT_CARD))
        if self.view.offer:
            return Message(Sign.LOOK, self.view.offer)
        if self.view.known_since:
            return Message(Sign.LOOK, say(words.HINT_KNOWN, when=self.view.known_since))
        return Message(Sign.NOTE, say(words.HINT_TRY if self.view.lines else words.HINT_SCAN))

    def _tried_hint(self) -> Message:
        if self.tender.asks is Asks.AMOUNT:
            return Message(Sign.NOTE, say(words.HINT_MEANS, means=say(NAMES[self.tender.means])))
        if self.tender.asks is Asks.REFERENCE:
            return Message(Sign.NOTE, say(words.HINT_REFERENCE, means=say(NAMES[self.tender.means])))
        if self.view.offline is not None:
            return Message(Sign.LOOK, say(words.OFFLINE_HINT), remark=self.view.policy)
        if self.view.differences:
            return Message(Sign.LOOK, say(words.DIFFERS, count=len(self.view.differences)), remark=self.view.policy)
        if self.view.why_no_estimate:
            return Message(Sign.LOOK, say(words.NOT_COMPARED, why=self.view.why_no_estimate.rstrip("。. ")))
        word = words.AGREES if self.view.to_collect_fen else words.NO_CASH
        return Message(Sign.DONE, say(word), remark=self.view.policy)

    def focus(self) -> QWidget | None:
        return self.tender.field if self._tried else self.bill.scan

    def show_view(self, view: SaleView) -> None:
        """Another state of the sale."""
        newly_tried = view.stage is Stage.TRIED and not (self._tried and self.view.due_fen == view.due_fen)
        super().show_view(view)
        if newly_tried:
            self.tender.ask_cash(view.to_collect_fen or 0)
        elif view.to_collect_fen is not None:
            self.tender.due(view.to_collect_fen)

    # --- keys besides those of the bar ---

    def pressed(self, event: QKeyEvent) -> bool:
        if super().pressed(event):
            return True
        if self._tried and self.tender.asks is Asks.CASH and event.text().upper() in LETTERS:
            self.tender.ask_amount(LETTERS[event.text().upper()], self.view.to_collect_fen or 0)
            self.changed.emit()
            return True
        return False

    def _escape(self) -> None:
        if self.bill.scan.text:
            self.step_back()
            return
        if self._tried and (self.tender.asks is not Asks.CASH or self.tender.text):
            self.tender.ask_cash(self.view.to_collect_fen or 0)
        elif self.view.paid:
            self._desk(lambda counter: counter.sale.take_back(), self.show_view)
            return
        elif self._tried:
            self._desk(lambda counter: counter.sale.reopen(), self.show_view)
            return
        elif self.step_back():
            return
        elif self.view.lines:
            self.say(Sign.NOTE, say(words.KEPT))
            return
        else:
            self._desk(lambda counter: counter.sale.give_up(), lambda view: self.shell.back())
            return
        self.quiet()
        self.changed.emit()

    def lines_of(self, counter: "Counter") -> "SaleInWork":
        return counter.sale

    def nothing_typed(self) -> None:
        if self.view.lines and self.view.customer is not None:
            self.try_out()

    # --- by which account ---

    def _account_changed(self, view: SaleView) -> None:
        self.show_view(view)
        self.say(Sign.NOTE, say(words.ACCOUNT_NOW, account=view.account_word))

    # --- who ---

    def card_came(self) -> None:
        self._card_out = False
        if self.view.customer is None or self.view.reading_too_old:
            self.shell.read_card(self.identified, self.tell)

    def card_went(self) -> None:
        self._card_out = self.view.customer is not None
        self.changed.emit()

    def voucher_scanned(self, code: str) -> None:
        if self.view.customer is not None and not self.view.reading_too_old:
            self.say(Sign.NOTE, say(words.VOUCHER_NOT_WANTED))
            return
        self.ask(lambda: self.shell.counter.identify_voucher(code), self.identified, label=say(words.ASKING))

    def identified(self, view: SaleView) -> None:
        """Somebody was identified."""
        self.quiet()
        self.show_view(view)
        self.say_message(person_column.noticed(view.customer, self.shell.language))
        self.changed.emit()

    # --- how much ---

    def try_out(self) -> None:
        """Asks the bureau what it comes to."""
        self._for_person(
            lambda: self._desk(lambda counter: counter.sale.try_out(), self._tried_out, label=say(words.TRYING))
        )

    def _for_person(self, act: Callable[[], None]) -> None:
        """Does something for the person, once it is sure who that is."""

        def allowed(view: SaleView | None) -> None:
            if view is not None:
                self.show_view(view)
            act()

        self.shell.with_right_name(self.view.customer, self.shell.counter.sale.allow_other_name, allowed)

    def _tried_out(self, view: SaleView) -> None:
        self.show_view(view)
        if view.offer:
            self.shell.refresh_strip()

    def try_offline(self) -> None:
        """What it comes to by our own calculation, where it may be settled so while the bureau is out of reach."""
        self._for_person(
            lambda: self._desk(lambda counter: counter.sale.try_offline(), self.show_view, label=say(words.TRYING))
        )

    def _tender_entered(self) -> None:
        if self.tender.asks is Asks.CASH:
            self._settle()
        elif self.tender.asks is Asks.AMOUNT:
            amount_fen = amount_of(self.tender.text)
            if amount_fen is None:
                self.say(Sign.STOP, say(words.NOT_AN_AMOUNT, typed=self.tender.text))
            elif self.tender.means == "bank_card":
                self.tender.ask_reference()
                self.quiet()
                self.changed.emit()
            else:
                self._lay_down(amount_fen, "")
        else:
            self._lay_down(amount_of(self.tender.amount_typed) or 0, self.tender.text)

    def _lay_down(self, amount_fen: int, reference: str) -> None:
        means = self.tender.means

        def laid_down(view: SaleView) -> None:
            self.show_view(view)
            self.tender.ask_cash(view.to_collect_fen or 0)

        self._desk(lambda counter: counter.sale.lay_down(means, amount_fen, reference), laid_down)

    def _settle(self) -> None:
        if self.tender.asks is not Asks.CASH:
            self._tender_entered()
            return
        found = tendered(self.tender.text, self.view.to_collect_fen or 0)
        if found is None:
            self.say(Sign.STOP, say(words.NOT_AN_AMOUNT, typed=self.tender.text), "S-AMOUNT")
        elif found.short_fen:
            given, short = yuan_grouped(found.tendered_fen), yuan_grouped(found.short_fen)
            self.say(Sign.STOP, say(words.TOO_LITTLE, tendered=given, short=short), "S-TENDER")
        else:
            cash_fen = found.tendered_fen
            self.ask(
                lambda: self.shell.counter.sale.settle(cash_fen), self._sold, self._not_sold, label=say(words.SETTLING)
            )

    def _sold(self, sold: SoldView) -> None:
        self.shell.sold(sold)

    def _not_sold(self, problem: Problem) -> None:
        if isinstance(problem, OutcomeUnknown):
            self.shell.unknown(problem, self.view)
            return
        self._desk(lambda counter: counter.sale.view(), self.show_view)
        self.tell(problem)

    def _park(self) -> None:
        self._desk(lambda counter: counter.sale.park(), lambda view: self.shell.parked())

    def _desk(self, act: "Callable[[Counter], SaleView]", then: Callable[[SaleView], None], *, label: str = "") -> None:
        self.ask(lambda: act(self.shell.counter), then, label=label)
