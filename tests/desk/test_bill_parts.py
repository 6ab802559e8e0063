"""A bill in parts adds up to the bill, whatever the rules of a place do, and so do the rows that the window draws."""

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.benefit import Bill, Line, Policy, PolicyLibrary, Split, bill_of_record, split
from pos_client.benefit.stay_deductible import stay_deductible
from pos_client.desk.bill_parts import PartKind, parts_of, parts_of_figures
from pos_client.desk.stay_slices import slice_rows
from pos_client.phrase import LANGUAGES, Language
from pos_client.sync.setlinfo import BureauFigures
from tests.benefit.test_data_only_shapes import drawn, policy

VECTORS = Path("tests/benefit/vectors")


@cache
def _library() -> PolicyLibrary:
    return PolicyLibrary.shipped()


def _records() -> Iterator[dict[str, Any]]:
    for file in ("hand.jsonl", "more.jsonl"):
        for line in (VECTORS / file).read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


@cache
def _settled() -> tuple[tuple[str, Policy, Bill, Split], ...]:
    """Every bill of the vectors that is split, stays and all others."""
    found = []
    for record in _records():
        if record["expected"]["status"] == "settled":
            bill = bill_of_record(record)
            day = bill.event.last_day
            assert day is not None
            rules = _library().pick(record["locality"], day, paying=False)
            found.append((record["id"], rules, bill, split(rules, bill)))
    return tuple(found)


def _require_whole(result: Split) -> None:
    parts = parts_of(result)
    assert sum(part.amount_fen for part in parts) == result.total_fen
    assert sum(part.fund_fen for part in parts) == result.fund_total_fen
    assert sum(part.own_fen for part in parts) == result.patient_total_fen
    assert all(part.amount_fen or part.fund_fen for part in parts)


def test_every_bill_of_the_vectors_is_whole() -> None:
    assert len(_settled()) > 300
    for name, _, _, result in _settled():
        try:
            _require_whole(result)
        except AssertionError as error:
            raise AssertionError(name) from error


@settings(deadline=None)  # the first example compiles the policies
@given(data=st.data())
def test_a_stay_with_any_charges_is_whole(data: st.DataObject) -> None:
    stays = [(rules, bill) for _, rules, bill, _ in _settled() if bill.event.type == "inpatient"]
    rules, bill = data.draw(st.sampled_from(stays))
    lines = tuple(
        Line(
            id=str(number),
            name="",
            kind=data.draw(st.sampled_from(("drug", "service", "exam"))),
            cls="B" if share is not None else data.draw(st.sampled_from(("A", "C"))),
            unit_price=Decimal(data.draw(st.integers(0, 30_000_000))).scaleb(-3),
            quantity=Decimal(data.draw(st.integers(1, 9_999))).scaleb(-1),
            limit_price=data.draw(st.none() | st.integers(1, 9_000).map(Decimal)),
            pre_self_pay_percent=share,
            essential=True,
            listed=True,
        )
        for number, share in enumerate(
            data.draw(st.lists(st.none() | st.integers(0, 100).map(Decimal), min_size=1, max_size=6)), start=1
        )
    )
    result = split(rules, replace(bill, event=replace(bill.event, lines=lines)))
    if result.status == "settled":
        _require_whole(result)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rows_of_the_window_are_the_parts_in_words(language: Language) -> None:
    for _, rules, bill, result in _settled():
        parts = parts_of(result)
        rows = slice_rows(parts, stay_deductible(rules, bill), language)
        assert [(row.kind, row.amount_fen, row.fund_fen, row.own_fen, row.percent) for row in rows] == [
            (part.kind, part.amount_fen, part.fund_fen, part.own_fen, part.percent) for part in parts
        ]
        assert all(row.label and "{" not in row.label + row.note for row in rows)


def test_the_rows_are_those_of_the_picture() -> None:
    """The second stay of a year in which 3,000.00 was counted: deductible, two percentages, and what lies outside."""
    rules, bill = next((rules, bill) for name, rules, bill, _ in _settled() if name == "Y-A01")
    counters = bill.counters._replace(
        amounts_fen={**bill.counters.amounts_fen, "inpatient_eligible": 300_000, "pool_paid": 199_200},
        counts={**bill.counters.counts, "local_admissions": 1},
    )
    lines = (
        Line(id="1", name="", kind="service", cls="A", unit_price=Decimal("7713.10"), quantity=Decimal(1)),
        Line(
            id="2",
            name="",
            kind="drug",
            cls="B",
            unit_price=Decimal("261.80"),
            quantity=Decimal(1),
            pre_self_pay_percent=Decimal(100),
        ),
        Line(id="3", name="", kind="drug", cls="C", unit_price=Decimal("254.00"), quantity=Decimal(1)),
    )
    bill = replace(bill, counters=counters, event=replace(bill.event, lines=lines))
    rows = slice_rows(parts_of(split(rules, bill)), stay_deductible(rules, bill), "zh")
    told = [(row.label, row.note, row.amount_fen, row.percent, row.fund_fen, row.own_fen) for row in rows]
    assert told == [
        ("起付线", "第 2 次住院 600 − 100", 50_000, None, 0, 50_000),
        ("83% 段", "3,500.00 至 5,000.00", 150_000, Decimal(83), 124_500, 25_500),
        ("86% 段", "5,000.00 以上", 571_310, Decimal(86), 491_327, 79_983),
        ("乙类先自付", "按目录比例", 26_180, None, 0, 26_180),
        ("自费", "目录外、超限价", 25_400, None, 0, 25_400),
    ]


def test_a_supplement_takes_from_what_the_others_left(tmp_path: Path) -> None:
    result = split(policy(tmp_path), drawn("3000.00", civil_servant=True))
    _require_whole(result)
    row = slice_rows(parts_of(result), None, "zh")[-1]
    assert (row.kind, row.label, row.percent) == (PartKind.SUPPLEMENT, "公务员补助", Decimal(50))
    assert (row.amount_fen, row.fund_fen, row.own_fen) == (0, 23_400, -23_400)


def test_the_bureaus_figures_alone_are_whole_too() -> None:
    figures = BureauFigures(
        total_fen=822_890,
        own_expense_fen=25_400,
        over_limit_fen=0,
        pre_self_pay_fen=26_180,
        eligible_fen=771_310,
        deductible_fen=50_000,
        fund_pay_fen={"pool": 615_827},
        fund_total_fen=615_827,
        patient_total_fen=207_063,
        account_pay_fen=86_040,
        cash_pay_fen=121_023,
        account_balance_fen=0,
    )
    parts = parts_of_figures(figures)
    assert [part.kind for part in parts] == [
        PartKind.DEDUCTIBLE,
        PartKind.SHARED,
        PartKind.FIRST_SHARE,
        PartKind.OWN_EXPENSE,
    ]
    assert sum(part.amount_fen for part in parts) == figures.total_fen
    assert sum(part.fund_fen for part in parts) == figures.fund_total_fen
    assert sum(part.own_fen for part in parts) == figures.patient_total_fen
    assert slice_rows(parts, None, "zh")[1].note == "各段比例以医保中心为准"
