"""Where a line of Chinese may end (GB/T 15834): closing marks never begin one, opening marks never end one."""

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

NEVER_FIRST = "，。、；：！？）》」』〉】〕”’%…"
NEVER_LAST = "（《「『〈【〔“‘￥"


def width(text: str) -> int:
    """How many columns a text takes: wide and full-width characters two, combining marks none."""
    return sum(_character_width(character) for character in text)


@cache
def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def broken(text: str, fits: Callable[[str], bool]) -> list[str]:
    """The text in lines that fit; a run of digits or Latin letters is cut only where it is longer than a line."""
    lines = [""]
    for word in _words(text):
        if lines[-1] and not fits(lines[-1] + word):
            lines.append("")
        for character in word:
            if lines[-1] and not fits(lines[-1] + character):
                lines.append("")
            lines[-1] += character
    return [line.strip() for line in lines]


def _words(text: str) -> Iterator[str]:
    """Pieces that stay together: a run of narrow characters, or one wide one, with the marks that belong to it."""
    word = ""
    for character in text:
        if word and not _joined(word[-1], character):
            yield word
            word = ""
        word += character
    if word:
        yield word


def _joined(before: str, character: str) -> bool:
    if character in NEVER_FIRST or before in NEVER_LAST:
        return True
    return character != " " and _character_width(before) == 1 == _character_width(character)
