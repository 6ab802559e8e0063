"""A clerk's hands: keys and scans, each after the window has done what the one before asked for."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_client.ui.frame.scan_catcher import MOST_GAP_MS
from pos_client.ui.program import Program

PATIENCE_MS = 20_000
_BY_NAME = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Tab": Qt.Key.Key_Tab,
    "Del": Qt.Key.Key_Delete,
    "Space": Qt.Key.Key_Space,
    **{f"F{number}": Qt.Key(Qt.Key.Key_F1 + number - 1) for number in range(1, 13)},
}


class Stuck(Exception):
    """The window did not come to where the story goes on."""


class Clerk:
    """Hands at the keyboard; nothing here calls a page or the desk."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @property
    def code(self) -> str:
        """The code of what the message line says; empty where nothing is wrong."""
        return self.program.window.message_line.message.code

    def press(self, *names: str) -> None:
        """Presses keys one after the other."""
        for name in names:
            QTest.qWait(MOST_GAP_MS + 5)  # a hand is slower than a scanner
            QTest.keyClick(self._typed_into(), _BY_NAME[name])
            self.settle()

    def write(self, text: str) -> None:
        """Types into whatever has the focus; Chinese arrives as from an input method that is done."""
        for character in text:
            if character.isascii():
                QTest.keyClicks(self._typed_into(), character)
            else:
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                    QApplication.sendEvent(self._typed_into(), event)
        self.settle()

    def enter(self, *texts: str) -> None:
        """Types each and presses Enter."""
        for text in texts:
            self.write(text)
            self.press("Enter")

    def write_by_hand(self, text: str) -> None:
        """Types as slowly as a hand does: what comes faster is taken for a scanner."""
        for character in text:
            self.write(character)
            QTest.qWait(MOST_GAP_MS + 5)

    def look(self, duration_ms: int) -> None:
        """Looks at the window for a while: what it does by itself every second is done."""
        QTest.qWait(duration_ms)
        self.settle()

    def scan(self, *codes: str) -> None:
        """What a scanner sends: each code at once, and Enter."""
        for code in codes:
            for character in code:
                QTest.keyClicks(self._typed_into(), character)
            QTest.keyClick(self._typed_into(), Qt.Key.Key_Return)
            self.settle()

    def settle(self) -> None:
        """Waits until nothing is under way: no question to the desk, no search, no reading of a card."""
        self.until(lambda: not self._at_work())

    def until(self, condition: Callable[[], bool]) -> None:
        """Waits for a condition.

        Raises:
            Stuck: it did not come to hold in twenty seconds, with what the window says.
        """
        waited = QElapsedTimer()
        waited.start()
        QApplication.processEvents()
        while not condition():
            if waited.elapsed() > PATIENCE_MS:
                window = self.program.window
                raise Stuck(f"waited in vain on {type(window.page).__name__}: {window.message_line.message.text}")
            QTest.qWait(2)

    def _at_work(self) -> bool:
        program = self.program
        return program.desk.busy or program.search.busy or program.cards.busy or program.window.page.busy

    def _typed_into(self) -> QWidget:
        return QApplication.focusWidget() or self.program.window
