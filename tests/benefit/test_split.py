from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.benefit import ABSENT, Bill, Line, Policy, Split, split
from pos_client.money import NotAnAmount
from tests.benefit.bills import approval, bill, counters, line, person, stay, visit
from tests.benefit.policies import SHIPPED, yizheng

YIZHENG = yizheng()


def test_a_pharmacy_bill_needs_only_what_a_pharmacy_knows() -> None:
    sale = visit(line("80.00"), line("20.00", id="2", cls="C"))

    result = split(YIZHENG, bill(sale, before=counters(balance_fen=5000)))

    assert result.status == "settled"
    assert (result.account_pay_fen, result.cash_pay_fen) == (5000, 5000)
    assert result.counters_after.account_balance_fen == 0


def test_an_account_only_bill_looks_at_no_counter() -> None:
    known = counters(balance_fen=5000)
    nothing_counted = type(known)(year=2010, amounts_fen={}, counts={}, account_balance_fen=5000)

    result = split(YIZHENG, bill(visit(line("80.00")), before=nothing_counted))

    assert result.status == "settled"
    assert result.account_pay_fen == 5000


def test_an_account_that_is_not_used_need_not_be_known() -> None:
    result = split(YIZHENG, bill(visit(line("80.00"), use_account=False), before=counters(balance_fen=None)))

    assert result.status == "settled"
    assert result.cash_pay_fen == 8000


def test_an_unknown_account_balance_holds_a_bill_that_would_use_it() -> None:
    result = split(YIZHENG, bill(visit(line("80.00")), before=counters(balance_fen=None)))

    assert (result.status, result.reasons, result.details) == ("hold", ("COUNTER_UNKNOWN",), ("account_balance",))


def test_an_overdrawn_account_pays_nothing() -> None:
    result = split(YIZHENG, bill(visit(line("80.00")), before=counters(balance_fen=-100)))

    assert (result.account_pay_fen, result.cash_pay_fen) == (0, 8000)
    assert result.counters_after.account_balance_fen == -100


def test_a_fact_that_no_rule_looks_at_may_be_unknown() -> None:
    who = person(birth=None, sex=None, category=None)

    assert split(YIZHENG, bill(visit(line("80.00")), who=who)).status == "settled"


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"first_contribution": None}, "first_contribution"),
        ({"first_unpaid_month": None}, "first_unpaid_month"),
        ({"first_unpaid_month": date(2009, 4, 1), "renewed_on": None}, "renewed_on"),
        ({"first_unpaid_month": date(2009, 4, 1), "renewed_on": date(2009, 6, 1)}, "arrears_paid"),
    ],
)
def test_an_unknown_fact_that_entitlement_looks_at_holds_the_bill_and_is_named(
    changes: dict[str, object], detail: str
) -> None:
    result = split(YIZHENG, bill(visit(line("80.00")), who=person(**changes)))

    assert (result.reasons, result.details) == (("FACT_UNKNOWN",), (detail,))


def test_unpaid_arrears_keep_benefits_stopped_after_the_renewal() -> None:
    lapsed = person(first_unpaid_month=date(2009, 4, 1), renewed_on=date(2009, 6, 1), arrears_paid=False)

    assert split(YIZHENG, bill(visit(line("80.00")), who=lapsed)).entitlement == "lapsed"


def test_a_category_that_the_policy_does_not_cover_holds_the_bill() -> None:
    result = split(YIZHENG, bill(visit(line("80.00")), who=person(category="adult_resident")))

    assert (result.reasons, result.details) == (("CATEGORY_NOT_IN_POLICY",), ("adult_resident",))


def test_an_unknown_level_holds_a_stay_whose_deductible_hangs_on_it() -> None:
    result = split(YIZHENG, bill(stay(line("5000.00"), level=None)))

    assert (result.reasons, result.details) == (("FACT_UNKNOWN",), ("level",))


def test_an_unknown_level_does_not_matter_where_the_deductible_hangs_on_the_place() -> None:
    away = stay(line("5000.00"), level=None, place="out", approvals={"transfer_approval": approval(date(2010, 5, 3))})

    assert split(YIZHENG, bill(away)).deductible_fen == 100000


