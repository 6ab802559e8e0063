"""What is typed into the windows that are timed: the same keys for ours and for the bare one."""

from collections.abc import Iterator, Mapping
from itertools import cycle
from types import MappingProxyType
from typing import Final

LINES: Final = 20
LETTERS: Final = "letters in the scan field, each after its search"
AT_ONCE: Final = "letters in the scan field, without a pause"
ARROWS: Final = f"arrow keys on a bill of {LINES} lines"
DIGITS: Final = "digits in the field for money"
KINDS: Final = (LETTERS, AT_ONCE, ARROWS, DIGITS)

#: Initials and a code as a clerk types them; something begins so in every catalogue.
SOUGHT: Final = ("AMXL", "FFDS", "YD001", "WSS", "PTT")
_AMOUNT: Final = "128450"


def _and_back(*words: str) -> tuple[str, ...]:
    """Each typed, and taken back letter by letter."""
    return tuple(key for word in words for key in (*word, *["Back"] * len(word)))


_STROKES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        LETTERS: _and_back(*SOUGHT),
        AT_ONCE: _and_back(*SOUGHT),
        ARROWS: ("Up",) * (LINES - 1) + ("Down",) * (LINES - 1),
        DIGITS: _and_back(_AMOUNT),
    }
)


def strokes(kind: str) -> Iterator[str]:
    """Keys without an end, from an empty field or with no line chosen."""
    return cycle(_STROKES[kind])


def bare_strokes(kind: str) -> Iterator[str]:
    """The same for a line of text, in which arrows go to the left and to the right."""
    return cycle({"Up": "Left", "Down": "Right"}.get(key, key) for key in _STROKES[kind])
