"""A price announcer (报价器): says an amount aloud and writes a line, as hospital counters have them.

Its commands are text in GB18030. An amount and a letter is said: J 请您付款, Y 预收, Z 找零, P the amount alone; W, X,
D and ED (退款) are said without one. F starts afresh, ``&Sc$`` or ``*`` clears the rows, ``&CRCtext$`` writes row R
from column C, ``#text#`` writes a row. Source: public hospital programs for such announcers (SYC XII, SHY-II, TDKJ-BJ).
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MODELS: Final = {"tdkj": 9600, "syc": 9600}
"""The announcers and the speed at which they listen."""

_SAID_WITH_AMOUNT: Final = {"J": "请您付款{}元", "Y": "预收{}元", "Z": "找零{}元", "P": "{}元"}
_SAID_ALONE: Final = {"W": "您好，请稍等", "X": "谢谢", "D": "请当面点清，谢谢", "ED": "退款"}
_ALONE: Final = re.compile("|".join(_SAID_ALONE))
_AMOUNT: Final = re.compile(r"(\d{1,7}(?:\.\d{1,2})?)([JYZP])")
_ROW: Final = re.compile(r"&C(\d)\d([^$]*)\$")
_LINE: Final = re.compile(r"#([^#]*)#")
_CLEAR: Final = re.compile(r"&Sc\$|\*|F")
_UNFINISHED: Final = re.compile(r"&[^$]*|#[^#]*|[\d.]+|E")
_MOST_TEXT: Final = 128


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said aloud (may be nothing), and what stands on the announcer's rows by their numbers."""

    said: str
    rows: tuple[tuple[int, str], ...]


class PriceAnnouncer:
    """The announcer's own program; whoever holds the line feeds it bytes as they come."""

    def __init__(self, changed: Callable[[Heard], None] = lambda _: None) -> None:
        """``changed`` hears of each sentence and each written row."""
        self._changed = changed
        self._decoder = codecs.getincrementaldecoder("gb18030")("ignore")
        self._pending = ""
        self._rows: dict[int, str] = {}

    def receive(self, data: bytes) -> None:
        """Takes bytes from the line, in pieces as they come."""
        self._pending += self._decoder.decode(data)
        while self._pending:
            used = self._command(self._pending)
            if not used:
                return
            self._pending = self._pending[used:]

    def _command(self, text: str) -> int:
        if found := _AMOUNT.match(text):
            self._say(_SAID_WITH_AMOUNT[found[2]].format(found[1]))
        elif found := _ROW.match(text):
            self._rows[int(found[1])] = found[2]
            self._say("")
        elif found := _LINE.match(text):
            self._rows[1] = found[1]
            self._say("")
        elif found := _CLEAR.match(text):
            self._rows.clear()
            self._say("")
        elif found := _ALONE.match(text):
            self._say(_SAID_ALONE[found[0]])
        elif _UNFINISHED.fullmatch(text) and len(text) < _MOST_TEXT:
            return 0
        else:
            return 1
        return found.end()

    def _say(self, words: str) -> None:
        self._changed(Heard(words, tuple(sorted(self._rows.items()))))
