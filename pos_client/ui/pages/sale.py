"""The sale: scan, try, take the money, settle. By keys alone: scans, Enter, what is laid down, F8."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.desk.sale_view import SaleView, SoldView, Stage
from pos_client.desk.tendered import amount_of, tendered
from pos_client.errors import OutcomeUnknown, Problem
from pos_client.money import yuan_grouped
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.rows import Pair, Rule, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages import person_column
from pos_client.ui.pages.sale_amounts import amounts
from pos_client.ui.pages.sale_centre import SaleCentre
from pos_client.ui.pages.tender_foot import LETTERS, NAMES, Asks, TenderFoot
from pos_client.ui.shell import Shell
from pos_client.ui.words import help as help_words
from pos_client.ui.words import sale as words
from pos_client.ui.words import say

if TYPE_CHECKING:
    from pos_client.desk.counter import Counter
    from pos_client.desk.found_items import FoundItem


class SalePage(Page):
    """One sale in work."""

    def __init__(self, shell: Shell, view: SaleView | None = None) -> None:
        super().__init__(shell)
        self.view = view or SaleView(Stage.EMPTY)
        self._selected: int | None = None
        self._found: Sequence[FoundItem] = ()
        self._searched = ""
        self._card_out = False
        self.bill = SaleCentre()
        self.centre = self.bill
        self.tender = TenderFoot()
        self.bill.scan.typed.connect(self._typed)
        self.bill.scan.entered.connect(self._scan_entered)
        self.bill.found.picked.connect(self._pick)
        self.bill.table.clicked_row.connect(lambda row: self._select(row + 1))
        self.tender.entered.connect(self._tender_entered)
        self.tender.typed.connect(self.changed)
        self.show_view(self.view)

    # --- what it shows ---

    def left(self) -> Sequence[Piece]:
        customer = self.view.customer
        if customer is None:
            return person_column.nobody()
        pieces = person_column.person(customer, self.view.account_after_fen)
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
        if not self._tried:
            return Action(Key.F5, say(words.TRY)) if self.view.customer is not None else None
        due_fen = self.view.to_collect_fen or 0
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
                keys[Key.F8] = self._settle if self._tried else self.try_out
        return keys

    def letters(self) -> Sequence[tuple[str, str]]:
        return (
            ("↑ ↓", say(help_words.ARROWS)),
            ("Del", say(help_words.DEL)),
            ("*3", say(help_words.STAR)),
            ("3*", say(help_words.STAR_CODE)),
            ("W Z Y", say(help_words.MEANS)),
        )

    def hint(self) -> Message:
        if self._tried:
            return self._tried_hint()
        if self.view.customer is None:
            return Message(Sign.NOTE, say(words.HINT_CARD))
        return Message(Sign.NOTE, say(words.HINT_TRY if self.view.lines else words.HINT_SCAN))

    def _tried_hint(self) -> Message:
        if self.tender.asks is Asks.AMOUNT:
            return Message(Sign.NOTE, say(words.HINT_MEANS, means=say(NAMES[self.tender.means])))
        if self.tender.asks is Asks.REFERENCE:
            return Message(Sign.NOTE, say(words.HINT_REFERENCE, means=say(NAMES[self.tender.means])))
        if self.view.differences:
            return Message(Sign.LOOK, " ".join(self.view.differences))
        if self.view.why_no_estimate:
            return Message(Sign.LOOK, say(words.NOT_COMPARED, why=self.view.why_no_estimate.rstrip("。. ")))
        word = words.AGREES if self.view.to_collect_fen else words.NO_CASH
        return Message(Sign.DONE, say(word), remark=self.view.policy)

    def focus(self) -> QWidget | None:
        return self.tender.field if self._tried else self.bill.scan

    def show_view(self, view: SaleView) -> None:
        """Another state of the sale."""
        newly_tried = view.stage is Stage.TRIED and not (self._tried and self.view.due_fen == view.due_fen)
        self.view = view
        if self._selected is not None and self._selected > len(view.lines):
            self._selected = len(view.lines) or None
        self.bill.show_sale(view, self._selected)
        if newly_tried:
            self.tender.ask_cash(view.to_collect_fen or 0)
        elif view.to_collect_fen is not None:
            self.tender.due(view.to_collect_fen)

    # --- keys besides those of the bar ---

    def pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(-1 if key == Qt.Key.Key_Up else 1)
            return True
        if key == Qt.Key.Key_Delete and self.view.lines and not self.bill.scan.text:
            self._remove()
            return True
        if self._tried and self.tender.asks is Asks.CASH and event.text().upper() in LETTERS:
            self.tender.ask_amount(LETTERS[event.text().upper()], self.view.to_collect_fen or 0)
            self.changed.emit()
            return True
        return False

    def _move(self, by: int) -> None:
        if self.bill.scan.text:
            self.bill.found.move_choice(by)
            return
        count = len(self.view.lines)
        if count:
            start = self._selected if self._selected is not None else (count + 1 if by < 0 else 0)
            self._select(min(max(start + by, 1), count))

    def _select(self, number: int | None) -> None:
        self._selected = number
        self.bill.show_sale(self.view, number)
        self.changed.emit()

    def _escape(self) -> None:
        if self.bill.scan.text:
            self.bill.scan.clear()
            self._typed("")
        elif self._tried and (self.tender.asks is not Asks.CASH or self.tender.text):
            self.tender.ask_cash(self.view.to_collect_fen or 0)
        elif self.view.paid:
            self._desk(lambda counter: counter.sale.take_back(), self.show_view)
            return
        elif self._tried:
            self._desk(lambda counter: counter.sale.reopen(), self.show_view)
            return
        elif self._selected is not None:
            self._select(None)
        elif self.view.lines:
            self.say(Sign.NOTE, say(words.KEPT))
            return
        else:
            self._desk(lambda counter: counter.sale.give_up(), lambda view: self.shell.back())
            return
        self.quiet()
        self.changed.emit()

    # --- what ---

    def _typed(self, typed: str) -> None:
        wanted = typed.strip()
        if not wanted or _count_of(wanted) is not None:
            self._found, self._searched = (), ""
            self.bill.show_found((), "")
            return
        self.shell.search.do(
            lambda: self.shell.items.find(_code_of(wanted)), lambda found: self._show_found(wanted, found), self.tell
        )

    def _show_found(self, wanted: str, found: "Sequence[FoundItem]") -> None:
        if self.bill.scan.text == wanted:
            self._found, self._searched = found, wanted
            self.bill.show_found(found, wanted)

    def _scan_entered(self) -> None:
        typed = self.bill.scan.text
        if not typed:
            if self.view.lines and self.view.customer is not None:
                self.try_out()
            return
        count = _count_of(typed)
        if count is not None and self.view.lines:
            number = self._selected or len(self.view.lines)
            self._add(lambda counter: counter.sale.set_quantity(number, count))
        elif self._found and self._searched == typed:
            self._pick(self.bill.found.chosen)
        else:
            self._add(lambda counter: counter.sale.add(_code_of(typed), _pieces_of(typed)))

    def _pick(self, row: int) -> None:
        if row < len(self._found):
            code, pieces = self._found[row].code, _pieces_of(self._searched)
            self._add(lambda counter: counter.sale.add(code, pieces))

    def _add(self, act: "Callable[[Counter], SaleView]") -> None:
        self.bill.scan.clear()
        self._typed("")
        self._desk(act, self._added)

    def _added(self, view: SaleView) -> None:
        self._selected = None
        self.show_view(view)

    def scanned(self, code: str) -> None:
        self._desk(lambda counter: counter.sale.add(code), self._added)

    def _remove(self) -> None:
        number = self._selected or len(self.view.lines)

        def removed(view: SaleView) -> None:
            self.show_view(view)
            self.say(Sign.NOTE, say(words.LINE_REMOVED, number=number))

        self._desk(lambda counter: counter.sale.remove(number), removed)

    def _sign(self) -> None:
        wanted = [line for line in self.view.lines if line.consent_wanted]
        chosen = next((line for line in wanted if line.number == self._selected), None)
        line = chosen or next((line for line in wanted if not line.consent_signed), wanted[0])

        def signed(view: SaleView) -> None:
            self.show_view(view)
            word = words.UNSIGNED_NOW if line.consent_signed else words.SIGNED_NOW
            self.say(Sign.DONE, say(word, number=line.number))

        self._desk(lambda counter: counter.sale.sign(line.number), signed)

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

    def identified(self, view: SaleView) -> None:
        """Somebody was identified."""
        self.quiet()
        self.show_view(view)
        self.changed.emit()

    # --- how much ---

    def try_out(self) -> None:
        """Asks the bureau what it comes to."""
        self._desk(lambda counter: counter.sale.try_out(), self.show_view, label=say(words.TRYING))

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


def _count_of(typed: str) -> str | None:
    """``*3`` is how many of the chosen line."""
    rest = typed[1:] if typed[:1] in ("*", "×", "x", "X") else ""
    return rest if rest.replace(".", "", 1).isdigit() else None


def _code_of(typed: str) -> str:
    """``3*CODE`` is three of it."""
    count, star, code = typed.partition("*")
    return code.strip() if star and count.replace(".", "", 1).isdigit() else typed


def _pieces_of(typed: str) -> str:
    count, star, _ = typed.partition("*")
    return count if star and count.replace(".", "", 1).isdigit() else "1"
