"""Bills as they were settled, in the figures that the house rules count.

A stream of them holds what stands: a voided settlement and its void are both left out by whoever makes the stream.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final, cast

from pos_client.benefit.facts import Bill, Event
from pos_client.benefit.known_facts import BILL_FACTS, COMPUTED_FACTS, FactValue
from pos_client.benefit.policy import Policy
from pos_client.benefit.result import Split
from pos_client.errors import OurBug, Words

HELD_IS_NOT_SETTLED = Words(
    "HOUSE-01",
    "一张没有结算的账单进了统计，统计已停止，没有影响收费。请叫信息科，不要用这份统计。",
    "A bill that was never settled came into the statistics, which stopped; no charge is touched."
    " Call the IT staff and do not use these statistics.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledBill:
    """One settled bill; ``None`` is not known, and an indicator that needs it says so instead of counting nothing.

    ``entitlement`` is in the words of :attr:`Split.entitlement`; ``diagnosis`` the main one, as the institution
    groups its diseases. ``drugs_fen`` is what the drugs on the bill come to, ``drug_groups_fen`` the same by the
    groups that the institution counts. ``facts`` are the other facts that a policy may ask about, by their names.
    """

    id: str
    settled_on: date
    institution: str
    event: str
    entitlement: str
    total_fen: int
    own_expense_fen: int
    patient_total_fen: int
    drugs_fen: int | None = None
    drug_groups_fen: Mapping[str, int] | None = None
    bed_days: int | None = None
    diagnosis: str | None = None
    facts: Mapping[str, FactValue] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def month(self) -> str:
        """The month of the settlement, such as 2010-05."""
        return f"{self.settled_on:%Y-%m}"

    def look(self, fact: str) -> FactValue:
        """A fact of the bill by its name in the policy; None if it is unknown."""
        read = _OWN_FACTS.get(fact)
        return self.facts.get(fact) if read is None else read(self)


_OWN_FACTS: Final[Mapping[str, Callable[[SettledBill], FactValue]]] = {
    "institution": lambda bill: bill.institution,
    "hospital": lambda bill: bill.institution,
    "month": lambda bill: bill.month,
    "diagnosis": lambda bill: bill.diagnosis,
    "event": lambda bill: bill.event,
    "entitlement": lambda bill: bill.entitlement,
}


def settled_bill(
    bill_id: str,
    policy: Policy,
    bill: Bill,
    result: Split,
    *,
    institution: str,
    settled_on: date,
    diagnosis: str | None = None,
    drug_groups_fen: Mapping[str, int] | None = None,
) -> SettledBill:
    """A bill that was settled by the figures of its split.

    Raises:
        OurBug: the split is held, so nothing was settled.
    """
    if result.status == "hold":
        raise OurBug(HELD_IS_NOT_SETTLED, {"bill": bill_id, "reasons": result.reasons})
    return SettledBill(
        id=bill_id,
        settled_on=settled_on,
        institution=institution,
        event=bill.event.type,
        entitlement=result.entitlement,
        total_fen=result.total_fen,
        own_expense_fen=result.own_expense_fen,
        patient_total_fen=result.patient_total_fen,
        drugs_fen=_drugs_fen(bill.event),
        drug_groups_fen=drug_groups_fen,
        bed_days=bed_days(bill.event),
        diagnosis=diagnosis,
        facts={name: _fact(name, bill, policy) for name in BILL_FACTS},
    )


def bed_days(event: Event) -> int | None:
    """The days a bed was taken: the day of discharge does not count, a stay within one day counts as one.

    That is how hospital statistics count 床日; the policies are silent. None for what is no stay with both days.
    """
    if event.admit is None or event.discharge is None:
        return None
    return max((event.discharge - event.admit).days, 1)


def _drugs_fen(event: Event) -> int | None:
    if any(line.kind is None for line in event.remaining):
        return None
    return sum(line.amount_fen for line in event.remaining if line.kind == "drug")


def _fact(name: str, bill: Bill, policy: Policy) -> FactValue:
    if name in COMPUTED_FACTS:
        return COMPUTED_FACTS[name](bill)
    fact = BILL_FACTS[name]
    value = cast(FactValue, getattr(bill.person if fact.owner == "person" else bill.event, fact.attribute))
    return policy.categories.get(str(value)) if name == "category" else value
