"""What the reader and the card say to each other, in words; the bytes themselves on demand."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtWidgets import QAbstractItemView, QListWidget, QVBoxLayout, QWidget

from hardware_sim.card.explain import Explainer
from hardware_sim.card.slot import Entry, Event
from hardware_sim.panel.log_view import shanghai_now
from hardware_sim.panel.words import TALK
from hardware_sim.saying import Language

LONGEST: Final = 500
_LINE_PX: Final = 24


@dataclass(frozen=True, slots=True)
class _Line:
    at: datetime
    said: str
    raw: tuple[str, ...]


class TalkView(QWidget):
    """The talk, newest first and of bounded length."""

    def __init__(self, language: Language, now: Callable[[], datetime] = shanghai_now) -> None:
        super().__init__()
        self._explainer = Explainer(language)
        self._now = now
        self._kept: deque[_Line] = deque(maxlen=LONGEST)
        self._raw = False
        self._list = QListWidget()
        self._list.setWordWrap(True)
        self._list.setAccessibleName(TALK.said(language))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setMinimumHeight(3 * _LINE_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)

    @property
    def lines(self) -> list[str]:
        """All lines as they are shown, newest first."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def add(self, entry: Entry) -> None:
        """One more exchange or event."""
        explained = self._explainer.explain(entry)
        said = f"{explained.said} → {explained.answer}" if explained.answer else explained.said
        line = _Line(self._now(), said, tuple(_raw(entry)))
        self._kept.appendleft(line)
        self._list.insertItem(0, self._shown(line))
        while self._list.count() > LONGEST:
            self._list.takeItem(self._list.count() - 1)
        self._list.scrollToTop()

    def show_raw(self, *, raw: bool) -> None:
        """Shows the bytes under the words, or no longer."""
        self._raw = raw
        self._list.clear()
        self._list.addItems([self._shown(line) for line in self._kept])

    def _shown(self, line: _Line) -> str:
        words = f"{line.at:%H:%M:%S} {line.said}"
        return "\n".join((words, *line.raw)) if self._raw else words


def _raw(entry: Entry) -> list[str]:
    if isinstance(entry, Event):
        return [_in_bytes(entry.atr.hex())] if entry.atr else []
    command = _in_bytes(entry.command.shown.hex()) + (" ***" if entry.command.hidden else "")
    return [f"> {command}", f"< {'-' if entry.answer is None else _in_bytes(entry.answer.hex())}"]


def _in_bytes(digits: str) -> str:
    """Hexadecimal with blanks between the bytes, so that a line can break."""
    return " ".join(digits[at : at + 2] for at in range(0, len(digits), 2)).upper()
