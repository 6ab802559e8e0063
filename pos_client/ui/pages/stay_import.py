"""Charges of a stay from a file: chosen, every row judged before anything is sent, then uploaded once."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.desk.stay_view import FileView, Finding, FoundFile
from pos_client.errors import Problem
from pos_client.money import yuan_grouped
from pos_client.ui import tokens
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.choices import Choice
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.headings import Big, Heading
from pos_client.ui.kit.rows import Gap, Meter, Pair, Rule, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.table import Cell, Column, Row
from pos_client.ui.kit.table_centre import TableCentre
from pos_client.ui.pages import stay_column
from pos_client.ui.pages.sale_amounts import sums
from pos_client.ui.pages.stays import STEPS
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import Role
from pos_client.ui.words import charge_file as words
from pos_client.ui.words import frame, sale, say, stays
from pos_client.ui.words import help as help_words

if TYPE_CHECKING:
    from pos_client.ui.pages.stay import StayPage

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SIGNS = {"stop": Sign.STOP, "look": Sign.LOOK, "done": Sign.DONE}


def _columns() -> list[Column]:
    return [
        Column("#", 52, narrow=44),
        Column(say(words.FINDING), 180, narrow=120),
        Column(say(sale.NAME)),
        Column(say(stays.WHEN), 92, narrow=44),
        Column(say(sale.PRICE), 84, right=True, narrow=64),
        Column(say(sale.QUANTITY), 60, right=True, narrow=44),
        Column(say(sale.AMOUNT), 96, right=True, narrow=76),
    ]


def _row(one: Finding) -> Row:
    sign = _SIGNS.get(one.sign)
    if one.amount_fen is None:
        return (Cell(str(one.row), role=Role.SOFT, small=True), Cell(one.words, sign=sign, small=True), *[Cell("")] * 5)
    day, _, time = one.at.partition(" ")
    return (
        Cell(str(one.row), role=Role.SOFT, small=True),
        Cell(one.words, sign=sign, small=True),
        Cell(one.name),
        Cell(day, time, role=Role.SOFT, small=True, soft_goes=True),
        Cell(one.unit_price),
        Cell(f"× {one.quantity}"),
        Cell(yuan_grouped(one.amount_fen)),
    )


class ImportPage(Page):
    """First the file, then what is in it."""

    progressed = Signal(int, int)
    """So many rows of so many are uploaded; it comes from the desk's lane."""

    def __init__(self, shell: Shell, behind: "StayPage") -> None:
        super().__init__(shell)
        self._behind = behind
        self.files: tuple[FoundFile, ...] = ()
        self.view: FileView | None = None
        self._looked_for: str | None = None
        self._looking = self._signed = self._really = False
        self._chosen = 0
        self._progress: tuple[int, int] | None = None
        self.path = Field(Kind.TEXT, say(words.PATH), hint=say(words.PATH_HINT))
        self.path.typed.connect(lambda _: self._typed())
        self.path.entered.connect(self._entered)
        self.list = TableCentre(say(words.TITLE), _columns(), self.path)
        self.list.found.picked.connect(self._pick)
        self.list.table.clicked_row.connect(self._choose)
        self.centre = self.list
        self.progressed.connect(self._progressed)
        self._show()

    # --- what it shows ---

    def left(self) -> Sequence[Piece]:
        return stay_column.left(self._behind.view)

    def band(self) -> Sequence[BandPart]:
        return stay_column.band(self._behind.view)

    def right(self) -> Sequence[Piece]:
        view = self.view
        if view is None:
            before = yuan_grouped(self._behind.view.line.charges_fen)
            return (
                Big(say(words.TO_UPLOAD), yuan_grouped(0), say(frame.YUAN), role=Role.DIM),
                Pair(say(words.BEFORE), before),
            )
        counts = (
            (words.WRONG, view.wrong, Role.STOP),
            (words.UNSIGNED, 0 if self._signed else view.unsigned, Role.WARN),
            (words.OTHER_PRICE, view.other_price, Role.WARN),
            (words.UPLOADED, view.uploaded, Role.INK),
            (words.NEW, view.new, Role.INK),
        )
        pieces: list[Piece] = [Big(say(words.TO_UPLOAD), yuan_grouped(view.total_fen), say(frame.YUAN))]
        pieces += [
            Pair(say(word), say(words.COUNT, count=count), role=role if count else Role.INK, folds=not count)
            for word, count, role in counts
        ]
        pieces += [Rule(), *sums(view.sums)]
        if view.ignored:
            pieces += [Rule(), Words(say(words.IGNORED, columns=view.ignored))]
        if self._progress is not None:
            done, of = self._progress
            pieces += [
                Rule(),
                Meter(say(words.PROGRESS), str(done), str(of), say(words.NEW), 1000 * done // max(of, 1)),
            ]
        return pieces

    def action(self) -> Action | None:
        if self.view is None:
            return Action(None, say(words.READ)) if self.files or self.path.text else None
        return Action(None, say(words.UPLOAD_FILE, count=self.view.new)) if self.view.new else None

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        keys: dict[Key, Callable[[], None]] = {Key.F1: self.shell.open_help, Key.ESC: self._escape}
        if self.view is not None and self.view.unsigned and not self._signed:
            keys[Key.F7] = self._sign
        return keys

    def letters(self) -> Sequence[tuple[str, str]]:
        return (("↑ ↓", say(help_words.ARROWS)), ("F7", say(words.KEY_SIGN)))

    def hint(self) -> Message:
        view = self.view
        if view is None:
            return Message(Sign.NOTE, say(words.HINT_PATH if self.files else words.NO_FILES_HOW))
        if not view.new:
            return Message(Sign.LOOK, say(words.HINT_NOTHING))
        if view.unsigned and not self._signed:
            return Message(Sign.LOOK, say(words.HINT_UNSIGNED, count=view.unsigned))
        if view.wrong:
            return Message(Sign.LOOK, say(words.HINT_WRONG, wrong=view.wrong, count=view.new))
        return Message(Sign.NOTE, say(words.HINT_FILE, count=view.new))

    def focus(self) -> QWidget | None:
        return self.path if self.view is None else None

    def _show(self) -> None:
        view = self.view
        self.path.setVisible(view is None)
        self.list.found.setVisible(view is None and bool(self.files))
        if view is None:
            above: list[Piece] = [Heading(say(words.TITLE), say(words.FILES) if self.files else "", remark_goes=True)]
            if self._looked_for is not None and not self.files:
                none = Words(say(words.NO_FILES), Role.INK, bold=True, size_px=tokens.FIGURE_PX)
                above += [Gap(16), none, Words(say(words.NO_FILES_HOW))]
            self.list.found.fill([Choice(one.name, right=one.changed) for one in self.files], self._chosen)
            self.list.show_list(above, [], None)
        else:
            right = say(words.ROWS_RIGHT, right=view.right)
            found = say(words.ROWS_FOUND, right=view.right, wrong=view.wrong) if view.wrong else right
            rows = [_row(one) for one in view.findings]
            self.list.show_list([Heading(view.file, found)], rows, self._chosen, self._about(view))
        self.changed.emit()

    def _about(self, view: FileView) -> Sequence[Piece]:
        """What was found about the chosen row, in full."""
        one = view.findings[self._chosen] if view.findings else None
        if one is None or not one.words:
            return ()
        return (Words(say(words.ABOUT_ROW, row=one.row, words=one.words), Role.INK),)

    # --- which file ---

    def shown(self) -> None:
        if self.view is None:
            self._look()

    def _typed(self) -> None:
        self.quiet()
        self._look()

    def _look(self) -> None:
        if self._looking:
            return
        self._looking = True
        wanted = self.path.text
        self.shell.desk.do(
            lambda: self.shell.counter.stays.file.found(wanted), lambda files: self._found(wanted, files), self._failed
        )

    def _found(self, wanted: str, files: tuple[FoundFile, ...]) -> None:
        self._looking = False
        if self.view is not None:
            return
        self.files, self._looked_for, self._chosen = files, wanted, 0
        self._show()
        if self.path.text != wanted:
            self._look()

    def _failed(self, problem: Problem) -> None:
        self._looking = False
        self.tell(problem)

    def _pick(self, row: int) -> None:
        if row < len(self.files) and not self.busy:
            self._read(self.files[row].path)

    def _entered(self) -> None:
        if self.busy or self.view is not None:
            return
        if self.files and self._looked_for == self.path.text:
            self._read(self.files[self.list.found.chosen].path)
        elif self.path.text:
            self._read(self.path.text)

    def _read(self, path: str) -> None:
        id_ = self._behind.id

        def read(view: FileView) -> None:
            self.view, self._chosen, self._signed, self._really = view, 0, False, False
            self._show()

        self.ask(lambda: self.shell.counter.stays.file.read(id_, path), read, label=say(words.READING))

    # --- what is in it ---

    def pressed(self, event: QKeyEvent) -> bool:
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self._move(step)
            return True
        if self.view is None:
            return False
        if event.key() in _ENTER:
            self._confirm()
        else:
            self._keep()
        return True

    def _move(self, by: int) -> None:
        if self.view is None:
            self.list.found.move_choice(by)
            return
        self._keep()
        if self.view.findings:
            self._choose(min(max(self._chosen + by, 0), len(self.view.findings) - 1))

    def _choose(self, row: int) -> None:
        self._chosen = row
        self._show()

    def _keep(self) -> None:
        if self._really:
            self._really = False
            self.quiet()
            self.changed.emit()

    def _sign(self) -> None:
        assert self.view is not None, "the key is there only then"
        self._signed = True
        self.say(Sign.DONE, say(words.SIGNED, count=self.view.unsigned))

    def _confirm(self) -> None:
        view = self.view
        if self.busy or view is None or not view.new:
            return
        if view.unsigned and not self._signed:
            self.say(Sign.STOP, say(words.HINT_UNSIGNED, count=view.unsigned))
        elif view.wrong and not self._really:
            self._really = True
            self.say(Sign.LOOK, say(words.REALLY_RIGHT, count=view.new, wrong=view.wrong))
        else:
            self._upload(view)

    def _upload(self, view: FileView) -> None:
        signed, only_right = self._signed, self._really

        def uploaded(count: int) -> None:
            self.shell.back()
            self._behind.say(Sign.DONE, say(words.IMPORTED, file=view.file, count=count))
            self.shell.refresh_strip()

        self._progress = (0, view.new)
        self.ask(
            lambda: self.shell.counter.stays.file.upload(self.progressed.emit, signed=signed, only_right=only_right),
            uploaded,
            self._not_uploaded,
            label=say(words.UPLOADING),
        )

    def _progressed(self, done: int, of: int) -> None:
        self._progress = (done, of)
        self.changed.emit()

    def _not_uploaded(self, problem: Problem) -> None:
        """What was uploaded stays; the file is judged anew when it is read again."""
        self._progress, self._really = None, False
        if problem.kind == "unknown":
            self.shell.back()
            self._behind.tell(problem)
        else:
            self.view = None
            self._show()
            self._look()
            self.tell(problem)

    def _escape(self) -> None:
        if self._really:
            self._keep()
        elif self.view is not None:
            self.view, self._progress = None, None
            self.quiet()
            self._show()
            self._look()
        elif self.path.text:
            self.path.clear()
            self._typed()
        else:
            self.shell.back()
