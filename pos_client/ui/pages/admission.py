"""Admitting whoever stands there: where he lies, who treats, why; documents stay here. Enter from place to place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.desk.stay_view import AdmissionDraft, AdmissionStart, Arrived, Option, StayView
from pos_client.errors import OutcomeUnknown, Problem
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.fields import Field
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.rows import Pair, Rule
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.tick import Tick
from pos_client.ui.pages import person_column
from pos_client.ui.pages.admission_centre import CHOSEN, LABELS, AdmissionCentre, Place
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import Role
from pos_client.ui.words import admission as words
from pos_client.ui.words import say

if TYPE_CHECKING:
    from pos_client.desk.customer import Customer

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LAST = Place.CARD


@dataclass(frozen=True, slots=True)
class _Found:
    """What the list of a place has for what was typed."""

    place: Place
    typed: str
    options: tuple[Option, ...]


class AdmissionPage(Page):
    """One admission; ``start`` is what stands there already, the page behind is told what nobody knows for certain."""

    def __init__(self, shell: Shell, behind: Page, customer: "Customer", start: AdmissionStart) -> None:
        super().__init__(shell)
        self._behind, self.customer, self._start = behind, customer, start
        self.form = AdmissionCentre(start)
        self.centre = self.form
        self.place = Place.DEPARTMENT
        self.chosen: dict[Place, Option] = {}
        self._found: _Found | None = None
        self._looking = self._enter_waits = self._leaving = False
        for place, field in self.form.fields.items():
            field.typed.connect(lambda _, place=place: self._typed(place))
            field.entered.connect(self._enter)
        for place, tick in self.form.ticks.items():
            tick.clicked.connect(lambda place=place: self._tick(place))
        self.form.choices.picked.connect(self._pick)
        self._look()

    # --- what it shows ---

    def left(self) -> Sequence[Piece]:
        return person_column.person(self.customer)

    def band(self) -> Sequence[BandPart]:
        return person_column.band_of(self.customer)

    def right(self) -> Sequence[Piece]:
        pieces: list[Piece] = [Heading(say(words.CHOSEN))]
        for place, word in LABELS.items():
            text = self.chosen[place].name if place in self.chosen else ""
            if place not in CHOSEN:
                text = self.form.fields[place].text
            role = Role.INK if text else Role.DIM
            pieces.append(Pair(say(word), text or say(words.NOT_YET), role=role))
        taken = [tick.ticked for tick in self.form.ticks.values()]
        named = (self._start.certificate, self._start.card)
        kept = [name for name, ticked in zip(named, taken, strict=True) if ticked]
        pieces += [Pair(say(words.LEVEL), self._start.level), Rule()]
        pieces += [Pair(say(words.DOCUMENTS), name) for name in kept or [say(words.DOCUMENTS_NONE)]]
        return pieces

    def action(self) -> Action | None:
        return Action(None, say(words.ADMIT if self.place is _LAST else words.NEXT))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {Key.F1: self.shell.open_help, Key.ESC: self._escape}

    def hint(self) -> Message:
        if self.place in CHOSEN:
            return Message(Sign.NOTE, say(words.HINT_CHOOSE, what=say(LABELS[self.place])))
        if self.place is Place.BED:
            return Message(Sign.NOTE, say(words.HINT_BED))
        if self.place is Place.NUMBER:
            return Message(Sign.NOTE, say(words.HINT_NUMBER))
        return Message(Sign.NOTE, say(words.HINT_ADMIT if self.place is _LAST else words.HINT_TICK))

    def focus(self) -> QWidget | None:
        return self.form.widget(self.place)

    # --- keys besides those of the bar ---

    def pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        self._leaving = False
        on_tick = self.place in self.form.ticks
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._go_to(self._beside(1 if key == Qt.Key.Key_Tab else -1))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._arrow(1 if key == Qt.Key.Key_Down else -1)
        elif on_tick and key == Qt.Key.Key_Space:
            self._tick(self.place)
        elif on_tick and key in _ENTER:
            self._enter()
        else:
            return False
        return True

    def _arrow(self, by: int) -> None:
        if self.place in CHOSEN and not self._settled(self.place):
            self.form.choices.move_choice(by)
        else:
            self._go_to(self._beside(by))

    def _beside(self, by: int) -> Place:
        return Place(min(max(self.place + by, 0), len(Place) - 1))

    def _tick(self, place: Place) -> None:
        self.form.ticks[place].change()
        self._go_to(place)

    def scanned(self, code: str) -> None:
        field = self.form.widget(self.place)
        if isinstance(field, Field):
            field.set_text(code)
            self._typed(self.place)

    def _escape(self) -> None:
        typed = bool(self.chosen) or bool(self.form.fields[Place.BED].text)
        if typed and not self._leaving:
            self._leaving = True
            self.say(Sign.LOOK, say(words.REALLY_LEAVE))
        else:
            self.shell.back()

    # --- from place to place ---

    def _enter(self) -> None:
        if self.busy:
            return
        if self.place in CHOSEN and not self._settled(self.place):
            field = self.form.fields[self.place]
            if self._found is None or (self._found.place, self._found.typed) != (self.place, field.text):
                self._enter_waits = True
                return
            self._pick(self.form.choices.chosen)
        elif self.place is Place.BED and not self.form.fields[Place.BED].text:
            self.say(Sign.STOP, say(words.MISSING_BED))
        elif self.place is _LAST:
            self._admit()
        else:
            self._go_to(self._beside(1))

    def _settled(self, place: Place) -> bool:
        """Whether what stands in a place is what was chosen there."""
        return place in self.chosen and self.form.fields[place].text == self.chosen[place].name

    def _go_to(self, place: Place) -> None:
        self.place = place
        self.quiet()
        widget = self.form.widget(place)
        widget.setFocus()
        if isinstance(widget, Field):
            widget.edit.selectAll()
        self._look()
        self.changed.emit()

    def _typed(self, place: Place) -> None:
        self._leaving = self._enter_waits = False
        self.place = place
        self.quiet()
        if not self._settled(place):
            self.chosen.pop(place, None)
        self._look()
        self.changed.emit()

    def _pick(self, row: int) -> None:
        if self._found is None or row >= len(self._found.options):
            return
        option = self._found.options[row]
        self.chosen[self.place] = option
        self.form.fields[self.place].set_text(option.name)
        self._go_to(self._beside(1))

    # --- finding ---

    def _look(self) -> None:
        """Looks for what is typed; while one search is under way only the last thing typed waits."""
        place = self.place
        if place not in CHOSEN:
            self.form.show_options((), "", asked=False)
            return
        if self._looking:
            return
        self._looking = True
        typed = self.form.fields[place].text
        which = CHOSEN[place]
        wanted = "" if self._settled(place) else typed
        department = self.chosen[Place.DEPARTMENT].code if Place.DEPARTMENT in self.chosen else ""
        self.shell.desk.do(
            lambda: self.shell.counter.stays.options(which, wanted, department),
            lambda options: self._show_found(_Found(place, typed, options)),
            self._not_found,
        )

    def _show_found(self, found: _Found) -> None:
        self._looking = False
        field = self.form.fields.get(self.place)
        if field is None or (found.place, found.typed) != (self.place, field.text):
            self._look()
            return
        self._found = found
        self.form.show_options(found.options, found.typed, asked=True)
        if self._enter_waits:
            self._enter_waits = False
            self._enter()

    def _not_found(self, problem: Problem) -> None:
        self._looking = False
        self.tell(problem)

    # --- admitting ---

    def _admit(self) -> None:
        missing = next((place for place in CHOSEN if place not in self.chosen), None)
        if missing is not None:
            self._go_to(missing)
            self.say(Sign.STOP, say(words.MISSING, what=say(LABELS[missing])))
            return
        draft = AdmissionDraft(
            department=self.chosen[Place.DEPARTMENT].code,
            doctor=self.chosen[Place.DOCTOR].code,
            bed=self.form.fields[Place.BED].text,
            diagnosis=self.chosen[Place.DIAGNOSIS].code,
            own_number=self.form.fields[Place.NUMBER].text,
            certificate=self._ticked(Place.CERTIFICATE),
            card=self._ticked(Place.CARD),
        )
        counter = self.shell.counter

        def admit(arrived: Arrived | None) -> None:
            if arrived is not None:
                self.customer = arrived.customer
            self.ask(lambda: counter.stays.admit(draft), self._admitted, self._not_admitted, label=say(words.ADMITTING))

        self.shell.with_right_name(self.customer, counter.stays.allow_other_name, admit)

    def _ticked(self, place: Place) -> bool:
        tick = self.form.widget(place)
        return isinstance(tick, Tick) and tick.ticked

    def _admitted(self, view: StayView, problem: Problem | None = None) -> None:
        from pos_client.ui.pages.stay import StayPage
        from pos_client.ui.pages.stay_deposit import DepositPage

        self.shell.back()
        self.shell.open(StayPage(self.shell, view))
        page = DepositPage(self.shell, view)
        self.shell.open(page)
        number = view.line.own_number
        if problem is None:
            page.say(Sign.DONE, say(words.ADMITTED, number=number))
        else:
            page.say(Sign.LOOK, say(words.ADMITTED_BUT, number=number, problem=problem.sentence(self.shell.language)))
        self.shell.print_slip(view.line.id)
        self.shell.refresh_strip()

    def _not_admitted(self, problem: Problem) -> None:
        if isinstance(problem, OutcomeUnknown):
            self.shell.back()
            self._behind.tell(problem)
        elif problem.code == "S-SLIP":
            self.ask(self.shell.counter.stays.arrived, lambda arrived: self._admitted_without_slip(arrived, problem))
        else:
            self.tell(problem)

    def _admitted_without_slip(self, arrived: Arrived | None, problem: Problem) -> None:
        assert arrived is not None, "he was identified"
        self.ask(lambda: self.shell.counter.stays.open(arrived.stay), lambda view: self._admitted(view, problem))
