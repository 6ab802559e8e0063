"""What the keys of the card and of the reader do, and what is told of it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault
from hardware_sim.card.replay import Mismatch, NotARecord
from hardware_sim.card.slot import Event, Exchange, SlotEvent
from hardware_sim.panel import words
from hardware_sim.panel.card_fault_words import CARD_FAULT_WORDS
from hardware_sim.panel.key_button import KeyButton
from hardware_sim.panel.log_area import LogArea
from hardware_sim.panel.person_page import PersonPage, name_of
from hardware_sim.panel.reader import Reader, Told
from hardware_sim.panel.reader_page import ReaderPage, row_of
from hardware_sim.panel.signs import Sign, State
from hardware_sim.personas import Persona
from hardware_sim.saying import Language, Text

_IN_MID_READING: Final = 3
_BEFALLEN: Final = {
    SlotEvent.POWERED: words.LOG_READING,
    SlotEvent.TORN: words.LOG_TORN,
    SlotEvent.MUTE: words.LOG_MUTE,
    SlotEvent.SWAPPED: words.LOG_SWAPPED,
    SlotEvent.CAME_BACK: words.LOG_CAME_BACK,
}


class CardHands(QObject):
    """The hands at the reader, between the two pages and the log."""

    def __init__(
        self, window: QWidget, reader: Reader, persons: PersonPage, page: ReaderPage, log: LogArea, state: State
    ) -> None:
        super().__init__(window)
        self._window, self._reader, self._persons, self._page = window, reader, persons, page
        self._log, self._talk, self._state = log.log, log.talk, state
        self._language: Language = persons.language
        persons.rows.itemActivated.connect(lambda _row: self._insert())
        page.rows.planned.connect(self._plan_chosen)
        page.rows.itemDoubleClicked.connect(lambda _row: self._plan_chosen())
        page.rows.taken_back.connect(lambda: self._plan([]))
        page.pin.returnPressed.connect(self._enter_pin)
        self.show()

    def keys(self) -> Iterable[tuple[KeyButton, Callable[[], None]]]:
        """The keys and what they do."""
        persons, page, reader = self._persons, self._page, self._reader
        return (
            (persons.insert, self._insert),
            (persons.remove, self._remove),
            (persons.tear, lambda: self._turn(Fault(CardFault.TEAR_AFTER, _IN_MID_READING))),
            (persons.mute, lambda: self._turn(Fault(CardFault.MUTE, _IN_MID_READING, times=None))),
            (persons.bank_card, lambda: self._put_in(personas.load("bank-card"))),
            (page.cancel, lambda: self._do(reader.cancel_pin, words.LOG_PIN_CANCELLED)),
            (page.time_out, lambda: self._do(reader.let_pin_time_out, words.LOG_PIN_TIMED_OUT)),
            (page.plug, self._turn_plug),
            (page.psam, self._turn_psam),
            (page.record, self._turn_recording),
            (page.replay, self._replay),
        )

    def hear(self, told: Told) -> None:
        """Tells what has befallen the card; what hands have done they have told themselves."""
        if isinstance(told, Mismatch):
            self._log.add(words.READER, words.LOG_MISMATCH, mismatch=told)
            return
        if isinstance(told, OSError):
            self._log.add(words.READER, words.LOG_RECORDING_BROKEN, why=told)
            self.show()
            return
        self._talk.add(told)
        if isinstance(told, Event):
            self._hear_event(told.kind)
        else:
            self._hear_exchange(told)

    def look(self) -> None:
        """Shows whether the PIN pad waits."""
        self._page.show_asked(asked=self._reader.asks_pin)

    def show(self) -> None:
        """Shows the reader as it is now."""
        reader, persons = self._reader, self._persons
        sign, word = self._seen()
        self._state.show_state(sign, word)
        persons.remove.setEnabled(reader.present)
        persons.tear.setChecked(reader.plans(CardFault.TEAR_AFTER))
        persons.mute.setChecked(reader.plans(CardFault.MUTE))
        self._page.show_planned(reader.planned)
        self._page.show_reader(plugged=reader.plugged, psam=reader.psam, recording=reader.recording)

    def _seen(self) -> tuple[Sign, str]:
        if not self._reader.plugged:
            return Sign.STOP, self._said(words.UNPLUGGED)
        if not self._reader.present:
            return Sign.IDLE, self._said(words.SLOT_EMPTY)
        holder = self._reader.holder
        if holder is None:
            return Sign.LOOK, self._said(words.RECORDED_CARD)
        return Sign.OK if holder.register else Sign.LOOK, name_of(holder, self._language)

    def _hear_event(self, event: SlotEvent) -> None:
        if event in _BEFALLEN:
            self._log.add(words.READER, _BEFALLEN[event])
        self.show()

    def _hear_exchange(self, exchange: Exchange) -> None:
        fault = exchange.fault
        if fault is not None:
            what = CARD_FAULT_WORDS[row_of(fault)].name
            self._log.add(words.READER, words.LOG_CARD_STRUCK, what=self._said(what), number=exchange.number)
            self.show()

    # --- the card -----------------------------------------------------------------------------------------------

    def _insert(self) -> None:
        self._put_in(self._persons.chosen)

    def _put_in(self, persona: Persona) -> None:
        self._do(lambda: self._reader.insert(persona), words.LOG_CARD_IN, name=name_of(persona, self._language))

    def _remove(self) -> None:
        self._do(self._reader.remove, words.LOG_CARD_OUT)

    def _plan_chosen(self) -> None:
        self._reader.lay_ready(self._persons.chosen)
        self._plan(self._page.wanted)

    def _turn(self, fault: Fault) -> None:
        self._plan([] if self._reader.plans(CardFault(fault.kind)) else [fault])

    def _plan(self, faults: list[Fault]) -> None:
        self._reader.plan(faults)
        if faults:
            names = [self._said(CARD_FAULT_WORDS[row_of(fault)].name) for fault in faults]
            self._log.add(words.READER, words.LOG_PLANNED, what=self._said(words.AND).join(names))
        else:
            self._log.add(words.READER, words.LOG_UNPLANNED)
        self.show()

    # --- the reader ---------------------------------------------------------------------------------------------

    def _turn_plug(self) -> None:
        if self._reader.plugged:
            self._do(self._reader.unplug, words.LOG_UNPLUGGED)
        else:
            self._do(self._reader.plug_in, words.LOG_PLUGGED)

    def _turn_psam(self) -> None:
        if self._reader.psam:
            self._do(self._reader.take_psam_out, words.LOG_PSAM_OUT)
        else:
            self._do(self._reader.put_psam_in, words.LOG_PSAM_IN)

    def _enter_pin(self) -> None:
        if digits := self._page.typed_pin():
            self._do(lambda: self._reader.enter_pin(digits), words.LOG_PIN)

    # --- records ------------------------------------------------------------------------------------------------

    def _turn_recording(self) -> None:
        if self._reader.recording:
            self._do(self._reader.stop_recording, words.LOG_RECORDED)
            return
        name, _ = QFileDialog.getSaveFileName(
            self._window, self._said(words.RECORD), "session.txt", self._said(words.SESSION_FILES)
        )
        if name:
            self._do(lambda: self._reader.record(Path(name)), words.LOG_RECORDING, file=Path(name).name)
        self.show()

    def _replay(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self._window, self._said(words.REPLAY), "", self._said(words.SESSION_FILES)
        )
        if name:
            self._do(lambda: self._put_record_in(Path(name)), words.LOG_REPLAYING, file=Path(name).name)

    def _put_record_in(self, path: Path) -> None:
        self._reader.insert_record(path.read_text(encoding="utf-8"))

    def _do(self, deed: Callable[[], None], told: Text, **places: object) -> None:
        """Does something and tells it, or why it could not be done."""
        try:
            deed()
        except (OSError, UnicodeDecodeError, NotARecord, personas.UnknownPersona) as trouble:
            self._log.add(words.READER, words.LOG_TROUBLE, why=trouble)
        else:
            self._log.add(words.READER, told, **places)
        self.show()

    def _said(self, text: Text) -> str:
        return text.said(self._language)
