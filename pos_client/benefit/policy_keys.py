"""The keys of a policy as people name them, such as benefit.inpatient.layer.pool.cap.amount, with their figures.

A part of a list is named by what it is: a benefit by its id, a layer by its fund, a row by its condition
(``amount[level=2, place=local]``), a segment by its number. ``[[assumption]]`` and ``[[unset]]`` use the same names.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from pos_client.benefit.rounding import plain_decimal

#: What a member of a list is called, the first of these that tells all of its members apart.
_NAMES: Final = ("id", "fund", "cause", "counter", "kind", "key")
_CONDITIONS: Final = frozenset({"when", "unless", "requires", "where"})
_LISTS_OF_CONDITIONS: Final = frozenset({"exempt", "scope", "leave_out"})
_BRACKETS: Final = re.compile(r"\[[^\[\]]*\]")


class Figures(NamedTuple):
    """Every figure and word of a document by its key, and of each list with named members their order."""

    values: Mapping[str, str]
    orders: Mapping[str, tuple[str, ...]]


def figures_of(document: Mapping[str, Any]) -> Figures:
    """All that a policy document says, key by key, in its order."""
    values: dict[str, str] = {}
    orders: dict[str, tuple[str, ...]] = {}
    for section, value in document.items():
        values.update(_walk(value, section, orders))
    return Figures(values, orders)


def select(values: Mapping[str, str], wanted: str) -> dict[str, str]:
    """The figures at a key or below it; a key without brackets means the rows and segments of every condition."""
    return {key: value for key, value in values.items() if _under(key, wanted) or _under(plain_key(key), wanted)}


def plain_key(key: str) -> str:
    """The key without the conditions and numbers of its rows."""
    plain = _BRACKETS.sub("", key)
    return plain if plain == key else plain_key(plain)


def _under(key: str, wanted: str) -> bool:
    return key == wanted or key.startswith((f"{wanted}.", f"{wanted}["))


def _walk(value: Any, key: str, orders: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    name = key.rpartition(".")[2]
    if isinstance(value, list) and name in _LISTS_OF_CONDITIONS:
        for number, condition in enumerate(value, start=1):
            yield f"{key}[{number}]", _condition(condition)
    elif isinstance(value, Mapping) and name in _CONDITIONS:
        yield key, _condition(value)
    elif isinstance(value, Mapping) and value.keys() == {"site"}:
        yield key, f"site.{value['site']}"
    elif isinstance(value, Mapping):
        for part, member in value.items():
            yield from _walk(member, f"{key}.{part}", orders)
    elif isinstance(value, list) and any(isinstance(member, Mapping) for member in value):
        yield from _walk_members(value, key, orders)
    else:
        yield key, _written(value)


def _walk_members(
    members: Sequence[Mapping[str, Any]], key: str, orders: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    naming, names = _named(members)
    if naming not in ("", "key"):
        orders[key] = tuple(names)
    for name, member in zip(names, members, strict=True):
        here = f"{key}.{name}" if naming in _NAMES and naming != "key" else f"{key}[{name}]"
        rest = {part: value for part, value in member.items() if part != naming} or member
        if naming == "when" and rest.keys() == {"value"}:
            yield from _walk(rest["value"], here, orders)
        else:
            yield from _walk(rest, here, orders)


def _named(members: Sequence[Mapping[str, Any]]) -> tuple[str, list[str]]:
    """By which of its fields each member is named, and the names; no field and their numbers where none will do."""
    for field in _NAMES:
        names = [str(member.get(field, "")) for member in members]
        if all(names) and len(set(names)) == len(names):
            return field, names
    if all("value" in member or "pre_self_pay" in member for member in members):
        names = [_condition(member.get("when", {})) for member in members]
        if len(set(names)) == len(names):
            return "when", names
    return "", [str(number) for number, _ in enumerate(members, start=1)]


def _condition(condition: Mapping[str, Any]) -> str:
    return ", ".join(f"{fact}{_wanted(wanted)}" for fact, wanted in condition.items()) or "*"


def _wanted(wanted: Any) -> str:
    if isinstance(wanted, Mapping):
        least, most = (_written(wanted[end]) if end in wanted else "" for end in ("min", "max"))
        return f"={least}…{most}"
    if isinstance(wanted, list):
        return "=" + "|".join(_written(one) for one in wanted)
    return f"={_written(wanted)}"


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return str(plain_decimal(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(_written(one) for one in value) or "[]"
    return str(value)
