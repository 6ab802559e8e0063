"""What the keys do on the page from which help was asked for, and what the signs mean."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Page
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.notices import KeyRow
from pos_client.ui.kit.rows import State, Words
from pos_client.ui.kit.sheet import Piece, Sheet
from pos_client.ui.kit.sign import Sign
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import measures
from pos_client.ui.words import frame, say
from pos_client.ui.words import help as words

_MEANINGS = {
    Key.F1: words.F1,
    Key.F2: words.F2,
    Key.F3: words.F3,
    Key.F4: words.F4,
    Key.F5: words.F5,
    Key.F6: words.F6,
    Key.F7: words.F7,
    Key.F8: words.F8,
    Key.F9: words.F9,
    Key.F10: words.F10,
    Key.F11: words.F11,
    Key.F12: words.F12,
    Key.ESC: words.ESC,
}
_SIGNS = {
    Sign.DONE: words.DONE,
    Sign.LOOK: words.LOOK,
    Sign.STOP: words.STOP,
    Sign.UNKNOWN: words.UNKNOWN,
    Sign.NOTE: words.NOTE,
}
_MARKS = ((frame.RECEIVE_MARK, words.RECEIVE), (frame.GIVE_BACK_MARK, words.GIVE_BACK))


class HelpCentre(QWidget):
    """Two columns: the keys of the bar, and the others."""

    def __init__(self, bar: Sequence[Piece], others: Sequence[Piece]) -> None:
        super().__init__()
        self._filled = ((Sheet(say(words.KEYS)), bar), (Sheet(say(words.OTHERS)), others))
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(24)
        for sheet, _ in self._filled:
            sheet.set_padding(0)
            column = QVBoxLayout()
            column.addWidget(sheet, 1)
            self._layout.addLayout(column, 1)

    def words(self) -> str:
        """All that stands there."""
        return "\n".join(sheet.text() for sheet, _ in self._filled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other measures in another size."""
        super().resizeEvent(event)
        window = self.window()
        m = measures(window.width(), window.height())
        self._layout.setContentsMargins(m.padding, 0, m.padding, 0)
        for sheet, pieces in self._filled:
            sheet.fill(pieces, m)


class HelpPage(Page):
    """Stands in front of the page that it is about."""

    def __init__(self, shell: Shell, about: Page) -> None:
        super().__init__(shell)
        self._about = about
        lit, others = about.keys(), dict(about.letters())
        bar = [KeyRow(key.cap, others.pop(key.cap, say(_MEANINGS[key]))) for key in Key if key in lit]
        action = about.action()
        if about.focus() is not None or (action is not None and action.key is None):
            others = {"Enter": say(words.ENTER), **others}
        rest = [KeyRow(caps, does) for caps, does in {**others, "S": say(words.SETTINGS)}.items()]
        self.help = HelpCentre([Heading(say(words.KEYS)), *bar], [Heading(say(words.OTHERS)), *rest] if rest else ())
        self.centre = self.help

    def left(self) -> Sequence[Piece]:
        return self._about.left()

    def band(self) -> Sequence[BandPart]:
        return self._about.band()

    def right(self) -> Sequence[Piece]:
        signs = [State(sign, say(word)) for sign, word in _SIGNS.items()]
        marks = [KeyRow(say(mark), say(word)) for mark, word in _MARKS]
        return (Heading(say(words.SIGNS)), *signs, Words(say(words.CODE)), Heading(say(words.MARKS)), *marks)

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {Key.F1: self.shell.back, Key.ESC: self.shell.back}

    def pressed(self, event: QKeyEvent) -> bool:
        if event.text().lower() != "s":
            return False
        self.shell.open_settings()
        return True

    def hint(self) -> Message:
        return Message(Sign.NOTE, say(words.HINT))
