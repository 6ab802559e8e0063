"""Faults strike where and as often as they were planned."""

import pytest

from hardware_sim.card.faults import (
    KINDS,
    CardFault,
    Fault,
    FaultPlan,
    LineFault,
    NotAFault,
    parse,
    random_plan,
    written,
)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("mute@3", Fault(CardFault.MUTE, 3, None, None)),
        ("mute@3=500", Fault(CardFault.MUTE, 3, 500, None)),
        ("status@4=6A83", Fault(CardFault.STATUS, 4, 0x6A83, None)),
        ("wrong-le@3=12", Fault(CardFault.WRONG_LE, 3, 0x12, None)),
        ("garbage@2=10", Fault(CardFault.GARBAGE, 2, 10, None)),
        ("swap@5=2", Fault(CardFault.SWAP, 5, 2, None)),
        ("nak@1", Fault(LineFault.NAK, 1, None, None)),
        ("slow@2=20", Fault(LineFault.SLOW, 2, 20, None)),
        ("pin-cancel@7", Fault(LineFault.PIN_CANCEL, 7, None, None)),
    ],
)
def test_faults_are_written_as_kind_and_command(text: str, fault: Fault) -> None:
    assert parse(text) == fault
    assert written(fault) == text


@pytest.mark.parametrize("text", ["", "mute", "mute@0", "mute@x", "explode@1", "mute@1=5A", "status@1=XY"])
def test_what_names_no_fault_is_refused(text: str) -> None:
    with pytest.raises(NotAFault):
        parse(text)


def test_a_fault_strikes_as_often_as_it_was_planned() -> None:
    plan = FaultPlan([Fault(CardFault.MUTE, 2, times=2)])
    assert [plan.due(number) is not None for number in (1, 2, 2, 2)] == [False, True, True, False]


def test_a_lasting_fault_strikes_for_ever() -> None:
    plan = FaultPlan()
    plan.add(Fault(LineFault.NAK, 1, times=None))
    assert all(plan.due(1) for _ in range(20))


def test_a_seed_always_gives_the_same_plan() -> None:
    assert random_plan(7) == random_plan(7)
    assert random_plan(7) != random_plan(8)


def test_every_kind_comes_up_among_the_seeds() -> None:
    assert {fault.kind for seed in range(500) for fault in random_plan(seed)} == set(KINDS)


def test_a_plan_can_be_drawn_from_chosen_kinds_only() -> None:
    assert {fault.kind for seed in range(200) for fault in random_plan(seed, list(CardFault))} == set(CardFault)


def test_a_random_plan_can_be_written_and_read_again() -> None:
    for fault in (fault for seed in range(200) for fault in random_plan(seed)):
        assert parse(written(fault)) == Fault(fault.kind, fault.at, fault.value, times=None)