def test_an_unknown_counter_that_is_looked_up_holds_the_bill() -> None:
    known = counters()
    without_axis = {name: fen for name, fen in known.amounts_fen.items() if name != "inpatient_eligible"}
    before = type(known)(year=2010, amounts_fen=without_axis, counts=known.counts, account_balance_fen=0)

    result = split(YIZHENG, bill(stay(line("5000.00")), before=before))

    assert (result.reasons, result.details) == (("COUNTER_UNKNOWN",), ("inpatient_eligible",))
    assert result.counters_after == before


def test_a_counter_that_is_only_written_may_be_unknown_and_stays_so() -> None:
    known = counters()
    before = type(known)(year=2010, amounts_fen={"inpatient_eligible": 0}, counts=known.counts, account_balance_fen=0)

    result = split(YIZHENG, bill(stay(line("5000.00")), before=before))

    assert result.status == "settled"
    assert result.counters_after.amounts_fen == {"inpatient_eligible": 500000}


def test_a_bill_of_a_year_that_is_over_finds_its_counters_unknown() -> None:
    result = split(YIZHENG, bill(stay(line("5000.00")), before=counters(year=2011)))

    assert result.reasons == ("COUNTER_UNKNOWN",)


def test_a_pharmacy_bill_of_a_year_that_is_over_only_moves_the_account() -> None:
    before = counters(year=2011, balance_fen=9000, pool_paid=700)

    after = split(YIZHENG, bill(visit(line("80.00")), before=before)).counters_after

    assert (after.year, after.account_balance_fen, after.amounts_fen["pool_paid"]) == (2011, 1000, 700)


def test_an_event_without_a_day_is_held() -> None:
    result = split(YIZHENG, bill(visit(line("80.00"), date=None)))

    assert (result.reasons, result.details) == (("FACT_UNKNOWN",), ("date",))


def test_an_unknown_catalogue_class_is_never_taken_for_covered() -> None:
    result = split(YIZHENG, bill(visit(line("80.00", cls=None))))

    assert (result.reasons, result.details) == (("FACT_UNKNOWN",), ("cls: 1",))


def test_an_undeclared_cause_is_none_but_an_unknown_one_holds() -> None:
    assert split(YIZHENG, bill(visit(line("80.00"), cause=ABSENT))).status == "settled"
    assert split(YIZHENG, bill(visit(line("80.00"), cause=None))).details == ("cause",)
    assert split(YIZHENG, bill(visit(line("80.00"), cause="moon_landing"))).details == ("cause",)


def test_whether_the_third_party_pays_is_asked_only_where_the_law_asks() -> None:
    accident = visit(line("80.00"), cause="third_party", date=date(2011, 8, 1))
    before = counters(year=2011)

    assert split(YIZHENG, bill(visit(line("80.00"), cause="third_party"))).entitlement == "excluded"
    after_the_law = SHIPPED.pick("yizheng", date(2011, 8, 1))
    assert split(after_the_law, bill(accident, before=before)).details == ("third_party_unpaid",)


def test_the_mappings_handed_in_are_never_changed() -> None:
    before = counters(balance_fen=100000)
    amounts = dict(before.amounts_fen)

    split(YIZHENG, bill(stay(line("5000.00"), use_account=True), before=before))

    assert before.amounts_fen == amounts
    assert before.account_balance_fen == 100000


def test_a_negative_line_cannot_even_be_written_down() -> None:
    with pytest.raises(NotAnAmount):
        line("-1.00")
    with pytest.raises(NotAnAmount):
        line("1.00", quantity=Decimal(-1))


# ------------------------------------------------------------------------------------------- whatever the bill is

prices = st.decimals(min_value=0, max_value=90_000, places=4)
quantities = st.decimals(min_value=0, max_value=40, places=2)
limits = st.none() | st.decimals(min_value=0, max_value=90_000, places=4)
percentages = st.decimals(min_value=0, max_value=100, places=1)


