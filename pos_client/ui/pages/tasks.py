"""What is to be done: one list, the selected one with its evidence, and the one act that Enter does."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.desk.todo_view import Act, Evidence, TodoRow
from pos_client.money import yuan_grouped
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.compared import Compared
from pos_client.ui.kit.headings import Big, Heading, Name
from pos_client.ui.kit.rows import Pair, Rule, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.tasks_centre import TasksCentre
from pos_client.ui.pages.tasks_foot import Asks, TasksFoot
from pos_client.ui.pages.tender_foot import LETTERS, NAMES
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import Role
from pos_client.ui.words import frame, say
from pos_client.ui.words import tasks as words

if TYPE_CHECKING:
    from pos_client.desk.operators import SignedIn

_NOTED = (Act.FINISH, Act.ACCEPT, Act.SEEN)
#: A value that is longer than this takes a line of its own.
_BESIDE = 18


class TasksPage(Page):
    """Everything that waits for a person, and what the program still asks about."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.rows: tuple[TodoRow, ...] = ()
        self._selected = 0
        self._read = False
        self._means = "cash"
        self.list = TasksCentre()
        self.centre = self.list
        self.list.cards.clicked_card.connect(self._select)
        self.below = TasksFoot()
        self.below.entered.connect(self.enter)

    # --- the list ---

    def shown(self) -> None:
        self._reload()

    def recounted(self) -> None:
        if not self.busy:
            self._reload()

    def _reload(self) -> None:
        self.shell.desk.do(self.shell.counter.todo.rows, self._filled, self.tell)

    def _filled(self, rows: tuple[TodoRow, ...]) -> None:
        before = self.row
        self.rows, self._read = rows, True
        same = [n for n, one in enumerate(rows) if before is not None and one.key == before.key]
        about = [n for n, one in enumerate(rows) if before is not None and before.id and one.id == before.id]
        found = (*same, *about)
        if found:
            self._selected = found[0]
        elif before is not None:
            self.below.ask(Asks.NOTHING)
        self._selected = min(self._selected, max(len(rows) - 1, 0))
        self._show()

    def _show(self) -> None:
        self.list.show_rows(self.rows, self._selected)
        if self.below.asks is Asks.NOTHING:
            wants = self.row is not None and bool(self.row.authority)
            self.below.ask(Asks.NOTHING, say(words.WANTS_WORD) if wants else "")
        self.changed.emit()

    @property
    def row(self) -> TodoRow | None:
        """The selected one."""
        return self.rows[self._selected] if self._selected < len(self.rows) else None

    def _select(self, number: int) -> None:
        self._selected = min(max(number, 0), max(len(self.rows) - 1, 0))
        self.below.ask(Asks.NOTHING)
        self.quiet()
        self._show()

    # --- what it shows ---

    def left(self) -> Sequence[Piece]:
        row = self.row
        if row is None:
            return (Heading(say(frame.PERSON)),)
        if row.whose is None:
            heading = Heading(say(frame.PERSON), say(words.SELECTED), remark_goes=True)
            return (heading, Name(say(words.NOBODY), waiting=True))
        return (
            Heading(say(frame.PERSON), say(words.SELECTED), remark_goes=True),
            Name(row.whose.name or say(words.NOBODY), waiting=not row.whose.name),
            Rule(),
            Pair(say(words.WHAT), row.whose.what),
            Pair(say(words.WHEN), row.whose.at),
            Rule(),
            Words(say(words.MASKED)),
        )

    def band(self) -> Sequence[BandPart]:
        row = self.row
        if row is None or row.whose is None:
            return (BandPart(say(words.NOBODY), name=True),)
        return (BandPart(row.whose.name, name=True), BandPart(row.whose.what), BandPart(row.whose.at))

    def right(self) -> Sequence[Piece]:
        row = self.row
        if row is None:
            return ()
        pieces: list[Piece] = [] if row.amount_fen is None else [self._big(row, row.amount_fen)]
        if not row.evidence:
            return pieces
        differs = any(one.bureau != one.ours for one in row.evidence)
        if any(one.bureau or one.ours for one in row.evidence):
            pieces.append(Compared(say(words.EVIDENCE), say(words.OF_BUREAU), say(words.OF_DESK), head=True))
        else:
            pieces.append(Heading(say(words.EVIDENCE)))
        for one in row.evidence:
            pieces += _evidence(one, folds=differs and one.bureau == one.ours)
        return pieces

    def _big(self, row: TodoRow, amount_fen: int) -> Big:
        unit = say(frame.YUAN)
        if row.act is Act.COLLECT:
            return Big(say(words.TO_COLLECT), yuan_grouped(row.money_fen), unit, say(frame.RECEIVE_MARK))
        if row.act is Act.GIVE_BACK:
            mark = say(frame.GIVE_BACK_MARK)
            return Big(say(words.TO_GIVE_BACK), yuan_grouped(row.money_fen), unit, mark, role=Role.ACCENT)
        role = Role.WARN if row.sign == "unknown" else Role.INK
        return Big(say(words.AMOUNT), yuan_grouped(amount_fen), unit, sign=Sign(row.sign), role=role)

    def foot(self) -> QWidget | None:
        asks_nothing = self.below.asks is Asks.NOTHING
        return None if self.row is None or (asks_nothing and not self.row.authority) else self.below

    def action(self) -> Action | None:
        row = self.row
        if row is None:
            return None
        if self.below.asks in (Asks.MONEY, Asks.REFERENCE):
            cash = self._means == "cash"
            said = say(words.RECEIVED_CASH) if cash else say(words.RECEIVED_BY, means=say(NAMES[self._means]))
            return Action(None, said)
        return Action(None, say(words.GIVEN_CASH) if self.below.asks is Asks.GIVING else row.act_words)

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        keys: dict[Key, Callable[[], None]] = {
            Key.F1: self.shell.open_help,
            Key.F4: self.shell.open_lookup,
            Key.ESC: self._escape,
        }
        if self.row is not None and self.row.prints:
            keys[Key.F10] = self._print
        return keys

    def hint(self) -> Message:
        row = self.row
        if row is None:
            return Message(Sign.DONE, say(words.NOTHING_HINT)) if self._read else Message(Sign.NOTE, "")
        match self.below.asks:
            case Asks.HOW:
                return Message(Sign.NOTE, say(words.HOW_HINT))
            case Asks.MONEY:
                return Message(Sign.NOTE, say(words.COLLECT_HINT))
            case Asks.REFERENCE:
                return Message(Sign.NOTE, say(words.REFERENCE_HINT, means=say(NAMES[self._means])))
            case Asks.GIVING:
                return Message(Sign.LOOK, say(words.GIVE_HINT))
            case _:
                return Message(Sign.NOTE if row.sign == "note" else Sign(row.sign), row.sentence, row.code)

    def letters(self) -> Sequence[tuple[str, str]]:
        paying = self.below.asks is Asks.MONEY
        means = [(letter, say(NAMES[one])) for letter, one in LETTERS.items()] if paying else []
        return (("↑ ↓", say(words.CHOOSE_ONE)), *means)

    def focus(self) -> QWidget | None:
        return self.below.field

    # --- keys besides those of the bar ---

    def pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.below.field is None:
            self._select(self._selected + (-1 if key == Qt.Key.Key_Up else 1))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.below.field is None:
            self.enter()
            return True
        if self.below.asks is Asks.MONEY and event.text().upper() in LETTERS:
            self._pay_by(LETTERS[event.text().upper()])
            return True
        return False

    def _pay_by(self, means: str) -> None:
        self._means = means
        if means == "bank_card":
            self.below.ask(Asks.REFERENCE)
        self.changed.emit()

    def _escape(self) -> None:
        self.quiet()
        if self.below.asks is Asks.REFERENCE or (self.below.asks is Asks.MONEY and self._means != "cash"):
            self._begin_money()
        elif self.below.asks is not Asks.NOTHING:
            self.below.ask(Asks.NOTHING)
            self._show()
        else:
            self.shell.back()

    # --- what Enter does ---

    def enter(self) -> None:
        """The next action."""
        row = self.row
        if row is None or self.busy:
            return
        match self.below.asks:
            case Asks.HOW:
                self._finish(row)
            case Asks.MONEY | Asks.REFERENCE:
                self._collect(row)
            case Asks.GIVING:
                self.ask(lambda: self.shell.counter.todo.give_back(row), self._done)
            case _:
                self._begin(row)

    def _begin(self, row: TodoRow) -> None:
        if row.act is Act.ASK:
            self.ask(lambda: self.shell.counter.todo.ask(row.id), self._heard, label=say(words.ASKING))
        elif row.act is Act.TOLD:
            self.shell.seen(row.id)
            self.ask(lambda: self.shell.counter.todo.told(row.id), self._done)
        elif row.act is Act.SEND:
            self.ask(self.shell.counter.todo.send_now, lambda said: self.say(Sign.NOTE, said))
        elif row.act is Act.COLLECT:
            self._begin_money()
        else:
            self.quiet()
            self.below.ask(Asks.HOW if row.act in _NOTED else Asks.GIVING)
            self.changed.emit()

    def _begin_money(self) -> None:
        self._means = "cash"
        self.quiet()
        self.below.ask(Asks.MONEY, say(words.MEANS_KEYS))
        self.changed.emit()

    def _heard(self, said: str) -> None:
        self._done(said, Sign.NOTE)

    def _done(self, said: str, sign: Sign = Sign.DONE) -> None:
        self.below.ask(Asks.NOTHING)
        self.say(sign, said)
        self._reload()
        self.shell.refresh_strip()

    def _collect(self, row: TodoRow) -> None:
        means, reference = self._means, self.below.reference.text
        if self.below.asks is Asks.REFERENCE and not reference:
            self.say(Sign.STOP, say(words.REFERENCE_MISSING))
            return
        self.ask(lambda: self.shell.counter.todo.collect(row, means, reference), self._done)

    def _finish(self, row: TodoRow) -> None:
        how = self.below.how.text
        if not how:
            self.say(Sign.STOP, say(words.HOW_MISSING))
        elif row.authority:
            self.shell.with_supervisor(row.authority, lambda by: self._finish_by(row, how, by))
        else:
            self._finish_by(row, how, None)

    def _finish_by(self, row: TodoRow, how: str, by: "SignedIn | None") -> None:
        self.ask(lambda: self.shell.counter.todo.finish(row, how, by), self._done)

    def _print(self) -> None:
        if self.row is not None:
            self.shell.print_slip(self.row.id, again=True)


def _evidence(one: Evidence, *, folds: bool) -> list[Piece]:
    if one.bureau or one.ours:
        return [Compared(one.label, one.bureau, one.ours, folds=folds)]
    if len(one.value) > _BESIDE:
        return [Words(f"{one.label} {one.value}")]
    return [Pair(one.label, one.value, folds=one.minor)]
