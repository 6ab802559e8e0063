"""Contestants that are timed against each other must first of all do the same."""

from decimal import Decimal
from typing import Any

import pytest

from benchmarks import oracle
from benchmarks.bills import mixed_bills, random_stays, ten_line_bill, vectors
from benchmarks.contestants import bare_decimal, by_hand_decimal, by_hand_fen, ours
from benchmarks.contestants.stay import Figures, OnHold, covers
from tests.benefit.policies import SHIPPED

COVERED = [vector for vector in vectors() if covers(vector)]
Record = dict[str, Any]


def by_us(record: Record) -> Figures | str:
    try:
        return ours.figures(ours.split_record(SHIPPED, record))
    except OnHold as held:
        return str(held)


def in_decimal(record: Record) -> Figures | str:
    try:
        return by_hand_decimal.figures(by_hand_decimal.split_record(record))
    except OnHold as held:
        return str(held)


def in_fen(record: Record) -> Figures | str:
    try:
        return by_hand_fen.figures(by_hand_fen.split_record(record))
    except OnHold as held:
        return str(held)


def in_fractions(record: Record) -> Figures | str:
    try:
        return oracle.split(record)
    except OnHold as held:
        return str(held)


def test_the_rules_by_hand_cover_the_stays_of_one_place() -> None:
    assert len(COVERED) == 111
    assert {vector["expected"].get("entitlement") for vector in COVERED} == {
        "ok",
        "waiting",
        "lapsed",
        "excluded",
        None,
    }


@pytest.mark.parametrize("record", [pytest.param(vector, id=vector["id"]) for vector in COVERED])
def test_whoever_covers_a_vector_agrees_with_our_split(record: Record) -> None:
    split_by_us = by_us(record)

    assert in_decimal(record) == split_by_us
    assert in_fen(record) == split_by_us
    if isinstance(split_by_us, Figures):
        assert f"{split_by_us.patient_fen / 100:.2f}" == record["expected"]["patient_total"]
    else:
        assert [split_by_us] == record["expected"]["reasons"]


def test_all_agree_with_fractions_on_random_stays() -> None:
    answers = [in_fractions(record) for record in random_stays(7, 300)]

    for record, right in zip(random_stays(7, 300), answers, strict=True):
        assert by_us(record) == in_decimal(record) == in_fen(record) == right
    assert {"ok", "waiting", "lapsed", "excluded"} == {each.state for each in answers if isinstance(each, Figures)}
    assert "TRANSFER_NOT_APPROVED" in answers


def test_the_bare_function_pays_the_same_for_the_ten_line_bill() -> None:
    record = ten_line_bill()
    figures = ours.figures(ours.split_record(SHIPPED, record))
    deductible = Decimal(figures.deductible_fen).scaleb(-2)
    axis = Decimal(record["acc_before"]["inpatient_eligible"])

    shares = bare_decimal.split(False, axis, deductible, by_hand_decimal.items_of_record(record))

    assert [int(share.scaleb(2)) for share in shares] == [figures.pool_fen, figures.relief_fen, figures.patient_fen]


def test_the_ten_line_bill_is_as_mixed_as_it_says() -> None:
    figures = ours.figures(ours.split_record(SHIPPED, ten_line_bill()))

    assert [piece.fund for piece in figures.slices] == ["pool", "pool", "relief"]
    assert [line["cls"] for line in ten_line_bill()["event"]["lines"]].count("B") == 5
    assert figures.deductible_fen == 500_00
    assert figures.first_share_fen > 0
    assert figures.own_expense_fen > 0


def test_a_bill_built_anew_is_the_same_bill() -> None:
    found = ours.fit(SHIPPED, ten_line_bill())

    assert found is not None
    assert ours.built_anew(found[1]) == found[1]


def test_the_mixed_bills_are_the_same_from_the_same_seed_and_of_every_kind() -> None:
    bills = mixed_bills(3, 400)

    assert bills == mixed_bills(3, 400)
    assert bills != mixed_bills(4, 400)
    kinds = {(bill["locality"], bill["event"]["type"]) for bill in vectors()}
    assert {(bill["locality"], bill["event"]["type"]) for bill in bills} == kinds
    assert all(ours.fit(SHIPPED, bill) is not None for bill in bills)
