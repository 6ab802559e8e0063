"""This program: the compiled policy of Yizheng 2010, asked in the three ways in which a desk asks it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from benchmarks.contestants.stay import Figures, OnHold, Slice, State
from pos_client.benefit import Bill, Line, Policy, PolicyLibrary, Split, bill_of_record, split
from pos_client.errors import Refused

#: The compiled policy of a bill, and the bill.
Fit = tuple[Policy, Bill]


def split_and_read(policy: Policy, bill: Bill) -> tuple[object, ...]:
    """Splits and reads every figure, because a :class:`Split` makes its slices and lines only when asked."""
    result = split(policy, bill)
    parts = (result.total_fen, result.own_expense_fen, result.pre_self_pay_fen, result.eligible_fen)
    sums = (result.deductible_fen, result.patient_total_fen, result.account_pay_fen, result.cash_pay_fen)
    return parts, sums, result.fund_pay_fen, result.slices, result.lines


def built_anew(bill: Bill) -> Bill:
    """The same bill with new lines, so that prices are multiplied out again."""
    lines = tuple(
        Line(
            id=line.id,
            name=line.name,
            kind=line.kind,
            cls=line.cls,
            unit_price=line.unit_price,
            quantity=line.quantity,
            limit_price=line.limit_price,
            pre_self_pay_percent=line.pre_self_pay_percent,
            essential=line.essential,
            listed=line.listed,
        )
        for line in bill.event.lines
    )
    return replace(bill, event=replace(bill.event, lines=lines))


def bill_of_text(text: str) -> Bill:
    """The bill of one JSON line, every field checked."""
    return bill_of_record(json.loads(text, parse_float=Decimal))


def fit(library: PolicyLibrary, record: Mapping[str, Any]) -> Fit | None:
    """The bill of a record with the policy of its place and day, None where no version is in force."""
    bill = bill_of_record(record)
    try:
        return library.pick_for(record["locality"], bill.event, paying=False), bill
    except Refused:
        return None


def split_record(library: PolicyLibrary, record: Mapping[str, Any]) -> Split:
    """From the record to the split.

    Raises:
        OnHold: no version of the policy is in force.
    """
    found = fit(library, record)
    if found is None:
        raise OnHold("NO_POLICY_VERSION")
    return split(*found)


def figures(result: Split) -> Figures:
    """The result as what contestants are compared by.

    Raises:
        OnHold: the bill is held.
    """
    if result.status == "hold":
        raise OnHold(result.reasons[0])
    after = result.counters_after
    states: dict[str, State] = {"ok": "ok", "waiting": "waiting", "lapsed": "lapsed", "excluded": "excluded"}
    return Figures(
        state=states[result.entitlement],
        total_fen=result.total_fen,
        own_expense_fen=result.own_expense_fen,
        first_share_fen=result.pre_self_pay_fen,
        eligible_fen=result.eligible_fen,
        deductible_fen=result.deductible_fen,
        pool_fen=result.fund_pay_fen["pool"],
        relief_fen=result.fund_pay_fen["relief"],
        patient_fen=result.patient_total_fen,
        account_fen=result.account_pay_fen,
        cash_fen=result.cash_pay_fen,
        slices=tuple(Slice(piece.layer, piece.from_fen, piece.to_fen, piece.pays_fen) for piece in result.slices),
        lines=tuple(
            (line.own_expense_fen + line.over_limit_fen, line.pre_self_pay_fen, line.eligible_fen)
            for line in result.lines
        ),
        axis_after_fen=after.amounts_fen["inpatient_eligible"],
        stays_after=after.counts["local_admissions"],
    )
