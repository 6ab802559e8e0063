"""Small words: labels, key-caps and the heads of lists."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy


def label(text: str = "", look: str = "soft") -> QLabel:
    """A word that looks as the theme says: ``soft``, ``heading`` or ``figure``."""
    made = QLabel(text)
    made.setObjectName(look)
    return made


def cap(key: str) -> QLabel:
    """A key-cap beside something that is no button."""
    made = label(key, "cap")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def heading(key: str, text: str, hint: str) -> QHBoxLayout:
    """The head of a list: the key that leads to it, what it is, and at the right the keys that work in it."""
    row = QHBoxLayout()
    for widget in (cap(key), label(text, "heading")):
        row.addWidget(widget)
    row.addStretch()
    row.addWidget(label(hint))
    return row
