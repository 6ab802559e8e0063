"""Lanes under virtual time: one piece of work after the other, in an order that the dice choose."""

from collections.abc import Callable
from random import Random


class ShuffledLanes:
    """Carries work out when somebody waits for it; which piece is finished first is drawn."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._begun: list[tuple[object, Callable[[], object]]] = []

    def start(self, label: object, work: Callable[[], object]) -> None:
        """Begins a piece of work."""
        self._begun.append((label, work))

    def finished(self) -> list[tuple[object, object]]:
        """One or more pieces that have finished."""
        done = []
        for _ in range(self._dice.randint(1, len(self._begun))):
            label, work = self._begun.pop(self._dice.randrange(len(self._begun)))
            done.append((label, work()))
        return done

    def close(self) -> None:
        """Waits for what is under way."""
        while self._begun:
            self._begun.pop()[1]()
