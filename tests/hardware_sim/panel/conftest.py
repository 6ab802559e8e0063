"""A panel with a real reader and a real front-end server, on a screen that nobody sees."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hardware_sim.panel import theme
from hardware_sim.panel.bureau import Bureau
from hardware_sim.panel.child import FrontEndChild
from hardware_sim.panel.reader import Reader
from hardware_sim.panel.window import PanelWindow, Relay
from hardware_sim.saying import Language
from tests.hardware_sim.front_end.desk import Desk

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LONGEST_WAIT_MS = 60_000


@dataclass
class Panel:
    """The window under a test's hands."""

    window: PanelWindow
    reader: Reader
    bureau: Bureau
    bot: QtBot

    def press(self, *keys: Qt.Key) -> None:
        """Presses keys where the focus is, one after the other."""
        for key in keys:
            QTest.keyClick(self.window.focusWidget(), key)

    def press_with_control(self, *keys: Qt.Key) -> None:
        """Presses keys together with Ctrl."""
        for key in keys:
            QTest.keyClick(self.window.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)

    def choose_card_fault(self, name: str) -> None:
        """Goes to a fault of the card with the arrow keys."""
        self.press_with_control(Qt.Key.Key_1)
        rows = self.window.reader_page.rows
        self.press(Qt.Key.Key_Home)
        for _ in range(rows.count()):
            if rows.chosen == name:
                return
            self.press(Qt.Key.Key_Down)
        raise AssertionError(f"{name} is not listed")

    def choose(self, persona: str) -> None:
        """Goes to a person with the arrow keys."""
        self.press(Qt.Key.Key_F1, Qt.Key.Key_Home)
        for _ in range(self.window.person_page.rows.count()):
            if self.window.person_page.chosen.id == persona:
                return
            self.press(Qt.Key.Key_Down)
        raise AssertionError(f"{persona} is not listed")

    def read_by_hand(self) -> None:
        """Lets the reader's own side give commands to the card, without any program on the line."""
        slot = self.reader._slot
        slot.power_on()
        for command in ("00A404000F7378312E73682EC9E7BBE1B1A3D5CF", "00A4020002EF05", "00B207000B", "0020000003123456"):
            slot.transmit(bytes.fromhex(command))
        QTest.qWait(1)

    def wait_for_line(self, end: str) -> None:
        """Waits until a line of the log ends so."""
        self.bot.waitUntil(lambda: any(line.endswith(end) for line in self.window.log.lines), timeout=LONGEST_WAIT_MS)

    def desk(self) -> Desk:
        """A pharmacy's till signed in at this front-end server."""
        desk = Desk(self.bureau.url)
        desk.sign_in()
        return desk


@pytest.fixture(scope="session")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    """One front-end server for all tests: it takes a second to start."""
    folder = tmp_path_factory.mktemp("bureau")
    bureau = Bureau(FrontEndChild(folder, 0, f"sqlite:///{folder}/bureau.db"))
    try:
        yield bureau
    finally:
        bureau.close()


@pytest.fixture
def language() -> Language:
    return "zh"


@pytest.fixture
def panel(qtbot: QtBot, bureau: Bureau, language: Language) -> Iterator[Panel]:
    """A panel whose bureau is up, without faults and with the right time."""
    theme.use(dark=False)
    seen = bureau.look()
    if not seen.running:
        bureau.start()
    for fault in seen.faults:
        bureau.switch_off(fault.name)
    seen = bureau.set_offset(0)
    relay = Relay()
    with Reader(0, relay.befallen.emit) as reader:
        window = PanelWindow(reader, relay, bureau, seen, language)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        yield Panel(window, reader, bureau, qtbot)
        window.close()
