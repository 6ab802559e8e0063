"""Which fault fires when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.front_end.faults import (
    FAULTS,
    Fault,
    FaultPlan,
    MalformedFault,
    fault_of_json,
    fault_of_option,
)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("late", Fault(name="late")),
        ("drop_answer=2102", Fault(name="drop_answer", infno="2102")),
        ("drop_answer=2102*1", Fault(name="drop_answer", infno="2102", times=1)),
        ("http_500*3", Fault(name="http_500", times=3)),
        ("down", Fault(name="down")),
    ],
)
def test_an_option_names_fault_transaction_and_times(text: str, fault: Fault) -> None:
    assert fault_of_option(text) == fault


@pytest.mark.parametrize(
    "text", ["", "rain", "late=", "late*", "late*0", "late=2102*x", "late=21O2", "down=2102", "down*2"]
)
def test_an_option_that_makes_no_sense_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(MalformedFault, match=r"\w+ \w+"):
        fault_of_option(text)


@pytest.mark.parametrize(
    "document",
    [
        "late",
        {},
        {"name": 5},
        {"name": "late", "ms": "soon"},
        {"name": "late", "ms": 0},
        {"name": "late", "seconds": 3},
        {"name": "late", "times": True},
        {"name": "refuse", "probability": 1.5},
        {"name": "refuse", "colour": "red"},
        {"name": "off_by_one_fen", "figure": "moon"},
        {"name": "off_by_one_fen", "alone": 1},
        {"name": "down", "probability": 0.5},
        {"name": "down", "seconds": -1},
        {"name": "clock_skew", "seconds": 86_401},
        {"name": "clock_skew", "seconds": True},
        {"name": "truncated", "ms": 5},
    ],
)
def test_a_control_document_that_makes_no_sense_is_refused(document: object) -> None:
    with pytest.raises(MalformedFault):
        fault_of_json(document)


@pytest.mark.parametrize("name", FAULTS)
def test_what_the_listing_shows_can_be_switched_on_again(name: str) -> None:
    plan = FaultPlan([fault_of_json({"name": name, "infno": None, "times": 1})])
    (shown,) = plan.listing()
    assert fault_of_json(shown) == fault_of_json({"name": name, "times": 1})
    assert shown["fired"] == 0


def test_a_fault_fires_for_its_transaction_and_as_often_as_it_was_told() -> None:
    plan = FaultPlan([Fault(name="refuse", infno="2102", times=2)])
    assert plan.take("refuse", "2101") is None
    assert plan.take("late", "2102") is None
    assert [plan.take("refuse", "2102") is not None for _ in range(3)] == [True, True, False]
    assert plan.listing() == [{"name": "refuse", "infno": "2102", "times": 2, "fired": 2}]


def test_a_replaced_plan_starts_counting_again() -> None:
    plan = FaultPlan([Fault(name="refuse")])
    assert plan.take("refuse", "1101") is not None
    plan.replace([Fault(name="refuse"), Fault(name="late", ms=5)])
    assert [row["fired"] for row in plan.listing()] == [0, 0]


def test_what_fired_is_summed_over_everything_that_was_ever_on() -> None:
    plan = FaultPlan([Fault(name="refuse"), Fault(name="refuse", infno="2102")])
    assert plan.fired() == {}
    for infno in ("2102", "1101"):
        plan.take("refuse", infno)
    plan.replace([Fault(name="late", times=1)])
    for _ in range(3):
        plan.take("late", "2102")
    assert plan.fired() == {"refuse": 2, "late": 1}


def test_a_skewed_clock_is_right_again_when_the_faults_are_replaced() -> None:
    plan = FaultPlan([fault_of_json({"name": "clock_skew", "infno": "2102", "seconds": -90})])
    assert plan.clock_skew_s() == 0
    plan.take("clock_skew", "1101")
    assert plan.clock_skew_s() == 0
    plan.take("clock_skew", "2102")
    assert plan.clock_skew_s() == -90
    plan.replace([Fault(name="clock_skew")])
    assert plan.clock_skew_s() == 0
    plan.take("clock_skew", "2102")
    assert plan.clock_skew_s() == 400


@given(st.integers(), st.integers(min_value=1, max_value=40))
def test_the_same_seed_throws_the_same_dice(seed: int, count: int) -> None:
    def throws() -> list[bool]:
        plan = FaultPlan([Fault(name="refuse", probability=0.5)], seed)
        return [plan.take("refuse", "2102") is not None for _ in range(count)]

    assert throws() == throws()


def test_a_chance_is_neither_always_nor_never() -> None:
    plan = FaultPlan([Fault(name="refuse", probability=0.5)], seed=1)
    fired = sum(plan.take("refuse", "2102") is not None for _ in range(1000))
    assert 400 < fired < 600
    assert plan.listing()[0]["probability"] == 0.5
