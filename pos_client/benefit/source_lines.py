"""On which line of a TOML file a key stands. The standard parser does not tell, and a clerk needs to know."""

import re

from pos_client.benefit.shapes import Path

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-.\"']+)\s*=")


class SourceLines:
    """The places of the keys of one file, found by reading its text line by line.

    Keys inside inline tables are looked for in the text between their own beginning and the next key's.
    """

    def __init__(self, source: str) -> None:
        self._lines = source.splitlines()
        self._places: dict[Path, int] = {(): 1}
        self._arrays: dict[Path, int] = {}
        here: Path = ()
        for number, line in enumerate(self._lines, start=1):
            header = _HEADER.match(line)
            if header:
                here = self._entered(header.group(2), is_array=header.group(1) == "[[")
                self._places.setdefault(here, number)
                continue
            key = _KEY.match(line)
            if key:
                self._places.setdefault((*here, *_parts(key.group(1))), number)

    def _entered(self, header: str, *, is_array: bool) -> Path:
        *outer, last = _parts(header)
        here: Path = ()
        for part in outer:
            here = self._inside((*here, part))
        here = (*here, last)
        if is_array:
            self._arrays[here] = self._arrays.get(here, -1) + 1
        return self._inside(here)

    def _inside(self, path: Path) -> Path:
        index = self._arrays.get(path)
        return path if index is None else (*path, index)

    def line_of(self, path: Path) -> int:
        """The line of the key at this path, or of the nearest thing around it that stands on a line of its own."""
        around = path
        while around not in self._places:
            around = around[:-1]
        first = self._places[around]
        if around == path:
            return first
        following = [line for line in self._places.values() if line > first]
        last = min(following, default=len(self._lines) + 1)
        wanted = next((part for part in reversed(path[len(around) :]) if isinstance(part, str)), None)
        if wanted is None:
            return first
        inline = re.compile(rf"(?<![\w-])[\"']?{re.escape(wanted)}[\"']?\s*=")
        for number in range(first, last):
            if inline.search(self._lines[number - 1]):
                return number
        return first


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]
