"""The first start: step after step, each tested as it is entered; it may be left and taken up again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_client.desk.draft import Draft
from pos_client.desk.findings import Finding, Mark
from pos_client.desk.setup_view import FIRST_START, KEYS, MAY_WAIT, Entered, Options, Step, Tested
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.page_sheet import PageSheet
from pos_client.ui.kit.rows import Pair
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.steps import StepRow
from pos_client.ui.pages.setup_centre import StepCentre
from pos_client.ui.pages.setup_column import at_stake, before, checked, sentence
from pos_client.ui.pages.setup_specs import SPECS
from pos_client.ui.paper.printer import printers
from pos_client.ui.shell import Shell
from pos_client.ui.words import say
from pos_client.ui.words import setup as words

if TYPE_CHECKING:
    from pos_client.desk.setup import Setup

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FirstStartPage(Page):
    """Nothing is written but what was entered so far, until the last Enter."""

    def __init__(self, shell: Shell, setup: "Setup") -> None:
        super().__init__(shell)
        self._setup = setup
        self._draft = Draft()
        self._begun = False
        self._at = 0
        self._findings: dict[Step, Finding] = {}
        self._centres: dict[Step, StepCentre] = {}
        self._password = ""
        self._summary: tuple[tuple[str, str], ...] = ()
        self._leaving = False
        self._stack = QStackedWidget()
        self._last = PageSheet(say(words.SUMMARY), self._summary_pieces)
        self._stack.addWidget(self._last)
        self.centre = self._stack

    # --- what it shows ---

    @property
    def step(self) -> Step | None:
        """The step of now; None where all of them are done."""
        return FIRST_START[self._at] if self._at < len(FIRST_START) else None

    def left(self) -> Sequence[Piece]:
        rows = [
            StepRow(say(SPECS[step].title), self._sign(step), now=number == self._at)
            for number, step in enumerate(FIRST_START)
        ]
        return (Heading(say(words.FIRST_START)), *rows, StepRow(say(words.SUMMARY), now=self.step is None))

    def _sign(self, step: Step) -> Sign | None:
        if step not in self._draft.done:
            return None
        finding = self._findings.get(step)
        return Sign.DONE if finding is None or finding.mark is Mark.OK else Sign.LOOK

    def band(self) -> Sequence[BandPart]:
        title = say(SPECS[self.step].title if self.step is not None else words.SUMMARY)
        place = f"{min(self._at + 1, len(FIRST_START) + 1)} / {len(FIRST_START) + 1}"
        real = (BandPart(say(words.REAL), sign=Sign.LOOK),) if self._draft.mode == "real" else ()
        return (BandPart(title, name=True), BandPart(place, say(words.FIRST_START)), *real)

    def right(self) -> Sequence[Piece]:
        language, step = self.shell.language, self.step
        pieces: list[Piece] = []
        if step is not None:
            way_on = say(words.SKIP) if step in MAY_WAIT else ""
            pieces += checked(self._findings.get(step), language, way_on=way_on)
        previous = FIRST_START[self._at - 1] if self._at else None
        if previous in self._findings and (step is None or step not in self._findings):
            pieces += before(say(SPECS[previous].title), self._findings[previous], language)
        return [*pieces, *at_stake(self._draft)]

    def _summary_pieces(self) -> Sequence[Piece]:
        return (Heading(say(words.SUMMARY)), *(Pair(title, value) for title, value in self._summary))

    def action(self) -> Action | None:
        return Action(None, say(words.GO_ON if self.step is not None else words.FINISH))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {Key.F1: self.shell.open_help, Key.ESC: self._go_back}

    def hint(self) -> Message:
        if self.step is None:
            return Message(Sign.NOTE, say(words.HINT_SUMMARY))
        spec = SPECS[self.step]
        return Message(Sign.NOTE, say(words.HINT_CHOOSE if spec.chooses and not spec.fields else words.HINT))

    def focus(self) -> QWidget | None:
        if self.step is None:
            return self._last
        centre = self._centres.get(self.step)
        return centre.current if centre is not None else None

    # --- from step to step ---

    def shown(self) -> None:
        if not self._begun:
            self._begun = True
            self.ask(self._setup.begun, self._take_up)

    def _take_up(self, draft: Draft) -> None:
        self._draft = replace(draft, done=tuple(step for step in draft.done if step != Step.SUPERVISOR))
        todo = [number for number, step in enumerate(FIRST_START) if step not in self._draft.done]
        self._go_to(todo[0] if todo else len(FIRST_START))
        if draft.done:
            self.say(Sign.NOTE, f"{say(words.RESUMED)} {self.hint().text}")

    def _go_to(self, at: int) -> None:
        self._at, self._leaving = at, False
        step = self.step
        if step is None:
            self.ask(self._summarise, self._show_summary)
            return
        if step not in self._centres:
            centre = self._centres[step] = StepCentre(step, self._draft)
            centre.done.connect(self._enter)
            self._stack.addWidget(centre)
        self._findings.pop(step, None)
        self._stack.setCurrentWidget(self._centres[step])
        self._centres[step].begin()
        if SPECS[step].chooses:
            self._look_for_options(step)

    def _look_for_options(self, step: Step) -> None:
        setup, draft, language, told = self._setup, self._draft, self.shell.language, self._message

        def options() -> Options:
            return setup.options(step, draft, language, printers() if step is Step.PRINTER else ())

        def offer(found: Options) -> None:
            self._centres[step].offer(found.options, str(draft.settings.values[KEYS[step][0]]))
            if found.finding is not None and found.finding.mark is not Mark.OK:
                self._findings[step] = found.finding

        self.ask(options, offer, label=say(words.LOOKING) if step is Step.READER else "")
        self._message = told  # looking says nothing: what was said before still stands

    def _go_back(self) -> None:
        if self._at:
            self.quiet()
            self._go_to(self._at - 1)
            self.changed.emit()
        elif self._leaving:
            self.shell.close()
        else:
            self._leaving = True
            self.say(Sign.LOOK, say(words.LEAVING))

    # --- keys ---

    def pressed(self, event: QKeyEvent) -> bool:
        if self.busy:
            return event.key() in _ENTER
        step = self.step
        if step is None:
            if event.key() in _ENTER:
                self._finish()
            return event.key() in _ENTER
        self._leaving = False
        if event.key() == Qt.Key.Key_PageDown and self._may_pass(step):
            self._pass(step)
            return True
        return self._centres[step].pressed(event) if step in self._centres else False

    def _may_pass(self, step: Step) -> bool:
        finding = self._findings.get(step)
        return step in MAY_WAIT and finding is not None and finding.mark is Mark.STOP

    # --- testing ---

    def _enter(self) -> None:
        step = self.step
        assert step is not None
        setup, draft, language = self._setup, self._draft, self.shell.language
        entered = self._centres[step].entered()
        if step is Step.REGION and not entered.texts:
            self.say(Sign.STOP, say(words.NO_REGION))
            self._look_for_options(step)
            return

        def test() -> Tested:
            return setup.test(step, draft, entered, language)

        self.ask(
            test, lambda tested: self._tested(step, tested, entered),
            label=say(words.CHECKING, step=say(SPECS[step].title)),
        )  # fmt: skip

    def _tested(self, step: Step, tested: Tested, entered: Entered) -> None:
        self._draft, self._findings[step] = tested.draft, tested.finding
        if tested.finding.mark is Mark.STOP:
            said = sentence(tested.finding, self.shell.language)
            self.say(said.sign, said.text, said.code)
            self._centres[step].begin_again()
            return
        if step is Step.SUPERVISOR:
            self._password = entered.password
        self._pass(step)

    def _pass(self, step: Step) -> None:
        """The step is done: what was entered is kept, the next one comes."""
        finding = self._findings.get(step)
        if step not in self._draft.done:
            self._draft = replace(self._draft, done=(*self._draft.done, step))
        setup, draft = self._setup, self._draft
        self._take_effect(step)
        self.ask(lambda: setup.keep(draft), lambda _: self._go_on(finding))

    def _go_on(self, finding: Finding | None) -> None:
        self.quiet()
        if finding is not None and finding.mark is not Mark.OK:
            said = sentence(finding, self.shell.language)
            self.say(said.sign, said.text, said.code)
        self._go_to(self._at + 1)

    def _take_effect(self, step: Step) -> None:
        """Language and colours are seen at once."""
        if step is Step.THEME:
            self.shell.use_theme(self._draft.text("ui.theme"))
        elif step is Step.LANGUAGE:
            self.shell.use_language(self._draft.text("language"))
            for centre in self._centres.values():
                self._stack.removeWidget(centre)
                centre.deleteLater()
            self._centres.clear()

    # --- the end ---

    def _summarise(self) -> tuple[tuple[str, str], ...]:
        language = self.shell.language
        return tuple((say(SPECS[step].title), self._setup.told(step, self._draft, language)) for step in FIRST_START)

    def _show_summary(self, summary: tuple[tuple[str, str], ...]) -> None:
        self._summary = summary
        self._stack.setCurrentWidget(self._last)
        self._last.refresh()

    def _finish(self) -> None:
        setup, draft, password = self._setup, self._draft, self._password
        self.ask(lambda: setup.finish(draft, password), lambda _: self._finished(), label=say(words.FINISHING))

    def _finished(self) -> None:
        self._password = ""
        for centre in self._centres.values():
            centre.forget_secrets()
        self.shell.open_desk()
