"""Checks a message against the field tables of the interface before it leaves: a malformed one is our bug.

``fields.json`` is cut from the published tables (editions ``base`` and ``hunan``): node → field → [Chinese name,
type, required in base, required in Hunan]; ``Cn`` text of at most n, ``Nn`` whole number, ``Np,s`` decimal, ``D`` and
``DT`` date and time; Y required, o optional, – absent from that edition.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources

import simplejson

from pos_client.errors import OurBug
from pos_client.sync.region import Region
from pos_client.sync.words import MESSAGE_WRONG

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")

FieldTable = Mapping[str, Mapping[str, Sequence[str]]]


@cache
def _tables() -> Mapping[str, FieldTable]:
    text = (resources.files(__package__) / "fields.json").read_text(encoding="utf-8")
    tables: Mapping[str, FieldTable] = simplejson.loads(text)
    return tables


def check_input(region: Region, transaction: str, nodes: Mapping[str, object]) -> None:
    """Checks the ``input`` of a transaction: every node and field known, the required ones there, types and lengths.

    Raises:
        OurBug: S-BUG naming the place; nothing has left.
    """
    table = _tables()[transaction]
    if set(nodes) != set(table):
        raise _bug(transaction, f"nodes {sorted(nodes)} instead of {sorted(table)}")
    for name, content in nodes.items():
        rows = content if isinstance(content, list) else [content]
        for number, row in enumerate(rows):
            _check_row(region, table[name], row, f"{transaction}.{name}[{number}]")


def known_to(region: Region, transaction: str, node: str, row: Mapping[str, object]) -> dict[str, object]:
    """A row without the fields that this edition does not have; a field that no edition has stays in, to be found."""
    fields = _tables()[transaction][node]
    column = _column(region)
    return {name: value for name, value in row.items() if name not in fields or fields[name][column] != "–"}


def is_required(region: Region, transaction: str, node: str, field: str) -> bool:
    """Whether this edition demands a field."""
    return _tables()[transaction][node][field][_column(region)] == "Y"


def _column(region: Region) -> int:
    return 2 if region.edition == "base" else 3


def _check_row(region: Region, fields: Mapping[str, Sequence[str]], row: object, where: str) -> None:
    if not isinstance(row, Mapping):
        raise _bug(where, "no object")
    unknown = set(row) - set(fields)
    if unknown:
        raise _bug(where, f"unknown fields {sorted(unknown)}")
    column = _column(region)
    for name, field in fields.items():
        value = row.get(name, "")
        if value == "":
            if field[column] == "Y":
                raise _bug(f"{where}.{name}", f"{field[0]} is required")
        elif field[column] == "–" or not _fits(field[1], value):
            raise _bug(f"{where}.{name}", f"{field[0]} does not fit {field[1]}")


def _fits(kind: str, value: object) -> bool:
    if kind.startswith("C"):
        return isinstance(value, str) and len(value) <= int(kind[1:])
    if kind in ("D", "DT"):
        pattern = _DATE if kind == "D" else _DATE_TIME
        return isinstance(value, str) and pattern.fullmatch(value) is not None
    digits, _, decimals = kind[1:].partition(",")
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return False
    scale = int(decimals or 0)
    return number == round(number, scale) and abs(number) < Decimal(10) ** (int(digits) - scale)


def _bug(where: str, why: str) -> OurBug:
    return OurBug(MESSAGE_WRONG, where=where, why=why)
