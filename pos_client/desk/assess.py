"""Our own calculation beside the bureau's: entitlement, split and a sentence for every amount.

Where the calculator holds, only the explanation is missing ("不能核对" with the reason); the bureau's figures stand
and the sale goes on (design, section 4).
"""

from dataclasses import dataclass
from datetime import date

from pos_client.benefit import (
    ABSENT,
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


@dataclass(frozen=True, slots=True)
class Assessment:
    """Our split of a bill, or why there is none; ``sentences`` explain either."""

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
    try:
        policy = policies.pick(policy_id, day)
    except Problem as problem:
        return Assessment(None, (Sentence("policy", problem.sentence(language), policy_id),), policy_id)
    bill = _bill(identified, visit, cart, day, use_account)
    result = split(policy, bill)
    return Assessment(result, explain(policy, bill, result, language), policy.title)


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
    known = {name: ABSENT if value is None else value for name, value in identified.person.facts.items()}
    required = dict.fromkeys(("category", "birth", "sex", "first_contribution"))
    return Person(**(required | known))  # type: ignore[arg-type]  # the region file's types are checked when it is read


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
