"""Our own calculation beside the bureau's: entitlement, split and a sentence for every amount.

Where the calculator holds, only the explanation is missing ("不能核对" with the reason); the bureau's figures stand
and the sale goes on (design, section 4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pos_client.benefit import (
    ABSENT,
    Absent,
    Bill,
    Counters,
    Event,
    Line,
    Person,
    PolicyLibrary,
    Sentence,
    Split,
    explain,
    split,
)
from pos_client.desk.cart import CartLine
from pos_client.desk.identify import Identified
from pos_client.errors import Problem
from pos_client.phrase import Language
from pos_client.sync.region import Visit

_SEXES: Mapping[str, Literal["M", "F"]] = {"M": "M", "F": "F"}


@dataclass(frozen=True, slots=True)
class Assessment:
    """Our split of a bill, or why there is none; ``sentences`` explain either."""

    bill: Bill
    split: Split | None
    sentences: tuple[Sentence, ...]
    policy_title: str

    @property
    def settled(self) -> Split | None:
        """The split when our calculator could make one."""
        return self.split if self.split is not None and self.split.status == "settled" else None


def assess(
    policies: PolicyLibrary,
    policy_id: str,
    identified: Identified,
    visit: Visit,
    cart: tuple[CartLine, ...],
    *,
    day: date,
    use_account: bool,
    language: Language,
) -> Assessment:
    """Splits a bill by the policy in force on that day."""
    bill = _bill(identified, visit, cart, day, use_account)
    try:
        policy = policies.pick(policy_id, day)
    except Problem as problem:
        return Assessment(bill, None, (Sentence("policy", problem.sentence(language), policy_id),), policy_id)
    result = split(policy, bill)
    return Assessment(bill, result, explain(policy, bill, result, language), policy.title)


def _bill(identified: Identified, visit: Visit, cart: tuple[CartLine, ...], day: date, use_account: bool) -> Bill:
    known = identified.counters
    return Bill(
        person=_person(identified),
        counters=Counters(
            year=known.year,
            amounts_fen=known.amounts_fen,
            counts=known.counts,
            account_balance_fen=identified.person.account_balance_fen,
        ),
        event=Event(
            type=visit.event,
            date=day,
            lines=tuple(_line(line) for line in cart),
            use_account=use_account,
        ),
    )


def _person(identified: Identified) -> Person:
    """The mapped facts; what is not mapped stays None (unknown), what is known to be none becomes ABSENT."""
    facts = identified.person.facts

    def text(name: str) -> str | None:
        value = facts.get(name)
        return value if isinstance(value, str) else None

    def day(name: str) -> date | None:
        value = facts.get(name)
        return value if isinstance(value, date) else None

    def day_if_any(name: str) -> date | Absent | None:
        return ABSENT if name in facts and facts[name] is None else day(name)

    def flag(name: str) -> bool | None:
        value = facts.get(name)
        return value if isinstance(value, bool) else None

    return Person(
        category=text("category"),
        sex=_SEXES.get(text("sex") or ""),
        birth=day("birth"),
        first_contribution=day("first_contribution"),
        first_unpaid_month=day_if_any("first_unpaid_month"),
        renewed_on=day_if_any("renewed_on"),
        arrears_paid=flag("arrears_paid"),
        flexible=flag("flexible"),
        civil_servant=flag("civil_servant"),
        maternity_insured=flag("maternity_insured"),
        chronic_approved=flag("chronic_approved"),
    )


def _line(line: CartLine) -> Line:
    item = line.item
    return Line(
        id=str(line.number),
        name=item.name,
        kind=item.kind,
        cls=item.cls,
        unit_price=item.unit_price,
        quantity=line.quantity,
        limit_price=item.limit_price,
        pre_self_pay_percent=item.pre_self_pay_percent,
        essential=item.essential,
    )
