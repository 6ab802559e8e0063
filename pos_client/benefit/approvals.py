"""Approvals of a stay, a transfer or an item: who needs one, and whether it is in time (``[[approval]]``)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from pos_client.benefit.answers import Answers
from pos_client.benefit.conditions import (
    Condition,
    LineTest,
    Look,
    Unknown,
    compile_condition,
    facts_of,
)
from pos_client.benefit.event_days import DayName, day_of
from pos_client.benefit.facts import Approval, Event, Line
from pos_client.benefit.reasons import FACT_UNKNOWN, Held

Missing = Literal["hold", "own_expense", "no_share"]
Start = DayName | Literal["performed"]


class ApprovalRule(NamedTuple):
    """One approval that the policy asks for, of the whole bill or of an item.

    It must be given by the ``start`` day; in an emergency within ``emergency_days`` calendar days after it, the day
    itself being day 0 (rules A-29).
    """

    id: str
    field: str
    of_item: bool
    when: Condition
    start: Start
    emergency_days: int
    missing: Missing
    reason: str

    def in_time(self, approval: Approval | None, start: date) -> bool:
        """Whether the approval was given, and soon enough."""
        if approval is None:
            return False
        days = self.emergency_days if approval.emergency else 0
        return approval.date <= start + timedelta(days=days)

    def covers(self, line: Line, event: Event) -> bool:
        """Whether this item is approved.

        Raises:
            Held: the day of the item or of the event is unknown, and the approval hangs on it.
        """
        if line.approval is None:
            return False
        if self.start != "performed":
            return self.in_time(line.approval, day_of(event, self.start))
        if line.performed is None:
            raise Held(FACT_UNKNOWN, f"performed: {line.id}")
        return self.in_time(line.approval, line.performed)


class ItemApproval(NamedTuple):
    """An approval of items, with everything about the bill already answered."""

    rule: ApprovalRule
    test: LineTest

    def lacks(self, line: Line, event: Event) -> bool:
        """Whether the line needs this approval and does not have it.

        Raises:
            Held: a fact that it hangs on is unknown.
        """
        verdict = self.test.verdict(line)
        if isinstance(verdict, Unknown):
            raise Held(FACT_UNKNOWN, f"{verdict.fact}: {line.id}")
        return verdict and not self.rule.covers(line, event)


class BillApprovals:
    """The approvals that a whole bill needs."""

    __slots__ = ("_rules",)

    def __init__(self, rules: tuple[ApprovalRule, ...]) -> None:
        self._rules = rules

    def facts(self) -> frozenset[str]:
        """The names of the facts that decide which approvals are needed."""
        return facts_of(rule.when for rule in self._rules)

    def params(self) -> frozenset[str]:
        """None: approvals hang on no value entered by hand."""
        return frozenset()

    def needed_for(self, answers: Answers) -> tuple[ApprovalRule, ...]:
        """The approvals that such a bill needs.

        Raises:
            Held: a fact that decides it is unknown.
        """
        needed = []
        for rule in self._rules:
            verdict = rule.when.verdict(answers.look)
            if isinstance(verdict, Unknown):
                raise Held(FACT_UNKNOWN, verdict.fact)
            if verdict:
                needed.append(rule)
        return tuple(needed)


def missing_approvals(needed_rules: Iterable[ApprovalRule], event: Event) -> list[ApprovalRule]:
    """The approvals that the bill needs but does not have, or has too late, and that do not hold it.

    Raises:
        Held: one is missing that holds the bill, with the reason that the policy names.
    """
    missing = []
    for rule in needed_rules:
        assert rule.start != "performed"
        if rule.in_time(event.approvals.get(rule.field), day_of(event, rule.start)):
            continue
        if rule.missing == "hold":
            raise Held(rule.reason)
        missing.append(rule)
    return missing


def item_approvals(rules: tuple[ApprovalRule, ...], look: Look) -> tuple[ItemApproval, ...]:
    """The approvals that items of a bill with these facts can need."""
    tests = ((rule, rule.when.for_lines(look)) for rule in rules)
    return tuple(ItemApproval(rule, test) for rule, test in tests if test is not None)


def compile_approvals(document: Mapping[str, Any]) -> tuple[ApprovalRule, ...]:
    """The approvals written in a policy file that has passed its checks, those of bills and those of items."""
    return tuple(
        ApprovalRule(
            id=table["id"],
            field=table["field"],
            of_item=table.get("of", "bill") == "item",
            when=compile_condition(table.get("when")),
            start=table["start"],
            emergency_days=table.get("emergency_days", 0),
            missing=table["missing"],
            reason=table["reason"],
        )
        for table in document.get("approval", ())
    )
