"""Faults strike where and as often as they were planned."""

import pytest

from hardware_sim.card.faults import CardFault, Fault, FaultPlan, LineFault, NotAFault, parse


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("mute@3", Fault(CardFault.MUTE, 3, None, None)),
        ("mute@3=500", Fault(CardFault.MUTE, 3, 500, None)),
        ("status@4=6A83", Fault(CardFault.STATUS, 4, 0x6A83, None)),
        ("wrong-le@3=12", Fault(CardFault.WRONG_LE, 3, 0x12, None)),
        ("garbage@2=10", Fault(CardFault.GARBAGE, 2, 10, None)),
        ("nak@1", Fault(LineFault.NAK, 1, None, None)),
    ],
)
def test_faults_are_written_as_kind_and_command(text: str, fault: Fault) -> None:
    assert parse(text) == fault


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
