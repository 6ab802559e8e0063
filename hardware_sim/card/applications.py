"""The applications DF01 to DF07 of a social-security card: the layout of ``applications.toml`` filled with values."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from hardware_sim.card.access import PIN, Rule, rule
from hardware_sim.card.files import CircularFile, File, RecordFile, TransparentFile
from hardware_sim.card.values import packed, record, text, without

_FIELD = re.compile(r"(?:([0-9])x)?([0-9A-F]{2}) (?:(an|cn)([0-9A-F]+)|\{([^}]*)\})")
_LENGTH_IN_RING = re.compile(r"(?:an|cn|b)([0-9A-F]+)")

#: On cards of the first generation the PIN alone opened the medical application, and this file did not exist.
_FIRST_GENERATION_PIN_ONLY: Final = "DF04"
_NOT_IN_FIRST_GENERATION: Final = "DF04EF15"


@dataclass(frozen=True, slots=True)
class Contents:
    """What is written in the applications, and which records or whole directories were left out."""

    values: Mapping[str, Mapping[str, str]]
    """Text by file ("DF04EF05") and identifier ("81"); what is not named stands there blank."""
    missing: Mapping[str, tuple[str, ...]]
    """Identifiers by file."""
    empty: tuple[str, ...] = ()
    """Directories in whose files nothing was ever written."""


@dataclass(frozen=True, slots=True)
class Application:
    """One application as the standard lays it out."""

    id: str
    label: str
    name: bytes
    files: Mapping[str, Mapping[str, Any]]


@cache
def applications() -> tuple[Application, ...]:
    """All applications, in the order of their numbers."""
    table = tomllib.loads((resources.files(__package__) / "applications.toml").read_text(encoding="utf-8"))
    return tuple(
        Application(
            id=id_,
            label=one["label"],
            name=bytes.fromhex(one["name"]),
            files={name: value for name, value in one.items() if name.startswith("EF")},
        )
        for id_, one in table.items()
    )


def files_of(application: Application, contents: Contents, *, first_generation: bool) -> list[File]:
    """Its files with what is written in them."""
    made: list[File] = []
    for name, layout in application.files.items():
        whole_name = application.id + name
        if first_generation and whole_name == _NOT_IN_FIRST_GENERATION:
            continue
        readable = rule(layout["read"])
        if first_generation and application.id == _FIRST_GENERATION_PIN_ONLY:
            readable = rule(PIN)
        made.append(_file(int(name, 16), layout, readable, contents, whole_name))
    return made


def _file(file_id: int, layout: Mapping[str, Any], readable: Rule, contents: Contents, name: str) -> File:
    writable = rule(layout["write"])
    if "bytes" in layout:
        return TransparentFile(file_id, bytearray(layout["bytes"]), readable, writable)
    if "ring" in layout:
        length = sum(int(one[1], 16) for one in _LENGTH_IN_RING.finditer(layout["ring"]))
        return CircularFile(file_id, length, layout["count"], readable=readable, writable=writable)
    records = _records(layout["records"], contents.values.get(name, {}))
    size = sum(map(len, records))
    written = without(records, contents.missing.get(name, ()))
    return RecordFile(
        file_id,
        [] if name[:4] in contents.empty else written,
        readable,
        writable,
        size=size,
        record_length=len(records[0]) if layout.get("fixed") else None,
    )


def _records(layout: str, values: Mapping[str, str]) -> list[bytes]:
    made: list[bytes] = []
    for field in _FIELD.finditer(layout):
        count, tag, kind, length, inner = field.groups()
        value = b"".join(_records(inner, {})) if inner else _value(kind, int(length, 16), values.get(tag, ""))
        made += [record(int(tag, 16), value)] * int(count or 1)
    return made


def _value(kind: str, length: int, value: str) -> bytes:
    return text(value, length) if kind == "an" else packed(value, length)
