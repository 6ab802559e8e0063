"""The simulated drawer opens on its sequence, and on nothing else."""

import pytest

from hardware_sim.devices.drawer import CashDrawer, Opened


@pytest.mark.parametrize(
    ("kick", "opened"),
    [
        (b"\x1bp\x00\x3c\xf0", Opened(2, 120)),
        (b"\x1bp0\x3c\xf0", Opened(2, 120)),
        (b"\x1bp\x01\x19\xfa", Opened(5, 50)),
        (b"noise\x1b\x1bp1\x19\xfanoise", Opened(5, 50)),
    ],
)
def test_a_kick_opens_it(kick: bytes, opened: Opened) -> None:
    for parts in ([kick], [kick[at : at + 1] for at in range(len(kick))]):
        seen: list[Opened] = []
        drawer = CashDrawer(seen.append)
        for part in parts:
            drawer.receive(part)
        assert seen == [opened]
        assert drawer.times == 1


@pytest.mark.parametrize("data", [b"", b"\x1bp0", b"\x1bp7\x3c\xf0", b"\x1bp0\x00\xf0", b"open" * 100])
def test_nothing_else_does(data: bytes) -> None:
    drawer = CashDrawer()
    drawer.receive(data)
    assert drawer.times == 0
