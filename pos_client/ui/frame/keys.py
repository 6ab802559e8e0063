"""The keys of the window: thirteen of them, each with one word that never changes."""

from enum import IntEnum

from PySide6.QtCore import Qt

from pos_client.ui.words import frame as words


class Key(IntEnum):
    """A key of the key bar."""

    F1 = Qt.Key.Key_F1
    F2 = Qt.Key.Key_F2
    F3 = Qt.Key.Key_F3
    F4 = Qt.Key.Key_F4
    F5 = Qt.Key.Key_F5
    F6 = Qt.Key.Key_F6
    F7 = Qt.Key.Key_F7
    F8 = Qt.Key.Key_F8
    F9 = Qt.Key.Key_F9
    F10 = Qt.Key.Key_F10
    F11 = Qt.Key.Key_F11
    F12 = Qt.Key.Key_F12
    ESC = Qt.Key.Key_Escape

    @property
    def cap(self) -> str:
        """What stands on the key."""
        return "Esc" if self is Key.ESC else self.name


#: Which key a key code is.
BY_CODE = {int(key): key for key in Key}
WORDS = {
    Key.F1: words.HELP,
    Key.F2: words.FIND,
    Key.F3: words.PRESCRIPTION,
    Key.F4: words.SEARCH,
    Key.F5: words.TRIAL,
    Key.F6: words.ACCOUNT,
    Key.F7: words.OWN,
    Key.F8: words.COLLECT,
    Key.F9: words.REFUND,
    Key.F10: words.PRINT,
    Key.F11: words.OPEN_TASKS,
    Key.F12: words.PARK,
    Key.ESC: words.BACK,
}
