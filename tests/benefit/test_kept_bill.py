"""A bill that was written down comes back as it was, what is unknown stays unknown."""

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.benefit import ABSENT, Approval, Bill, Contract, Counters, Event, Line, Person, bill_of_record
from pos_client.benefit.kept_bill import bill_of_kept_record, record_of_bill
from tests.benefit.bills import bill, line, person, visit

_days = st.dates(date(1950, 1, 1), date(2030, 12, 31))
_months = _days.map(lambda day: day.replace(day=1))
_flags = st.sampled_from([True, False, None])
_words = st.text("abc甲乙 ", min_size=1, max_size=8).filter(str.strip)
_fen = st.integers(0, 10**9)
_approvals = st.builds(Approval, date=_days, emergency=st.booleans())


def _decimals(places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, 9999, places=places)


_persons = st.builds(
    Person,
    category=_words | st.none(),
    birth=st.dates(date(1900, 1, 1), date(1949, 12, 31)) | st.none(),
    sex=st.sampled_from(["M", "F", None]),
    first_contribution=_days | st.none(),
    first_unpaid_month=_months | st.sampled_from([ABSENT, None]),
    renewed_on=_days | st.sampled_from([ABSENT, None]),
    arrears_paid=_flags,
    insured_years=st.integers(0, 99) | st.none(),
    flexible=_flags,
    civil_servant=_flags | st.just(ABSENT),
    maternity_insured=_flags,
    chronic_approved=_flags,
    contract=st.builds(Contract, institution=_words, signed_on=_days) | st.sampled_from([ABSENT, None]),
)
_lines = st.builds(
    Line,
    id=_words,
    name=_words | st.just(""),
    kind=st.sampled_from(["drug", "exam", None]),
    cls=st.sampled_from(["A", "B", "C", None]),
    unit_price=_decimals(6),
    quantity=_decimals(4),
    limit_price=_decimals(6) | st.none(),
    pre_self_pay_percent=st.decimals(0, 100, places=2) | st.none(),
    essential=_flags,
    listed=_flags,
    approval=_approvals | st.none(),
    performed=_days | st.none(),
)


@st.composite
def _events(draw: st.DrawFn) -> Event:
    first, last = sorted((draw(_days), draw(_days)))
    days: dict[str, Any] = draw(st.sampled_from([{"date": first}, {"admit": first, "discharge": last}]))
    return Event(
        type=draw(_words),
        lines=tuple(draw(st.lists(_lines, min_size=1, max_size=3, unique_by=lambda one: one.id))),
        use_account=draw(st.booleans()),
        level=draw(st.sampled_from([1, 2, 3, None])),
        place=draw(st.sampled_from(["local", "out", None])),
        institution=draw(_words | st.none()),
        treatment=draw(_words | st.sampled_from([ABSENT, None])),
        delivery=draw(st.sampled_from(["natural", None])),
        family_planning_ok=draw(_flags),
        cause=draw(_words | st.sampled_from([ABSENT, None])),
        third_party_unpaid=draw(_flags),
        approvals=draw(st.dictionaries(st.just("transfer_approval"), _approvals)),
        estimate_fen=draw(_fen | st.none()),
        deposit_paid_fen=draw(_fen | st.none()),
        **days,
    )


_bills = st.builds(
    Bill,
    person=_persons,
    counters=st.builds(
        Counters,
        year=st.integers(1950, 2030),
        amounts_fen=st.dictionaries(st.sampled_from(["pool_paid", "relief_paid"]), _fen),
        counts=st.dictionaries(st.just("admissions"), st.integers(0, 99)),
        account_balance_fen=_fen | st.none(),
    ),
    event=_events(),
    site=st.dictionaries(st.just("pool_pct"), st.decimals(0, 100, places=2)),
)


@given(_bills)
def test_every_bill_survives_json(before: Bill) -> None:
    assert bill_of_kept_record(json.loads(json.dumps(record_of_bill(before)))) == before


def test_a_line_that_takes_something_back_is_kept_with_what_it_takes_back() -> None:
    sold = line("12.60", quantity=Decimal(3))
    before = bill(visit(sold, line("12.60", id="2", quantity=Decimal(-1), returns="1")))
    assert bill_of_kept_record(record_of_bill(before)).event == before.event


def test_whoever_adds_a_fact_must_keep_it_too() -> None:
    kept = {part: " ".join(field.name for field in fields(part) if field.init) for part in (Person, Event, Line)}
    assert kept[Person] == (
        "category birth sex first_contribution first_unpaid_month renewed_on arrears_paid insured_years flexible "
        "civil_servant maternity_insured chronic_approved contract"
    )
    assert kept[Event] == (
        "type lines use_account date admit discharge level place institution treatment delivery family_planning_ok "
        "cause third_party_unpaid approvals estimate_fen deposit_paid_fen"
    )
    assert kept[Line] == (
        "id name kind cls unit_price quantity limit_price pre_self_pay_percent essential listed approval performed "
        "returns"
    )


def test_an_ordinary_bill_is_a_line_of_the_vectors_form_and_nothing_else() -> None:
    known = person(renewed_on=ABSENT, contract=ABSENT)
    before = bill(visit(line("12.60", essential=True, listed=False), third_party_unpaid=False), who=known)
    record = record_of_bill(before)
    assert record.keys() == {"person", "acc_before", "event"}
    assert bill_of_record(record) == before


@pytest.mark.parametrize("name", ["first_unpaid_month", "renewed_on", "contract"])
def test_what_the_form_reads_as_none_is_named_when_it_is_unknown(name: str) -> None:
    record = record_of_bill(bill(visit(line("1")), who=person(**{name: None})))
    assert name in record["unknown"]
    assert getattr(bill_of_kept_record(record).person, name) is None
    assert getattr(bill_of_record(record).person, name) is ABSENT


def test_the_day_of_an_unpaid_month_is_kept_as_its_month() -> None:
    record = record_of_bill(bill(visit(line("1")), who=person(first_unpaid_month=date(2010, 4, 17))))
    assert bill_of_kept_record(record).person.first_unpaid_month == date(2010, 4, 1)
