"""Yizheng 2010 written by hand, everything an integer: the fastest plain Python for these rules that we could write.

The same rules and results as :mod:`by_hand_decimal`. Amounts are fen, prices millionths of a yuan, quantities
ten-thousandths, first shares hundredths of a percent: the decimals that the national interface allows, so nothing
is lost.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
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

#: Price (10^-6 yuan) times quantity (10^-4) in one fen (10^-2 yuan).
PARTS_OF_A_FEN: Final = 10**8

#: Fund, end of the segment on the axis in fen, the fund's percent (Y11 to Y15).
ACTIVE: Final = (
    ("pool", 500_000, 83),
    ("pool", 2_000_000, 86),
    ("pool", 4_000_000, 90),
    ("relief", 10_000_000, 85),
    ("relief", 25_000_000, 90),
)
RETIRED: Final = (
    ("pool", 500_000, 87),
    ("pool", 2_000_000, 91),
    ("pool", 4_000_000, 95),
    ("relief", 10_000_000, 85),
    ("relief", 25_000_000, 90),
)
#: By retired, level (Y6, Y7).
DEDUCTIBLE: Final = {(False, 1): 30_000, (False, 2): 60_000, (True, 1): 20_000, (True, 2): 50_000}
OUT_DEDUCTIBLE: Final = 100_000
STEP: Final = 10_000
LEVEL_2_FLOOR: Final = 40_000


class Item(NamedTuple):
    """A line as the catalogue and the doctor give it: price and limit in 10^-6 yuan, quantity in 10^-4."""

    cls: str
    unit_price: int
    quantity: int
    limit_price: int | None
    first_share: int | None


class Priced(NamedTuple):
    """A line priced, in fen; the first share in hundredths of a percent."""

    cls: str
    amount: int
    over_limit: int
    first_share: int | None


class Money(NamedTuple):
    """The counters and the account before the bill, in fen."""

    axis: int
    pool_paid: int
    relief_paid: int
    account: int


class Result(NamedTuple):
    """The bill split, in fen."""

    state: State
    total: int
    own_expense: int
    first_share: int
    eligible: int
    deductible: int
    pool: int
    relief: int
    patient: int
    account: int
    cash: int
    slices: list[tuple[str, int, int, int]]
    lines: list[tuple[int, int, int]]
    after: Money
    stays_after: int


class _Lines(NamedTuple):
    total: int
    own_expense: int
    first_share: int
    eligible: int
    parts: list[tuple[int, int, int]]


def price(items: Sequence[Item]) -> list[Priced]:
    """R1 and R2, half up."""
    priced = []
    for cls, unit_price, quantity, limit_price, first_share in items:
        amount = (2 * unit_price * quantity + PARTS_OF_A_FEN) // (2 * PARTS_OF_A_FEN)
        over = 0
        if limit_price is not None and unit_price > limit_price:
            over = (2 * (unit_price - limit_price) * quantity + PARTS_OF_A_FEN) // (2 * PARTS_OF_A_FEN)
        priced.append(Priced(cls, amount, over, first_share))
    return priced


def split(stay: Stay, money: Money, priced: Sequence[Priced]) -> Result:
    """One bill.

    Raises:
        OnHold: the rules give no figure, or an approval is missing.
    """
    check_version(stay)
    state = state_of(stay)
    if state == "excluded":
        return _settled(stay, money, state, _all_own(priced), 0, [], 0, 0)
    lines = _split_lines(priced)
    if state != "ok":
        return _settled(stay, money, state, lines, 0, [], 0, 0)
    check_transfer(stay)
    axis = 0 if stay.new_year else money.axis
    deductible = min(_deductible(stay), lines.eligible)
    slices, pool, relief = _slices(stay.retired, axis + deductible, axis + lines.eligible)
    return _settled(stay, money, state, lines, deductible, slices, pool, relief)


def _all_own(priced: Sequence[Priced]) -> _Lines:
    total = sum([line.amount for line in priced])
    return _Lines(total, total, 0, 0, [(line.amount, 0, 0) for line in priced])


def _split_lines(priced: Sequence[Priced]) -> _Lines:
    total = own_total = first_total = eligible_total = 0
    parts = []
    for cls, amount, over, first_share in priced:
        total += amount
        if cls == "C":
            own_total += amount
            parts.append((amount, 0, 0))
            continue
        eligible = amount - over
        first = 0
        if cls == "B":
            if first_share is None:
                raise OnHold("NO_RULE_CLASS_B")
            first = (eligible * first_share + 5_000) // 10_000
            eligible -= first
            first_total += first
        own_total += over
        eligible_total += eligible
        parts.append((over, first, eligible))
    return _Lines(total, own_total, first_total, eligible_total, parts)


def _deductible(stay: Stay) -> int:
    if stay.kind != "inpatient" or stay.chemotherapy:
        return 0
    if stay.out:
        return OUT_DEDUCTIBLE
    level = stay.level
    if level is None or level > 2:
        raise OnHold("NO_RULE_DEDUCTIBLE")
    first = DEDUCTIBLE[stay.retired, level]
    if not stay.stays_before:
        return first
    return max(first - STEP * stay.stays_before, LEVEL_2_FLOOR if level == 2 else 0)


def _slices(retired: bool, position: int, end: int) -> tuple[list[tuple[str, int, int, int]], int, int]:
    slices = []
    pool = relief = 0
    for fund, to, percent in RETIRED if retired else ACTIVE:
        if position >= end:
            break
        if to <= position:
            continue
        stop = to if to < end else end
        pays = ((stop - position) * percent + 50) // 100
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
    deductible: int,
    slices: list[tuple[str, int, int, int]],
    pool: int,
    relief: int,
) -> Result:
    patient = lines.total - pool - relief
    account = 0
    if stay.use_account and state in ("ok", "waiting"):
        account = max(min(patient - lines.own_expense, money.account), 0)
    counted = state == "ok"
    start = Money(0, 0, 0, money.account) if stay.new_year else money
    after = Money(
        start.axis + lines.eligible if counted else start.axis,
        start.pool_paid + pool,
        start.relief_paid + relief,
        start.account - account,
    )
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
        patient - account,
        slices,
        lines.parts,
        after,
        stay.stays_before + (counted and stay.kind == "inpatient" and not stay.out),
    )


def items_of_record(record: Mapping[str, Any]) -> list[Item]:
    """The lines of a record."""
    return [
        Item(
            line["cls"],
            _scaled(line["unit_price"], 6),
            _scaled(line["qty"], 4),
            _scaled(line["limit_price"], 6) if line.get("limit_price") is not None else None,
            _scaled(line["pre_pct"], 2) if line.get("pre_pct") is not None else None,
        )
        for line in record["event"]["lines"]
    ]


def money_of_record(record: Mapping[str, Any]) -> Money:
    """The counters and the account of a record."""
    before = record["acc_before"]
    return Money(
        _scaled(before["inpatient_eligible"], 2),
        _scaled(before["pool_paid"], 2),
        _scaled(before["relief_paid"], 2),
        _scaled(before["pa_balance"], 2),
    )


def _scaled(text: str, decimals: int) -> int:
    return int(Decimal(text).scaleb(decimals))


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
        total_fen=result.total,
        own_expense_fen=result.own_expense,
        first_share_fen=result.first_share,
        eligible_fen=result.eligible,
        deductible_fen=result.deductible,
        pool_fen=result.pool,
        relief_fen=result.relief,
        patient_fen=result.patient,
        account_fen=result.account,
        cash_fen=result.cash,
        slices=tuple(Slice(*piece) for piece in result.slices),
        lines=tuple(result.lines),
        axis_after_fen=result.after.axis,
        stays_after=result.stays_after,
    )
