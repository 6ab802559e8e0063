"""Counter devices that take down what they are told, for tests of the desk."""

from collections.abc import Callable

from pos_client.devices.announcer import Said, Sentence
from pos_client.devices.display import Amount, DisplayState


class Told:
    """What the customer saw and heard, and how often the drawer sprang open."""

    def __init__(self) -> None:
        self.shown: list[DisplayState] = []
        self.said: list[Sentence] = []
        self.opened = 0
        self.when_opened: Callable[[], None] = lambda: None

    def show(self, state: DisplayState) -> None:
        self.shown.append(state)

    def announce(self, *sentences: Sentence) -> None:
        self.said += [one for one in sentences if one.said is not Said.CLEAR]

    def open_drawer(self) -> None:
        self.when_opened()
        self.opened += 1

    def stands(self) -> tuple[Amount, ...]:
        """The amounts that stand on the display."""
        return self.shown[-1].amounts

    def greets(self) -> bool:
        """Whether the display greets the next customer."""
        return self.shown[-1].greeting
