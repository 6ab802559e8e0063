"""How a maker's library is named: ``/opt/maker/libreader.so?type=1`` behind the scheme."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

#: ``iType`` of the convention: 1 contact, 2 contactless, 3 either and contact first, 4 either and contactless first.
_CONTACT_FIRST: Final = 3
_OPTION: Final = re.compile(r"type=[1-4]|python=.+", re.ASCII)


@dataclass(frozen=True, slots=True)
class LibraryTarget:
    """A library, how it shall look for the card, and what runs it."""

    path: str
    card_type: int = _CONTACT_FIRST
    python: str = ""
    """The interpreter that runs the library; empty for the one that runs this program."""

    @property
    def file_name(self) -> str:
        """The library as the clerk may hear of it."""
        return PureWindowsPath(self.path).name  # which takes both strokes for separators


def parse(target: str) -> LibraryTarget | None:
    """Takes an address apart: a whole path, behind it ``?type=1..4``, ``?python=PATH`` or both with ``&`` between.

    None where it cannot be meant.
    """
    path, mark, options = target.partition("?")
    given = options.split("&") if mark else []
    if not all(_OPTION.fullmatch(option) for option in given):
        return None
    named = dict(option.split("=", 1) for option in given)
    paths = [path, *(value for name, value in named.items() if name == "python")]
    if len(named) < len(given) or not all(map(_is_whole, paths)):
        return None
    return LibraryTarget(path, int(named.get("type", _CONTACT_FIRST)), named.get("python", ""))


def _is_whole(path: str) -> bool:
    """Whether a path leads to one place from wherever the program was started, on this or on another system."""
    return PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()
