"""The bureau's side: its server up or down, its clock, its ledger, its faults."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hardware_sim.panel import theme, words
from hardware_sim.panel.bureau import Seen
from hardware_sim.panel.control import SwitchedFault
from hardware_sim.panel.fault_words import FAULT_WORDS, TRANSACTIONS
from hardware_sim.panel.key_button import KeyButton
from hardware_sim.panel.labels import cap, heading, label
from hardware_sim.panel.log_view import shanghai_now
from hardware_sim.panel.rows import Rows
from hardware_sim.panel.seconds_field import SecondsField
from hardware_sim.saying import Language, Text
from pos_client.money import yuan_grouped

_LARGEST_OFFSET_S: Final = 366 * 86400
_OFFSET_WIDTH_PX: Final = 96


class FaultRows(Rows):
    """The faults, switched with the keys that the page tells."""

    switched = Signal(object)
    """How often the chosen fault is to strike; None: until it is switched off."""
    switched_off = Signal()
    stepped = Signal(int)
    """Another transaction is wanted: the next one or the one before."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits say how often, Enter once, Del not at all."""
        keys = Qt.Key
        if event.key() in (keys.Key_Return, keys.Key_Enter):
            self.switched.emit(1)
        elif event.key() in (keys.Key_Delete, keys.Key_Backspace):
            self.switched_off.emit()
        elif event.key() in (keys.Key_Left, keys.Key_Right):
            self.stepped.emit(1 if event.key() == keys.Key_Right else -1)
        elif event.text().isdecimal():
            self.switched.emit(int(event.text()) or None)
        else:
            super().keyPressEvent(event)


class _Choice(QComboBox):
    """A list to choose from, with a mark that says so."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws what is chosen, and a small arrow down at the right."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.colours().soft), 2))
            x, y = self.width() - 20, self.height() // 2 - 2
            painter.drawPolyline([QPoint(x, y), QPoint(x + 5, y + 5), QPoint(x + 10, y)])


class BureauPage(QWidget):
    """What the staff of the bureau's computer centre could turn."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.setObjectName("page")
        self._language: Language = language
        self.power = KeyButton("F10", words.STOP.said(language))
        self.rows = FaultRows(words.FAULTS.said(language))
        for name, fault in FAULT_WORDS.items():
            self.rows.add_row(name, fault.name.said(language), fault.sentence.said(language))
        self.only_for = _Choice()
        self.only_for.setAccessibleName(words.ONLY_FOR.said(language))
        for infno, text in TRANSACTIONS.items():
            self.only_for.addItem(text.said(language), infno)
        self.rows.stepped.connect(self._step)
        self.offset = SecondsField(words.CLOCK.said(language), _LARGEST_OFFSET_S)
        self.offset.setMaximumWidth(_OFFSET_WIDTH_PX)
        self._address = label(look="figure")
        self._address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._ledger = label(look="figure")
        self._time = label(look="figure")
        self._arrange()

    @property
    def ledger(self) -> str:
        """The ledger in words."""
        return self._ledger.text()

    @property
    def wanted(self) -> SwitchedFault:
        """The chosen fault, for the transactions that are chosen. A closed port knows no transactions."""
        name = self.rows.chosen
        return SwitchedFault(name, None if name == "down" else self.only_for.currentData())

    def show_seen(self, seen: Seen, url: str) -> None:
        """Shows the bureau as it was seen."""
        said = self._said
        self.power.setText(said(words.STOP) if seen.running else said(words.START))
        self._address.setText(url)
        self._ledger.setText(said(words.LEDGER_SUM, count=seen.settlements, total=yuan_grouped(seen.total_fen)))
        self._time.setText(f"{shanghai_now() + timedelta(seconds=seen.offset_s):%m-%d %H:%M:%S}")
        if not self.offset.hasFocus():
            self.offset.show_value(seen.offset_s)
        for name in FAULT_WORDS:
            fault = seen.fault(name)
            self.rows.show_state(name, "" if fault is None else self.in_words(fault))

    def in_words(self, fault: SwitchedFault) -> str:
        """How often and for what a fault is on."""
        if fault.used_up:
            return self._said(words.USED_UP)
        how = {None: words.ALWAYS, 1: words.ONCE}.get(fault.times, words.TIMES)
        struck = self._said(words.STRUCK_TIMES, fired=fault.fired) if fault.fired else ""
        limited = f" · {fault.infno}" if fault.infno else ""
        return self._said(how, times=fault.times) + struck + limited

    def _said(self, text: Text, **places: object) -> str:
        return text.said(self._language, **places)

    def _step(self, by: int) -> None:
        self.only_for.setCurrentIndex((self.only_for.currentIndex() + by) % self.only_for.count())

    def _arrange(self) -> None:
        said = self._said
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING_PX, theme.GRID_PX, theme.PADDING_PX, theme.PADDING_PX)
        column.setSpacing(theme.GRID_PX)
        server = QHBoxLayout()
        server.addWidget(label(said(words.BUREAU_PAGE)))
        server.addWidget(self._address, stretch=1)
        server.addWidget(self.power)
        column.addLayout(server)
        facts = QGridLayout()
        facts.setSpacing(theme.GRID_PX)
        facts.addWidget(label(said(words.LEDGER)), 0, 0)
        facts.addWidget(self._ledger, 0, 1, 1, 4)
        facts.addWidget(label(said(words.CLOCK)), 1, 0)
        facts.addWidget(cap("F12"), 1, 1)
        facts.addWidget(self.offset, 1, 2)
        facts.addWidget(label(said(words.AHEAD)), 1, 3)
        facts.addWidget(self._time, 1, 4)
        facts.setColumnStretch(3, 1)
        column.addLayout(facts)
        column.addLayout(heading("F11", said(words.FAULTS), said(words.FAULT_HINT)))
        limit = QHBoxLayout()
        limit.addWidget(label(said(words.ONLY_FOR)))
        limit.addWidget(self.only_for, stretch=1)
        limit.addWidget(label(said(words.ONLY_HINT)))
        column.addLayout(limit)
        column.addWidget(self.rows, stretch=1)
