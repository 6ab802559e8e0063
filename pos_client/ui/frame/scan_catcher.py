"""Catches a scan that arrives while the cursor is in another field: money typed never mixes with a code scanned.

A scanner types faster than a hand: at least eight characters with less than 30 ms between them, ended by Enter. What of
it had reached the field by then is taken out again.
"""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

LEAST_CHARACTERS = 8
MOST_GAP_MS = 30
ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ScanCatcher:
    """Looks at every key press before a field gets it."""

    def __init__(self, scanned: Callable[[str], None]) -> None:
        self._scanned = scanned
        self._typed = ""
        self._before = ""
        self._field: QLineEdit | None = None
        self._since = QElapsedTimer()
        self._pressed_ms = 0

    def key(self, event: QKeyEvent, field: QLineEdit | None) -> bool:
        """Notes a key press on its way to a field that is not one for scans; whether it ended a scan."""
        gap_ms = self._gap_ms(event)
        if field is not self._field or gap_ms > MOST_GAP_MS:
            self._begin(field)
        if event.key() in ENDS:
            return self._end()
        if event.text().isprintable():
            self._typed += event.text()
        return False

    def _gap_ms(self, event: QKeyEvent) -> int:
        """Since the key before: by the keyboard's own times, which a moment in which the window was busy does not
        stretch; by the time of arrival where the platform tells none.
        """
        arrived_ms = self._since.restart() if self._since.isValid() else MOST_GAP_MS + 1
        if not self._since.isValid():
            self._since.start()
        before_ms, self._pressed_ms = self._pressed_ms, event.timestamp()
        if not before_ms or not self._pressed_ms:
            return arrived_ms
        return abs(self._pressed_ms - before_ms)

    def _begin(self, field: QLineEdit | None) -> None:
        self._typed = ""
        self._field = field
        self._before = field.text() if field is not None else ""

    def _end(self) -> bool:
        typed, field, before = self._typed, self._field, self._before
        self._begin(None)
        if len(typed) < LEAST_CHARACTERS:
            return False
        if field is not None:
            field.setText(before)
            field.textEdited.emit(before)
        self._scanned(typed)
        return True
