"""The page while the books are being opened: what is typed or scanned meanwhile waits for the page that follows."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from pos_client.ui import tokens
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Page
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import CENTRE
from pos_client.ui.kit.sign import Sign
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import Role
from pos_client.ui.words import say
from pos_client.ui.words import starting as words

#: More than anybody types in that time.
_MOST_KEYS = 500


@dataclass(frozen=True, slots=True)
class _Stroke:
    key: int
    modifiers: Qt.KeyboardModifier
    text: str


class _Centre(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            middle = self.height() // 2
            title, below = QRect(0, middle - 56, self.width(), 48), QRect(0, middle, self.width(), 32)
            drawing.text(painter, title, say(words.OPENING), size_px=tokens.SUBTOTAL_PX, bold=True, align=CENTRE)
            drawing.text(painter, below, say(words.HOW), role=Role.SOFT, size_px=tokens.FIGURE_PX, align=CENTRE)


class StartingPage(Page):
    """Nothing can be done yet, and nothing that is typed is lost."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.centre = _Centre()
        self.centre.setAccessibleName(say(words.OPENING))
        self._typed: list[_Stroke] = []

    def hint(self) -> Message:
        return Message(Sign.NOTE, say(words.HINT))

    def pressed(self, event: QKeyEvent) -> bool:
        if len(self._typed) < _MOST_KEYS and not event.isAutoRepeat():
            self._typed.append(_Stroke(event.key(), event.modifiers(), event.text()))
        return True

    def scanned(self, code: str) -> None:
        del code  # its characters came one by one
        self._typed.append(_Stroke(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r"))

    def hand_on(self, window: QWidget) -> None:
        """Types what was typed here into the page that is in front now."""
        typed, self._typed = self._typed, []
        for stroke in typed:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, stroke.key, stroke.modifiers, stroke.text)
                QApplication.sendEvent(window.focusWidget() or window, event)
