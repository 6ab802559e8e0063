"""What a page is: it fills the frame's places and says what the keys do now. The frame draws, the page decides."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.errors import Problem
from pos_client.ui.frame.band import BandPart
from pos_client.ui.frame.keys import Key
from pos_client.ui.frame.message_line import Message, of_problem
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.lane import Lane
from pos_client.ui.shell import Shell

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Action:
    """The next action: its key, as it stands on the cap, and what the button says. ``key`` None is Enter."""

    key: Key | None
    words: str

    @property
    def cap(self) -> str:
        """What stands on the key-cap."""
        return "Enter" if self.key is None else self.key.cap


class Page(QObject):
    """One task of the window."""

    changed = Signal()
    """Something that the frame shows is different now."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self._message: Message | None = None
        self._asked = 0
        self.centre: QWidget = QWidget()

    # --- what it shows ---

    def left(self) -> Sequence[Piece]:
        """Who it is."""
        return ()

    def band(self) -> Sequence[BandPart]:
        """Who it is, in one line."""
        return ()

    def right(self) -> Sequence[Piece]:
        """How much."""
        return ()

    def foot(self) -> QWidget | None:
        """What is typed directly above the next action."""
        return None

    def action(self) -> Action | None:
        """What next."""
        return None

    def keys(self) -> Mapping[Key, Callable[[], None]]:
        """The keys that do something now."""
        return {}

    def letters(self) -> Sequence[tuple[str, str]]:
        """Keys besides those of the bar, for the help: what stands on them, what they do here."""
        return ()

    def message(self) -> Message:
        """The sentence: what was said last, else what to do here."""
        return self._message or self.hint()

    @property
    def spoke(self) -> bool:
        """Whether something happened that the message line tells of."""
        return self._message is not None

    def hint(self) -> Message:
        """What to do here, when nothing happened."""
        return Message(Sign.NOTE, "")

    def focus(self) -> QWidget | None:
        """Where typing goes."""
        return None

    # --- what happens to it ---

    def shown(self) -> None:
        """It has come to the front."""

    def hidden(self) -> None:
        """Another page is in front, or it is closed."""

    def pressed(self, event: QKeyEvent) -> bool:
        """Another key than those of the key bar, before the field gets it; whether it was used."""
        del event
        return False

    def scanned(self, code: str) -> None:
        """A scanner sent this while the cursor was not in a field for scans."""
        del code

    def recounted(self) -> None:
        """The counts of the strip were read again; what is listed may be different now."""

    @property
    def takes_cards(self) -> bool:
        """Whether it does something with a card that is put in; else the card waits for the page behind."""
        return type(self).card_came is not Page.card_came

    def card_came(self) -> None:
        """A card was put in."""

    def card_went(self) -> None:
        """The card was taken out."""

    # --- what it asks ---

    @property
    def busy(self) -> bool:
        """Whether it waits for something that it asked: its keys rest so long."""
        return self._asked > 0

    def ask(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Problem], None] | None = None,
        *,
        label: str = "",
        lane: Lane | None = None,
    ) -> None:
        """Asks the desk in its lane; a problem is told in the message line unless the page does more with it.

        ``lane``: another one than the desk's.
        """
        self._asked += 1
        self.quiet()

        def done(result: T) -> None:
            self._asked -= 1
            then(result)
            self.changed.emit()

        def refused(problem: Problem) -> None:
            self._asked -= 1
            self.shell.refresh_strip()  # it may be that nobody answers any more
            (failed or self.tell)(problem)
            self.changed.emit()

        (lane or self.shell.desk).do(work, done, refused, label)
        self.changed.emit()

    # --- what it says ---

    @property
    def speaks(self) -> bool:
        """Whether a sentence stands there that is not the hint."""
        return self._message is not None

    def say(self, sign: Sign, text: str, code: str = "", remark: str = "") -> None:
        """Puts a sentence into the message line until something else happens."""
        self._message = Message(sign, text, code, remark)
        self.changed.emit()

    def say_message(self, message: Message | None) -> None:
        """Puts a message into the message line, if there is one."""
        if message is not None:
            self.say(message.sign, message.text, message.code, message.remark)

    def tell(self, problem: Problem) -> None:
        """Puts a problem's sentence into the message line."""
        self._message = of_problem(problem, self.shell.language)
        self.changed.emit()

    def quiet(self) -> None:
        """Takes the last sentence away: the hint stands again."""
        self._message = None
