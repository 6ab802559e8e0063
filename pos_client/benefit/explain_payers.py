"""Who pays, explained: the funds' totals, the account and why it pays what it pays, cash, and the deposit."""

from collections.abc import Iterator

from pos_client.benefit import explain_words as words
from pos_client.benefit.plan import Terms
from pos_client.benefit.reasons import EXCLUDED
from pos_client.benefit.telling import Sentence, Telling


def fund_sentences(telling: Telling, source: str) -> Iterator[Sentence]:
    """What each fund pays in all."""
    paying = {fund: paid for fund, paid in telling.result.fund_pay_fen.items() if paid}
    for fund, paid in paying.items():
        yield telling.say(f"fund.{fund}", words.FUND_TOTAL, source, fund=telling.fund(fund), amount=paid)
    if not paying:
        yield telling.say("fund", words.NO_FUND_PAYS, source)


def patient_sentences(telling: Telling, terms: Terms, source: str) -> Iterator[Sentence]:
    """The patient's part, how it is paid, and why the account pays no more."""
    result = telling.result
    yield telling.say(
        "patient",
        words.PATIENT,
        source,
        patient=result.patient_total_fen,
        account=result.account_pay_fen,
        cash=result.cash_pay_fen,
    )
    yield from _account(telling, terms, source)
    if result.mode == "bureau":
        yield telling.say("settled_at", words.SETTLED_AT_BUREAU, source)


def _account(telling: Telling, terms: Terms, source: str) -> Iterator[Sentence]:
    result = telling.result
    payable = result.patient_total_fen - result.own_expense_fen
    if payable == 0 or result.entitlement == EXCLUDED:
        return
    state = telling.policy.entitlement.state_named(result.entitlement)
    if state is not None and not state.account:
        yield telling.say("account", words.ACCOUNT_CLOSED, source)
    elif not any(terms.account):
        yield telling.say("account", words.ACCOUNT_NOT_FOR_THIS, source)
    elif not telling.bill.event.use_account:
        yield telling.say("account", words.ACCOUNT_NOT_USED, source)
    elif result.account_pay_fen == telling.bill.counters.account_balance_fen and result.account_pay_fen < payable:
        yield telling.say("account", words.ACCOUNT_USED_UP, source, payable=payable, balance=result.account_pay_fen)


def deposit_sentences(telling: Telling) -> Iterator[Sentence]:
    """What becomes of the deposit."""
    deposit = telling.result.deposit
    if deposit is None:
        return
    source = telling.source("deposit", telling.policy.document.get("deposit", {}))
    if deposit.refund_fen:
        phrase, amount = words.DEPOSIT_REFUND, deposit.refund_fen
    elif deposit.collect_fen:
        phrase, amount = words.DEPOSIT_COLLECT, deposit.collect_fen
    else:
        phrase, amount = words.DEPOSIT_EVEN, 0
    yield telling.say("deposit", phrase, source, required=deposit.required_fen, amount=amount)
