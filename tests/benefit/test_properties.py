"""What holds for any bill of any place, whatever its figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from pos_client.benefit import Bill, Contract, Counters, Event, Line, Policy, Split, split
from tests.benefit.bills import approval, line, person
from tests.benefit.policies import SHIPPED


class Place(NamedTuple):
    """One policy and the bills that it splits.

    ``most_fen`` is what each counter of payments can come to in a year, ``needed`` are facts that every bill hangs on.
    """

    policy: Policy
    events: tuple[str, ...]
    categories: tuple[str, ...]
    amounts: tuple[str, ...]
    counts: tuple[str, ...]
    most_fen: dict[str, int]
    per_slice: bool
    needed: tuple[str, ...]

    @property
    def day(self) -> date:
        return date(self.policy.ref.valid_from.year, 5, 4)


YIZHENG: Final = Place(
    SHIPPED.pick("yizheng", date(2010, 5, 4)),
    ("inpatient", "outpatient", "chronic", "special_exam", "outpatient_special"),
    ("active", "flexible", "retired"),
    ("inpatient_eligible", "pool_paid", "relief_paid", "chronic_eligible", "chronic_paid", "special_exam_paid"),
    ("local_admissions",),
    # 5000 at 87 %, 15000 at 91 %, 20000 at 95 %; 60000 at 85 %, 150000 at 90 %; the limit of chronic care.
    {"pool_paid": 3_700_000, "relief_paid": 18_600_000, "chronic_paid": 300_000},
    per_slice=True,
    needed=("first_contribution", "first_unpaid_month"),
)
JIANGSU: Final = Place(
    SHIPPED.pick("jiangsu-city", date(2004, 5, 4)),
    ("inpatient",),
    ("active", "retired"),
    ("inpatient_eligible", "pool_paid", "relief_paid"),
    (),
    {"pool_paid": 2_100_000, "relief_paid": 7_000_000},
    per_slice=False,
    needed=("level",),
)
RIZHAO: Final = Place(
    SHIPPED.pick("rizhao", date(2012, 5, 4)),
    ("outpatient",),
    ("employee", "adult_resident", "minor_resident"),
    ("outpatient_eligible", "outpatient_paid"),
    (),
    {"outpatient_paid": 35_400},
    per_slice=True,
    needed=("first_contribution", "contract", "institution"),
)
COUNTY: Final = Place(
    SHIPPED.pick("county001", date(2005, 5, 4)),
    ("inpatient",),
    ("active", "retired"),
    ("inpatient_eligible", "pool_paid"),
    ("admissions",),
    {},
    per_slice=True,
    needed=("level",),
)
places = st.sampled_from([YIZHENG, JIANGSU, RIZHAO, COUNTY])

prices = st.decimals(min_value=0, max_value=60_000, places=4)
percentages = st.decimals(min_value=0, max_value=100, places=1)


@st.composite
def charged(draw: st.DrawFn) -> tuple[Line, ...]:
    return tuple(
        line(
            "0",
            id=str(number),
            kind=draw(st.sampled_from(["drug", "service", "exam", "treatment", "consult"])),
            cls=draw(st.sampled_from("ABC")),
            unit_price=draw(prices),
            quantity=draw(st.decimals(min_value=0, max_value=20, places=2)),
            limit_price=draw(st.none() | prices),
            pre_self_pay_percent=draw(percentages),
            essential=draw(st.booleans()),
            listed=draw(st.booleans()),
            approval=draw(st.none() | st.just(approval(date(2000, 1, 1)))),
            performed=date(2012, 5, 4),
        )
        for number in range(draw(st.integers(1, 3)))
    )


def untouched(place: Place) -> Counters:
    return Counters(
        year=place.day.year,
        amounts_fen=dict.fromkeys(place.amounts, 0),
        counts=dict.fromkeys(place.counts, 0),
        account_balance_fen=0,
    )


def used(place: Place) -> st.SearchStrategy[Counters]:
    fen = st.integers(0, 12_000_000)
    return st.builds(
        Counters,
        year=st.just(place.day.year),
        amounts_fen=st.fixed_dictionaries(dict.fromkeys(place.amounts, fen)),
        counts=st.fixed_dictionaries(dict.fromkeys(place.counts, st.integers(0, 5))),
        account_balance_fen=st.integers(0, 1_000_000),
    )


@st.composite
def drawn_bills(draw: st.DrawFn, place: Place, kind: str | None = None) -> Bill:
    kind = kind or draw(st.sampled_from(place.events))
    who = person(
        category=draw(st.sampled_from(place.categories)),
        first_contribution=date(1999, 1, 1),
        chronic_approved=draw(st.booleans()),
        contract=Contract(institution="Street station", signed_on=place.day.replace(month=1)),
    )
    stay = kind == "inpatient"
    event = Event(
        type=kind,
        lines=draw(charged()),
        use_account=draw(st.booleans()),
        level=2,
        place="local",
        institution="Street station",
        approvals={"admission_approval": approval(place.day)},
        date=None if stay else place.day,
        admit=place.day if stay else None,
        discharge=place.day if stay else None,
    )
    site = {"pool_pct": draw(percentages)}
    return Bill(person=who, counters=draw(used(place)), event=event, site=site)


def with_lines(bill: Bill, lines: tuple[Line, ...]) -> Bill:
    return replace(bill, event=replace(bill.event, lines=lines))


@given(st.data())
def test_the_parts_add_up_for_any_bill(data: st.DataObject) -> None:
    place = data.draw(places)
    result = split(place.policy, data.draw(drawn_bills(place)))

    assert result.status == "settled"
    assert result.total_fen == sum(done.amount_fen for done in result.lines)
    assert result.own_expense_fen == sum(done.own_expense_fen + done.over_limit_fen for done in result.lines)
    assert result.pre_self_pay_fen == sum(done.pre_self_pay_fen for done in result.lines)
    assert result.eligible_fen == sum(done.eligible_fen for done in result.lines)
    assert result.total_fen == result.own_expense_fen + result.pre_self_pay_fen + result.eligible_fen
    assert result.total_fen == result.fund_total_fen + result.account_pay_fen + result.cash_pay_fen
    granted_fen = sum(piece.pays_fen for piece in result.slices) + sum(grant.pays_fen for grant in result.grants)
    assert result.fund_total_fen == granted_fen
    assert min(result.fund_total_fen, result.account_pay_fen, result.cash_pay_fen, result.deductible_fen) >= 0
    assert result.own_expense_fen <= result.cash_pay_fen
    for done in result.lines:
        parts = (done.own_expense_fen, done.over_limit_fen, done.pre_self_pay_fen, done.eligible_fen)
        assert done.amount_fen == sum(parts)
        assert min(parts) >= 0


@given(st.data())
def test_the_order_of_the_lines_does_not_matter(data: st.DataObject) -> None:
    place = data.draw(places)
    bill = data.draw(drawn_bills(place))
    mixed = tuple(data.draw(st.permutations(bill.event.lines)))
    result, other = split(place.policy, bill), split(place.policy, with_lines(bill, mixed))

    assert _figures(other) == _figures(result)
    assert sorted(other.lines) == sorted(result.lines)


def _figures(result: Split) -> tuple[object, ...]:
    return result.slices, result.fund_pay_fen, result.account_pay_fen, result.cash_pay_fen, result.counters_after


@given(st.data(), st.decimals(min_value=0, max_value=9000, places=2))
def test_another_covered_line_never_lowers_what_the_patient_bears(data: st.DataObject, price: Decimal) -> None:
    place = data.draw(places)
    bill = data.draw(drawn_bills(place))
    covered = line("0", id="more", kind="drug", cls="A", unit_price=price)
    more = with_lines(bill, (*bill.event.lines, covered))

    assert split(place.policy, more).patient_total_fen >= split(place.policy, bill).patient_total_fen


@given(st.data())
def test_however_a_year_is_cut_into_bills_no_fund_pays_more_than_its_limit(data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([YIZHENG, JIANGSU, RIZHAO]))
    counters, slices = untouched(place), 0
    for bill in data.draw(st.lists(drawn_bills(place), min_size=2, max_size=5)):
        result = split(place.policy, replace(bill, counters=counters))
        counters, slices = result.counters_after, slices + len(result.slices)

    for name, most_fen in place.most_fen.items():
        # Where the limit is one of expense, every slice may have been rounded up by half a fen.
        rounded_up_fen = slices // 2 if place.per_slice and name != "chronic_paid" else 0
        assert counters.amounts_fen[name] <= most_fen + rounded_up_fen


@given(st.data())
def test_a_stay_cut_in_two_on_one_axis_ends_at_the_same_place(data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([YIZHENG, JIANGSU, COUNTY]))
    bill = replace(data.draw(drawn_bills(place, "inpatient")), counters=untouched(place))
    lines = bill.event.lines
    cut = data.draw(st.integers(0, len(lines)))
    whole = split(place.policy, bill)
    first = split(place.policy, with_lines(bill, lines[:cut]))
    second = split(place.policy, replace(with_lines(bill, lines[cut:]), counters=first.counters_after))

    end_fen = second.counters_after.amounts_fen["inpatient_eligible"]
    assert end_fen == whole.counters_after.amounts_fen["inpatient_eligible"]
    assert first.total_fen + second.total_fen == whole.total_fen


@given(st.data())
def test_a_held_bill_changes_no_counter(data: st.DataObject) -> None:
    place = data.draw(places)
    bill = data.draw(drawn_bills(place))
    unknown = data.draw(st.sampled_from([*place.needed, "cause", "cls"]))
    missing: dict[str, Any] = {unknown: None}
    if unknown == "cls":
        bill = with_lines(bill, (*bill.event.lines, line("8.00", id="more", cls=None)))
    elif hasattr(bill.event, unknown):
        bill = replace(bill, event=replace(bill.event, **missing))
    else:
        bill = replace(bill, person=replace(bill.person, **missing))
    result = split(place.policy, bill)

    assert (result.status, result.reasons) == ("hold", ("FACT_UNKNOWN",))
    assert result.counters_after == bill.counters
    assert (result.total_fen, result.fund_total_fen, result.cash_pay_fen) == (0, 0, 0)
