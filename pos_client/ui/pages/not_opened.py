"""The desk could not be opened: why, what to do, and another try."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.errors import Problem
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import of_problem
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.headings import Heading, Name
from pos_client.ui.kit.notices import Box, Way
from pos_client.ui.kit.page_sheet import PageSheet
from pos_client.ui.kit.rows import Gap, Pair, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.shell import Shell
from pos_client.ui.words import say
from pos_client.ui.words import starting as words

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NotOpenedPage(Page):
    """Nothing was done; Enter tries again, Esc closes the window."""

    def __init__(self, shell: Shell, problem: Problem, folder: str) -> None:
        super().__init__(shell)
        self._told = self._message = of_problem(problem, shell.language)
        self._folder = folder
        self.centre = PageSheet(say(words.NOT_OPENED), self._pieces)

    def _pieces(self) -> Sequence[Piece]:
        box = Box(Sign.STOP, say(words.NOT_OPENED), (self._told.text, say(words.NOTHING_DONE)))
        way = Way("Esc", say(words.CLOSE), lined=False)
        return (Heading(say(words.NOT_OPENED)), box, Gap(16), Words(say(words.WHAT_TO_DO)), Gap(), way)

    def left(self) -> Sequence[Piece]:
        return (Heading(say(words.NOT_OPENED)), Name("—", waiting=True))

    def band(self) -> Sequence[BandPart]:
        return (BandPart(say(words.NOT_OPENED), name=True),)

    def right(self) -> Sequence[Piece]:
        code = Pair(say(words.CODE), self._told.code)
        return (Heading(say(words.FOR_IT)), code, Words(say(words.FOLDER)), Words(self._folder))

    def action(self) -> Action | None:
        return Action(None, say(words.TRY_AGAIN))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {Key.ESC: self.shell.close}

    def focus(self) -> QWidget | None:
        return self.centre

    def pressed(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTER:
            self.shell.open_desk()
            return True
        return False
