"""Figures that the source itself states, run through the calculator when a policy is compiled (``[[invariant]]``)."""

from collections.abc import Mapping
from typing import Any, Final

from pos_client.benefit.benefits import Benefit
from pos_client.benefit.counter_view import CounterView
from pos_client.benefit.facts import Bill, Counters, Event, Person
from pos_client.benefit.policy import Policy
from pos_client.benefit.policy_checks import NOT_DEFINED, stays_out_of_use
from pos_client.benefit.reasons import Held, needed
from pos_client.benefit.result import BillLines
from pos_client.benefit.shapes import Fault, Path
from pos_client.money import yuan

NOT_MET: Final = stays_out_of_use(
    "POL-26",
    "原文说 {category} 一年最多报 {stated} 元，照这份文件算出来是 {computed} 元。",
    "the source says that {category} gets at most {stated} a year, but this file gives {computed}.",
)
CANNOT_BE_RUN: Final = stays_out_of_use(
    "POL-27",
    "这个核对数算不出来（{reason} {detail}）。",
    "this figure cannot be computed ({reason} {detail}).",
)

#: More eligible expense than any layer reaches.
_MORE_THAN_ENOUGH_FEN: Final = 10**13


def check_invariants(policy: Policy) -> None:
    """Computes what one bill without end gets from the funds in a fresh year, category by category.

    Raises:
        Fault: the calculator gives another figure than the source, or none.
    """
    for index, invariant in enumerate(policy.document.get("invariant", ())):
        path: Path = ("invariant", index)
        benefit, event_type = _benefit(policy, invariant, path)
        for category, stated in invariant["yearly_fund_paid_max"].items():
            computed_fen = _most_paid_fen(policy, benefit, event_type, category, path)
            if computed_fen != stated * 100:
                computed, written = yuan(computed_fen), yuan(int(stated * 100))
                raise Fault(NOT_MET, path, category=category, stated=written, computed=computed)


def _benefit(policy: Policy, invariant: Mapping[str, Any], path: Path) -> tuple[Benefit, str]:
    """The benefit that the figure is about: the named one, or the only one there is."""
    names = [invariant["benefit"]] if "benefit" in invariant else list(policy.benefits)
    if len(names) != 1 or names[0] not in policy.benefits:
        raise Fault(NOT_DEFINED, path, name="benefit")
    benefit = policy.benefits[names[0]]
    return benefit, next(event for event, of in policy.benefit_of_event.items() if of is benefit)


def _most_paid_fen(policy: Policy, benefit: Benefit, event_type: str, category: str, path: Path) -> int:
    register_words = [word for word, meant in policy.categories.items() if meant == category]
    if not register_words:
        raise Fault(NOT_DEFINED, (*path, "yearly_fund_paid_max", category), name=category)
    year = policy.ref.valid_from.year
    before = Counters(year=year - 1, amounts_fen={}, counts={}, account_balance_fen=None)
    bill = Bill(
        person=Person(category=register_words[0], birth=None, sex=None, first_contribution=None),
        counters=before,
        event=Event(type=event_type, date=policy.ref.valid_from, lines=()),
    )
    lines = BillLines([("1", _MORE_THAN_ENOUGH_FEN, 0, 0, 0, _MORE_THAN_ENOUGH_FEN, ())])
    try:
        terms = needed(policy.plan(bill).applying)
        payment = needed(terms.pay_table).pay(bill.event, lines, CounterView(before, year))
    except Held as held:
        raise Fault(CANNOT_BE_RUN, path, reason=held.reason, detail=held.detail) from None
    return sum(payment.fund_pay_fen.values())
