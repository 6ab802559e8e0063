"""What the program of the window stands on."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from pos_client.config import Home
from pos_client.errors import Problem
from pos_client.phrase import Language

if TYPE_CHECKING:
    from pos_client.runtime import Runtime


class Ground(Protocol):
    """What the program stands on: given by whoever starts it."""

    @property
    def home(self) -> Home:
        """The data folder."""

    @property
    def environment(self) -> Mapping[str, str]:
        """What overrides settings."""

    @property
    def language(self) -> Language:
        """The language of the window at its start."""

    def open_runtime(self) -> "AbstractContextManager[Runtime]":
        """The outside world; opened and closed in the desk's lane."""

    def report(self, error: BaseException) -> Problem:
        """Writes a report about an error of our own and gives its sentence."""
