"""The reader: what goes wrong when a card is read, its plug, its PSAM, its PIN pad, and records of sessions."""

from typing import Final

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hardware_sim.card.faults import CardFault, Fault, random_plan
from hardware_sim.panel import theme, words
from hardware_sim.panel.card_fault_words import CARD_FAULT_WORDS, RANDOM_PLAN, SLOW
from hardware_sim.panel.key_button import KeyButton
from hardware_sim.panel.labels import cap, heading, label
from hardware_sim.panel.rows import Rows
from hardware_sim.saying import Language, Text

_LEAST_ROWS_HEIGHT_PX: Final = 64
_SEED_WIDTH_PX: Final = 120
_LARGEST_SEED: Final = 999_999
#: A card is read with a handful of commands; in the third everybody is in the midst of it.
_IN_MID_READING: Final = 3
_LAST_COMMAND: Final = 20
_PIN_DIGITS: Final = QRegularExpression("[0-9]{0,16}")


class CardFaultRows(Rows):
    """The faults: Enter plans one, Del takes it back, the arrows to the sides choose the command."""

    planned = Signal()
    taken_back = Signal()
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Del, left and right."""
        keys = Qt.Key
        if event.key() in (keys.Key_Return, keys.Key_Enter):
            self.planned.emit()
        elif event.key() in (keys.Key_Delete, keys.Key_Backspace):
            self.taken_back.emit()
        elif event.key() in (keys.Key_Left, keys.Key_Right):
            self.stepped.emit(1 if event.key() == keys.Key_Right else -1)
        else:
            super().keyPressEvent(event)


class ReaderPage(QWidget):
    """What hands can do at the reader beside putting cards in."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.setObjectName("page")
        self._language: Language = language
        said = self._said
        self.rows = CardFaultRows(said(words.CARD_FAULTS), _LEAST_ROWS_HEIGHT_PX)
        for name, fault in CARD_FAULT_WORDS.items():
            self.rows.add_row(name, said(fault.name), said(fault.sentence))
        self.seed = QLineEdit("1")
        self.seed.setAccessibleName(said(words.SEED))
        self.seed.setValidator(QIntValidator(0, _LARGEST_SEED, self))
        self.seed.setMaximumWidth(_SEED_WIDTH_PX)
        self.plug = KeyButton("Ctrl+2", said(words.UNPLUG))
        self.psam = KeyButton("Ctrl+3", said(words.PSAM_IN))
        self.pin = QLineEdit()
        self.pin.setAccessibleName(said(words.PIN_PAD))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setValidator(QRegularExpressionValidator(_PIN_DIGITS, self))
        self.cancel = KeyButton("Ctrl+5", said(words.PIN_CANCEL))
        self.time_out = KeyButton("Ctrl+6", said(words.PIN_TIME_OUT))
        self.record = KeyButton("Ctrl+7", said(words.RECORD))
        self.record.setCheckable(True)
        self.replay = KeyButton("Ctrl+8", said(words.REPLAY))
        self._at = _IN_MID_READING
        self._at_label = label(said(words.AT_COMMAND, number=self._at))
        self.rows.stepped.connect(self._step)
        self.show_asked(asked=False)
        self._arrange()

    @property
    def wanted(self) -> list[Fault]:
        """The chosen faults at the chosen command; the silent card is silent in every reading."""
        name, seed = self.rows.chosen, int(self.seed.text() or 0)
        if name == RANDOM_PLAN:
            return random_plan(seed, list(CardFault))
        if name == SLOW:
            return [Fault(CardFault.MUTE, self._at, CARD_FAULT_WORDS[name].value)]
        kind = CardFault(name)
        value = seed if kind is CardFault.RANDOM else CARD_FAULT_WORDS[name].value
        return [Fault(kind, self._at, value, times=None if kind is CardFault.MUTE else 1)]

    def typed_pin(self) -> str:
        """What was typed at the PIN pad; afterwards it stands nowhere any more."""
        digits = self.pin.text()
        self.pin.setText("")  # unlike clear() it leaves nothing to be undone
        return digits

    def show_planned(self, planned: tuple[Fault, ...]) -> None:
        """Marks the faults that will strike."""
        marks = {row_of(fault): fault for fault in planned}
        for name in CARD_FAULT_WORDS:
            fault = marks.get(name)
            when = (
                "" if fault is None else self._said(words.EVERY_READING if fault.times is None else words.NEXT_READING)
            )
            self.rows.show_state(name, when)

    def show_reader(self, *, plugged: bool, psam: bool, recording: bool) -> None:
        """Says on the keys what they would do now."""
        self.plug.setText(self._said(words.UNPLUG if plugged else words.PLUG_IN))
        self.psam.setText(self._said(words.PSAM_OUT if psam else words.PSAM_IN))
        self.record.setText(self._said(words.STOP_RECORDING if recording else words.RECORD))
        self.record.setChecked(recording)

    def show_asked(self, *, asked: bool) -> None:
        """Says whether the pad waits for a PIN."""
        self.pin.setPlaceholderText(self._said(words.PIN_ASKED if asked else words.PIN_NOT_ASKED))

    def _step(self, by: int) -> None:
        self._at = max(1, min(self._at + by, _LAST_COMMAND))
        self._at_label.setText(self._said(words.AT_COMMAND, number=self._at))

    def _said(self, text: Text, **places: object) -> str:
        return text.said(self._language, **places)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING_PX, theme.GRID_PX, theme.PADDING_PX, theme.PADDING_PX)
        column.setSpacing(theme.GRID_PX)
        column.addLayout(heading("Ctrl+1", self._said(words.CARD_FAULTS), self._said(words.CARD_FAULT_HINT)))
        choices = QHBoxLayout()
        choices.addWidget(self._at_label)
        choices.addStretch()
        choices.addWidget(label(self._said(words.SEED)))
        choices.addWidget(self.seed)
        column.addLayout(choices)
        column.addWidget(self.rows, stretch=1)
        pad = QHBoxLayout()
        for widget in (cap("Ctrl+4"), label(self._said(words.PIN_PAD))):
            pad.addWidget(widget)
        pad.addWidget(self.pin, stretch=1)
        column.addLayout(pad)
        keys = QGridLayout()
        keys.setSpacing(theme.GRID_PX)
        for place, key in enumerate((self.cancel, self.time_out, self.plug, self.psam, self.record, self.replay)):
            keys.addWidget(key, *divmod(place, 2))
        keys.setColumnStretch(0, 1)
        keys.setColumnStretch(1, 1)
        column.addLayout(keys)


def row_of(fault: Fault) -> str:
    """The row that a planned fault is listed in."""
    return SLOW if fault.kind is CardFault.MUTE and fault.value is not None else fault.kind
