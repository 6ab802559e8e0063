"""One stay: its charges, its sums, and every way on from here."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from pos_client.desk.stay_view import Arrived, ChargeView, EstimateView, StayView, Undo
from pos_client.errors import Problem
from pos_client.money import yuan_grouped
from pos_client.ui import tokens
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.headings import Big, Heading
from pos_client.ui.kit.notices import Box, KeyWays
from pos_client.ui.kit.rows import Gap, Pair, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.table import Cell, Column, Row
from pos_client.ui.kit.table_centre import TableCentre
from pos_client.ui.pages import stay_column
from pos_client.ui.pages.person_column import noticed
from pos_client.ui.pages.sale_amounts import sums
from pos_client.ui.pages.stay_identify import StayIdentifyPage
from pos_client.ui.pages.stays import STEPS
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import Role
from pos_client.ui.words import frame, sale, say
from pos_client.ui.words import help as help_words
from pos_client.ui.words import stays as words

if TYPE_CHECKING:
    from pos_client.desk.bill_view import ToRefund
    from pos_client.desk.operators import SignedIn

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_REALLY = {
    Undo.DISCHARGE: words.REALLY_DISCHARGE,
    Undo.ADMISSION: words.REALLY_ADMISSION,
    Undo.CHARGES: words.REALLY_CHARGES,
}
_ACTS = {
    Undo.DISCHARGE: words.UNDO_DISCHARGE,
    Undo.ADMISSION: words.UNDO_ADMISSION,
    Undo.CHARGES: words.UNDO_CHARGES,
}
_UNDONE = {
    Undo.DISCHARGE: words.UNDONE_DISCHARGE,
    Undo.ADMISSION: words.UNDONE_ADMISSION,
    Undo.CHARGES: words.UNDONE_CHARGES,
}


def _columns() -> list[Column]:
    return [
        Column("#", 52, narrow=44),
        Column(say(words.WHEN), 92, narrow=48),
        Column(say(sale.NAME)),
        Column(say(sale.PRICE), 88, right=True, narrow=68),
        Column(say(sale.QUANTITY), 72, right=True, narrow=56),
        Column(say(sale.CLASS), 68, narrow=52),
        Column(say(sale.AMOUNT), 104, right=True, narrow=80),
    ]


def _row(charge: ChargeView) -> Row:
    day, _, time = charge.at.partition(" ")
    return (
        Cell(str(charge.number), role=Role.SOFT, small=True),
        Cell(day, time, role=Role.SOFT, small=True, soft_goes=True),
        Cell(charge.name),
        Cell(charge.unit_price),
        Cell(f"× {charge.quantity}"),
        Cell(charge.class_word, bold=True, small=True, role=Role.WARN if charge.own_expense else Role.INK),
        Cell(yuan_grouped(charge.amount_fen)),
    )


class StayPage(Page):
    """One stay; the last trial's sums stay in sight until something changes."""

    def __init__(self, shell: Shell, view: StayView) -> None:
        super().__init__(shell)
        self.view = view
        self._chosen: int | None = None
        self._really: Undo | str | None = None
        self._in_front = False
        self.list = TableCentre(say(words.LIST), _columns())
        self.centre = self.list
        self.list.table.clicked_row.connect(self._choose)
        self._show(view)

    # --- what it shows ---

    @property
    def id(self) -> str:
        """The stay."""
        return self.view.line.id

    def left(self) -> Sequence[Piece]:
        return stay_column.left(self.view)

    def band(self) -> Sequence[BandPart]:
        return stay_column.band(self.view)

    def right(self) -> Sequence[Piece]:
        view = self.view
        total = yuan_grouped(view.line.charges_fen)
        pieces: list[Piece] = [Big(say(words.CHARGED_SO_FAR), total, say(frame.YUAN), role=Role.DIM)]
        if view.blocked_why:
            pieces += [Box(Sign.UNKNOWN, say(words.BLOCKED), (view.blocked_why,)), Gap(16)]
        pieces += sums(view.sums[1:])
        pieces += [Pair(say(words.HELD), yuan_grouped(view.line.deposit_fen), bold=True)]
        pieces += [Pair(f"{one.number} {one.means}", yuan_grouped(one.amount_fen)) for one in view.receipts]
        return pieces

    def action(self) -> Action | None:
        if self.view.chargeable:
            return Action(None, say(words.ENTER_CHARGES))
        if self.view.closing:
            return Action(Key.F8, say(words.HAND_BACK))
        return Action(Key.F8, say(words.LEAVE)) if self.view.triable else None

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        view = self.view
        keys: dict[Key, Callable[[], None]] = {
            Key.F1: self.shell.open_help,
            Key.F2: self._identify,
            Key.F4: self.shell.open_lookup,
            Key.F10: self._print,
            Key.F11: self.shell.open_tasks,
            Key.ESC: self._escape,
        }
        if view.triable:
            keys[Key.F5] = self._try
        if view.triable or view.closing:
            keys[Key.F8] = self._try if view.triable else self._close
        if view.undo is not None:
            keys[Key.F9] = self._undo
        return keys

    def letters(self) -> Sequence[tuple[str, str]]:
        letters = [("↑ ↓", say(help_words.ARROWS))]
        letters += [("D", say(words.KEY_DEPOSIT)), *self._ways()[1:]] if self._ways() else []
        return (*letters, ("Del", say(words.KEY_WITHDRAW))) if self.view.chargeable else letters

    def _ways(self) -> list[tuple[str, str]]:
        ways = [("D", say(words.DEPOSIT))] if self.view.takes_deposit else []
        return [*ways, ("I", say(words.IMPORT))] if self.view.chargeable else ways

    def hint(self) -> Message:
        view = self.view
        if view.blocked_why:
            return Message(Sign.UNKNOWN, view.blocked_why)
        if view.typed:
            return Message(Sign.LOOK, say(words.TYPED_LEFT, count=view.typed))
        if view.chargeable:
            return Message(Sign.NOTE, say(words.HINT_STAY))
        if view.closing:
            return Message(Sign.LOOK, say(words.HINT_CLOSING))
        if view.triable:
            return Message(Sign.LOOK, say(words.HINT_DISCHARGED))
        return Message(Sign.NOTE, say(words.HINT_OVER if view.settle_id else words.HINT_NO_MORE))

    def _show(self, view: StayView) -> None:
        self.view = view
        if self._chosen is not None and self._chosen >= len(view.charges):
            self._chosen = None
        remark = say(words.ROWS_UPLOADED, count=len(view.charges)) if view.charges else ""
        above: list[Piece] = [Heading(say(words.LIST), remark)]
        if not view.charges:
            none = Words(say(words.NO_CHARGES), Role.INK, bold=True, size_px=tokens.FIGURE_PX)
            above += [Gap(16), none, *([Words(say(words.NO_CHARGES_HOW))] if view.chargeable else [])]
        ways = tuple(self._ways())
        self.list.show_list(above, [_row(one) for one in view.charges], self._chosen, [KeyWays(ways)] if ways else [])
        self.changed.emit()

    # --- what happens ---

    def shown(self) -> None:
        self._in_front = True
        self.reload()

    def hidden(self) -> None:
        self._in_front = False

    def recounted(self) -> None:
        """The outcome that blocked it may be known now."""
        if self.view.blocked_why and not self.busy:
            self.reload()

    def reload(self) -> None:
        """The stay as the store has it now; what was said stays in sight."""
        id_ = self.id
        self.shell.desk.do(lambda: self.shell.counter.stays.open(id_), self._show, self.tell)

    def pressed(self, event: QKeyEvent) -> bool:
        if self.busy:
            return True
        step = STEPS.get(Qt.Key(event.key()))
        letter = event.text().upper()
        if event.key() == Qt.Key.Key_Delete:
            self._withdraw()
            return True
        self._keep()
        if step is not None:
            self._move(step)
        elif event.key() in _ENTER and self.view.chargeable:
            self.enter_charges()
        elif letter == "D" and self.view.takes_deposit:
            self._deposit()
        elif letter == "I" and self.view.chargeable:
            self._import()
        else:
            return False
        return True

    def scanned(self, code: str) -> None:
        if self.view.chargeable:
            self.enter_charges(code)

    def _move(self, by: int) -> None:
        count = len(self.view.charges)
        if count:
            start = self._chosen if self._chosen is not None else (count if by < 0 else -1)
            self._choose(min(max(start + by, 0), count - 1))

    def _choose(self, row: int) -> None:
        self._chosen = row
        self._show(self.view)

    def _keep(self) -> None:
        """Another key after the first of two: nothing is taken back."""
        if self._really is not None:
            self._really = None
            self.quiet()
            self.changed.emit()

    def _escape(self) -> None:
        if self._really is not None:
            self._keep()
        elif self._chosen is not None:
            self._chosen = None
            self.quiet()
            self._show(self.view)
        else:
            self.shell.back()

    # --- who ---

    def _identify(self) -> None:
        self.shell.open(StayIdentifyPage(self.shell, self, self._arrived, self.id))

    def card_came(self) -> None:
        if not self.busy:
            id_ = self.id
            self.shell.read_card_for(
                lambda card: self.shell.counter.stays.identify_card(card, id_), self._arrived, self.tell
            )

    def _arrived(self, arrived: Arrived) -> None:
        self.quiet()
        self.reload()
        self.say_message(noticed(arrived.customer, self.shell.language))

    # --- ways on ---

    def enter_charges(self, scanned: str = "") -> None:
        """Opens the page on which charges are entered."""
        from pos_client.ui.pages.stay_charges import ChargesPage

        id_ = self.id
        self.ask(
            lambda: self.shell.counter.stays.begin_entering(id_).view(),
            lambda lines: self.shell.open(ChargesPage(self.shell, self, lines, scanned)),
        )

    def _deposit(self) -> None:
        from pos_client.ui.pages.stay_deposit import DepositPage

        self.shell.open(DepositPage(self.shell, self.view))

    def _import(self) -> None:
        from pos_client.ui.pages.stay_import import ImportPage

        self.shell.open(ImportPage(self.shell, self))

    def _try(self) -> None:
        if self.view.customer is None:
            self.say(Sign.LOOK, say(words.PERSON_FIRST))
            return
        id_, counter = self.id, self.shell.counter

        def estimate(arrived: Arrived | None) -> None:
            del arrived
            self.ask(lambda: counter.stays.estimate(id_), self._tried, label=say(words.ESTIMATING))

        self.shell.with_right_name(self.view.customer, counter.stays.allow_other_name, estimate)

    def _close(self) -> None:
        id_ = self.id
        self.ask(lambda: self.shell.counter.stays.rest(id_), self._tried)

    def _tried(self, estimate: EstimateView) -> None:
        from pos_client.ui.pages.discharge import DischargePage

        self.shell.open(DischargePage(self.shell, self, estimate))

    def _print(self) -> None:
        self.shell.print_slip(self.view.settle_id or self.id, again=True)

    # --- taking back ---

    def _withdraw(self) -> None:
        if self._chosen is None:
            return
        upload = self.view.charges[self._chosen].upload
        together = [one for one in self.view.charges if one.upload == upload]
        if together[0].settled or not self.view.chargeable:
            self.say(Sign.STOP, say(words.SETTLED_ROW))
        elif self._really != upload:
            self._really = upload
            self.say(Sign.LOOK, say(words.DEL_REALLY, count=len(together)))
        else:
            self._really = None
            id_, count = self.id, len(together)

            def withdrawn(view: StayView) -> None:
                self._show(view)
                self.say(Sign.DONE, say(words.WITHDRAWN, count=count))

            self._act(lambda: self.shell.counter.stays.withdraw(id_, upload), withdrawn, say(words.WITHDRAWING))

    def _undo(self) -> None:
        what = self.view.undo
        if what is None:
            return
        if what is Undo.SETTLEMENT:
            settle_id = self.view.settle_id
            self.ask(lambda: self.shell.counter.past_bills.to_refund(settle_id), self._refund)
        elif self._really is not what:
            self._really = what
            self.say(Sign.LOOK, say(_REALLY[what], count=len(self.view.charges)))
        else:
            self._really = None
            line, amount = self.view.line, yuan_grouped(self.view.line.charges_fen)
            act = say(_ACTS[what], name=line.name_masked, number=line.own_number, amount=amount)
            self.shell.with_supervisor(act, lambda by: self._undo_by(what, by))

    def _refund(self, found: "ToRefund") -> None:
        from pos_client.ui.pages.refund import RefundPage

        self.shell.open(RefundPage(self.shell, found))

    def _undo_by(self, what: Undo, by: "SignedIn") -> None:
        id_ = self.id

        def undone(view: StayView) -> None:
            self._show(view)
            self.say(Sign.DONE, say(_UNDONE[what]))

        self._act(lambda: self.shell.counter.stays.undo(id_, what, by), undone, say(words.UNDOING))

    def _act(self, work: Callable[[], StayView], then: Callable[[StayView], None], label: str) -> None:
        """Does something to the stay; where it fails, the page shows how far it came."""

        def failed(problem: Problem) -> None:
            self.reload()
            self.tell(problem)

        self.ask(work, then, failed, label=label)
        self.shell.refresh_strip()
