"""What a customer sees: a figure display of eight digits with four lamps (LED8), or two lines of text (VFD220).

Both understand ``ESC @`` (start afresh), ``ESC Q A … CR`` (upper or only line), ``ESC s n`` (lamp) and, for a drawer
that hangs on the display, ``ESC p m t1 t2``. The VFD220 has a second line, ``ESC Q B … CR``, and is cleared by 0C. All
else passes without effect. Written from the devices' command lists, on its own: it shares nothing with the client.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

_ESC: Final = 0x1B
_CR: Final = 0x0D
_FORM_FEED: Final = 0x0C
_MOST_TEXT: Final = 64
_BLANK_LED: Final = " "


class Lamp(StrEnum):
    """The word that is lit beside the figure."""

    NONE = ""
    UNIT_PRICE = "单价"
    TOTAL = "总计"
    RECEIVED = "收款"
    CHANGE = "找零"


_LAMPS: Final[Mapping[int, Lamp]] = {
    ord("0"): Lamp.NONE,
    ord("1"): Lamp.UNIT_PRICE,
    ord("2"): Lamp.TOTAL,
    ord("3"): Lamp.RECEIVED,
    ord("4"): Lamp.CHANGE,
}


@dataclass(frozen=True, slots=True)
class DisplayModel:
    """What a display can show, and at which speed it listens."""

    baud: int
    rows: int
    places: int
    figures_only: bool


MODELS: Final[Mapping[str, DisplayModel]] = {
    "led8-2400": DisplayModel(2400, rows=1, places=8, figures_only=True),
    "led8-9600": DisplayModel(9600, rows=1, places=8, figures_only=True),
    "vfd220": DisplayModel(9600, rows=2, places=20, figures_only=False),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the display."""

    digits: str = ""
    lamp: Lamp = Lamp.NONE
    second_line: str = ""


class CustomerDisplay:
    """The display's own program; whoever holds the line feeds it bytes as they come."""

    def __init__(
        self,
        model: DisplayModel,
        changed: Callable[[Shown], None] = lambda _: None,
        kicked: Callable[[bytes], None] = lambda _: None,
    ) -> None:
        """``changed`` hears what is shown after each change, ``kicked`` what a drawer behind the display is sent."""
        self._model = model
        self._changed = changed
        self._kicked = kicked
        self._pending = bytearray()
        self.shown = Shown()

    def receive(self, data: bytes) -> None:
        """Takes bytes from the line, in pieces as they come."""
        self._pending += data
        while self._pending:
            used = self._command()
            if not used:
                return
            del self._pending[:used]

    def _command(self) -> int:
        """Does the command at the front; how many bytes it took, 0 while it is not whole."""
        if self._pending[0] == _FORM_FEED and self._model.rows == 2:
            self._show(Shown())
            return 1
        if self._pending[0] != _ESC:
            return 1
        if len(self._pending) < 2:
            return 0
        letter = chr(self._pending[1])
        if letter == "@":
            self._show(Shown())
            return 2
        if letter == "s":
            return self._light()
        if letter == "p":
            return self._pass_on_kick()
        return self._line() if letter == "Q" else 1

    def _light(self) -> int:
        if len(self._pending) < 3:
            return 0
        if self._model.figures_only:
            self._show(replace(self.shown, lamp=_LAMPS.get(self._pending[2], Lamp.NONE)))
        return 3

    def _pass_on_kick(self) -> int:
        if len(self._pending) < 5:
            return 0
        self._kicked(bytes(self._pending[:5]))
        return 5

    def _line(self) -> int:
        end = self._pending.find(_CR)
        if end < 0:
            return 1 if len(self._pending) > _MOST_TEXT else 0
        row, text = chr(self._pending[2]), bytes(self._pending[3:end])
        if row == "A":
            self._show(replace(self.shown, digits=self._fitting(text)))
        elif row == "B" and self._model.rows == 2:
            self._show(replace(self.shown, second_line=self._fitting(text)))
        return end + 1

    def _fitting(self, text: bytes) -> str:
        """What of a text can be seen: more than there are places is cut off, a figure display leaves letters dark."""
        seen, places = "", 0
        for character in text.decode("latin-1"):
            on_its_own = not (self._model.figures_only and character == ".")
            places += on_its_own
            if places > self._model.places:
                break
            dark = self._model.figures_only and character not in "0123456789.-"
            seen += _BLANK_LED if dark else character
        return seen.rstrip()

    def _show(self, shown: Shown) -> None:
        if shown != self.shown:
            self.shown = shown
            self._changed(shown)
