"""Faults as they are written, and when they strike."""

import pytest

from hardware_sim.devices.faults import OUT_MS, SLOW_BYTES_PER_S, DeviceFault, Fault, FaultPlan, NotAFault, parse


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("unplugged@2", Fault(DeviceFault.UNPLUGGED, 2, OUT_MS)),
        ("unplugged@2=500", Fault(DeviceFault.UNPLUGGED, 2, 500)),
        ("slow", Fault(DeviceFault.SLOW, 1, SLOW_BYTES_PER_S)),
        ("slow=5", Fault(DeviceFault.SLOW, 1, 5)),
        ("garbage@1", Fault(DeviceFault.GARBAGE, 1, 0)),
    ],
)
def test_what_is_a_fault(text: str, fault: Fault) -> None:
    assert parse(text) == fault


@pytest.mark.parametrize("text", ["", "unplugged@", "unplugged@x", "slow=x", "broken@1", "slow=0", "unplugged@0"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(NotAFault):
        parse(text)


def test_a_fault_strikes_at_its_event_and_a_slow_line_all_the_time() -> None:
    unplugged, slow = parse("unplugged@2"), parse("slow=5")
    plan = FaultPlan([unplugged, slow])
    assert [plan.event() for _ in range(3)] == [[], [unplugged], []]
    assert plan.bytes_per_s == 5
    assert FaultPlan().bytes_per_s is None
