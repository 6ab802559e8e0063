"""What the year has counted for a person, with the limits that the policy sets, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pos_client.benefit import Bill, Event, Policy
from pos_client.benefit.layered import OPEN, CapOn, Layer, LayeredTable
from pos_client.benefit.plan import Terms
from pos_client.benefit.reasons import Held
from pos_client.desk.bill_facts import counters_of, person_of
from pos_client.desk.identify import Identified
from pos_client.phrase import Language, Phrase

INPATIENT, CHRONIC = "inpatient", "chronic"
_POOL = "pool"
_STAYS = Phrase("本年住院", "Stays this year")
_POOL_PAID = Phrase("统筹已付", "Pool paid")
_ELIGIBLE = Phrase("符合报销", "Eligible")
_CHRONIC_DEDUCTIBLE = Phrase("慢病起付", "Chronic deductible")
_CHRONIC_PAID = Phrase("慢病已付", "Chronic paid")


@dataclass(frozen=True, slots=True)
class CounterRow:
    """One thing that the year counted: an amount with the policy's limit of it, or how often something was."""

    label: str
    amount_fen: int | None
    limit_fen: int | None = None
    count: int | None = None


def probe_of(identified: Identified, event: str, day: date, level: int) -> Bill:
    """A bill without lines on a day: enough to ask a policy what holds for this person. ``level`` of the hospital."""
    if event == INPATIENT:
        asked = Event(type=event, admit=day, discharge=day, level=level, place="local", lines=())
    else:
        asked = Event(type=event, date=day, lines=())
    return Bill(person=person_of(identified), counters=counters_of(identified), event=asked)


def counter_rows(
    identified: Identified, policy: Policy | None, day: date, level: int, language: Language
) -> Iterator[CounterRow]:
    """Stays, what the pool paid and what was eligible; the chronic register where the person is on it.

    What the bureau did not count has no row; what no policy limits, or not for this person, has no limit.
    """
    amounts_fen, counts = identified.counters.amounts_fen, identified.counters.counts
    table = _table(policy, probe_of(identified, INPATIENT, day, level))
    for name in ("local_admissions",) if table is None else table.raised:
        if name in counts:
            yield CounterRow(_STAYS.say(language), None, count=counts[name])
    pool = None if table is None else _layer_of_pool(table)
    paid, axis = ("pool_paid" if pool is None else pool.paid_counter), ("" if table is None else table.axis or "")
    if paid in amounts_fen:
        yield CounterRow(_POOL_PAID.say(language), amounts_fen[paid], _limit_fen(pool, "fund_paid"))
    if axis in amounts_fen:
        yield CounterRow(_ELIGIBLE.say(language), amounts_fen[axis], _limit_fen(pool, "eligible_expense"))
    yield from _chronic_rows(identified, policy, day, level, language)


def _chronic_rows(
    identified: Identified, policy: Policy | None, day: date, level: int, language: Language
) -> Iterator[CounterRow]:
    amounts_fen = identified.counters.amounts_fen
    table = _table(policy, probe_of(identified, CHRONIC, day, level))
    if table is None:
        return
    pool, used_fen = _layer_of_pool(table), amounts_fen.get(table.axis or "")
    if not (used_fen or identified.person.facts.get("chronic_approved") is True):
        return
    if table.deductible_per == "year" and used_fen is not None:
        label, due_fen = _CHRONIC_DEDUCTIBLE.say(language), table.deductible_fen
        yield CounterRow(label, min(used_fen, due_fen), due_fen)
    if pool.paid_counter in amounts_fen:
        label, paid_fen = _CHRONIC_PAID.say(language), amounts_fen[pool.paid_counter]
        yield CounterRow(label, paid_fen, _limit_fen(pool, "fund_paid"))


def _table(policy: Policy | None, probe: Bill) -> LayeredTable | None:
    """The figures of the event's own benefit; None where the policy has none, or not for what is known."""
    if policy is None:
        return None
    try:
        own: Terms = policy.plan(probe).own
    except Held:
        return None
    return own.pay_table if isinstance(own.pay_table, LayeredTable) else None


def _layer_of_pool(table: LayeredTable) -> Layer:
    return next((layer for layer in table.layers if layer.fund == _POOL), table.layers[0])


def _limit_fen(layer: Layer | None, on: CapOn) -> int | None:
    limited = layer is not None and layer.cap_on == on and layer.cap_fen != OPEN
    return layer.cap_fen if layer is not None and limited else None
