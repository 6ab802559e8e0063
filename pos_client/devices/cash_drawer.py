"""The cash drawer: springs open on one short sequence, over a line of its own or through the display's.

A drawer is opened now or not at all: one that springs open when its cable is plugged in again stands open unseen.
"""

from typing import Final

from pos_client.devices import words
from pos_client.devices.line import Line
from pos_client.devices.model import DrawerModel
from pos_client.errors import EnvironmentProblem

_NOT_OPENED: Final = words.DRAWER_NOT_OPENED


class CashDrawer:
    """A drawer on its line."""

    def __init__(self, model: DrawerModel, line: Line) -> None:
        self._model = model
        self._line = line

    def open(self, now_ms: int) -> None:
        """Opens the drawer.

        Raises:
            EnvironmentProblem: G-05, there is no connection to it.
        """
        if not self._line.send(self._model.kick, now_ms):
            raise EnvironmentProblem(_NOT_OPENED)
