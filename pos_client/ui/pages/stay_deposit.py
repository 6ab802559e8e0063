"""The deposit of a stay: its receipts, taking more, giving some of it back. Money moves by F8 alone."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.desk.stay_view import MoneyMoved, Receipt, StayView
from pos_client.desk.tendered import amount_of
from pos_client.errors import Problem
from pos_client.money import yuan_grouped
from pos_client.ui import tokens
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.headings import Big, Heading
from pos_client.ui.kit.rows import Gap, Pair, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.table import Cell, Column, Row
from pos_client.ui.kit.table_centre import TableCentre
from pos_client.ui.pages import stay_column
from pos_client.ui.pages.means_foot import LETTERS, NAMES, MeansFoot
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import Role
from pos_client.ui.words import frame, sale, say
from pos_client.ui.words import help as help_words
from pos_client.ui.words import stays as words


def _columns() -> list[Column]:
    return [
        Column(say(words.RECEIPT), 148, narrow=132),
        Column(say(words.WHEN)),
        Column(say(words.CLERK), 96, narrow=64),
        Column(say(words.MEANS), 96, narrow=72),
        Column(say(words.AMOUNT), 120, right=True, narrow=96),
    ]


def _row(receipt: Receipt) -> Row:
    return (
        Cell(receipt.number),
        Cell(receipt.at, role=Role.SOFT, small=True),
        Cell(receipt.operator, role=Role.SOFT, small=True),
        Cell(receipt.means),
        Cell(yuan_grouped(receipt.amount_fen)),
    )


class DepositPage(Page):
    """Taking is what it begins with; F9 turns to giving back and F9 turns back."""

    def __init__(self, shell: Shell, view: StayView) -> None:
        super().__init__(shell)
        self.view = view
        self.means = "cash"
        self.giving_back = False
        self._amount_fen: int | None = None  # of a bank card, while its reference is asked for
        self.foot_of_money = MeansFoot(say(words.TAKE_AMOUNT), say(words.MEANS_KEYS))
        self.foot_of_money.typed.connect(self._typed)
        self.list = TableCentre(say(words.DEPOSIT_TITLE), _columns())
        self.centre = self.list
        self._show(view)

    # --- what it shows ---

    def left(self) -> Sequence[Piece]:
        return stay_column.left(self.view)

    def band(self) -> Sequence[BandPart]:
        return stay_column.band(self.view)

    def right(self) -> Sequence[Piece]:
        amount_fen = self._typed_fen or 0
        if self.giving_back:
            label, mark, role = say(words.BACK_AMOUNT), say(frame.GIVE_BACK_MARK), Role.ACCENT
        else:
            label, mark, role = say(words.TAKE_AMOUNT), say(frame.RECEIVE_MARK), Role.INK
        named = say(words.BY, label=label, means=say(NAMES[self.means]))
        big = Big(named, yuan_grouped(amount_fen), say(frame.YUAN), mark, role=role if amount_fen else Role.DIM)
        held = Pair(say(words.HELD), yuan_grouped(self.view.line.deposit_fen), bold=True)
        return [big, held, Pair(say(words.CHARGED_SO_FAR), yuan_grouped(self.view.line.charges_fen))]

    def foot(self) -> QWidget | None:
        self.foot_of_money.fit(self.list.measures)
        return self.foot_of_money

    @property
    def _typed_fen(self) -> int | None:
        return self._amount_fen if self._amount_fen is not None else amount_of(self.foot_of_money.text)

    def action(self) -> Action | None:
        amount_fen = self._typed_fen
        if not amount_fen:
            return None
        word = words.BACK_BUTTON if self.giving_back else words.TAKE_BUTTON
        return Action(Key.F8, say(word, amount=yuan_grouped(amount_fen)))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        keys: dict[Key, Callable[[], None]] = {
            Key.F1: self.shell.open_help,
            Key.F8: self._move,
            Key.ESC: self._escape,
        }
        if self.view.line.deposit_fen or self.giving_back:
            keys[Key.F9] = self._turn
        if self.view.receipts:
            keys[Key.F10] = lambda: self.shell.print_slip(self.view.receipts[-1].number, again=True)
        return keys

    def letters(self) -> Sequence[tuple[str, str]]:
        return (("X W Z Y", say(help_words.MEANS)),)

    def hint(self) -> Message:
        if self._amount_fen is not None:
            return Message(Sign.NOTE, say(words.REFERENCE_OF))
        if self.giving_back:
            return Message(Sign.NOTE, say(words.HINT_BACK, held=yuan_grouped(self.view.line.deposit_fen)))
        return Message(Sign.NOTE, say(words.HINT_TAKE))

    def focus(self) -> QWidget | None:
        return self.foot_of_money.field

    def _show(self, view: StayView) -> None:
        self.view = view
        remark = say(words.RECEIPTS, count=len(view.receipts)) if view.receipts else ""
        above: list[Piece] = [Heading(say(words.DEPOSIT_TITLE), remark)]
        if not view.receipts:
            none = Words(say(words.NO_DEPOSIT), Role.INK, bold=True, size_px=tokens.FIGURE_PX)
            above += [Gap(16), none, Words(say(words.NO_DEPOSIT_HOW))]
        self.list.show_list(above, [_row(one) for one in view.receipts], None)
        self.changed.emit()

    # --- what happens ---

    def pressed(self, event: QKeyEvent) -> bool:
        letter = event.text().upper()
        if letter in LETTERS and self._amount_fen is None:
            self.means = LETTERS[letter]
            self.quiet()
            self.changed.emit()
            return True
        return False

    def _typed(self) -> None:
        self.quiet()
        self.changed.emit()

    def _turn(self) -> None:
        self.giving_back = not self.giving_back
        self._begin_anew()
        self.quiet()
        self.changed.emit()

    def _begin_anew(self) -> None:
        self._amount_fen, self.means = None, "cash"
        self.foot_of_money.field.clear()
        self.foot_of_money.field.relabel(say(words.BACK_AMOUNT if self.giving_back else words.TAKE_AMOUNT))

    def _escape(self) -> None:
        if self._amount_fen is not None or self.foot_of_money.text:
            self._begin_anew()
        elif self.giving_back:
            self.giving_back = False
            self._begin_anew()
        else:
            self.shell.back()
            return
        self.quiet()
        self.changed.emit()

    # --- money ---

    def _move(self) -> None:
        typed = self.foot_of_money.text
        amount_fen = self._typed_fen
        if self._amount_fen is None and not typed:
            self.say(Sign.STOP, say(words.AMOUNT_FIRST))
        elif not amount_fen:
            self.say(Sign.STOP, say(words.NOT_AN_AMOUNT, typed=typed))
        elif self.means == "bank_card" and not self.giving_back and self._amount_fen is None:
            self._amount_fen = amount_fen
            self.foot_of_money.field.clear()
            self.foot_of_money.field.relabel(say(sale.REFERENCE))
            self.quiet()
            self.changed.emit()
        else:
            reference = typed if self._amount_fen is not None else ""
            self._book(amount_fen, reference)

    def _book(self, amount_fen: int, reference: str) -> None:
        id_, means, back = self.view.line.id, self.means, self.giving_back

        def work() -> tuple[MoneyMoved, StayView]:
            stays = self.shell.counter.stays
            if back:
                moved = stays.give_deposit_back(id_, means, amount_fen)
            else:
                moved = stays.take_deposit(id_, means, amount_fen, reference)
            return moved, stays.open(id_)

        self.ask(work, lambda done: self._booked(*done, back=back), self._failed)

    def _booked(self, moved: MoneyMoved, view: StayView, *, back: bool) -> None:
        self.giving_back = False
        self._begin_anew()
        self._show(view)
        word = words.GIVEN_BACK if back else words.TAKEN
        amount, held = yuan_grouped(moved.amount_fen), yuan_grouped(moved.held_fen)
        self.say(Sign.DONE, say(word, amount=amount, means=moved.means, number=moved.paper, held=held))
        self.shell.print_slip(moved.paper)
        self.shell.refresh_strip()

    def _failed(self, problem: Problem) -> None:
        """With S-SLIP the money is booked: what is held now is shown with the sentence."""
        id_ = self.view.line.id
        if problem.code == "S-SLIP":
            self._begin_anew()
        self.shell.desk.do(lambda: self.shell.counter.stays.open(id_), self._show, self.tell)
        self.tell(problem)
