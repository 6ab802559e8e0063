"""Yizheng 2010 written by hand, money as Decimal yuan: what a careful hospital programmer would write.

The very same rules as the policy file, for stays and visits paid like stays: entitlement, causes, approval of
transfers, lines, deductible, segments, account, counters; with the slices and the parts of each line, without words.
Every figure stands in the code.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, NamedTuple

from benchmarks.contestants.stay import (
    Figures,
    OnHold,
    Slice,
    State,
    Stay,
    check_transfer,
    check_version,
    state_of,
    stay_of_record,
)

ZERO: Final = Decimal(0)
CENT: Final = Decimal("0.01")
HUNDREDTH: Final = Decimal("0.01")

#: Fund, end of the segment on the axis in yuan, the fund's part (Y11 to Y15).
ACTIVE: Final = (
    ("pool", Decimal(5000), Decimal("0.83")),
    ("pool", Decimal(20000), Decimal("0.86")),
    ("pool", Decimal(40000), Decimal("0.90")),
    ("relief", Decimal(100000), Decimal("0.85")),
    ("relief", Decimal(250000), Decimal("0.90")),
)
RETIRED: Final = (
    ("pool", Decimal(5000), Decimal("0.87")),
    ("pool", Decimal(20000), Decimal("0.91")),
    ("pool", Decimal(40000), Decimal("0.95")),
    ("relief", Decimal(100000), Decimal("0.85")),
    ("relief", Decimal(250000), Decimal("0.90")),
)
#: By retired, level (Y6, Y7).
DEDUCTIBLE: Final = {
    (False, 1): Decimal(300),
    (False, 2): Decimal(600),
    (True, 1): Decimal(200),
    (True, 2): Decimal(500),
}
OUT_DEDUCTIBLE: Final = Decimal(1000)
STEP: Final = Decimal(100)
LEVEL_2_FLOOR: Final = Decimal(400)


class Item(NamedTuple):
    """A line as the catalogue and the doctor give it."""

    cls: str
    unit_price: Decimal
    quantity: Decimal
    limit_price: Decimal | None
    first_share_percent: Decimal | None


class Priced(NamedTuple):
    """A line priced: amount and the part above the price limit."""

    cls: str
    amount: Decimal
    over_limit: Decimal
    first_share_percent: Decimal | None


class Money(NamedTuple):
    """The counters and the account before the bill."""

    axis: Decimal
    pool_paid: Decimal
    relief_paid: Decimal
    account: Decimal


class Result(NamedTuple):
    """The bill split, in yuan."""

    state: State
    total: Decimal
    own_expense: Decimal
    first_share: Decimal
    eligible: Decimal
    deductible: Decimal
    pool: Decimal
    relief: Decimal
    patient: Decimal
    account: Decimal
    cash: Decimal
    slices: list[tuple[str, Decimal, Decimal, Decimal]]
    lines: list[tuple[Decimal, Decimal, Decimal]]
    after: Money
    stays_after: int


class _Lines(NamedTuple):
    total: Decimal
    own_expense: Decimal
    first_share: Decimal
    eligible: Decimal
    parts: list[tuple[Decimal, Decimal, Decimal]]


def price(items: Sequence[Item]) -> list[Priced]:
    """R1 and R2."""
    priced = []
    for cls, unit_price, quantity, limit_price, percent in items:
        amount = (unit_price * quantity).quantize(CENT, ROUND_HALF_UP)
        over = ZERO
        if limit_price is not None and unit_price > limit_price:
            over = ((unit_price - limit_price) * quantity).quantize(CENT, ROUND_HALF_UP)
        priced.append(Priced(cls, amount, over, percent))
    return priced


def split(stay: Stay, money: Money, priced: Sequence[Priced]) -> Result:
    """One bill.

    Raises:
        OnHold: the rules give no figure, or an approval is missing.
    """
    check_version(stay)
    state = state_of(stay)
    if state == "excluded":
        return _settled(stay, money, state, _all_own(priced), ZERO, [], ZERO, ZERO)
    lines = _split_lines(priced)
    if state != "ok":
        return _settled(stay, money, state, lines, ZERO, [], ZERO, ZERO)
    check_transfer(stay)
    axis = ZERO if stay.new_year else money.axis
    deductible = min(_deductible(stay), lines.eligible)
    slices, pool, relief = _slices(stay.retired, axis + deductible, axis + lines.eligible)
    return _settled(stay, money, state, lines, deductible, slices, pool, relief)


def _all_own(priced: Sequence[Priced]) -> _Lines:
    total = sum([line.amount for line in priced], ZERO)
    return _Lines(total, total, ZERO, ZERO, [(line.amount, ZERO, ZERO) for line in priced])


def _split_lines(priced: Sequence[Priced]) -> _Lines:
    total = own_total = first_total = eligible_total = ZERO
    parts = []
    for cls, amount, over, percent in priced:
        total += amount
        if cls == "C":
            own_total += amount
            parts.append((amount, ZERO, ZERO))
            continue
        eligible = amount - over if over else amount
        first = ZERO
        if cls == "B":
            if percent is None:
                raise OnHold("NO_RULE_CLASS_B")
            first = (eligible * percent * HUNDREDTH).quantize(CENT, ROUND_HALF_UP)
            eligible -= first
            first_total += first
        if over:
            own_total += over
        eligible_total += eligible
        parts.append((over, first, eligible))
    return _Lines(total, own_total, first_total, eligible_total, parts)


def _deductible(stay: Stay) -> Decimal:
    if stay.kind != "inpatient" or stay.chemotherapy:
        return ZERO
    if stay.out:
        return OUT_DEDUCTIBLE
    level = stay.level
    if level is None or level > 2:
        raise OnHold("NO_RULE_DEDUCTIBLE")
    first = DEDUCTIBLE[stay.retired, level]
    if not stay.stays_before:
        return first
    lowered = first - STEP * stay.stays_before
    return max(lowered, LEVEL_2_FLOOR if level == 2 else ZERO)


def _slices(
    retired: bool, position: Decimal, end: Decimal
) -> tuple[list[tuple[str, Decimal, Decimal, Decimal]], Decimal, Decimal]:
    slices = []
    pool = relief = ZERO
    for fund, to, part in RETIRED if retired else ACTIVE:
        if position >= end:
            break
        if to <= position:
            continue
        stop = to if to < end else end
        pays = ((stop - position) * part).quantize(CENT, ROUND_HALF_UP)
        slices.append((fund, position, stop, pays))
        if fund == "pool":
            pool += pays
        else:
            relief += pays
        position = stop
    return slices, pool, relief


def _settled(
    stay: Stay,
    money: Money,
    state: State,
    lines: _Lines,
    deductible: Decimal,
    slices: list[tuple[str, Decimal, Decimal, Decimal]],
    pool: Decimal,
    relief: Decimal,
) -> Result:
    patient = lines.total - pool - relief
    account = ZERO
    if stay.use_account and state in ("ok", "waiting"):
        account = max(min(patient - lines.own_expense, money.account), ZERO)
    counted = state == "ok"
    start = Money(ZERO, ZERO, ZERO, money.account) if stay.new_year else money
    after = Money(
        start.axis + lines.eligible if counted else start.axis,
        start.pool_paid + pool,
        start.relief_paid + relief,
        start.account - account,
    )
    stays_after = stay.stays_before + (counted and stay.kind == "inpatient" and not stay.out)
    cash = patient - account
    return Result(
        state,
        lines.total,
        lines.own_expense,
        lines.first_share,
        lines.eligible,
        deductible,
        pool,
        relief,
        patient,
        account,
        cash,
        slices,
        lines.parts,
        after,
        stays_after,
    )


def items_of_record(record: Mapping[str, Any]) -> list[Item]:
    """The lines of a record."""
    return [
        Item(
            line["cls"],
            Decimal(line["unit_price"]),
            Decimal(line["qty"]),
            Decimal(line["limit_price"]) if line.get("limit_price") is not None else None,
            Decimal(line["pre_pct"]) if line.get("pre_pct") is not None else None,
        )
        for line in record["event"]["lines"]
    ]


def money_of_record(record: Mapping[str, Any]) -> Money:
    """The counters and the account of a record."""
    before = record["acc_before"]
    return Money(
        Decimal(before["inpatient_eligible"]),
        Decimal(before["pool_paid"]),
        Decimal(before["relief_paid"]),
        Decimal(before["pa_balance"]),
    )


def split_record(record: Mapping[str, Any]) -> Result:
    """From the record to the result.

    Raises:
        OnHold: see :func:`split`.
    """
    return split(stay_of_record(record), money_of_record(record), price(items_of_record(record)))


def figures(result: Result) -> Figures:
    """The result as what contestants are compared by."""
    return Figures(
        state=result.state,
        total_fen=_fen(result.total),
        own_expense_fen=_fen(result.own_expense),
        first_share_fen=_fen(result.first_share),
        eligible_fen=_fen(result.eligible),
        deductible_fen=_fen(result.deductible),
        pool_fen=_fen(result.pool),
        relief_fen=_fen(result.relief),
        patient_fen=_fen(result.patient),
        account_fen=_fen(result.account),
        cash_fen=_fen(result.cash),
        slices=tuple(Slice(fund, _fen(start), _fen(stop), _fen(pays)) for fund, start, stop, pays in result.slices),
        lines=tuple((_fen(own), _fen(first), _fen(eligible)) for own, first, eligible in result.lines),
        axis_after_fen=_fen(result.after.axis),
        stays_after=result.stays_after,
    )


def _fen(amount: Decimal) -> int:
    return int(amount.scaleb(2))
