"""Keys and scans that came while the window was at work: taken in their order once the answer is there.

Money never moves by a key from before the clerk saw the amount, and nothing that was typed on one page goes to another.
"""

from dataclasses import dataclass, field

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_client.ui.frame.scan_catcher import ENDS, LEAST_CHARACTERS, MOST_GAP_MS
from pos_client.ui.kit.fields import Field, Kind

#: More than anybody types in that time.
MOST_KEYS = 500


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key, or the whole of a scan. Enter may end a scan, or may have been meant for a field for scans."""

    key: int
    modifiers: Qt.KeyboardModifier
    text: str = field(repr=False)
    ends_scan: bool = False
    for_scans: bool = False
    is_scan: bool = False

    def events(self) -> tuple[QKeyEvent, QKeyEvent]:
        """The key down and up again."""
        down, up = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
        return QKeyEvent(down, self.key, self.modifiers, self.text), QKeyEvent(up, self.key, self.modifiers, self.text)


class TypedAhead:
    """The keys that wait, all of one page."""

    def __init__(self) -> None:
        self._strokes: list[Stroke] = []
        self._page: QObject | None = None
        self._since = QElapsedTimer()
        self._fast = 0

    def note(self, event: QKeyEvent, page: QObject, field: QWidget | None) -> None:
        """A key waits; ``field`` is where it would have gone. One that is held down counts once."""
        if event.isAutoRepeat() or len(self._strokes) == MOST_KEYS:
            return
        if page is not self._page:
            self.forget()
            self._page = page
        self._count_fast(event)
        ends_scan = event.key() in ENDS and self._fast >= LEAST_CHARACTERS
        for_scans = isinstance(field, Field) and field.kind is Kind.SCAN
        self._strokes.append(Stroke(event.key(), event.modifiers(), event.text(), ends_scan, for_scans))

    def note_scan(self, code: str, page: QObject) -> None:
        """What a scanner with a line of its own sent waits, too."""
        if page is not self._page:
            self.forget()
            self._page = page
        if len(self._strokes) < MOST_KEYS:
            self._strokes.append(Stroke(0, Qt.KeyboardModifier.NoModifier, code, is_scan=True))

    def _count_fast(self, event: QKeyEvent) -> None:
        """How many characters in a row came as fast as a scanner sends them."""
        gap_ms = self._since.restart() if self._since.isValid() else MOST_GAP_MS + 1
        if not self._since.isValid():
            self._since.start()
        if gap_ms > MOST_GAP_MS:
            self._fast = 0
        if event.text() and event.text().isprintable():
            self._fast += 1

    def take(self, page: QObject, field: QWidget | None) -> Stroke | None:
        """The next one for the page in front, which is not at work any more; ``field`` has the cursor there.

        Enter is dropped unless it ended a scan, or was meant for a field for scans and still goes to one.
        """
        if page is not self._page:
            self.forget()
        in_scans = isinstance(field, Field) and field.kind is Kind.SCAN
        while self._strokes:
            stroke = self._strokes.pop(0)
            if stroke.key not in ENDS or stroke.ends_scan or (stroke.for_scans and in_scans):
                return stroke
        return None

    def forget(self) -> None:
        """What was typed ahead is not wanted."""
        self._strokes.clear()
        self._page = None
