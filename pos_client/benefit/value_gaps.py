"""Finds a combination of facts for which a list of rows has no figure: the trap of a table with a hole in it."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

from pos_client.benefit.conditions import compile_condition
from pos_client.benefit.facts import ABSENT
from pos_client.benefit.known_facts import BILL_FACTS, LINE_FACTS, FactValue

_FACTS = {**BILL_FACTS, **LINE_FACTS}
_NEXT_TO: Mapping[str, Decimal] = {"whole number": Decimal(1), "amount": Decimal("0.000001")}
#: Beyond this many combinations a list must simply end with a row that has no condition.
_MOST_COMBINATIONS = 50_000

Rows = Sequence[Mapping[str, Any]]


def missing_combination(rows: Rows, categories: Iterable[str], fixed: Mapping[str, str] | None = None) -> str | None:
    """The first combination of facts that no row matches, such as "level=3, place=local"; None if there is none."""
    if any(not row.get("when") for row in rows):
        return None
    values = _values_to_try(rows, categories)
    for fact, value in (fixed or {}).items():
        values[fact] = [value]
    if prod(len(tried) for tried in values.values()) > _MOST_COMBINATIONS:
        return "…"
    conditions = [compile_condition(row["when"]) for row in rows]
    for combination in product(*values.values()):
        facts = dict(zip(values, combination, strict=True))
        if not any(condition.verdict(facts.__getitem__) is True for condition in conditions):
            return ", ".join(f"{fact}={_shown(value)}" for fact, value in facts.items())
    return None


def _shown(value: FactValue) -> str:
    return "…" if value is ABSENT else str(value)


def _values_to_try(rows: Rows, categories: Iterable[str]) -> dict[str, Sequence[FactValue]]:
    asked: dict[str, list[object]] = {}
    for row in rows:
        for fact, wanted in row["when"].items():
            asked.setdefault(fact, []).append(wanted)
    return {fact: _domain(fact, wanted, categories) for fact, wanted in asked.items()}


def _domain(name: str, asked: Iterable[object], categories: Iterable[str]) -> Sequence[FactValue]:
    """Every value that a fact can take, or one from each range between the places that the rows ask about."""
    fact = _FACTS[name]
    if fact.values:
        return list(fact.values)
    if name == "category":
        return sorted(set(categories))
    literals: list[Any] = []
    for wanted in asked:
        if isinstance(wanted, Mapping):
            literals += wanted.values()
        elif isinstance(wanted, list):
            literals += wanted
        else:
            literals.append(wanted)
    if fact.type == "word":
        return [*sorted(set(literals)), ABSENT]
    step = _NEXT_TO[fact.type]
    tried = {Decimal(str(literal)) + change for literal in literals for change in (-step, 0, step)}
    return sorted(value for value in tried if value >= 0)
