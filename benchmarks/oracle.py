"""Yizheng 2010 for stays once more, in fractions, straight from the rules (rules part 2.1 and part 6).

Slow on purpose and shared with no contestant: plain steps on a record, one after another, exact until a rounding
point of the rules is reached. It decides who is wrong.
"""

import calendar
import math
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from benchmarks.contestants.stay import Figures, OnHold, Slice, State

Record = Mapping[str, Any]


def half_up(yuan: Fraction) -> Fraction:
    """The nearest fen, a half up, as yuan."""
    return Fraction(math.floor(yuan * 100 + Fraction(1, 2)), 100)


def split(record: Record) -> Figures:
    """The figures of a stay.

    Raises:
        OnHold: a figure or an approval is missing.
    """
    state = _state(record)
    lines = _own_lines(record) if state == "excluded" else _lines(record)
    total = sum((sum(line, Fraction(0)) for line in lines), Fraction(0))
    own, first, eligible = (sum((line[part] for line in lines), Fraction(0)) for part in range(3))
    before = _counters(record)
    slices: list[tuple[str, Fraction, Fraction, Fraction]] = []
    deductible = Fraction(0)
    if state == "ok":
        _check_transfer(record["event"])
        deductible = min(_deductible(record, int(before["local_admissions"])), eligible)
        start = before["inpatient_eligible"]
        slices = _slices(record["person"]["category"] == "retired", start + deductible, start + eligible)
    pool, relief = (sum((piece[3] for piece in slices if piece[0] == fund), Fraction(0)) for fund in ("pool", "relief"))
    patient = total - pool - relief
    account = Fraction(0)
    if record["event"]["use_pa"] and state in ("ok", "waiting"):
        account = min(patient - own, Fraction(record["acc_before"]["pa_balance"]))
    counts = state == "ok"
    return Figures(
        state=state,
        total_fen=_fen(total),
        own_expense_fen=_fen(own),
        first_share_fen=_fen(first),
        eligible_fen=_fen(eligible),
        deductible_fen=_fen(deductible),
        pool_fen=_fen(pool),
        relief_fen=_fen(relief),
        patient_fen=_fen(patient),
        account_fen=_fen(account),
        cash_fen=_fen(patient - account),
        slices=tuple(Slice(fund, _fen(start), _fen(stop), _fen(pays)) for fund, start, stop, pays in slices),
        lines=tuple((_fen(line[0]), _fen(line[1]), _fen(line[2])) for line in lines),
        axis_after_fen=_fen(before["inpatient_eligible"] + (eligible if counts else Fraction(0))),
        stays_after=int(before["local_admissions"]) + (counts and record["event"]["place"] == "local"),
    )


def _fen(yuan: Fraction) -> int:
    fen = yuan * 100
    if fen.denominator != 1:
        raise ValueError(f"a figure that was never rounded: {yuan}")
    return fen.numerator


def _counters(record: Record) -> dict[str, Fraction]:
    before = record["acc_before"]
    names = ("inpatient_eligible", "local_admissions")
    same_year = before["year"] == date.fromisoformat(record["event"]["discharge"]).year
    return {name: Fraction(before[name]) if same_year else Fraction(0) for name in names}


def _state(record: Record) -> State:
    event, person = record["event"], record["person"]
    admitted, discharged = date.fromisoformat(event["admit"]), date.fromisoformat(event["discharge"])
    if "cause" in event and not (
        event["cause"] == "third_party" and event["third_party_unpaid"] and discharged >= date(2011, 7, 1)
    ):
        return "excluded"
    if admitted < _months_later(date.fromisoformat(person["first_contribution"]), 6):
        return "waiting"
    if "first_unpaid_month" not in person:
        return "ok"
    if admitted < _months_later(date.fromisoformat(person["first_unpaid_month"] + "-01"), 1):
        return "ok"
    if "renewed_on" not in person or admitted < date.fromisoformat(person["renewed_on"]):
        return "lapsed"
    return "waiting" if admitted < _months_later(date.fromisoformat(person["renewed_on"]), 6) else "ok"


def _months_later(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _own_lines(record: Record) -> list[tuple[Fraction, Fraction, Fraction]]:
    return [(_amount(line, line["unit_price"]), Fraction(0), Fraction(0)) for line in record["event"]["lines"]]


def _lines(record: Record) -> list[tuple[Fraction, Fraction, Fraction]]:
    """Own expense, first share and eligible part of each line."""
    lines = []
    for line in record["event"]["lines"]:
        amount = _amount(line, line["unit_price"])
        own = first = Fraction(0)
        if line["cls"] == "C":
            own = amount
        elif "limit_price" in line and Fraction(line["unit_price"]) > Fraction(line["limit_price"]):
            own = _amount(line, str(Fraction(line["unit_price"]) - Fraction(line["limit_price"])))
        if line["cls"] == "B":
            if "pre_pct" not in line:
                raise OnHold("NO_RULE_CLASS_B")
            first = half_up((amount - own) * Fraction(line["pre_pct"]) / 100)
        lines.append((own, first, amount - own - first))
    return lines


def _amount(line: Record, price: str) -> Fraction:
    return half_up(Fraction(price) * Fraction(line["qty"]))


def _check_transfer(event: Record) -> None:
    if event["place"] == "local":
        return
    approval = event.get("transfer_approval")
    late = 3 if approval is not None and approval["emergency"] else 0
    latest = date.fromisoformat(event["admit"]) + timedelta(days=late)
    if approval is None or date.fromisoformat(approval["date"]) > latest:
        raise OnHold("TRANSFER_NOT_APPROVED")


def _deductible(record: Record, stays_before: int) -> Fraction:
    event, retired = record["event"], record["person"]["category"] == "retired"
    if event.get("treatment") == "malignancy_radio_chemo":
        return Fraction(0)
    if event["place"] == "out":
        return Fraction(1000)
    if event["level"] == 1:
        return Fraction(max((200 if retired else 300) - 100 * stays_before, 0))
    if event["level"] == 2:
        return Fraction(max((500 if retired else 600) - 100 * stays_before, 400))
    raise OnHold("NO_RULE_DEDUCTIBLE")


def _slices(retired: bool, start: Fraction, end: Fraction) -> list[tuple[str, Fraction, Fraction, Fraction]]:
    table = [
        ("pool", 0, 5000, 87 if retired else 83),
        ("pool", 5000, 20000, 91 if retired else 86),
        ("pool", 20000, 40000, 95 if retired else 90),
        ("relief", 40000, 100000, 85),
        ("relief", 100000, 250000, 90),
    ]
    slices = []
    for fund, opens, closes, percent in table:
        lower, upper = max(start, Fraction(opens)), min(end, Fraction(closes))
        if upper > lower:
            slices.append((fund, lower, upper, half_up((upper - lower) * percent / 100)))
    return slices
