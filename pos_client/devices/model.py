"""What a make of counter device understands, as data: line settings and byte sequences of ``models/*.toml``.

In a sequence ``{text}`` stands for the text that it carries, everything else is written in hex.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

_FOLDER: Final = Path(__file__).with_name("models")
_TEXT: Final = "{text}"

Parity = Literal["none", "even", "odd"]


class Kind(StrEnum):
    """What a device is there for."""

    DISPLAY = "display"
    ANNOUNCER = "announcer"
    DRAWER = "drawer"
    SCANNER = "scanner"


@dataclass(frozen=True, slots=True)
class LineSettings:
    """How the serial line is set: bits a second, data bits, parity, stop bits."""

    baud: int
    bits: int
    parity: Parity
    stop_bits: int

    def duration_ms(self, count: int) -> int:
        """How long so many bytes are under way, in whole milliseconds, rounded up."""
        a_byte = 1 + self.bits + (self.parity != "none") + self.stop_bits
        return -(-count * a_byte * 1000 // self.baud)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A byte sequence that carries a text."""

    before: bytes
    after: bytes

    def carrying(self, text: str, encoding: str = "ascii") -> bytes:
        """The whole sequence with its text."""
        return self.before + text.encode(encoding) + self.after


@dataclass(frozen=True, slots=True)
class DisplayModel:
    """A customer display: ``places`` in each of its ``rows``; lamps, labels and greeting by the names of figures."""

    line: LineSettings
    places: int
    point_is_free: bool
    start: bytes
    clear: bytes
    rows: tuple[Sequence, ...]
    lamp: Sequence | None
    lamps: Mapping[str, str]
    labels: Mapping[str, str]
    greeting: tuple[str, ...]
    kick: bytes | None


@dataclass(frozen=True, slots=True)
class AnnouncerModel:
    """A price announcer: the commands of each sentence (``{amount}`` stands for yuan), and how long one takes."""

    line: LineSettings
    encoding: str
    sentence_ms: int
    sentences: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class DrawerModel:
    """A cash drawer and the bytes that open it."""

    line: LineSettings
    kick: bytes


@dataclass(frozen=True, slots=True)
class ScannerModel:
    """A scanner: the bytes of which each ends a scan, the pause that does too, and how its text is encoded.

    ``trimmed`` is what may stand before and behind a scan, ``dropped`` what may stand in it, and belongs to neither.
    """

    line: LineSettings
    ends: bytes
    trimmed: bytes
    dropped: bytes
    pause_ms: int
    encoding: str


Model = DisplayModel | AnnouncerModel | DrawerModel | ScannerModel


def model_ids() -> list[str]:
    """The models there are, as device addresses name them."""
    return sorted(file.stem for file in _FOLDER.glob("*.toml"))


@cache
def load(model_id: str) -> Model:
    """The model of that name.

    Raises:
        KeyError: there is none.
    """
    if model_id not in model_ids():
        raise KeyError(model_id)
    return read(_FOLDER.joinpath(f"{model_id}.toml").read_text(encoding="utf-8"))


def read(text: str) -> Model:
    """The model that a file's text describes."""
    table = tomllib.loads(text)
    line = LineSettings(**table["line"])
    match Kind(table["kind"]):
        case Kind.DISPLAY:
            return _display(line, table)
        case Kind.ANNOUNCER:
            sentences = {name: tuple(commands) for name, commands in table["sentences"].items()}
            return AnnouncerModel(line, **table["announcer"], sentences=sentences)
        case Kind.DRAWER:
            return DrawerModel(line, bytes.fromhex(table["bytes"]["kick"]))
        case Kind.SCANNER:
            scanner = table["scanner"]
            ends, trimmed, dropped = (bytes.fromhex(scanner[name]) for name in ("ends", "trimmed", "dropped"))
            return ScannerModel(line, ends, trimmed, dropped, scanner["pause_ms"], scanner["encoding"])


def _display(line: LineSettings, table: Mapping[str, Any]) -> DisplayModel:
    sequences = table["bytes"]
    return DisplayModel(
        line,
        **table["display"],
        start=bytes.fromhex(sequences["start"]),
        clear=bytes.fromhex(sequences["clear"]),
        rows=tuple(_sequence(row) for row in sequences["rows"]),
        lamp=_sequence(sequences["lamp"]) if "lamp" in sequences else None,
        lamps=table.get("lamps", {}),
        labels=table.get("labels", {}),
        greeting=tuple(table.get("greeting", {}).get("rows", ())),
        kick=bytes.fromhex(sequences["kick"]) if "kick" in sequences else None,
    )


def _sequence(text: str) -> Sequence:
    before, _, after = text.partition(_TEXT)
    return Sequence(bytes.fromhex(before), bytes.fromhex(after))
