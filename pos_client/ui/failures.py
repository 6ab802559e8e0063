"""Errors of our own: each place in the program is reported once, and told on the page in front; the window lives on."""

import traceback
from collections.abc import Callable

from pos_client.errors import Problem
from pos_client.ui.frame.window import Window


class Failures:
    """What broke in this run, by its place."""

    def __init__(self, report: Callable[[BaseException], Problem], window: Window) -> None:
        self._report, self._window = report, window
        self._known: dict[str, Problem] = {}

    def note(self, error: BaseException) -> Problem:
        """Makes a problem of an error; it is new to nobody the second time."""
        frames = traceback.extract_tb(error.__traceback__)
        place = f"{type(error).__name__} {frames[-1].filename}:{frames[-1].lineno}" if frames else repr(type(error))
        if place not in self._known:
            self._known[place] = self._report(error)
            self._window.page.tell(self._known[place])
        return self._known[place]
