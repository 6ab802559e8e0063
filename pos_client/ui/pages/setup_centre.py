"""The centre of one step of the set-up: what it is for, a list to choose from, fields to type into."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.desk.draft import Draft
from pos_client.desk.findings import Mark
from pos_client.desk.setup_view import KEYS, Entered, Option, Step
from pos_client.ui.kit.choices import Choice, Choices
from pos_client.ui.kit.fields import Field
from pos_client.ui.kit.form import FORM_WIDTH
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.rows import Words
from pos_client.ui.kit.sheet import Sheet
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.setup_specs import AGAIN, NAME, PASSWORD, SPECS, TITLE
from pos_client.ui.tokens import measures
from pos_client.ui.words import say
from pos_client.ui.words import setup as words

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UP_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_TAB = {Qt.Key.Key_Backtab: -1, Qt.Key.Key_Tab: 1}
SIGNS = {Mark.OK: Sign.DONE, Mark.LOOK: Sign.LOOK, Mark.STOP: Sign.STOP}


class StepCentre(QWidget):
    """Enter goes from field to field; from the last one, or from the list, it means that all is entered."""

    done = Signal()

    def __init__(self, step: Step, draft: Draft, fixed: Collection[str] = ()) -> None:
        """``fixed``: settings that are shown but cannot be changed."""
        super().__init__()
        self.step, self._spec, self._fixed = step, SPECS[step], fixed
        self._options: tuple[Option, ...] = ()
        title = say(self._spec.title)
        self._above = Sheet(title)
        self.choices = Choices(title)
        self.choices.picked.connect(self._choose)
        self.fields = {spec.key: Field(spec.kind, say(spec.label), hint=_said(spec.hint)) for spec in self._spec.fields}
        self._lay_out()
        self._fill(draft)
        free = [field for field in self.fields.values() if field.isEnabled()]
        self.current: QWidget = free[0] if free else self
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)

    def _lay_out(self) -> None:
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._above)
        self._above.set_padding(0)
        if self._spec.chooses:
            self._layout.addWidget(self.choices, 1)
        for field in self.fields.values():
            self._layout.addWidget(field)
            field.entered.connect(self._entered)
        self._layout.addStretch(0 if self._spec.chooses else 1)

    def _fill(self, draft: Draft) -> None:
        for key, field in self.fields.items():
            if key in KEYS[self.step]:
                field.set_text(str(draft.settings.values[key]))
                field.setEnabled(key not in self._fixed)
        if self.step is Step.SUPERVISOR:
            self.fields[NAME].set_text(draft.supervisor_name)
            self.fields[TITLE].set_text(draft.supervisor_title)

    # --- choosing ---

    def offer(self, options: Sequence[Option], value: str) -> None:
        """What there is to choose; ``value`` is what stands there now."""
        self._options = tuple(options)
        chosen = next((number for number, one in enumerate(self._options) if one.value == value), 0)
        signs = [None if one.mark is None else SIGNS[one.mark] for one in self._options]
        shown = [Choice(one.text, one.note, sign=sign) for one, sign in zip(self._options, signs, strict=True)]
        self.choices.fill(shown, chosen)

    def _choose(self, number: int) -> None:
        self.choices.move_choice(number - self.choices.chosen)
        field = next(iter(self.fields.values()), None)
        if field is not None and self._options:
            field.set_text(self._options[self.choices.chosen].value)
            field.edit.selectAll()

    # --- keys ---

    def pressed(self, event: QKeyEvent) -> bool:
        """The arrows choose or go from field to field, Tab goes from field to field, Enter on a list is done."""
        key = Qt.Key(event.key())
        if self._spec.chooses and key in _UP_DOWN:
            self._choose(self.choices.chosen + _UP_DOWN[key])
            return True
        if key in _TAB or key in _UP_DOWN:
            self._step(_TAB.get(key) or _UP_DOWN[key])
            return True
        if key in _ENTER and not self.fields:
            self.done.emit()
            return True
        return False

    def go_to(self, field: Field) -> None:
        """The cursor goes to a field; what stands in it is chosen, so that typing takes its place."""
        self.current = field
        field.setFocus()
        field.edit.selectAll()

    def begin(self) -> None:
        """The cursor goes to the first field that may be changed."""
        if isinstance(self.current, Field):
            self.go_to(self.current)
        else:
            self.setFocus()

    def begin_again(self) -> None:
        """Something of it is wrong: passwords are typed anew, else the first field is looked at first."""
        self.forget_secrets()
        free = self._free()
        if free:
            empty = [field for field in free if not field.text]
            self.go_to(empty[0] if empty and self.step is Step.SUPERVISOR else free[0])

    def _free(self) -> list[Field]:
        return [field for field in self.fields.values() if field.isEnabled()]

    def _step(self, by: int) -> None:
        free = self._free()
        if isinstance(self.current, Field) and self.current in free:
            self.go_to(free[min(max(free.index(self.current) + by, 0), len(free) - 1)])

    def _entered(self) -> None:
        free = self._free()
        if not free or self.current is free[-1]:
            self.done.emit()
        else:
            self._step(1)

    # --- what was entered ---

    def entered(self) -> Entered:
        """What stands there; of what is fixed nothing."""
        texts = {key: one.text for key, one in self.fields.items() if key in KEYS[self.step] and one.isEnabled()}
        if self._spec.chooses and not self.fields and self._options:
            texts[KEYS[self.step][0]] = self._options[self.choices.chosen].value
        if self.step is not Step.SUPERVISOR:
            return Entered(texts)
        of = {key: self.fields[key].text for key in (NAME, TITLE, PASSWORD, AGAIN)}
        return Entered(texts, of[NAME], of[TITLE], of[PASSWORD], of[AGAIN])

    def forget_secrets(self) -> None:
        """Empties the passwords."""
        for key in (PASSWORD, AGAIN):
            if key in self.fields:
                self.fields[key].set_text("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size; the fields stay as wide as what is typed into them."""
        super().resizeEvent(event)
        window = self.window()
        m = measures(window.width(), window.height())
        right = m.padding if self._spec.chooses else max(self.width() - m.padding - FORM_WIDTH, m.padding)
        self._layout.setContentsMargins(m.padding, 0, right, 8)
        width = max(self.width() - m.padding - right, 120)
        some_fixed = any(not field.isEnabled() for field in self.fields.values())
        note = [Words(say(words.SOME_FIXED))] if some_fixed else []
        self._above.fill([Heading(say(self._spec.title)), Words(say(self._spec.about)), *note], m)
        self._above.setFixedHeight(self._above.needed_height(width) + 8)


def _said(word: str) -> str:
    return say(word) if word else ""
