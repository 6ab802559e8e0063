"""The list of stays: found while typing, opened; whoever puts a card in comes to his stay or is admitted."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.desk.stay_view import AdmissionStart, Arrived, StayLine, StayView
from pos_client.errors import Problem
from pos_client.money import yuan_grouped
from pos_client.ui import tokens
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.headings import Heading, Name
from pos_client.ui.kit.rows import Gap, Pair, Rule, State, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.table import Cell, Column, Row
from pos_client.ui.kit.table_centre import TableCentre
from pos_client.ui.pages import person_column
from pos_client.ui.pages.stay_identify import StayIdentifyPage
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import Role
from pos_client.ui.words import frame, say
from pos_client.ui.words import help as help_words
from pos_client.ui.words import stays as words

STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}


def _columns() -> list[Column]:
    return [
        Column(say(words.NUMBER), 132, narrow=116),
        Column(say(words.NAME)),
        Column(say(words.SINCE), 76, narrow=72),
        Column(say(words.CHARGES), 104, right=True, narrow=80),
        Column(say(words.DEPOSIT), 96, right=True, narrow=76),
        Column(say(words.STATE), 128, narrow=112),
    ]


def _row(line: StayLine) -> Row:
    return (
        Cell(line.own_number, small=True),
        Cell(line.name_masked or "—", line.place, soft_goes=True),
        Cell(f"{line.since:%m-%d}", role=Role.SOFT, small=True),
        Cell(yuan_grouped(line.charges_fen)),
        Cell(yuan_grouped(line.deposit_fen)),
        Cell(line.state, sign=Sign(line.sign), small=True),
    )


class StaysPage(Page):
    """Stays with something left to do; with a person who is not in hospital it offers to admit him."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.rows: tuple[StayLine, ...] | None = None
        self.arrived: Arrived | None = None
        self._chosen: int | None = None
        self._typed_for: str | None = None
        self._looking = self._in_front = self._enter_waits = False
        self.search = Field(Kind.TEXT, say(words.SEARCH), hint=say(words.SEARCH_HINT))
        self.list = TableCentre(say(words.TITLE), _columns(), self.search)
        self.centre = self.list
        self.search.typed.connect(self._typed)
        self.search.entered.connect(self._entered)
        self.list.table.clicked_row.connect(self._choose)

    # --- what it shows ---

    @property
    def line(self) -> StayLine | None:
        """The chosen stay."""
        return self.rows[self._chosen] if self.rows and self._chosen is not None else None

    def left(self) -> Sequence[Piece]:
        if self.arrived is not None:
            return person_column.person(self.arrived.customer)
        line = self.line
        if line is None:
            return person_column.nobody()
        return (
            Heading(say(frame.PERSON), say(words.CHOSEN), remark_goes=True),
            Name(line.name_masked or "—"),
            Pair(line.place, say(words.DAYS, count=line.days)),
            Pair(say(words.SINCE), f"{line.since:%Y-%m-%d}"),
            Rule(),
            Words(say(words.MASKED)),
        )

    def band(self) -> Sequence[BandPart]:
        if self.arrived is not None:
            return person_column.band_of(self.arrived.customer)
        line = self.line
        if line is None:
            return (BandPart(say(words.TITLE), name=True),)
        return (
            BandPart(line.name_masked or "—", name=True),
            BandPart(line.place),
            BandPart(f"{line.since:%m-%d}", label=say(words.SINCE)),
        )

    def right(self) -> Sequence[Piece]:
        line = self.line
        if line is None:
            return ()
        pieces: list[Piece] = [
            Heading(say(words.CHOSEN), line.own_number),
            Pair(say(words.CHARGES), yuan_grouped(line.charges_fen), bold=True),
            Pair(say(words.DEPOSIT), yuan_grouped(line.deposit_fen)),
            Rule(),
            State(Sign(line.sign), line.state),
        ]
        if line.documents:
            pieces += [Rule(), Words(say(words.CUSTODY)), Words(line.documents, Role.INK)]
        return pieces

    def action(self) -> Action | None:
        if self.line is not None:
            return Action(None, say(words.OPEN))
        return Action(None, say(words.ADMIT)) if self.arrived is not None else None

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {
            Key.F1: self.shell.open_help,
            Key.F2: lambda: self.shell.open(StayIdentifyPage(self.shell, self, self._arrived)),
            Key.F4: self.shell.open_lookup,
            Key.F11: self.shell.open_tasks,
            Key.ESC: self._escape,
        }

    def letters(self) -> Sequence[tuple[str, str]]:
        return (("↑ ↓", say(help_words.ARROWS)), ("Tab", say(words.TAB_BACK)))

    def hint(self) -> Message:
        if self.rows is None:
            return Message(Sign.NOTE, "")
        if self.arrived is not None:
            return Message(Sign.NOTE, say(words.HINT_ADMIT, name=self.arrived.customer.name))
        if not self.rows:
            return Message(Sign.NOTE, say(words.HINT_NOT_FOUND if self.search.text else words.HINT_NONE))
        return Message(Sign.NOTE, say(words.HINT))

    def focus(self) -> QWidget | None:
        return self.search

    # --- what happens ---

    def shown(self) -> None:
        self._in_front = True
        self._look()

    def hidden(self) -> None:
        self._in_front = False

    def pressed(self, event: QKeyEvent) -> bool:
        step = STEPS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Tab:
            self._leave()
        elif step is not None and self.rows:
            start = self._chosen if self._chosen is not None else -1 if step > 0 else len(self.rows)
            self._choose(min(max(start + step, 0), len(self.rows) - 1))
        return event.key() == Qt.Key.Key_Tab or step is not None

    def scanned(self, code: str) -> None:
        self.search.set_text(code)
        self._typed(code)

    def _choose(self, place: int) -> None:
        self._chosen = place
        self.quiet()
        self._show()

    def _typed(self, typed: str) -> None:
        del typed
        self._enter_waits = False
        self.quiet()
        self._look()

    def _escape(self) -> None:
        if self.search.text:
            self.search.clear()
            self._typed("")
        elif self.arrived is not None:
            self._forget()
        else:
            self._leave()

    def _leave(self) -> None:
        self._forget()
        self.shell.back()

    def _forget(self) -> None:
        self.arrived = None
        self.ask(self.shell.counter.stays.forget, lambda _: self._show())

    # --- finding ---

    def _look(self) -> None:
        """Looks for what is typed; while one search is under way only the last thing typed waits."""
        if self._looking:
            return
        self._looking = True
        wanted = self.search.text
        self.shell.desk.do(
            lambda: (self.shell.counter.stays.listed(wanted), self.shell.counter.stays.arrived()),
            lambda found: self._show_found(wanted, *found),
            self._failed,
        )

    def _show_found(self, wanted: str, rows: tuple[StayLine, ...], arrived: Arrived | None) -> None:
        self._looking = False
        if not self._in_front:
            return
        if self.search.text != wanted:
            self._look()
            return
        chosen, typed = self.line, wanted != self._typed_for
        self.rows, self._typed_for = rows, wanted
        self.arrived = arrived if arrived is not None and not arrived.stay else None
        places = {line.id: place for place, line in enumerate(rows)}
        first = 0 if rows and (wanted or self.arrived is None) else None
        self._chosen = first if chosen is None or typed else places.get(chosen.id, first)
        self._show()
        if self._enter_waits:
            self._entered()

    def _failed(self, problem: Problem) -> None:
        self._looking = False
        self.tell(problem)

    def _show(self) -> None:
        rows = self.rows or ()
        remark = say(words.COUNT, count=len(rows)) if rows else ""
        pieces: list[Piece] = [Heading(say(words.TITLE), remark)]
        if self.rows is not None and not rows:
            typed = self.search.text
            none = say(words.NOT_FOUND, typed=typed) if typed else say(words.NONE)
            how = say(words.NOT_FOUND_HOW if typed else words.NONE_HOW)
            pieces += [Gap(16), Words(none, Role.INK, bold=True, size_px=tokens.FIGURE_PX), Words(how)]
        self.list.show_list(pieces, [_row(line) for line in rows], self._chosen)
        self.changed.emit()

    # --- opening ---

    def _entered(self) -> None:
        if self.busy:
            return
        self._enter_waits = self.search.text != self._typed_for
        if self._enter_waits:
            return
        if self.line is not None:
            self._open(self.line.id)
        elif self.arrived is not None:
            self._admit(self.arrived)

    def _open(self, id_: str) -> None:
        self.ask(lambda: self.shell.counter.stays.open(id_), self._opened)

    def _opened(self, view: StayView) -> None:
        from pos_client.ui.pages.stay import StayPage

        self.shell.open(StayPage(self.shell, view))

    def _admit(self, arrived: Arrived) -> None:
        from pos_client.ui.pages.admission import AdmissionPage

        def begin(start: AdmissionStart) -> None:
            page = AdmissionPage(self.shell, self, arrived.customer, start)
            self.shell.open(page)
            page.say_message(person_column.noticed(arrived.customer, self.shell.language))

        self.ask(self.shell.counter.stays.begin_admission, begin)

    def card_came(self) -> None:
        self.shell.read_card_for(self.shell.counter.stays.identify_card, self._arrived, self.tell)

    def _arrived(self, arrived: Arrived) -> None:
        self.quiet()
        self._chosen = None
        if arrived.stay:
            self._open(arrived.stay)
        else:
            self.arrived = arrived
            self._admit(arrived)
