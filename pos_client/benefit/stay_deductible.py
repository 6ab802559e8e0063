"""How the deductible of a bill comes about, as figures: the first one, and what is due at this stay."""

from typing import NamedTuple

from pos_client.benefit.calendar_rules import insurance_year
from pos_client.benefit.counter_view import CounterView
from pos_client.benefit.event_days import day_of
from pos_client.benefit.facts import Bill
from pos_client.benefit.layered import LayeredTable
from pos_client.benefit.policy import Policy
from pos_client.benefit.reasons import Held, needed


class StayDeductible(NamedTuple):
    """``first_fen`` is that of the year's first stay, ``due_fen`` this one's.

    ``stay`` counts from 1; None: the deductible does not hang on how many stays there were.
    ``yearly`` says that the deductible is one of the year, of which ``due_fen`` is left.
    """

    first_fen: int
    due_fen: int
    stay: int | None
    yearly: bool


def stay_deductible(policy: Policy, bill: Bill) -> StayDeductible | None:
    """The deductible of a bill by its policy; None where it has none, or where a fact that it hangs on is unknown."""
    dates = policy.dates
    try:
        table = needed(needed(policy.plan(bill).applying).pay_table)
        if not isinstance(table, LayeredTable) or table.deductible_fen == 0:
            return None
        year = insurance_year(day_of(bill.event, dates.year_by), dates.year_starts)
        counters = CounterView(bill.counters, year)
        start_fen = 0 if table.axis is None else counters.amount_fen(table.axis)
        stay = None if table.repeat is None else counters.count(table.repeat.counter) + 1
        due_fen = table.due_fen(start_fen, counters)
    except Held:
        return None
    return StayDeductible(table.deductible_fen, due_fen, stay, table.deductible_per == "year")
