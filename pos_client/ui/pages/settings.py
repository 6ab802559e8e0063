"""The settings of a desk that is set up: a list, and one at a time to change, tested as it is entered."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.desk.draft import Draft
from pos_client.desk.findings import Finding, Mark
from pos_client.desk.setup_view import (
    CANNOT_STAND,
    DEVICES,
    KEYS,
    MAY_WAIT,
    OF_THE_WINDOW,
    Options,
    SettingRow,
    Step,
    Tested,
)
from pos_client.errors import Problem
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.headings import Heading, Name
from pos_client.ui.kit.rows import Rule, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.steps import StepRow
from pos_client.ui.kit.table import Cell, Column, Table
from pos_client.ui.pages.setup_centre import StepCentre
from pos_client.ui.pages.setup_column import at_stake, checked, sentence
from pos_client.ui.pages.setup_specs import SPECS
from pos_client.ui.paper.printer import printers
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import Role, measures
from pos_client.ui.words import say
from pos_client.ui.words import setup as words

if TYPE_CHECKING:
    from pos_client.desk.operators import SignedIn

T = TypeVar("T")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UP_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
#: What tells this desk from others.
_WHERE = (Step.INSTITUTION, Step.DESK, Step.MODE)
#: What the open desk does not look at: it needs not be opened again for it.
_SEEN_AT_ONCE = frozenset({Step.THEME, Step.SCALE})


class _List(QWidget):
    def __init__(self) -> None:
        super().__init__()
        columns = (Column(say(words.ITEM), 144), Column(say(words.NOW)), Column("", 80))
        self.table = Table(say(words.SETTINGS), columns)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.table)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say(words.SETTINGS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        m = measures(self.window().width(), self.window().height())
        self._layout.setContentsMargins(m.padding, 8, m.padding, 8)


class SettingsPage(Page):
    """All settings as they are; Enter changes one."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._rows: tuple[SettingRow, ...] = ()
        self._selected = 0
        self._to_reopen = False
        self.list = _List()
        self.list.table.clicked_row.connect(self._select)
        self.centre = self.list

    @property
    def _row(self) -> SettingRow | None:
        return self._rows[self._selected] if self._rows else None

    def left(self) -> Sequence[Piece]:
        values = {row.step: row.value for row in self._rows}
        of_the_desk = [Words(values[step], role=Role.INK) for step in _WHERE if step in values]
        return (Heading(say(words.SETTINGS)), Name(say(words.THIS_DESK)), *of_the_desk)

    def band(self) -> Sequence[BandPart]:
        return (BandPart(say(words.SETTINGS), name=True),)

    def right(self) -> Sequence[Piece]:
        row = self._row
        if row is None:
            return (Heading(say(words.SETTINGS)),)
        pieces: list[Piece] = [
            Heading(say(SPECS[row.step].title)),
            Words(row.value, role=Role.INK, bold=True),
            Rule(),
            Heading(say(words.MEANING)),
            Words(say(SPECS[row.step].about)),
        ]
        return [*pieces, Rule(), Words(self._why(row), role=Role.WARN)] if row.fixed else pieces

    def _why(self, row: SettingRow) -> str:
        word = words.FIXED if row.step is Step.MODE else words.GIVEN
        return say(word, step=say(SPECS[row.step].title), why=row.fixed)

    def action(self) -> Action | None:
        row = self._row
        return None if row is None or row.fixed else Action(None, say(words.CHANGE))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {Key.F1: self.shell.open_help, Key.ESC: self._leave}

    def hint(self) -> Message:
        return Message(Sign.NOTE, say(words.HINT_SETTINGS))

    def focus(self) -> QWidget | None:
        return self.list

    def shown(self) -> None:
        language = self.shell.language

        def fill(rows: tuple[SettingRow, ...]) -> None:
            self._rows = rows
            self._select(self._selected)

        self.ask(lambda: self.shell.setup.rows(language), fill)

    def _select(self, number: int) -> None:
        self._selected = min(max(number, 0), max(len(self._rows) - 1, 0))
        cells = [self._cells(row) for row in self._rows]
        self.list.table.fill(cells, self._selected)
        self.changed.emit()

    def _cells(self, row: SettingRow) -> tuple[Cell, ...]:
        role = Role.DIM if row.fixed else Role.INK
        return (
            Cell(say(SPECS[row.step].title), role=role),
            Cell(row.value, role=role),
            Cell(say(words.CANNOT) if row.fixed else "", role=Role.SOFT, small=True),
        )

    def pressed(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _UP_DOWN:
            self.quiet()
            self._select(self._selected + _UP_DOWN[key])
            return True
        if key in _ENTER and not self.busy and self._row is not None:
            self._open(self._row)
            return True
        return False

    def _open(self, row: SettingRow) -> None:
        if row.fixed:
            self.say(Sign.STOP, self._why(row))
        else:
            self.quiet()
            self.shell.open(SettingPage(self.shell, row.step, self._changed_step))

    def _changed_step(self, step: Step, saved: bool, tried: str) -> None:
        """The page of one setting is closed; ``tried`` is what a device was made to do, to be looked at now."""
        title = say(SPECS[step].title)
        if not saved:
            self.say(Sign.NOTE, tried or say(words.UNCHANGED))
            return
        self._to_reopen = self._to_reopen or step not in _SEEN_AT_ONCE
        word = words.SAVED if step is Step.THEME else words.SAVED_TO_REOPEN
        told = say(words.SAVED_NEXT_TIME if step is Step.SCALE else word, step=title)
        self.say(Sign.DONE, f"{told}{'' if self.shell.language == 'zh' else ' '}{tried}".strip())

    def _leave(self) -> None:
        if self._to_reopen:
            self.shell.reopen()
        else:
            self.shell.back()


class SettingPage(Page):
    """One setting: entered, tested, saved."""

    def __init__(self, shell: Shell, step: Step, closed: Callable[[Step, bool, str], None]) -> None:
        super().__init__(shell)
        self._step, self._closed = step, closed
        self._draft = Draft()
        self._tested_draft: Draft | None = None
        self._finding: Finding | None = None
        self.step_centre: StepCentre | None = None
        self._holder = QWidget()
        self._holder.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._layout = QVBoxLayout(self._holder)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.centre = self._holder

    def left(self) -> Sequence[Piece]:
        return (Heading(say(words.SETTINGS)), StepRow(say(SPECS[self._step].title), now=True))

    def band(self) -> Sequence[BandPart]:
        return (BandPart(say(SPECS[self._step].title), name=True), BandPart(say(words.SETTINGS)))

    def right(self) -> Sequence[Piece]:
        way_on = say(words.SAVE_ANYWAY) if self._may_save_anyway else ""
        return [*checked(self._finding, self.shell.language, way_on=way_on), *at_stake(self._draft)]

    def action(self) -> Action | None:
        return Action(None, say(words.SAVE))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {Key.F1: self.shell.open_help, Key.ESC: lambda: self._close(saved=False)}

    def hint(self) -> Message:
        spec = SPECS[self._step]
        return Message(
            Sign.NOTE, say(words.HINT_PICK_SETTING if spec.chooses and not spec.fields else words.HINT_SETTING)
        )

    def focus(self) -> QWidget | None:
        return self.step_centre.current if self.step_centre is not None else self._holder

    # --- what there is ---

    def shown(self) -> None:
        if self.step_centre is None:
            self.ask(lambda: (self.shell.setup.in_force(), self.shell.setup.fixed_keys()), self._show)

    def _show(self, found: tuple[Draft, frozenset[str]]) -> None:
        self._draft, fixed = found
        self.step_centre = StepCentre(self._step, self._draft, fixed)
        self.step_centre.done.connect(self._enter)
        self._layout.addWidget(self.step_centre)
        self.step_centre.begin()
        if not SPECS[self._step].chooses:
            return
        setup, step, draft, language = self.shell.setup, self._step, self._draft, self.shell.language

        def options() -> Options:
            return setup.options(step, draft, language, printers() if step is Step.PRINTER else ())

        self._ask_alone(options, self._offer, say(words.LOOKING))

    def _offer(self, found: Options) -> None:
        assert self.step_centre is not None
        self.step_centre.offer(found.options, str(self._draft.settings.values[KEYS[self._step][0]]))
        if found.finding is not None and found.finding.mark is not Mark.OK:
            self._finding = found.finding

    def _ask_alone(self, work: Callable[[], T], then: Callable[[T], None], label: str) -> None:
        """What hangs on a line is tested while the desk itself lets it be: a serial line has room for one."""
        if self._step is not Step.READER and self._step not in DEVICES:
            self.ask(work, then, label=label)
            return

        def done(result: T) -> None:
            self._desk_takes(True)
            then(result)

        def failed(problem: Problem) -> None:
            self._desk_takes(True)
            self.tell(problem)

        counter, is_reader = self.shell.counter, self._step is Step.READER

        def alone() -> T:
            if is_reader:
                counter.cards.close()
            return work()

        self._desk_takes(False)
        self.ask(alone, done, failed, label=label, lane=self.shell.cards)

    def _desk_takes(self, takes: bool) -> None:
        if self._step is Step.READER:
            self.shell.look_at_reader(takes)
        else:
            self.shell.listen_to_devices(takes)

    def pressed(self, event: QKeyEvent) -> bool:
        if self.busy or self.step_centre is None:
            return event.key() in _ENTER
        if event.key() == Qt.Key.Key_PageDown and self._may_save_anyway:
            self._save()
            return True
        return self.step_centre.pressed(event)

    @property
    def _may_save_anyway(self) -> bool:
        finding = self._finding
        stopped = finding is not None and finding.mark is Mark.STOP and finding.code not in CANNOT_STAND
        return self._step in MAY_WAIT and stopped and self._tested_draft is not None

    # --- testing and saving ---

    def _enter(self) -> None:
        assert self.step_centre is not None
        entered, setup, language = self.step_centre.entered(), self.shell.setup, self.shell.language
        step, draft = self._step, self._draft
        scans = step is Step.SCANNER and any(entered.texts.values())
        label = say(words.SCAN_NOW) if scans else say(words.CHECKING, step=say(SPECS[step].title))
        self._ask_alone(lambda: setup.test(step, draft, entered, language), self._tested, label)

    def _tested(self, tested: Tested) -> None:
        self._finding, self._tested_draft = tested.finding, tested.draft
        if tested.finding.mark is Mark.STOP:
            said = sentence(tested.finding, self.shell.language)
            self.say(said.sign, said.text, said.code)
            assert self.step_centre is not None
            self.step_centre.begin_again()
        else:
            self._save()

    def _save(self) -> None:
        if not self._changes():
            self._close(saved=False)
        elif self._step in OF_THE_WINDOW:
            self._write(None)
        else:
            self.shell.with_supervisor(say(words.ACT, step=say(SPECS[self._step].title)), self._write)

    def _changes(self) -> dict[str, str | int]:
        assert self._tested_draft is not None
        before, after = self._draft.settings.values, self._tested_draft.settings.values
        return {key: after[key] for key in KEYS[self._step] if after[key] != before[key]}

    def _write(self, by: "SignedIn | None") -> None:
        changes = self._changes()
        self.ask(lambda: self.shell.counter.change_settings(changes, by), lambda _: self._saved())

    def _saved(self) -> None:
        assert self._tested_draft is not None
        if self._step is Step.THEME:
            self.shell.use_theme(self._tested_draft.text("ui.theme"))
        elif self._step is Step.LANGUAGE:
            self.shell.use_language(self._tested_draft.text("language"))
        self._close(saved=True)

    def _close(self, *, saved: bool) -> None:
        finding = self._finding
        done = self._step in DEVICES and finding is not None and finding.mark is Mark.OK
        self.shell.back()
        self._closed(self._step, saved, finding.say(self.shell.language) if done and finding is not None else "")
