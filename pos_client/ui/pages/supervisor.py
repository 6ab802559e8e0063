"""A supervisor's word: name and password for one act, which the clerk's page then does."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.errors import Problem
from pos_client.ui import tokens
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.form import Form
from pos_client.ui.kit.headings import Heading
from pos_client.ui.kit.rows import Gap, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.shell import Shell
from pos_client.ui.tokens import Role
from pos_client.ui.words import say
from pos_client.ui.words import sign_in as words

if TYPE_CHECKING:
    from pos_client.desk.operators import SignedIn


class SupervisorPage(Page):
    """Stands in front of the page that asked, whose columns stay in sight."""

    def __init__(self, shell: Shell, asking: Page, act: str, then: "Callable[[SignedIn], None]") -> None:
        super().__init__(shell)
        self._asking, self._act, self._then = asking, act, then
        self.name = Field(Kind.CODE, say(words.SUPERVISOR_NAME))
        self.password = Field(Kind.SECRET, say(words.PASSWORD))
        self.form = Form(say(words.SUPERVISOR), (self.name, self.password))
        self.form.done.connect(self._allow)
        self.centre = self.form
        wanted = Words(act, Role.INK, bold=True, size_px=tokens.FIGURE_PX)
        above: list[Piece] = [Heading(say(words.SUPERVISOR)), Words(say(words.WANTED)), wanted, Gap(16)]
        self.form.show_words(above, [Gap(), Words(say(words.RECORDED))])

    def left(self) -> Sequence[Piece]:
        return self._asking.left()

    def band(self) -> Sequence[BandPart]:
        return self._asking.band()

    def right(self) -> Sequence[Piece]:
        return self._asking.right()

    def action(self) -> Action | None:
        return Action(None, say(words.ALLOW))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {Key.F1: self.shell.open_help, Key.ESC: self._leave}

    def hint(self) -> Message:
        return Message(Sign.NOTE, say(words.SUPERVISOR_HINT))

    def focus(self) -> QWidget | None:
        return self.form.current

    def pressed(self, event: QKeyEvent) -> bool:
        return self.form.pressed(event)

    def scanned(self, code: str) -> None:
        self.name.set_text(code)
        self.form.go_to(self.password)

    def hidden(self) -> None:
        self.password.set_text("")

    def _allow(self) -> None:
        name, password, act = self.name.text, self.password.text, self._act
        self.password.set_text("")
        if not name:
            self.say(Sign.STOP, say(words.NAME_MISSING))
            self.form.go_to(self.name)
            return
        self.ask(
            lambda: self.shell.counter.authorise(name, password, act),
            self._allowed,
            self._refused,
            label=say(words.SIGNING_IN),
        )

    def _allowed(self, by: "SignedIn") -> None:
        self.shell.back()
        self._then(by)

    def _refused(self, problem: Problem) -> None:
        self.form.go_to(self.name if problem.code != "S-PASSWORD" else self.password)
        self.tell(problem)

    def _leave(self) -> None:
        self.shell.back()
        self._asking.say(Sign.NOTE, say(words.NOT_ALLOWED))
