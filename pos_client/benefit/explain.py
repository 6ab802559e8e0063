"""The explanation of a split that a patient can follow: one sentence for each amount, with the rule's source."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pos_client.benefit import explain_words as words
from pos_client.benefit import reason_words
from pos_client.benefit.benefits import filled_in
from pos_client.benefit.calendar_rules import insurance_year
from pos_client.benefit.counter_view import CounterView
from pos_client.benefit.event_days import day_of
from pos_client.benefit.explain_layers import layered_sentences
from pos_client.benefit.explain_lines import line_sentences, returned_sentences, total_sentences
from pos_client.benefit.explain_payers import deposit_sentences, fund_sentences, patient_sentences
from pos_client.benefit.facts import Bill
from pos_client.benefit.layered import LayeredTable
from pos_client.benefit.plan import Terms
from pos_client.benefit.policy import Policy
from pos_client.benefit.reasons import ENTITLED, EXCLUDED, EXCLUDED_CAUSE, needed
from pos_client.benefit.result import Split
from pos_client.benefit.standing import standing
from pos_client.benefit.telling import Sentence, Telling
from pos_client.phrase import Language

_SECTION_OF_REASON: Final[Mapping[str, str]] = {
    EXCLUDED_CAUSE: "exclusion",
    "RECOVER_FROM_THIRD_PARTY": "exclusion",
}


def explain(policy: Policy, bill: Bill, result: Split, language: Language) -> tuple[Sentence, ...]:
    """Says of each amount of a split where it comes from; of a held bill, why it cannot be checked here.

    The three must belong together: the split must have been made from this bill by this policy.
    """
    telling = Telling(policy, bill, result, language)
    return tuple(_held(telling) if result.status == "hold" else _settled(telling))


def _held(telling: Telling) -> Iterator[Sentence]:
    for reason, detail in zip(telling.result.reasons, telling.result.details, strict=True):
        phrase = reason_words.WHY_HELD.get(reason, reason_words.WHY_HELD_OTHERWISE)
        why = phrase.say(telling.language, reason=reason, detail=_named(telling, detail))
        yield telling.say(f"held.{reason}", reason_words.HELD, telling.policy.title, why=why)


def _named(telling: Telling, detail: str) -> str:
    """What a hold is about, in words: "cls: 3" is the class of line 3."""
    for param in telling.policy.document.get("site_param", ()):
        if param["id"] == detail:
            return str(param["label"])
    name, _, line = detail.partition(": ")
    phrase = reason_words.NAMES.get(name)
    said = name if phrase is None else phrase.say(telling.language)
    return reason_words.OF_LINE.say(telling.language, line=line, fact=said) if line else said


def _settled(telling: Telling) -> Iterator[Sentence]:
    policy, result = telling.policy, telling.result
    yield from _why(telling)
    yield from returned_sentences(telling)
    if result.entitlement == EXCLUDED:
        yield from patient_sentences(telling, policy.plan(telling.bill).own, telling.source("exclusion"))
        yield from deposit_sentences(telling)
        return
    terms = _terms(telling)
    written = _written(policy, terms.benefit)
    source = telling.source("benefit", written)
    if not telling.bill.event.remaining and not terms.outside_bill:
        yield telling.say("returned", words.ALL_RETURNED, source)
        yield from deposit_sentences(telling)
        return
    if not terms.outside_bill:
        yield from line_sentences(telling)
        yield from total_sentences(telling)
    if _funds_take_part(telling):
        yield from _benefit(telling, terms, written, source)
        if written["kind"] != "account_only":
            yield from fund_sentences(telling, source)
    yield from patient_sentences(telling, terms, source)
    yield from deposit_sentences(telling)


def _why(telling: Telling) -> Iterator[Sentence]:
    """Why the bill came out as it did: the state of the person, the cause, approvals, refusals."""
    for reason in telling.result.reasons:
        phrase = reason_words.WHY.get(reason, reason_words.WHY_OTHERWISE)
        source = telling.source(_SECTION_OF_REASON.get(reason, "benefit"))
        until = ""
        if reason == telling.result.entitlement.upper():
            source, until = _state(telling)
        if until:
            why = phrase.say(telling.language)
            yield telling.say(f"reason.{reason}", reason_words.UNTIL, source, why=why, day=until)
        else:
            yield telling.say(f"reason.{reason}", phrase, source, reason=reason)


def _state(telling: Telling) -> tuple[str, str]:
    """Where the rule stands that put the person in the state, and the day on which the state ends, if it is known."""
    found = standing(telling.policy, telling.bill)
    source = telling.source("entitlement", {"part": found.part} if found.part else {})
    return source, str(found.first_covered_day or "")


def _funds_take_part(telling: Telling) -> bool:
    entitlement = telling.result.entitlement
    state = telling.policy.entitlement.state_named(entitlement)
    if entitlement != ENTITLED and (state is None or not state.fund):
        return False
    return not _bill_unapproved(telling)


def _bill_unapproved(telling: Telling) -> bool:
    """Whether the whole bill lacks an approval: then no benefit was computed."""
    reasons = set(telling.result.reasons)
    return any(
        rule.reason in reasons and rule.missing != "hold"
        for rule in needed(telling.policy.plan(telling.bill).approvals)
    )


def _terms(telling: Telling) -> Terms:
    plan = telling.policy.plan(telling.bill)
    return needed(plan.applying) if _funds_take_part(telling) else plan.own


def _written(policy: Policy, benefit_id: str) -> Mapping[str, Any]:
    tables = {table["id"]: table for table in policy.document["benefit"]}
    return filled_in(tables[benefit_id], tables)


def _benefit(telling: Telling, terms: Terms, written: Mapping[str, Any], source: str) -> Iterator[Sentence]:
    result = telling.result
    pay_table = needed(terms.pay_table)
    if isinstance(pay_table, LayeredTable):
        dates = telling.policy.dates
        year = insurance_year(day_of(telling.bill.event, dates.year_by), dates.year_starts)
        yield from layered_sentences(telling, pay_table, written, CounterView(telling.bill.counters, year))
    elif terms.outside_bill:
        yield telling.say("benefit", words.FLAT_OUTSIDE, source)
        if result.flat_benefit_fen:
            yield telling.say("flat_benefit", words.FLAT_BENEFIT, source, amount=result.flat_benefit_fen)
    elif written["kind"] == "account_only":
        yield telling.say("benefit", words.ACCOUNT_ONLY, source)
    names = {line.id: line.name or line.id for line in telling.bill.event.lines}
    for grant in result.grants:
        if grant.line_id is not None:
            yield telling.say(
                f"grant.{grant.line_id}",
                words.ITEM_GRANT,
                source,
                name=names[grant.line_id],
                base=grant.base_fen,
                percent=grant.percent,
                pays=grant.pays_fen,
                fund=telling.fund(grant.fund),
            )
