"""What is done to the answers of a card or a reader, written as text so that a failing case can be kept.

``3=6A82`` the third answer is this instead · ``3<5`` only its first five bytes come · ``3+0102`` these come before its
last two · ``3^7`` its eighth byte is another · ``3!torn`` none comes and the card is gone · ``3!mute`` none comes.
``3..`` instead of ``3`` means the third and all later ones, ``0`` the answer to reset, ``@`` every step in turn; ``p``
before it means the PSAM's answers. On a line ``3~80.40.FE.9000`` is a right frame of another content: its kind, status,
error and data.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Gone = Literal["torn", "mute"]

_WRITTEN: Final = re.compile(r"(?P<psam>p?)(?P<at>\d+)(?P<on>(?:\.\.)?)(?P<how>[=<+^!~])(?P<value>[0-9A-Za-z.]*)")


@dataclass(frozen=True, slots=True)
class Change:
    """One answer, or all from one on, that is not what it should be."""

    at: int
    how: str
    value: str
    on: bool = False
    psam: bool = False

    def __str__(self) -> str:
        return f"{'p' * self.psam}{self.at}{'..' * self.on}{self.how}{self.value}"

    def meets(self, number: int) -> bool:
        """Whether it is about the answer of this number."""
        return number == self.at or (self.on and number > self.at)

    def made_of(self, answer: bytes) -> bytes | Gone:
        """What comes in the place of an answer."""
        match self.how:
            case "=":
                return bytes.fromhex(self.value)
            case "<":
                return answer[: int(self.value)]
            case "+":
                return answer[:-2] + bytes.fromhex(self.value) + answer[-2:]
            case "^":
                where = int(self.value) % max(len(answer), 1)
                return answer[:where] + bytes(byte ^ 0x5A for byte in answer[where : where + 1]) + answer[where + 1 :]
            case _:
                return "torn" if self.value == "torn" else "mute"


def read_change(text: str) -> Change:
    """A change as it is written."""
    written = _WRITTEN.fullmatch(text)
    assert written is not None, f"{text!r} is no change"
    return Change(int(written["at"]), written["how"], written["value"], bool(written["on"]), bool(written["psam"]))


def every_way(written: Sequence[str], steps: int) -> Iterator[list[Change]]:
    """The changes of a case; where ``@`` stands for the step, once for each of so many steps."""
    each = range(1, steps + 1) if any("@" in one for one in written) else (0,)
    for step in each:
        yield [read_change(one.replace("@", str(step))) for one in written]


def split(changes: Iterable[Change]) -> tuple[Sequence[Change], Sequence[Change]]:
    """Those of the card and those of the PSAM."""
    all_of_them = list(changes)
    return [one for one in all_of_them if not one.psam], [one for one in all_of_them if one.psam]
