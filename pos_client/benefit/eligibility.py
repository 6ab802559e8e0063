"""Who is entitled on a day: waiting periods, lapse and renewal, begin of a scheme, contracts (``[[entitlement]]``)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol

from pos_client.benefit.answers import Answers
from pos_client.benefit.calendar_rules import (
    add_months,
    first_of_month,
    insurance_year,
    start_of_insurance_year,
)
from pos_client.benefit.conditions import Condition, Unknown, compile_condition, facts_of
from pos_client.benefit.facts import ABSENT, Bill
from pos_client.benefit.reasons import FACT_UNKNOWN, Held


class State(NamedTuple):
    """What a person in this state may have: benefits of the funds, and the use of the account."""

    name: str
    fund: bool
    account: bool


class Rule(Protocol):
    """One rule of entitlement; ``part`` is the part of the document that it stands in."""

    @property
    def part(self) -> str:
        """Where in the document the rule stands."""

    def state_on(self, bill: Bill, day: date) -> str | None:
        """The state that this rule puts the person in on that day; None if it does not stand in the way.

        Raises:
            Held: a fact that it looks at is unknown.
        """

    def ends_on(self, bill: Bill, day: date) -> date | None:
        """The first day on which a state of this rule is over, None where no day can be told.

        Asked only after :meth:`state_on` has named a state.
        """


def _first_contribution(bill: Bill) -> date:
    first = bill.person.first_contribution
    if first is None:
        raise Held(FACT_UNKNOWN, "first_contribution")
    return first


@dataclass(frozen=True, slots=True)
class _Wait:
    """So many months from the first contribution on (连续缴费满…个月)."""

    months: int
    days_after: int
    state: str
    part: str

    def state_on(self, bill: Bill, day: date) -> str | None:
        return self.state if day < self.ends_on(bill, day) else None

    def ends_on(self, bill: Bill, day: date) -> date:
        begins = add_months(_first_contribution(bill), self.months)
        return begins + timedelta(days=self.days_after) if self.days_after else begins


@dataclass(frozen=True, slots=True)
class _Lapse:
    """Benefits stop after an unpaid month and come back some months after the renewal (中断、续保)."""

    months_to_stop: int
    arrears_due: bool
    wait_months: int
    state: str
    wait_state: str
    part: str

    def state_on(self, bill: Bill, day: date) -> str | None:
        person = bill.person
        unpaid = person.first_unpaid_month
        if unpaid is None:
            raise Held(FACT_UNKNOWN, "first_unpaid_month")
        if unpaid is ABSENT or day < first_of_month(unpaid, months_later=self.months_to_stop):
            return None
        renewed = person.renewed_on
        if renewed is None:
            raise Held(FACT_UNKNOWN, "renewed_on")
        if renewed is ABSENT or day < renewed:
            return self.state
        if self.arrears_due:
            if person.arrears_paid is None:
                raise Held(FACT_UNKNOWN, "arrears_paid")
            if not person.arrears_paid:
                return self.state
        return self.wait_state if day < add_months(renewed, self.wait_months) else None

    def ends_on(self, bill: Bill, day: date) -> date | None:
        renewed = bill.person.renewed_on
        if renewed is None or renewed is ABSENT or day < renewed or bill.person.arrears_paid is False:
            return None
        return add_months(renewed, self.wait_months)


class _Begin(NamedTuple):
    """The scheme begins in the month, or the insurance year, after the first contribution."""

    next_year: bool
    year_starts: tuple[int, int]
    state: str
    part: str

    def state_on(self, bill: Bill, day: date) -> str | None:
        return self.state if day < self.ends_on(bill, day) else None

    def ends_on(self, bill: Bill, day: date) -> date:
        first = _first_contribution(bill)
        if self.next_year:
            year = insurance_year(first, self.year_starts)
            return start_of_insurance_year(year + 1, self.year_starts)
        return first_of_month(first, months_later=1)


class _ContractWith(NamedTuple):
    """Only at the institution under contract, from the day of signing for so many months (签约)."""

    months: int
    state: str
    part: str

    def state_on(self, bill: Bill, day: date) -> str | None:
        contract = bill.person.contract
        if contract is None:
            raise Held(FACT_UNKNOWN, "contract")
        if contract is ABSENT:
            return self.state
        if bill.event.institution is None:
            raise Held(FACT_UNKNOWN, "institution")
        in_force = contract.signed_on <= day < add_months(contract.signed_on, self.months)
        return None if in_force and contract.institution == bill.event.institution else self.state

    def ends_on(self, bill: Bill, day: date) -> None:
        return None


class _CannotBeKnown(NamedTuple):
    """A rule of which it is not known whether it applies."""

    fact: str
    part: str

    def state_on(self, bill: Bill, day: date) -> str | None:
        raise Held(FACT_UNKNOWN, self.fact)

    def ends_on(self, bill: Bill, day: date) -> None:
        return None


class Entitlement:
    """All rules of entitlement of one policy, in their order: the first that stands in the way gives the state."""

    __slots__ = ("_rules", "_states")

    def __init__(self, rules: Sequence[tuple[Condition, Rule]], states: Mapping[str, State]) -> None:
        self._rules = tuple(rules)
        self._states = dict(states)

    def facts(self) -> frozenset[str]:
        """The names of the facts that decide which rules apply."""
        return facts_of(when for when, _ in self._rules)

    def params(self) -> frozenset[str]:
        """None: entitlement hangs on no value entered by hand."""
        return frozenset()

    def state_named(self, name: str) -> State | None:
        """The state of this name, None if the policy has no such state."""
        return self._states.get(name)

    def rules_for(self, answers: Answers) -> tuple[Rule, ...]:
        """The rules that apply to such a person, in their order; one that holds where that cannot be known."""
        applying: list[Rule] = []
        for when, rule in self._rules:
            verdict = when.verdict(answers.look)
            if isinstance(verdict, Unknown):
                applying.append(_CannotBeKnown(verdict.fact, rule.part))
            elif verdict:
                applying.append(rule)
        return tuple(applying)

    def state(self, rules: Sequence[Rule], bill: Bill, day: date) -> State | None:
        """The state that the first rule in the way puts the person in on that day, None for full benefits.

        Raises:
            Held: a fact that a rule looks at is unknown.
        """
        for rule in rules:
            name = rule.state_on(bill, day)
            if name is not None:
                return self._states[name]
        return None


def _compile_rule(table: Mapping[str, Any], year_starts: tuple[int, int]) -> Rule:
    state, part = table["state"], table.get("part", "")
    match table["kind"]:
        case "wait":
            return _Wait(table["months"], 1 if table["first_day"] == "next_day" else 0, state, part)
        case "lapse":
            months_to_stop = 1 if table["stop"] == "first_of_next_month" else 0
            return _Lapse(months_to_stop, table["arrears_due"], table["wait_months"], state, table["wait_state"], part)
        case "begin":
            return _Begin(table["begin"] == "next_year", year_starts, state, part)
        case _:
            return _ContractWith(table["months"], state, part)


def compile_entitlement(document: Mapping[str, Any], year_starts: tuple[int, int]) -> Entitlement:
    """The rules of entitlement written in a policy file that has passed its checks."""
    rules = [
        (compile_condition(table.get("when")), _compile_rule(table, year_starts))
        for table in document.get("entitlement", ())
    ]
    states = {name: State(name, table["fund"], table["account"]) for name, table in document.get("state", {}).items()}
    return Entitlement(rules, states)
