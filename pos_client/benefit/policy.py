"""One version of one place's rules, compiled: what :func:`pos_client.benefit.split` works with."""

from collections.abc import Mapping
from typing import Any, cast

from pos_client.benefit.answers import AnswerStore
from pos_client.benefit.approvals import BillApprovals, compile_approvals
from pos_client.benefit.benefits import Benefit, benefits_by_event, chain, compile_benefits, filled_in
from pos_client.benefit.deposit import compile_deposit
from pos_client.benefit.eligibility import compile_entitlement
from pos_client.benefit.event_days import Dates, DayName
from pos_client.benefit.exclusions import compile_exclusions
from pos_client.benefit.facts import Bill
from pos_client.benefit.items import compile_items
from pos_client.benefit.plan import Plan, Planner
from pos_client.benefit.reasons import NO_RULE_BENEFIT, Held
from pos_client.benefit.result import PolicyRef
from pos_client.benefit.site_params import compile_site_params


class Policy:
    """A compiled policy.

    ``document`` is the whole file with its includes, for what is no matter of money; ``titles`` says of each of its
    sections which document it comes from.
    """

    def __init__(self, ref: PolicyRef, document: Mapping[str, Any], titles: Mapping[str, str]) -> None:
        self.ref = ref
        self.titles = titles
        self.document = document
        self.title: str = document["policy"]["title"]
        self.dates = _dates(document)
        self.site_params = compile_site_params(document)
        self.categories: Mapping[str, str] = document.get("categories", {})
        approvals = compile_approvals(document)
        self.exclusions = compile_exclusions(document)
        self.entitlement = compile_entitlement(document, self.dates.year_starts)
        self.items = compile_items(document, approvals)
        self.approvals = BillApprovals(tuple(rule for rule in approvals if not rule.of_item))
        self.benefits = compile_benefits(document)
        self.benefit_of_event = benefits_by_event(document, self.benefits)
        self._plans = {event: self._store(benefit) for event, benefit in self.benefit_of_event.items()}
        self.deposit = compile_deposit(document)
        #: Every fund that may pay something, at zero: the start of each bill's figures.
        self.no_fund_pay: Mapping[str, int] = dict.fromkeys(_funds(document), 0)

    def plan(self, bill: Bill) -> Plan:
        """Everything about the bill that hangs only on its facts.

        Raises:
            Held: the policy has no benefit for such an event.
        """
        plans = self._plans.get(bill.event.type)
        if plans is None:
            raise Held(NO_RULE_BENEFIT, bill.event.type)
        return plans.of(bill)

    def _store(self, benefit: Benefit) -> AnswerStore[Plan]:
        in_line = chain(benefit, self.benefits)
        planner = Planner(self.exclusions, self.items, self.entitlement, self.approvals, in_line)
        return AnswerStore([planner], self.categories, self.site_params, planner.plan)

    def __repr__(self) -> str:
        return f"Policy({self.ref.id} {self.ref.valid_from} r{self.ref.revision})"


def _dates(document: Mapping[str, Any]) -> Dates:
    table = document.get("dates", {})
    month, day = table.get("year_starts", "01-01").split("-")
    return Dates(
        cast(DayName, table.get("version_by", "discharge")),
        cast(DayName, table.get("year_by", "discharge")),
        cast(DayName, table.get("entitled_by", "admission")),
        (int(month), int(day)),
    )


def _funds(document: Mapping[str, Any]) -> list[str]:
    tables = {table["id"]: table for table in document.get("benefit", ())}
    funds = []
    for table in tables.values():
        whole = filled_in(table, tables)
        for part in (*whole.get("layer", ()), *whole.get("share", ()), *whole.get("supplement", ())):
            funds.append(part["fund"])
    return list(dict.fromkeys(funds))
