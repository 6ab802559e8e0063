"""The facts that a policy may ask about. Adding one is the only reason to touch code for a new rule of a known kind.

A fact of the bill is read once for each bill, a fact of a line for each line. ``None`` is unknown, and so is never
equal to anything a policy names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Literal

from pos_client.benefit.calendar_rules import completed_years
from pos_client.benefit.facts import Absent, Bill, Line

FactValue = str | int | bool | Decimal | date | Absent | None
FactType = Literal["word", "whole number", "amount", "yes or no"]
Owner = Literal["person", "event", "line", "nobody"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its type, whose attribute it is, and, where it can take only a few values, all of them.

    A fact of nobody is computed from several attributes, or not asked about at the window at all.
    """

    name: str
    type: FactType
    owner: Owner
    attribute: str = ""
    values: tuple[str | int | bool, ...] = ()


def _flag(name: str, owner: Owner) -> Fact:
    return Fact(name, "yes or no", owner, name, (True, False))


def _age(bill: Bill) -> int | None:
    birth, day = bill.person.birth, bill.event.first_day
    return None if birth is None or day is None else completed_years(birth, day)


def _insured_years(bill: Bill) -> int | None:
    person, day = bill.person, bill.event.first_day
    if person.insured_years is not None:
        return person.insured_years
    first = person.first_contribution
    return None if first is None or day is None else completed_years(first, day)


LEVELS = (1, 2, 3)
PLACES = ("local", "out")
LINE_KINDS = ("drug", "service", "exam", "treatment", "consult")
CATALOGUE_CLASSES = ("A", "B", "C")


def _by_name(*facts: Fact) -> Mapping[str, Fact]:
    return {fact.name: fact for fact in facts}


#: ``category`` is in the policy's words, after ``[categories]``; ``age`` and ``insured_years`` are completed years
#: on the day of admission or of the visit.
BILL_FACTS: Mapping[str, Fact] = _by_name(
    Fact("category", "word", "person", "category"),
    Fact("level", "whole number", "event", "level", LEVELS),
    Fact("place", "word", "event", "place", PLACES),
    Fact("event", "word", "event", "type"),
    Fact("treatment", "word", "event", "treatment"),
    Fact("delivery", "word", "event", "delivery", ("natural", "caesarean")),
    Fact("age", "whole number", "nobody"),
    Fact("sex", "word", "person", "sex", ("M", "F")),
    Fact("insured_years", "whole number", "nobody"),
    _flag("flexible", "person"),
    _flag("civil_servant", "person"),
    _flag("maternity_insured", "person"),
    _flag("chronic_approved", "person"),
    _flag("third_party_unpaid", "event"),
    _flag("family_planning_ok", "event"),
    Fact("hospital", "word", "event", "institution"),
)

COMPUTED_FACTS: Mapping[str, Callable[[Bill], int | None]] = {"age": _age, "insured_years": _insured_years}

LINE_FACTS: Mapping[str, Fact] = _by_name(
    Fact("kind", "word", "line", "kind", LINE_KINDS),
    Fact("cls", "word", "line", "cls", CATALOGUE_CLASSES),
    Fact("unit_price", "amount", "line", "unit_price"),
    _flag("essential", "line"),
    _flag("listed", "line"),
)

#: Facts of a settled bill, for indicators, and of the bureau's own tables. No rule at the window looks at them.
OTHER_FACTS: Mapping[str, Fact] = _by_name(
    Fact("entitlement", "word", "nobody"), Fact("pension_from", "word", "nobody")
)

READ_OF_LINE: Mapping[str, Callable[[Line], FactValue]] = {
    fact.name: attrgetter(fact.attribute) for fact in LINE_FACTS.values()
}
