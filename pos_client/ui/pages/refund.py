"""Taking a bill back, or a part of it: what comes back, why, a supervisor's word, then one act by F8."""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from pos_client.desk.bill_view import PartTried, Refunded, ToRefund
from pos_client.desk.refund_draft import RefundDraft, shown
from pos_client.errors import OutcomeUnknown, Problem
from pos_client.money import yuan_grouped
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.headings import Heading, Name
from pos_client.ui.kit.rows import Rule, State
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages import bill_column, person_column, refund_column, refund_stands
from pos_client.ui.pages.refund_centre import RefundCentre, Shown
from pos_client.ui.shell import Shell
from pos_client.ui.words import frame, say
from pos_client.ui.words import refund as words

if TYPE_CHECKING:
    from pos_client.desk.operators import SignedIn

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class Step(IntEnum):
    """How far it is."""

    APPLY = 0
    CHECK = 1
    EXECUTE = 2


class RefundPage(Page):
    """One settled bill that goes back, as a whole unless quantities are typed."""

    def __init__(self, shell: Shell, found: ToRefund) -> None:
        super().__init__(shell)
        self.found, self.id = found, found.bill.row.id
        self.draft = RefundDraft.whole_of(found.bill.lines)
        self.tried: PartTried | None = None
        self.done: Refunded | None = None
        self.unknown: Problem | None = None
        self._step = Step.APPLY
        self._line, self._typed = 0, ""
        self._reason: int | None = None
        self._asks_reason = not found.in_parts
        self._reading = False
        self.lines = RefundCentre(say(words.REASON))
        self.centre = self.lines
        self.lines.table.clicked_row.connect(self._go_to_line)
        self.lines.options.picked.connect(self._choose_reason)
        self._show()

    # --- what it shows ---

    @property
    def busy(self) -> bool:
        """Also while a card is read."""
        return self._reading or super().busy

    @property
    def _over(self) -> bool:
        return self.done is not None or self.unknown is not None

    def left(self) -> Sequence[Piece]:
        row = self.found.bill.row
        if self.tried is not None:
            return [*person_column.person(self.tried.customer), Rule(), *bill_column.numbers(row)]
        name = Name(self.found.name)
        compare = State(Sign.LOOK, say(words.COMPARE))
        return [Heading(say(frame.PERSON)), name, *bill_column.numbers(row), Rule(), compare]

    def band(self) -> Sequence[BandPart]:
        parts = bill_column.band(self.found.bill.row, self.found.name)
        return parts[:-1] if self._over else parts  # what became of it stands in the centre

    def right(self) -> Sequence[Piece]:
        if self.done is not None:
            return refund_column.handed_out(self.done)
        if self.unknown is not None:
            return refund_column.nothing_yet(self._cash_back_fen)
        if self.draft.is_whole:
            return refund_column.whole(self.found)
        return refund_column.part(self.draft.goods_fen) if self.tried is None else refund_column.part_tried(self.tried)

    @property
    def _cash_back_fen(self) -> int:
        return self.found.cash_back_fen if self.tried is None else self.tried.cash_back_fen

    @property
    def _ready(self) -> bool:
        return self.draft.is_whole or self.tried is not None

    def action(self) -> Action | None:
        if self._over:
            return Action(Key.F12, say(words.NEXT))
        if self.draft.is_nothing:
            return None
        if not self._ready:
            return Action(Key.F5, say(words.TRY))
        amount_fen = self._cash_back_fen
        said = say(words.GIVE_BACK, amount=yuan_grouped(amount_fen)) if amount_fen else say(words.GIVE_BACK_NO_CASH)
        return Action(Key.F8, said)

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        keys: dict[Key, Callable[[], None]] = {Key.F1: self.shell.open_help}
        if self._over:
            done = self.done
            if done is not None:
                keys[Key.F10] = lambda: self.shell.print_slip(done.paper, again=True)
            return keys | {
                Key.F11: self.shell.open_tasks,
                Key.F12: self.shell.next_person,
                Key.ESC: self.shell.next_person,
            }
        keys[Key.F8] = self._give_back
        keys[Key.ESC] = self._escape
        if not self.draft.is_whole and not self.draft.is_nothing:
            keys[Key.F5] = self._try
        return keys

    def letters(self) -> Sequence[tuple[str, str]]:
        return (("A", say(words.WHOLE)),)

    def hint(self) -> Message:
        amount = yuan_grouped(self._cash_back_fen)
        if self._asks_reason and self._reason is None:
            return Message(Sign.NOTE, say(words.HINT_REASON, count=len(self.found.reasons)))
        if not self._ready:
            return Message(Sign.NOTE, say(words.NOTHING_BACK if self.draft.is_nothing else words.HINT_PART))
        if self._reason is None:
            return Message(Sign.NOTE, say(words.HINT_LINES))
        if self.tried is None:
            return Message(Sign.NOTE, say(words.HINT_READY, amount=amount))
        if self.tried.more_fen:
            return Message(Sign.LOOK, say(words.HINT_MORE, amount=yuan_grouped(self.tried.more_fen)))
        return Message(Sign.DONE, say(words.HINT_TRIED, amount=amount))

    def _show(self, sign: Sign = Sign.NOTE) -> None:
        reasons = tuple(one.word for one in self.found.reasons)
        line = self._line if self.found.in_parts else None
        self.lines.show_state(
            Shown(self.id, self._step, sign, self.draft, line, reasons, self._reason, self._asks_reason)
        )
        self.changed.emit()

    # --- what comes back, and why ---

    def shown(self) -> None:
        if not self._over:
            self._step = Step.APPLY
            self._show()

    def pressed(self, event: QKeyEvent) -> bool:
        if self._over or self.busy:
            return False
        key, text = event.key(), event.text()
        if key in _ENTER:
            self._enter()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(-1 if key == Qt.Key.Key_Up else 1)
        elif text in ("a", "A"):
            self._draft(RefundDraft.whole_of(self.found.bill.lines))
        elif self._asks_reason and text.isdigit():
            self._choose_reason(int(text) - 1)
        elif not self._asks_reason and key == Qt.Key.Key_Backspace:
            self._type(self._typed[:-1])
        elif not self._asks_reason and (text.isdigit() or text == "."):
            self._type(self._typed + text)
        else:
            return False
        return True

    def _enter(self) -> None:
        """From the lines to the reason and back; a part with its reason is tried next."""
        self._typed = ""
        self.quiet()
        if not self.found.in_parts:
            self._asks_reason = True
        elif self._asks_reason and self._reason is not None and not self._ready:
            self._try()
            return
        else:
            self._asks_reason = not self._asks_reason
        self._show()

    def _move(self, by: int) -> None:
        self.quiet()
        if self._asks_reason:
            start = self._reason if self._reason is not None else (-1 if by > 0 else len(self.found.reasons))
            self._reason = min(max(start + by, 0), len(self.found.reasons) - 1)
            self._show()
        elif self.draft.lines:
            self._go_to_line(min(max(self._line + by, 0), len(self.draft.lines) - 1))

    def _go_to_line(self, place: int) -> None:
        if self.found.in_parts and not self._over:
            self._line, self._typed, self._asks_reason = place, "", False
            self._show()

    def _type(self, typed: str) -> None:
        draft = self.draft.with_line(self._line, typed)
        if draft is None:
            line = self.draft.lines[self._line]
            self.say(Sign.STOP, say(words.TOO_MANY, number=line.number, sold=shown(line.quantity)))
            return
        self._draft(draft, typed)

    def _draft(self, draft: RefundDraft, typed: str = "") -> None:
        self.draft, self._typed, self.tried = draft, typed, None
        self.quiet()
        self._show()

    def _choose_reason(self, place: int) -> None:
        if 0 <= place < len(self.found.reasons) and not self._over:
            self._reason = place
            self.quiet()
            self._show()

    def _escape(self) -> None:
        if not self.draft.is_whole:
            self._draft(RefundDraft.whole_of(self.found.bill.lines))
            self.say(Sign.NOTE, say(words.WHOLE_AGAIN))
        elif self._asks_reason and self.found.in_parts:
            self._asks_reason = False
            self._show()
        else:
            self.shell.back()

    # --- a part: the person's card, and what it comes to ---

    def card_came(self) -> None:
        if not (self._over or self.busy or self._ready or self.draft.is_nothing):
            self._try()

    def _try(self) -> None:
        keep = self.draft.keep
        self.quiet()
        self._reading = True
        self.changed.emit()
        self.shell.read_card_for(
            lambda card: self.shell.counter.past_bills.try_part(self.id, keep, card), self._part_tried, self._not_tried
        )

    def _part_tried(self, tried: PartTried) -> None:
        self._reading, self._typed, self.tried = False, "", tried
        self._asks_reason = self._reason is None
        self._show()

    def _not_tried(self, problem: Problem) -> None:
        self._reading = False
        self.tell(problem)

    # --- the act ---

    def _give_back(self) -> None:
        if self.draft.is_nothing:
            self.say(Sign.STOP, say(words.NOTHING_BACK))
        elif not self._ready:
            self._try()
        elif self._reason is None:
            self._asks_reason = True
            self._show()
            self.say(Sign.STOP, say(words.REASON_FIRST))
        else:
            self._step = Step.CHECK
            self._show()
            act = say(words.ACT, id=self.id, amount=yuan_grouped(self._cash_back_fen))
            self.shell.with_supervisor(act, self._allowed)

    def _allowed(self, by: "SignedIn") -> None:
        assert self._reason is not None, "a reason is chosen before anybody is asked"
        key = self.found.reasons[self._reason].key
        whole = self.draft.is_whole
        self._step = Step.EXECUTE
        self._show()

        def give_back() -> Refunded:
            bills = self.shell.counter.past_bills
            return bills.give_back(self.id, by, key) if whole else bills.give_part_back(by, key)

        self.ask(give_back, self._given_back, self._not_given_back, label=say(words.WORKING))

    def _given_back(self, done: Refunded) -> None:
        if done.problem is None:
            self.shell.given_back(done)
            return
        self.done = done
        self.lines.show_stands(refund_stands.rest_open(done, self.shell.clock_face()))
        self.shell.print_slip(done.paper)
        self.tell(done.problem)
        self.shell.refresh_strip()

    def _not_given_back(self, problem: Problem) -> None:
        if isinstance(problem, OutcomeUnknown):
            self.unknown = problem
            self.lines.show_stands(refund_stands.void_unknown(self.id, self.shell.clock_face()))
        else:
            self._step, self.tried = Step.APPLY, None
            self._show(Sign.LOOK)
        self.tell(problem)
        self.shell.refresh_strip()
