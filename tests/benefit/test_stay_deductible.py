"""The deductible of a stay as figures: the first one, this one, and which stay of the year it is."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pos_client.benefit import Bill, Policy, PolicyLibrary, bill_of_record, split
from pos_client.benefit.stay_deductible import StayDeductible, stay_deductible

LIBRARY = PolicyLibrary.shipped()


def _vector(name: str) -> tuple[Policy, Bill]:
    lines = Path("tests/benefit/vectors/hand.jsonl").read_text(encoding="utf-8").splitlines()
    record = next(found for found in map(json.loads, lines) if found["id"] == name)
    bill = bill_of_record(record)
    assert bill.event.last_day is not None
    return LIBRARY.pick(record["locality"], bill.event.last_day, paying=False), bill


def _with_stays(bill: Bill, stays: int) -> Bill:
    counts = {**bill.counters.counts, "local_admissions": stays}
    return replace(bill, counters=bill.counters._replace(counts=counts))


@pytest.mark.parametrize(("stays", "due_fen"), [(0, 60_000), (1, 50_000), (2, 40_000)])
def test_each_further_stay_has_a_lower_one(stays: int, due_fen: int) -> None:
    policy, bill = _vector("Y-A01")
    found = stay_deductible(policy, _with_stays(bill, stays))
    assert found == StayDeductible(60_000, due_fen, stays + 1, yearly=False)


def test_it_is_what_the_split_deducts_where_the_bill_is_large_enough() -> None:
    policy, bill = _vector("Y-A01")
    found = stay_deductible(policy, bill)
    assert found is not None
    assert split(policy, bill).deductible_fen == found.due_fen


def test_what_hangs_on_an_unknown_counter_is_not_told() -> None:
    policy, bill = _vector("Y-A01")
    unknown = replace(bill, counters=bill.counters._replace(counts={}))
    assert stay_deductible(policy, unknown) is None


def test_a_purchase_has_none() -> None:
    policy, bill = _vector("Y-A01")
    purchase = replace(bill.event, type="outpatient", date=bill.event.discharge, admit=None, discharge=None)
    assert stay_deductible(policy, replace(bill, event=purchase)) is None


def test_that_of_a_year_is_what_the_year_has_left() -> None:
    """Yizheng's chronic disease: 1000 a year."""
    policy, bill = _vector("Y-H01")
    amounts = {**bill.counters.amounts_fen, "chronic_eligible": 70_000}
    later = replace(bill, counters=bill.counters._replace(amounts_fen=amounts))
    assert stay_deductible(policy, later) == StayDeductible(100_000, 30_000, None, yearly=True)
