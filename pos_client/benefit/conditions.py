"""Conditions of a policy, compiled once: ``{ category = "retired", age = { max = 45 } }``.

All keys must hold. A key that is known not to hold settles the matter whatever else is unknown; otherwise an unknown
fact makes the verdict unknown, and the name of that fact is what the bill will be held for.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from pos_client.benefit.facts import Line
from pos_client.benefit.known_facts import LINE_FACTS, READ_OF_LINE, FactValue

Look = Callable[[str], FactValue]
Allows = Callable[[Any], bool]


class Unknown(NamedTuple):
    """The verdict when a fact that matters is not known."""

    fact: str


Verdict = bool | Unknown


class Key(NamedTuple):
    """One key of a condition: the fact and the test that its value must pass."""

    fact: str
    allows: Allows


class LineTest(NamedTuple):
    """A condition with everything about the bill already answered; only the line is left to be looked at.

    ``unknown_fact`` is a fact of the bill that is not known, and that matters if the line passes.
    """

    keys: tuple[tuple[Callable[[Line], FactValue], str, Allows], ...]
    unknown_fact: str | None

    def verdict(self, line: Line) -> Verdict:
        """Whether the line passes."""
        unknown = self.unknown_fact
        for read, fact, allows in self.keys:
            value = read(line)
            if value is None:
                unknown = unknown or fact
            elif not allows(value):
                return False
        return True if unknown is None else Unknown(unknown)


class Condition(NamedTuple):
    """A compiled condition. One without keys always holds."""

    keys: tuple[Key, ...]

    def facts(self) -> frozenset[str]:
        """The names of the facts it looks at."""
        return frozenset(key.fact for key in self.keys)

    def verdict(self, look: Look) -> Verdict:
        """Whether the condition holds for what ``look`` tells."""
        unknown: str | None = None
        for fact, allows in self.keys:
            value = look(fact)
            if value is None:
                unknown = unknown or fact
            elif not allows(value):
                return False
        return True if unknown is None else Unknown(unknown)

    def for_lines(self, look: Look) -> LineTest | None:
        """What is left of it for the lines once the bill's facts are answered; None if no line can pass."""
        verdict = Condition(tuple(key for key in self.keys if key.fact not in LINE_FACTS)).verdict(look)
        if verdict is False:
            return None
        line_keys = tuple((READ_OF_LINE[fact], fact, allows) for fact, allows in self.keys if fact in LINE_FACTS)
        return LineTest(line_keys, verdict.fact if isinstance(verdict, Unknown) else None)


ALWAYS = Condition(())


def _test(wanted: object) -> Allows:
    if isinstance(wanted, Mapping):
        least, most = wanted.get("min"), wanted.get("max")
        if least is None:
            return lambda value: bool(value <= most)
        if most is None:
            return lambda value: bool(value >= least)
        return lambda value: bool(least <= value <= most)
    if isinstance(wanted, list):
        allowed = frozenset(wanted)
        return lambda value: value in allowed
    return lambda value: bool(value == wanted)


def compile_condition(table: Mapping[str, object] | None) -> Condition:
    """The condition written as a table in a policy file that has passed its checks."""
    return Condition(tuple(Key(fact, _test(wanted)) for fact, wanted in (table or {}).items()))


def facts_of(conditions: Iterable[Condition]) -> frozenset[str]:
    """The names of the facts that any of the conditions looks at."""
    return frozenset().union(*(condition.facts() for condition in conditions))
