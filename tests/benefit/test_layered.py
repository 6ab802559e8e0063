"""The arithmetic of layers on plain integers, beside what the vectors show of it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.benefit.counter_view import CounterView
from pos_client.benefit.facts import Counters
from pos_client.benefit.layered import (
    OPEN,
    CapOn,
    Layer,
    LayeredTable,
    Repeat,
    Segment,
    Supplement,
    pay_layered,
    places_of,
)
from pos_client.benefit.reasons import Held
from pos_client.benefit.result import Payment
from pos_client.benefit.rounding import percent

NAMES = ("axis", "pool_paid", "pool_reached", "relief_paid", "relief_reached", "civil_paid")


def view(**amounts_fen: int) -> CounterView:
    amounts = dict.fromkeys(NAMES, 0) | amounts_fen
    return CounterView(Counters(year=2010, amounts_fen=amounts, counts={"stays": 0}, account_balance_fen=0), 2010)


def layer(
    fund: str,
    *segments: tuple[int, str],
    cap_on: CapOn | None = None,
    cap_fen: int = OPEN,
    deductible_fen: int = 0,
) -> Layer:
    pieces = tuple(Segment(to_fen, percent(Decimal(pay))) for to_fen, pay in segments)
    return Layer(fund, f"{fund}_paid", cap_on, cap_fen, f"{fund}_reached", deductible_fen, pieces)


def table(
    *layers: Layer, deductible_fen: int = 0, per: str = "admission", supplements: tuple[Supplement, ...] = ()
) -> LayeredTable:
    return LayeredTable("axis", per, deductible_fen, None, False, (), layers, supplements, None)


def pieces(payment: Payment) -> list[tuple[str, int, int, int]]:
    return [(fund, start, end, pays) for fund, start, end, _, pays in payment.slices]


def test_the_deductible_lies_on_the_axis() -> None:
    payment = pay_layered(table(layer("pool", (OPEN, "80")), deductible_fen=600), 1000, view(axis=5000))

    assert payment.deductible_fen == 600
    assert pieces(payment) == [("pool", 5600, 6000, 320)]
    assert payment.counted_fen["axis"] == 1000


def test_a_limit_on_money_paid_is_crossed_inside_a_slice_and_the_rest_goes_on() -> None:
    layers = (layer("pool", (OPEN, "93"), cap_on="fund_paid", cap_fen=1000), layer("relief", (OPEN, "80")))

    payment = pay_layered(table(*layers), 5000, view(pool_paid=400))

    assert pieces(payment) == [("pool", 0, 645, 600), ("relief", 645, 5000, 3484)]
    assert payment.above_limits_fen == 0


def test_a_fund_that_is_used_up_takes_nothing() -> None:
    payment = pay_layered(
        table(layer("pool", (OPEN, "93"), cap_on="fund_paid", cap_fen=1000)), 5000, view(pool_paid=1000)
    )

    assert (payment.slices, payment.above_limits_fen, payment.copay_fen) == ((), 5000, 0)


def test_a_limit_on_the_expense_of_the_layer_counts_what_reached_it() -> None:
    layers = (
        layer("pool", (1000, "90"), cap_on="eligible_expense", cap_fen=1000),
        layer("relief", (OPEN, "80"), cap_on="layer_expense", cap_fen=700),
    )

    payment = pay_layered(table(*layers), 2000, view(relief_reached=100))

    assert pieces(payment) == [("pool", 0, 1000, 900), ("relief", 1000, 1600, 480)]
    assert payment.counted_fen["relief_reached"] == 600
    assert payment.above_limits_fen == 400


def test_a_layer_may_have_a_yearly_deductible_of_its_own() -> None:
    layers = (
        layer("pool", (1000, "90"), cap_on="eligible_expense", cap_fen=1000),
        layer("relief", (OPEN, "80"), deductible_fen=500),
    )

    first = pay_layered(table(*layers), 1300, view())
    then = pay_layered(table(*layers), 1000, view(axis=1300, relief_reached=first.counted_fen["relief_reached"]))

    assert (pieces(first)[1:], first.deductible_fen, dict(first.layer_deductible_fen)) == ([], 300, {"relief": 300})
    assert (pieces(then), then.deductible_fen) == ([("relief", 1500, 2300, 640)], 200)
    assert first.own_deductible_fen == 300


def test_a_layer_that_is_used_up_asks_for_no_deductible() -> None:
    used_up = layer("relief", (OPEN, "80"), cap_on="fund_paid", cap_fen=100, deductible_fen=500)

    payment = pay_layered(table(used_up), 1000, view(relief_paid=100))

    assert (payment.deductible_fen, payment.above_limits_fen) == (0, 1000)


def test_two_layers_of_one_fund_share_its_limit() -> None:
    layers = (
        layer("pool", (500, "50"), cap_on="fund_paid", cap_fen=300),
        layer("pool", (OPEN, "80"), cap_on="fund_paid", cap_fen=300),
    )

    assert pay_layered(table(*layers), 2000, view()).fund_pay_fen == {"pool": 300}


def test_a_supplement_pays_part_of_what_is_left_up_to_its_limit() -> None:
    of_copay = Supplement("civil_servant", "civil_paid", False, percent(Decimal(50)), 5000)
    rules = table(layer("pool", (OPEN, "80")), deductible_fen=600, supplements=(of_copay,))

    in_full = pay_layered(rules, 10600, view())
    capped = pay_layered(rules, 10600, view(civil_paid=4500))

    assert in_full.fund_pay_fen == {"pool": 8000, "civil_servant": 1000}
    assert (in_full.copay_fen, in_full.own_deductible_fen) == (1000, 600)
    assert capped.fund_pay_fen["civil_servant"] == 500
    assert capped.counted_fen["civil_paid"] == 500


def test_a_supplement_may_help_with_the_deductible_too() -> None:
    of_both = Supplement("civil_servant", "civil_paid", True, percent(Decimal(100)), None)
    rules = table(layer("pool", (OPEN, "80")), deductible_fen=600, supplements=(of_both,))

    payment = pay_layered(rules, 1600, view())

    assert payment.fund_pay_fen == {"pool": 800, "civil_servant": 800}
    assert (payment.deductible_fen, payment.own_deductible_fen, payment.copay_fen) == (600, 0, 0)


def test_a_supplement_of_nothing_is_not_mentioned() -> None:
    of_copay = Supplement("civil_servant", "civil_paid", False, percent(Decimal(50)), None)

    assert pay_layered(table(layer("pool", (OPEN, "100")), supplements=(of_copay,)), 1000, view()).grants == ()


def test_the_floor_never_lifts_a_deductible() -> None:
    steps = Repeat("stays", -10000, 40000, ())

    assert [steps.amount_fen(60000, stays) for stays in range(4)] == [60000, 50000, 40000, 40000]
    assert [steps.amount_fen(30000, stays) for stays in range(3)] == [30000, 30000, 30000]
    assert Repeat("stays", -10000, 0, ()).amount_fen(20000, 5) == 0


def test_the_last_factor_repeats() -> None:
    factors = Repeat("stays", 0, 0, tuple(percent(Decimal(part)) for part in (100, 80, 60)))

    assert [factors.amount_fen(50001, stays) for stays in range(5)] == [50001, 40001, 30001, 30001, 30001]


def test_only_the_counters_of_layers_that_are_reached_are_looked_up() -> None:
    layers = (
        layer("pool", (1000, "90"), cap_on="eligible_expense", cap_fen=1000),
        layer("relief", (OPEN, "80"), cap_on="fund_paid", cap_fen=700),
    )
    known = Counters(year=2010, amounts_fen={"axis": 0}, counts={}, account_balance_fen=None)

    assert pay_layered(table(*layers), 1000, CounterView(known, 2010)).fund_pay_fen == {"pool": 900}
    with pytest.raises(Held, match="relief_paid"):
        pay_layered(table(*layers), 1001, CounterView(known, 2010))


fen = st.integers(0, 3_000_000)


CAPS: tuple[CapOn | None, ...] = (None, "eligible_expense", "layer_expense", "fund_paid")


@st.composite
def tables(draw: st.DrawFn, caps: tuple[CapOn | None, ...] = CAPS) -> LayeredTable:
    layers = []
    for fund in draw(st.lists(st.sampled_from(["pool", "relief"]), min_size=1, max_size=2, unique=True)):
        ends = sorted(draw(st.lists(st.integers(1, 2_000_000), max_size=3, unique=True)))
        pays = st.decimals(min_value=0, max_value=100, places=1).map(str)
        cap_on = draw(st.sampled_from(caps))
        segments = [(end, draw(pays)) for end in [*ends, OPEN]]
        layers.append(
            layer(
                fund, *segments, cap_on=cap_on, cap_fen=draw(fen), deductible_fen=draw(st.sampled_from([0, 0, 90_000]))
            )
        )
    return table(
        *layers, deductible_fen=draw(st.integers(0, 200_000)), per=draw(st.sampled_from(["admission", "year"]))
    )


@given(tables(), fen, fen, fen, fen)
def test_every_fen_of_a_bill_is_somewhere(
    rules: LayeredTable, eligible: int, start: int, paid: int, reached: int
) -> None:
    before = view(axis=start, pool_paid=paid, relief_paid=paid, pool_reached=reached, relief_reached=reached)

    payment = pay_layered(rules, eligible, before)

    funds = sum(payment.fund_pay_fen.values())
    assert eligible == payment.deductible_fen + payment.copay_fen + payment.above_limits_fen + funds
    assert min(payment.deductible_fen, payment.copay_fen, payment.above_limits_fen) >= 0
    assert all(start < end for _, start, end, _ in pieces(payment))
    ends = [end for _, _, end, _ in pieces(payment)]
    assert ends == sorted(ends)
    for rule in rules.layers:
        if rule.cap_on == "fund_paid":
            assert paid + payment.fund_pay_fen.get(rule.fund, 0) <= max(rule.cap_fen, paid)
        if rule.cap_on == "eligible_expense":
            assert all(end <= rule.cap_fen for fund, _, end, _ in pieces(payment) if fund == rule.fund)


@given(tables(CAPS[:3]), fen, fen)
def test_two_bills_reach_the_same_place_as_one_where_nothing_hangs_on_the_visit(
    rules: LayeredTable, one: int, other: int
) -> None:
    """Not so for a limit on money paid: what each bill rounds moves the place where the money is used up."""
    yearly = replace(rules, deductible_per="year")

    together = pay_layered(yearly, one + other, view())
    first = pay_layered(yearly, one, view())
    then = pay_layered(yearly, other, view(**first.counted_fen))

    roundings = len(first.slices) + len(then.slices) + len(together.slices)
    both = sum(first.fund_pay_fen.values()) + sum(then.fund_pay_fen.values())
    assert abs(sum(together.fund_pay_fen.values()) - both) <= roundings
    assert together.deductible_fen == first.deductible_fen + then.deductible_fen
    assert together.above_limits_fen == first.above_limits_fen + then.above_limits_fen


@given(tables(CAPS[:2]), fen, fen)
def test_layers_that_end_at_places_may_be_laid_in_one_row(rules: LayeredTable, eligible: int, start: int) -> None:
    plain = tuple(layer._replace(deductible_fen=0, reached_counter="") for layer in rules.layers)
    by_layer = replace(rules, layers=plain)
    by_place = replace(by_layer, places=places_of(plain))

    assert by_place.places is not None
    assert pay_layered(by_place, eligible, view(axis=start)) == pay_layered(by_layer, eligible, view(axis=start))


@pytest.mark.parametrize(
    "rule",
    [
        layer("pool", (OPEN, "80"), cap_on="fund_paid", cap_fen=100),
        layer("pool", (OPEN, "80"), deductible_fen=100),
        layer("pool", (OPEN, "80")),
    ],
)
def test_layers_that_count_anything_else_may_not(rule: Layer) -> None:
    assert places_of((rule,)) is None
