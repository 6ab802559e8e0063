"""The centre of the admission page: seven places to fill, and under them what the lists have for the one in work."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_client.desk.stay_view import AdmissionStart, Option
from pos_client.ui.kit.choices import Choice, Choices
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.rows import Words
from pos_client.ui.kit.sheet import Sheet
from pos_client.ui.kit.sign import Sign
from pos_client.ui.kit.tick import Tick
from pos_client.ui.tokens import measures
from pos_client.ui.words import admission as words
from pos_client.ui.words import say

if TYPE_CHECKING:
    from pos_client.desk.stay_desk import Which


class Place(IntEnum):
    """A place to fill, in the order in which Enter goes."""

    DEPARTMENT = 0
    DOCTOR = 1
    BED = 2
    DIAGNOSIS = 3
    NUMBER = 4
    CERTIFICATE = 5
    CARD = 6


#: Places that are chosen from a list, by the name that the desk gives them.
CHOSEN: "Mapping[Place, Which]" = {Place.DEPARTMENT: "department", Place.DOCTOR: "doctor", Place.DIAGNOSIS: "diagnosis"}
LABELS = {
    Place.DEPARTMENT: words.DEPARTMENT,
    Place.DOCTOR: words.DOCTOR,
    Place.BED: words.BED,
    Place.DIAGNOSIS: words.DIAGNOSIS,
    Place.NUMBER: words.NUMBER,
}


class AdmissionCentre(QWidget):
    """Three rows of places, then the list."""

    def __init__(self, start: AdmissionStart) -> None:
        super().__init__()
        self.heading, self.how = Sheet(say(words.TITLE)), Sheet(say(words.HOW))
        self.fields = {place: Field(Kind.CODE, say(word)) for place, word in LABELS.items()}
        self.fields[Place.NUMBER].set_text(start.own_number)
        self.ticks = {
            Place.CERTIFICATE: Tick(say(words.CERTIFICATE)),
            Place.CARD: Tick(say(words.CARD)),
        }
        self.choices = Choices(say(words.HOW))
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.heading)
        self._layout.addLayout(_row((self.fields[Place.DEPARTMENT], 1), (self.fields[Place.DOCTOR], 1)))
        self._layout.addLayout(_row((self.fields[Place.BED], 1), (self.fields[Place.DIAGNOSIS], 2)))
        ticks = ((self.ticks[Place.CERTIFICATE], 10), (self.ticks[Place.CARD], 8))
        self._layout.addLayout(_row((self.fields[Place.NUMBER], 14), *ticks))
        self._layout.addWidget(self.how)
        self._layout.addWidget(self.choices, 1)
        self._layout.addStretch()
        self.choices.hide()
        for sheet in (self.heading, self.how):
            sheet.set_padding(0)

    def widget(self, place: Place) -> Field | Tick:
        """The field or tick of a place."""
        return self.ticks[place] if place in self.ticks else self.fields[place]

    def show_options(self, options: Sequence[Option], typed: str, *, asked: bool) -> None:
        """Shows what the list has for what is typed; not ``asked``: the place in work has no list."""
        self.choices.setVisible(asked)
        self.how.setVisible(asked)
        found = [Choice(one.name, one.remark) for one in options]
        nothing = [Choice(say(words.NOT_IN_LIST, typed=typed), sign=Sign.NOTE)]
        self.choices.fill(found or nothing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size."""
        super().resizeEvent(event)
        m = measures(self.window().width(), self.window().height())
        self._layout.setContentsMargins(m.padding, 0, m.padding, 8)
        self.heading.fill([Heading(say(words.TITLE))], m)
        self.how.fill([Words(say(words.HOW))], m)
        for sheet in (self.heading, self.how):
            sheet.setFixedHeight(sheet.needed_height(self.width() - 2 * m.padding))


def _row(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(8)
    for widget, stretch in parts:
        layout.addWidget(widget, stretch)
    return layout
