"""The least that can be computed: Decimal, what the funds and the patient pay, nothing else.

No entitlement, no causes, no approvals, no repeated stays, no account, no slices, no parts of lines, no counters: a
page of a spreadsheet as a function. It is right for a first or repeated local stay of an entitled person whose
deductible is handed in.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from benchmarks.contestants.by_hand_decimal import ACTIVE, CENT, HUNDREDTH, RETIRED, ZERO, Item


class Shares(NamedTuple):
    """What each side pays, in yuan."""

    pool: Decimal
    relief: Decimal
    patient: Decimal


def split(retired: bool, axis: Decimal, deductible: Decimal, items: Sequence[Item]) -> Shares:
    """One bill from unit prices; class-B items carry their percentage."""
    total = eligible = ZERO
    for cls, unit_price, quantity, limit_price, percent in items:
        amount = (unit_price * quantity).quantize(CENT, ROUND_HALF_UP)
        total += amount
        if cls == "C":
            continue
        if limit_price is not None and unit_price > limit_price:
            amount -= ((unit_price - limit_price) * quantity).quantize(CENT, ROUND_HALF_UP)
        if cls == "B" and percent is not None:
            amount -= (amount * percent * HUNDREDTH).quantize(CENT, ROUND_HALF_UP)
        eligible += amount
    pool, relief = _funds(retired, axis + min(deductible, eligible), axis + eligible)
    return Shares(pool, relief, total - pool - relief)


def _funds(retired: bool, position: Decimal, end: Decimal) -> tuple[Decimal, Decimal]:
    pool = relief = ZERO
    for fund, to, part in RETIRED if retired else ACTIVE:
        if position >= end:
            break
        if to > position:
            stop = to if to < end else end
            pays = ((stop - position) * part).quantize(CENT, ROUND_HALF_UP)
            if fund == "pool":
                pool += pays
            else:
                relief += pays
            position = stop
    return pool, relief
