"""What is known about a bill, and a store of what rules made of it for each combination of facts.

A place has a few dozen combinations of category, level, place and age. After a day's first bills every further one
finds its figures by a lookup: rules are compiled once for each combination, never walked again.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Final, Generic, Protocol, TypeVar, cast

from pos_client.benefit.facts import Bill
from pos_client.benefit.known_facts import BILL_FACTS, COMPUTED_FACTS, FactValue
from pos_client.benefit.reasons import SITE_PARAM_MISSING, SITE_PARAM_OUT_OF_BOUNDS, Held
from pos_client.benefit.site_params import SiteParam

Made = TypeVar("Made")

#: Beyond this many combinations the store starts afresh: free text such as a hospital's name has no end.
_MOST_COMBINATIONS: Final = 4096


class Rule(Protocol):
    """A rule whose figures hang on facts of the bill and on values entered by hand."""

    def facts(self) -> frozenset[str]:
        """The names of the facts that it looks at."""

    def params(self) -> frozenset[str]:
        """The names of the values entered by hand that it uses."""


class Answers:
    """One combination of facts and values entered by hand."""

    __slots__ = ("_facts", "_params", "_site")

    def __init__(
        self, facts: Mapping[str, FactValue], site: Mapping[str, Decimal], params: Mapping[str, SiteParam]
    ) -> None:
        self._facts = facts
        self._site = site
        self._params = params

    def look(self, fact: str) -> FactValue:
        """The value of a fact, None if it is unknown."""
        return self._facts[fact]

    def entered(self, param: str) -> Decimal:
        """A value entered by hand.

        Raises:
            Held: it was not entered, or lies outside its bounds.
        """
        value = self._site.get(param)
        if value is None:
            raise Held(SITE_PARAM_MISSING, param)
        if not self._params[param].allows(value):
            raise Held(SITE_PARAM_OUT_OF_BOUNDS, param)
        return value


class AnswerStore(Generic[Made]):
    """Keeps what ``make`` made for each combination of the facts and values that the rules look at."""

    __slots__ = ("_categories", "_computed", "_facts", "_made", "_make", "_of_event", "_of_person", "_params", "_used")

    def __init__(
        self,
        rules: Iterable[Rule],
        categories: Mapping[str, str],
        params: Mapping[str, SiteParam],
        make: Callable[[Answers], Made],
    ) -> None:
        rules = tuple(rules)
        facts = frozenset[str]().union(*(rule.facts() for rule in rules)) & BILL_FACTS.keys()
        self._facts = sorted(facts)
        self._used = sorted(frozenset[str]().union(*(rule.params() for rule in rules)))
        self._categories = categories
        self._params = params
        self._make = make
        self._of_person = _reader(BILL_FACTS[fact].attribute for fact in facts if BILL_FACTS[fact].owner == "person")
        self._of_event = _reader(BILL_FACTS[fact].attribute for fact in facts if BILL_FACTS[fact].owner == "event")
        self._computed = tuple(read for fact, read in COMPUTED_FACTS.items() if fact in facts)
        self._made: dict[object, Made] = {}

    def of(self, bill: Bill) -> Made:
        """What was made for bills like this one."""
        key: tuple[object, ...] = (self._of_person(bill.person), self._of_event(bill.event))
        if self._computed:
            key += tuple([read(bill) for read in self._computed])
        if self._used:
            key += tuple([bill.site.get(name) for name in self._used])
        made = self._made.get(key)
        if made is None:
            if len(self._made) >= _MOST_COMBINATIONS:
                self._made.clear()
            facts = {fact: self._value(fact, bill) for fact in self._facts}
            made = self._made[key] = self._make(Answers(facts, dict(bill.site), self._params))
        return made

    def _value(self, name: str, bill: Bill) -> FactValue:
        if name in COMPUTED_FACTS:
            return COMPUTED_FACTS[name](bill)
        fact = BILL_FACTS[name]
        value = getattr(bill.person if fact.owner == "person" else bill.event, fact.attribute)
        return self._categories.get(value) if name == "category" else cast(FactValue, value)


def _reader(attributes: Iterable[str]) -> Callable[[object], object]:
    names = sorted(attributes)
    return attrgetter(*names) if names else _nothing


def _nothing(_: object) -> None:
    return None
