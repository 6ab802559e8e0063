"""What has happened, in words, newest first and of bounded length."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Final

from PySide6.QtWidgets import QAbstractItemView, QListWidget, QVBoxLayout, QWidget

from hardware_sim.panel.words import LOG
from hardware_sim.saying import Language, Text

LONGEST: Final = 500
_LINE_PX: Final = 24
_SHANGHAI: Final = timezone(timedelta(hours=8))
_NUMBER: Final = re.compile(r"[0-9]{5,}")


def shanghai_now() -> datetime:
    """The machine's present time in the zone of the bureau, whatever the machine's own is."""
    return datetime.now(_SHANGHAI)


class LogView(QWidget):
    """The log."""

    def __init__(self, language: Language, now: Callable[[], datetime] = shanghai_now) -> None:
        super().__init__()
        self._language: Language = language
        self._now = now
        self._lines = QListWidget()
        self._lines.setWordWrap(True)
        self._lines.setAccessibleName(LOG.said(language))
        self._lines.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._lines.setMinimumHeight(3 * _LINE_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._lines)

    @property
    def lines(self) -> list[str]:
        """All lines, newest first."""
        return [self._lines.item(row).text() for row in range(self._lines.count())]

    def add(self, source: Text, what: Text, /, **places: object) -> None:
        """One more line; long numbers in it are masked."""
        said = f"{source.said(self._language)}{'：' if self._language == 'zh' else ': '}"
        said += _NUMBER.sub(_masked, what.said(self._language, **places))
        self._lines.insertItem(0, f"{self._now():%H:%M:%S} {said}")
        while self._lines.count() > LONGEST:
            self._lines.takeItem(self._lines.count() - 1)
        self._lines.scrollToTop()


def _masked(number: re.Match[str]) -> str:
    return f"…{number[0][-4:]}" if len(number[0]) > 8 else "…"
