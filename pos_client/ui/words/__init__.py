"""Every word of the window: one module a page, all of them Chinese, translated through ``translations/``.

A word is marked (``words.mark``), so that Qt's tools find it, and said with :func:`say` when it is shown.
What the desk says comes from the desk in the right language already.
"""

from PySide6.QtCore import QCoreApplication

#: The one context in which all words of the window stand.
CONTEXT = "pos"
_VARIANT_MARK = "\x9c"


def say(word: str, **fill: object) -> str:
    """A word in the language of the window, its places filled."""
    said = variants(word)[0]
    return said.format(**fill) if fill else said


def variants(word: str) -> list[str]:
    """A word in the language of the window, the longest form first (Qt Linguist's length variants)."""
    return QCoreApplication.translate(CONTEXT, word).split(_VARIANT_MARK)
