"""A clerk at the window, for tests: presses keys, types, scans, puts a card in, and reads what the window says."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Page
from pos_client.ui.frame.scan_catcher import MOST_GAP_MS
from pos_client.ui.program import Program
from tests.desk.world import World

P = TypeVar("P", bound=Page)
PATIENCE_MS = 15_000
BY_NAME = {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "PgUp": Qt.Key.Key_PageUp,
    "PgDown": Qt.Key.Key_PageDown,
    "Home": Qt.Key.Key_Home,
    "End": Qt.Key.Key_End,
    "Tab": Qt.Key.Key_Tab,
    "Back": Qt.Key.Key_Backspace,
    "Del": Qt.Key.Key_Delete,
    **{f"F{number}": Qt.Key(Qt.Key.Key_F1 + number - 1) for number in range(1, 13)},
}


class Keys:
    """Hands and eyes of a clerk; nothing here calls a page or the desk."""

    def __init__(self, program: Program, world: World) -> None:
        self.program, self.world = program, world

    # --- hands ---

    def press(self, *names: str) -> None:
        """Presses keys one after the other, each when the window has done what the one before asked for."""
        for name in names:
            if name == "Enter":
                QTest.qWait(MOST_GAP_MS + 5)  # a hand is slower than a scanner
            QTest.keyClick(self._typed_into(), BY_NAME[name])
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

    def enter(self, text: str) -> None:
        """Types and presses Enter."""
        self.write(text)
        self.press("Enter")

    def scan(self, code: str) -> None:
        """What a scanner sends: the code at once and Enter."""
        for character in code:
            QTest.keyClicks(self._typed_into(), character)
        QTest.keyClick(self._typed_into(), Qt.Key.Key_Return)
        self.settle()

    def insert(self, persona: str) -> None:
        """Puts somebody's card in and waits until the program has dealt with it."""
        self.world.insert(persona)
        self.until(lambda: self.program.watch.state == "card")
        self.settle()

    def take_card(self) -> None:
        """Takes the card out and waits until the program has seen it."""
        self.world.slot.remove()
        self.until(lambda: self.program.watch.state == "empty")
        self.settle()

    def _typed_into(self) -> QWidget:
        focused = QApplication.focusWidget()
        return focused if focused is not None else self.program.window

    # --- eyes ---

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.program.window.page

    def on(self, kind: type[P]) -> P:
        """Waits until a page of that kind is in front and returns it."""
        page: Page = self.page

        def there() -> bool:
            nonlocal page
            page = self.page
            return isinstance(page, kind)

        self.until(there)
        self.settle()
        assert isinstance(page, kind)
        return page

    @property
    def message(self) -> Message:
        """The sentence in the message line, with its sign and code."""
        return self.program.window.message_line.message

    @property
    def left(self) -> str:
        """All words of the left column."""
        return self.program.window.left.text()

    @property
    def right(self) -> str:
        """All words of the right column."""
        return self.program.window.right.text()

    @property
    def button(self) -> str:
        """What the next action says; empty where there is none."""
        button = self.program.window.button
        return button.accessibleName() if button.words else ""

    @property
    def lit(self) -> set[str]:
        """The keys of the key bar that do something now, as ``F8`` or ``Esc``."""
        return {entry.split(" ")[0] for entry in self.program.window.key_bar.accessibleDescription().split(", ")}

    # --- patience ---

    def settle(self) -> None:
        """Waits until nothing is under way any more: no question to the desk, no search, no reading of a card."""
        self.until(lambda: not self._at_work())

    def _at_work(self) -> bool:
        program = self.program
        return program.desk.busy or program.search.busy or program.cards.busy or self.page.busy

    def until(self, condition: Callable[[], bool]) -> None:
        """Waits for a condition; after fifteen seconds the test fails with what the window says."""
        assert wait_for(condition), f"waited in vain on {type(self.page).__name__}: {self.message.text}"


def wait_for(condition: Callable[[], bool]) -> bool:
    """Lets the window work until a condition holds; whether it did in fifteen seconds."""
    waited = QElapsedTimer()
    waited.start()
    QApplication.processEvents()
    while not condition():
        if waited.elapsed() > PATIENCE_MS:
            return False
        QTest.qWait(2)
    return True
