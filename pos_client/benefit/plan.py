"""Everything about a bill that hangs only on its facts, decided once for each combination of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pos_client.benefit.account import AccountUse
from pos_client.benefit.answers import Answers, Rule
from pos_client.benefit.approvals import ApprovalRule, BillApprovals
from pos_client.benefit.benefits import Benefit, PayTable
from pos_client.benefit.eligibility import Entitlement
from pos_client.benefit.eligibility import Rule as EntitlementRule
from pos_client.benefit.exclusions import CauseVerdict, Exclusions
from pos_client.benefit.items import Items, ItemTable
from pos_client.benefit.reasons import Held, or_held
from pos_client.benefit.result import Mode


@dataclass(frozen=True, slots=True)
class Terms:
    """A benefit for one combination of facts. What is missing is a hold, raised when it is needed."""

    benefit: str
    outside_bill: bool
    account: AccountUse
    mode: Mode | Held
    pay_table: PayTable | Held


@dataclass(frozen=True, slots=True)
class Plan:
    """The answers to all questions about such a bill, as far as its facts give them.

    ``own`` are the terms of the event's own benefit, ``applying`` those of the benefit that applies in the end, with
    the reasons why the ones before it do not.
    """

    causes: Mapping[str, CauseVerdict | Held]
    items: ItemTable
    entitlement: tuple[EntitlementRule, ...]
    approvals: tuple[ApprovalRule, ...] | Held
    own: Terms
    applying: Terms | Held
    passed_over: tuple[tuple[str, str], ...]


class Planner:
    """Makes plans for the bills of one event."""

    def __init__(
        self,
        exclusions: Exclusions,
        items: Items,
        entitlement: Entitlement,
        approvals: BillApprovals,
        benefits: Sequence[Benefit],
    ) -> None:
        self._exclusions = exclusions
        self._items = items
        self._entitlement = entitlement
        self._approvals = approvals
        self._benefits = benefits

    def facts(self) -> frozenset[str]:
        """The names of all facts that the plans hang on."""
        return frozenset[str]().union(*(rule.facts() for rule in self._rules()))

    def params(self) -> frozenset[str]:
        """The names of all values entered by hand that the plans hang on."""
        return frozenset[str]().union(*(rule.params() for rule in self._rules()))

    def plan(self, answers: Answers) -> Plan:
        """The plan for one combination of facts."""
        applying, passed_over = self._applying(answers)
        return Plan(
            causes=self._exclusions.verdicts(answers),
            items=self._items.table(answers),
            entitlement=self._entitlement.rules_for(answers),
            approvals=or_held(lambda: self._approvals.needed_for(answers)),
            own=_terms(self._benefits[0], answers),
            applying=applying,
            passed_over=passed_over,
        )

    def _applying(self, answers: Answers) -> tuple[Terms | Held, tuple[tuple[str, str], ...]]:
        """The first benefit whose requirements are fulfilled (the last has none), and why not the ones before."""
        passed_over: list[tuple[str, str]] = []
        benefit, *others = self._benefits
        for other in others:
            applies = or_held(partial(benefit.applies, answers))
            if isinstance(applies, Held):
                return applies, ()
            if applies:
                break
            passed_over.append((benefit.otherwise_reason, ""))
            benefit = other
        return _terms(benefit, answers), tuple(passed_over)

    def _rules(self) -> list[Rule]:
        return [
            self._exclusions,
            self._items,
            self._entitlement,
            self._approvals,
            *self._benefits,
            *(benefit.kind for benefit in self._benefits),
        ]


def _terms(benefit: Benefit, answers: Answers) -> Terms:
    return Terms(
        benefit=benefit.id,
        outside_bill=benefit.outside_bill,
        account=benefit.account,
        mode=or_held(lambda: benefit.mode(answers)),
        pay_table=or_held(lambda: benefit.kind.table(answers)),
    )
