"""The split of one bill, question by question (rules part 6).

The order: benefit, excluded cause, lines, entitlement, approvals, figures of the benefit, account, cash. The first
question without an answer holds the bill, and a held bill changes no counter.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from pos_client.benefit.account import AccountUse
from pos_client.benefit.approvals import ApprovalRule, missing_approvals
from pos_client.benefit.calendar_rules import insurance_year
from pos_client.benefit.counter_view import CounterView
from pos_client.benefit.eligibility import State
from pos_client.benefit.event_days import day_of
from pos_client.benefit.exclusions import cause_verdict
from pos_client.benefit.facts import Bill
from pos_client.benefit.items import own_expense_lines, split_lines
from pos_client.benefit.plan import Plan, Terms
from pos_client.benefit.policy import Policy
from pos_client.benefit.reasons import (
    CATEGORY_NOT_IN_POLICY,
    ENTITLED,
    EXCLUDED,
    EXCLUDED_CAUSE,
    LINE_OUTSIDE_BILL,
    NOT_ASSESSED,
    Held,
    needed,
)
from pos_client.benefit.result import BillLines, Outcome, Payment, Split

_NO_LINES: Final = BillLines(())
_NO_PAYMENT: Final = Payment()


def split(policy: Policy, bill: Bill) -> Split:
    """Splits a bill by a policy, or says why it is held. Only a settled bill changes the counters.

    A bill of which everything was returned changes none either, not even the number of stays: nothing remains that
    the fund could have taken part in, and the person's next stay is to be counted as if this one had not been.

    Raises:
        OurBug: the parts do not add up.
    """
    try:
        dates = policy.dates
        counters = CounterView(bill.counters, insurance_year(day_of(bill.event, dates.year_by), dates.year_starts))
        outcome, account = _outcome(policy, bill, counters)
        return _completed(policy, bill, counters, outcome, account)
    except Held as held:
        reasons = ((held.reason, held.detail),)
        outcome = Outcome("hold", NOT_ASSESSED, "pos", reasons, _NO_LINES, _NO_PAYMENT)
        return Split(policy.ref, outcome, bill.counters)


def _outcome(policy: Policy, bill: Bill, counters: CounterView) -> tuple[Outcome, AccountUse | None]:
    """What the questions come to, and what of the patient's part the account may pay."""
    event = bill.event
    plan = policy.plan(bill)
    cause = cause_verdict(plan.causes, event.cause)
    if cause.excluded:
        lines = own_expense_lines(event, EXCLUDED_CAUSE)
        return Outcome("settled", EXCLUDED, "pos", ((EXCLUDED_CAUSE, ""),), lines, _NO_PAYMENT), None
    own = plan.own
    lines = own_expense_lines(event, LINE_OUTSIDE_BILL) if own.outside_bill else split_lines(plan.items, event)
    state = _state(policy, plan, bill)
    if state is not None and not state.fund:
        return _without_fund(own, state, lines, ((state.name.upper(), ""),))
    unapproved = missing_approvals(needed(plan.approvals), event)
    reasons = _reasons(unapproved, lines) if unapproved or lines.unapproved else []
    if cause.reason:
        reasons.append((cause.reason, ""))
    if unapproved:
        if any(rule.missing == "own_expense" for rule in unapproved):
            lines = own_expense_lines(event, unapproved[0].reason)
        return _without_fund(own, state, lines, reasons)
    terms = needed(plan.applying)
    reasons += plan.passed_over
    payment = needed(terms.pay_table).pay(event, lines, counters)
    reasons += payment.reasons
    entitlement = ENTITLED if state is None else state.name
    account = terms.account if state is None or state.account else None
    return Outcome("settled", entitlement, needed(terms.mode), reasons, lines, payment), account


def _state(policy: Policy, plan: Plan, bill: Bill) -> State | None:
    category = bill.person.category
    if category is not None and category not in policy.categories:
        raise Held(CATEGORY_NOT_IN_POLICY, category)
    return policy.entitlement.state(plan.entitlement, bill, day_of(bill.event, policy.dates.entitled_by))


def _without_fund(
    terms: Terms, state: State | None, lines: BillLines, reasons: Sequence[tuple[str, str]]
) -> tuple[Outcome, AccountUse | None]:
    """No fund pays, so no further figure is asked for; the account may still be open (rules A-15)."""
    entitlement = ENTITLED if state is None else state.name
    payment = Payment(copay_fen=lines.eligible_fen)
    outcome = Outcome("settled", entitlement, needed(terms.mode), reasons, lines, payment)
    return outcome, terms.account if state is None or state.account else None


def _reasons(unapproved: Iterable[ApprovalRule], lines: BillLines) -> list[tuple[str, str]]:
    """The approvals that are missing but do not hold the bill, each reason once, with the lines that it is about."""
    found = {rule.reason: "" for rule in unapproved}
    for missing in lines.unapproved:
        if missing.holds:
            raise Held(missing.reason, missing.line_id)
        named = found.get(missing.reason)
        found[missing.reason] = f"{named}, {missing.line_id}" if named else missing.line_id
    return list(found.items())


def _completed(
    policy: Policy, bill: Bill, counters: CounterView, outcome: Outcome, account: AccountUse | None
) -> Split:
    """The account, the deposit and the counters."""
    event, lines, payment = bill.event, outcome.lines, outcome.payment
    account_pay = 0
    if event.use_account and account is not None:
        borne = lines.total_fen - lines.own_expense_fen - sum(payment.fund_pay_fen.values())
        payable = min(account.payable_fen(payment, lines.pre_self_pay_fen), borne)
        if payable > 0:
            account_pay = min(payable, counters.account_balance_fen())
    deposit = None
    if policy.deposit is not None:
        cash = lines.total_fen - sum(payment.fund_pay_fen.values()) - account_pay
        deposit = policy.deposit.settle(event, cash)
    counters_after = bill.counters
    if event.remaining:
        counters_after = counters.after(payment.counted_fen, payment.raised, account_pay)
    return Split(policy.ref, outcome, counters_after, account_pay, deposit, policy.no_fund_pay)
