"""The panel's window: what the keys do, and what is told when something has happened."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hardware_sim.panel import theme, words
from hardware_sim.panel.bureau import Bureau, Happening, Seen, What
from hardware_sim.panel.bureau_page import BureauPage
from hardware_sim.panel.card_hands import CardHands
from hardware_sim.panel.control import Voucher
from hardware_sim.panel.errands import Errands
from hardware_sim.panel.fault_words import FAULT_WORDS
from hardware_sim.panel.key_button import KeyButton
from hardware_sim.panel.labels import cap
from hardware_sim.panel.log_area import LogArea
from hardware_sim.panel.person_page import PersonPage
from hardware_sim.panel.reader import Reader
from hardware_sim.panel.reader_page import ReaderPage
from hardware_sim.panel.signs import Sign, State
from hardware_sim.saying import Language, Text
from pos_client.money import yuan_grouped

_LOOK_INTERVAL_MS: Final = 1000
_LEAST_WIDTH_PX: Final = 480
_LEAST_HEIGHT_PX: Final = 640
_TWO_PAGES_FROM_PX: Final = 960
_ALL_PAGES_FROM_PX: Final = 1440
_FIRST_HEIGHT_PX: Final = 760

_HAPPENED: Final = {
    What.STARTED: words.LOG_STARTED,
    What.STOPPED: words.LOG_STOPPED,
    What.DIED: words.LOG_DIED,
    What.BOOKED: words.LOG_BOOKED,
    What.CANCELLED: words.LOG_CANCELLED,
    What.REVERSED: words.LOG_REVERSED,
    What.STRUCK: words.LOG_STRUCK,
}


class Relay(QObject):
    """Carries what befalls the card from the reader's thread to the window's."""

    befallen = Signal(object)


class PanelWindow(QWidget):
    """The window. It is the hands at the reader; what waits for the bureau's server is done beside it."""

    def __init__(self, reader: Reader, relay: Relay, bureau: Bureau, seen: Seen, language: Language) -> None:
        """``relay`` tells what befalls the card in ``reader``; ``seen`` is what ``bureau`` looked like at its start."""
        super().__init__()
        self._bureau, self._language = bureau, language
        self._errands = Errands(self)
        self.setWindowTitle(words.TITLE.said(language))
        self.reader_state = State(words.READER.said(language))
        self.front_end_state = State(words.FRONT_END.said(language))
        self.person_page = PersonPage(language)
        self.bureau_page = BureauPage(language)
        self.reader_page = ReaderPage(language)
        self.foot = LogArea(language)
        self.log = self.foot.log
        self.hands = CardHands(self, reader, self.person_page, self.reader_page, self.foot, self.reader_state)
        self._pages = (self.person_page, self.reader_page, self.bureau_page)
        self._tabs = (
            KeyButton("F1", words.CARD_PAGE.said(language)),
            KeyButton("Ctrl+1", words.READER_PAGE.said(language)),
            KeyButton("F11", words.BUREAU_PAGE.said(language)),
        )
        self._page: QWidget = self.person_page
        self._beside: QWidget = self.bureau_page
        self._running, self._offset_s = seen.running, seen.offset_s
        self._arrange()
        self._give_keys()
        relay.befallen.connect(self.hands.hear)
        self._show(seen)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        self._looking.start(_LOOK_INTERVAL_MS)
        self._choose_persons()

    # --- arrangement ------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.setMinimumSize(_LEAST_WIDTH_PX, min(_LEAST_HEIGHT_PX, screen.height() * 9 // 10))
        self.resize(_LEAST_WIDTH_PX, min(_FIRST_HEIGHT_PX, screen.height() * 9 // 10))
        strip = QWidget()
        strip.setObjectName("strip")
        states = QHBoxLayout(strip)
        states.setContentsMargins(theme.PADDING_PX, theme.GRID_PX, theme.PADDING_PX, theme.GRID_PX)
        self._caps = cap("Ctrl+1"), cap("F11")
        states.addWidget(self._caps[0])
        states.addWidget(self.reader_state)
        states.addStretch()
        states.addWidget(self._caps[1])
        states.addWidget(self.front_end_state)
        self._tab_row = QWidget()
        tabs = QHBoxLayout(self._tab_row)
        tabs.setContentsMargins(theme.PADDING_PX, theme.GRID_PX, theme.PADDING_PX, theme.GRID_PX)
        pages = QHBoxLayout()
        pages.setSpacing(1)
        for tab, page in zip(self._tabs, self._pages, strict=True):
            tabs.addWidget(tab)
            pages.addWidget(page)
            page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(strip)
        column.addWidget(self._tab_row)
        column.addLayout(pages, stretch=3)
        column.addWidget(self.foot, stretch=1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window shows one page; a wider one the persons and another; a very wide one all of them."""
        super().resizeEvent(event)
        self._show_pages()

    def _show_pages(self) -> None:
        shown: tuple[QWidget, ...] = (self._page,)
        if self.width() >= _ALL_PAGES_FROM_PX:
            shown = self._pages
        elif self.width() >= _TWO_PAGES_FROM_PX:
            shown = (self.person_page, self._beside)
        self._tab_row.setVisible(len(shown) == 1)
        for key in self._caps:
            key.setVisible(len(shown) == 2)
        for tab, page in zip(self._tabs, self._pages, strict=True):
            page.setVisible(page in shown)
            tab.set_current(page is self._page)

    def _turn_to(self, page: QWidget, field: QWidget) -> None:
        self._page = page
        if page is not self.person_page:
            self._beside = page
        self._show_pages()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- keys ---------------------------------------------------------------------------------------------------

    def _give_keys(self) -> None:
        persons, bureau = self.person_page, self.bureau_page
        for button, act in (
            *self.hands.keys(),
            (persons.issue, self._issue_voucher),
            (persons.copy_voucher, lambda: self._copy(words.VOUCHER, persons.voucher)),
            (persons.copy_id_number, lambda: self._copy(words.ID_NUMBER, persons.id_number)),
            (bureau.power, self._turn_power),
            (self._tabs[0], self._choose_persons),
            (self._tabs[1], self._choose_card_faults),
            (self._tabs[2], self._choose_faults),
        ):
            self._give_key(button, act)
        for toggle in (self.foot.show_talk, self.foot.show_raw):
            self._on_key(toggle.key, toggle.click)
        self._on_key("Ctrl+4", self._choose_pin)
        self._on_key("F12", self._choose_clock)
        self._on_key("Esc", self._choose_persons)
        persons.rows.currentRowChanged.connect(self._allow_voucher)
        bureau.rows.switched.connect(self._switch)
        bureau.rows.switched_off.connect(self._switch_off)
        bureau.rows.itemDoubleClicked.connect(lambda _row: self._switch(1))
        bureau.offset.editingFinished.connect(self._set_offset)

    def _give_key(self, button: KeyButton, act: Callable[[], None]) -> None:
        button.clicked.connect(lambda _checked: act())
        self._on_key(button.key, button.click)

    def _on_key(self, key: str, act: Callable[[], None]) -> None:
        QShortcut(QKeySequence(key), self).activated.connect(act)

    def _choose_persons(self) -> None:
        self._turn_to(self.person_page, self.person_page.rows)

    def _choose_card_faults(self) -> None:
        self._turn_to(self.reader_page, self.reader_page.rows)

    def _choose_pin(self) -> None:
        self._turn_to(self.reader_page, self.reader_page.pin)

    def _choose_faults(self) -> None:
        self._turn_to(self.bureau_page, self.bureau_page.rows)

    def _choose_clock(self) -> None:
        self._turn_to(self.bureau_page, self.bureau_page.offset)
        self.bureau_page.offset.selectAll()

    # --- other papers -------------------------------------------------------------------------------------------

    def _issue_voucher(self) -> None:
        persona = self.person_page.chosen
        assert persona.register is not None, "the key is off for cards without a person"
        person_no = persona.register.person_no

        def show(voucher: Voucher) -> None:
            self.person_page.show_voucher(persona, voucher.code)
            self.log.add(words.VOUCHER, words.LOG_ISSUED, name=persona.card.name, until=f"{voucher.until:%H:%M:%S}")

        self._errands.do(lambda: self._bureau.issue_voucher(person_no), show, self._tell_trouble)

    def _allow_voucher(self) -> None:
        self.person_page.issue.setEnabled(self._running and self.person_page.chosen.register is not None)

    def _copy(self, paper: Text, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.log.add(paper, words.LOG_COPIED)

    # --- the bureau ---------------------------------------------------------------------------------------------

    def _look(self) -> None:
        self.hands.look()
        if self._errands.idle:
            self._ask(self._bureau.look)

    def _ask(self, work: Callable[[], Seen]) -> None:
        self._errands.do(work, self._show, self._tell_trouble)

    def _turn_power(self) -> None:
        self.bureau_page.power.setEnabled(False)
        self._ask(self._bureau.stop if self._running else self._bureau.start)

    def _switch(self, times: int | None) -> None:
        wanted = self.bureau_page.wanted
        fault = replace(wanted, times=None if wanted.name == "down" else times)
        name = FAULT_WORDS[fault.name].name.said(self._language)
        self.log.add(words.FRONT_END, words.LOG_SWITCHED, fault=name, how=self.bureau_page.in_words(fault))
        self._ask(lambda: self._bureau.switch(fault))

    def _switch_off(self) -> None:
        name = self.bureau_page.rows.chosen
        self.log.add(words.FRONT_END, words.LOG_SWITCHED_OFF, fault=FAULT_WORDS[name].name.said(self._language))
        self._ask(lambda: self._bureau.switch_off(name))

    def _set_offset(self) -> None:
        offset_s = self.bureau_page.offset.value_s
        if offset_s != self._offset_s:
            self._offset_s = offset_s
            self.log.add(words.FRONT_END, words.LOG_OFFSET, offset_s=offset_s)
            self._ask(lambda: self._bureau.set_offset(offset_s))

    def _show(self, seen: Seen) -> None:
        self._running, self._offset_s = seen.running, seen.offset_s
        sign, word = (Sign.OK, words.UP) if seen.running else (Sign.STOP, words.DOWN)
        self.front_end_state.show_state(sign, word.said(self._language))
        self.bureau_page.show_seen(seen, self._bureau.url)
        self.bureau_page.power.setEnabled(True)
        self._allow_voucher()
        for happening in seen.happened:
            self._tell_happening(happening)

    def _tell_happening(self, happening: Happening) -> None:
        words_of_fault = FAULT_WORDS.get(happening.subject)
        fault = words_of_fault.name.said(self._language) if words_of_fault else happening.subject
        total = yuan_grouped(happening.total_fen)
        self.log.add(words.FRONT_END, _HAPPENED[happening.what], infno=happening.subject, total=total, fault=fault)

    def _tell_trouble(self, trouble: Exception) -> None:
        self.bureau_page.power.setEnabled(True)
        self.log.add(words.FRONT_END, words.LOG_TROUBLE, why=str(trouble))

    # --- the end ------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finishes what is under way."""
        self._looking.stop()
        self._errands.end()
        super().closeEvent(event)