@st.composite
def lines(draw: st.DrawFn, kinds: tuple[str, ...] = ("drug", "service", "exam", "treatment")) -> tuple[Line, ...]:
    count = draw(st.integers(1, 5))
    return tuple(
        line(
            "0",
            id=str(number),
            kind=draw(st.sampled_from(kinds)),
            cls=draw(st.sampled_from("ABC")),
            unit_price=draw(prices),
            quantity=draw(quantities),
            limit_price=draw(limits),
            pre_self_pay_percent=draw(percentages),
            approval=draw(st.none() | st.just(approval(date(2010, 5, 1)))),
        )
        for number in range(count)
    )


@st.composite
def yizheng_bills(draw: st.DrawFn) -> Bill:
    charged = draw(lines())
    kind = draw(st.sampled_from(["inpatient", "outpatient", "chronic", "special_exam", "outpatient_special"]))
    use_account = draw(st.booleans())
    if kind == "inpatient":
        event = stay(*charged, level=draw(st.sampled_from([1, 2])), use_account=use_account)
    else:
        event = visit(*charged, type=kind, use_account=use_account)
    fen = st.integers(0, 30_000_000)
    before = counters(
        balance_fen=draw(st.integers(0, 1_000_000)),
        local_admissions=draw(st.integers(0, 6)),
        inpatient_eligible=draw(fen),
        chronic_eligible=draw(fen),
        chronic_paid=draw(st.integers(0, 400_000)),
    )
    who = person(
        category=draw(st.sampled_from(["active", "flexible", "retired"])), chronic_approved=draw(st.booleans())
    )
    return bill(event, who=who, before=before)


def assert_adds_up(result: Split) -> None:
    assert result.status == "settled"
    assert result.total_fen == sum(done.amount_fen for done in result.lines)
    assert result.total_fen == result.own_expense_fen + result.pre_self_pay_fen + result.eligible_fen
    assert result.total_fen == result.fund_total_fen + result.patient_total_fen
    assert result.patient_total_fen == result.account_pay_fen + result.cash_pay_fen
    assert result.fund_total_fen == sum(result.fund_pay_fen.values())
    granted = sum(piece.pays_fen for piece in result.slices) + sum(grant.pays_fen for grant in result.grants)
    assert result.fund_total_fen == granted
    assert min(result.cash_pay_fen, result.account_pay_fen, result.deductible_fen) >= 0
    assert result.own_expense_fen <= result.cash_pay_fen
    for done in result.lines:
        parts = done.own_expense_fen + done.over_limit_fen + done.pre_self_pay_fen + done.eligible_fen
        assert done.amount_fen == parts


@given(yizheng_bills())
def test_the_parts_always_add_up(drawn: Bill) -> None:
    assert_adds_up(split(YIZHENG, drawn))


@given(yizheng_bills(), st.data())
def test_the_order_of_the_lines_does_not_matter(drawn: Bill, data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(drawn.event.lines))
    result, other = split(YIZHENG, drawn), split(YIZHENG, _with_lines(drawn, tuple(mixed)))

    assert other.slices == result.slices
    assert other.fund_pay_fen == result.fund_pay_fen
    assert other.patient_total_fen == result.patient_total_fen
    assert other.account_pay_fen == result.account_pay_fen
    assert other.counters_after == result.counters_after
    assert sorted(other.lines) == sorted(result.lines)


@given(yizheng_bills(), st.decimals(min_value=0, max_value=9000, places=2))
def test_another_covered_line_never_lowers_what_the_patient_bears(drawn: Bill, price: Decimal) -> None:
    more = _with_lines(drawn, (*drawn.event.lines, line("0", id="more", kind="service", unit_price=price)))

    assert split(YIZHENG, more).patient_total_fen >= split(YIZHENG, drawn).patient_total_fen


@given(yizheng_bills())
def test_the_same_bill_always_comes_out_the_same(drawn: Bill) -> None:
    fresh: Policy = type(YIZHENG)(YIZHENG.ref, YIZHENG.document, YIZHENG.titles)

    assert split(fresh, drawn) == split(YIZHENG, drawn)


def _with_lines(drawn: Bill, charged: tuple[Line, ...]) -> Bill:
    event = drawn.event
    if event.type == "inpatient":
        changed = stay(*charged, level=event.level, use_account=event.use_account)
    else:
        changed = visit(*charged, type=event.type, use_account=event.use_account)
    return bill(changed, who=drawn.person, before=drawn.counters)
