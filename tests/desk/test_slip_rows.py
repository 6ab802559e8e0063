"""The parts of a bill on its slip: they add up, and each has a word."""

from decimal import Decimal
from typing import Any

import pytest

from pos_client.benefit import bill_of_record, split
from pos_client.desk.slip import Pair, SliceRow
from pos_client.desk.slip_rows import after_rows, slice_rows
from tests.benefit.bills import bill, line, stay
from tests.benefit.policies import SHIPPED, yizheng
from tests.benefit.vector_files import VECTORS

SETTLED = [one for one in VECTORS if one["expected"]["status"] == "settled"]


@pytest.mark.parametrize("vector", [pytest.param(vector, id=vector["id"]) for vector in SETTLED])
def test_the_parts_of_every_vector_add_up_to_bill_funds_and_person(vector: dict[str, Any]) -> None:
    asked = bill_of_record(vector)
    result = split(SHIPPED.pick_for(vector["locality"], asked.event, paying=False), asked)
    rows = slice_rows(result)
    assert sum(row.amount_fen for row in rows) == result.total_fen
    assert sum(row.fund_fen for row in rows) == result.fund_total_fen
    assert sum(row.own_fen for row in rows) == result.patient_total_fen
    assert all(row.label for row in rows)


def test_slices_are_named_by_where_they_end_and_the_last_by_where_it_begins() -> None:
    rows = slice_rows(split(yizheng(), bill(stay(line("8000.00")))))
    assert [row.label for row in rows] == ["起付线", "至 5,000.00", "5,000.00 以上"]
    assert rows[1] == SliceRow("至 5,000.00", 440_000, Decimal(83), 365_200, 74_800)


def test_a_bill_within_one_slice_names_no_limit_that_is_none() -> None:
    rows = slice_rows(split(yizheng(), bill(stay(line("1000.00")))))
    assert [row.label for row in rows] == ["起付线", "符合报销"]


def test_counters_that_are_zero_or_unknown_are_left_out() -> None:
    counted = {"inpatient_eligible": 1_071_310, "pool_paid": 0, "something_else": 5}
    assert after_rows(counted) == (Pair("今年住院符合报销", "10,713.10"),)
