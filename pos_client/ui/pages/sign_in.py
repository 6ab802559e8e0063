"""Who works here: name and password, before anything else."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.errors import Problem
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message
from pos_client.ui.frame.page import Action, Page
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.form import Form
from pos_client.ui.kit.headings import Heading, Name
from pos_client.ui.kit.rows import Gap, Words
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.shell import Shell
from pos_client.ui.words import say
from pos_client.ui.words import sign_in as words

if TYPE_CHECKING:
    from pos_client.desk.operators import SignedIn


class SignInPage(Page):
    """Nobody works here yet."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.name = Field(Kind.CODE, say(words.NAME))
        self.password = Field(Kind.SECRET, say(words.PASSWORD))
        self.form = Form(say(words.TITLE), (self.name, self.password))
        self.form.done.connect(self._sign_in)
        self.centre = self.form
        self.form.show_words([Heading(say(words.TITLE))], [Gap(), Words(say(words.NOTES))])

    def left(self) -> Sequence[Piece]:
        return (Heading(say(words.OPERATOR)), Name(say(words.NOBODY), waiting=True))

    def band(self) -> Sequence[BandPart]:
        return (BandPart(say(words.NOBODY), name=True),)

    def action(self) -> Action | None:
        return Action(None, say(words.SIGN_IN))

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        return {Key.F1: self.shell.open_help}

    def hint(self) -> Message:
        return Message(Sign.NOTE, say(words.HINT))

    def focus(self) -> QWidget | None:
        return self.form.current

    def pressed(self, event: QKeyEvent) -> bool:
        return self.form.pressed(event)

    def shown(self) -> None:
        self.ask(self.shell.counter.require_operators, lambda _: None)

    def hidden(self) -> None:
        self.password.set_text("")

    def scanned(self, code: str) -> None:
        self.name.set_text(code)
        self.form.go_to(self.password)

    def _sign_in(self) -> None:
        name, password = self.name.text, self.password.text
        self.password.set_text("")
        if not name:
            self.say(Sign.STOP, say(words.NAME_MISSING))
            self.form.go_to(self.name)
            return
        self.ask(
            lambda: self.shell.counter.sign_in(name, password), self._signed_in, self._refused,
            label=say(words.SIGNING_IN),
        )  # fmt: skip

    def _signed_in(self, by: "SignedIn") -> None:
        del by
        self.shell.signed_in()

    def _refused(self, problem: Problem) -> None:
        self.form.go_to(self.password)
        self.tell(problem)
