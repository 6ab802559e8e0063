"""The simulated display by its command list alone: what each byte sequence leaves to be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.devices.display import MODELS, CustomerDisplay, Lamp, Shown

LED8, VFD220 = MODELS["led8-2400"], MODELS["vfd220"]


def after(data: bytes, model: str = "led8-2400") -> Shown:
    display = CustomerDisplay(MODELS[model])
    display.receive(data)
    return display.shown


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"\x1bQA86.40\r", Shown("86.40")),
        (b"\x1bQA86.40\r\x1bs2", Shown("86.40", Lamp.TOTAL)),
        (b"\x1bs1", Shown("", Lamp.UNIT_PRICE)),
        (b"\x1bs4\x1bs0", Shown()),
        (b"\x1bs4\x1bs9", Shown()),
        (b"\x1bQA86.40\r\x1b@", Shown()),
        (b"\x1bQA999999.99\r", Shown("999999.99")),
        (b"\x1bQA1234567.89\r", Shown("1234567.8")),  # eight places and no more: why a client must not send it
        (b"\x1bQATOTAL\r", Shown("")),
        (b"\x1bQB1.00\r", Shown()),
        (b"noise\x0c\r\x1bQA1.00\r", Shown("1.00")),
        (b"\x1bQA1.00", Shown()),
        (b"\x1b\x1bQA1.00\r", Shown("1.00")),
        (b"\x1bQA" + b"7" * 100 + b"\r\x1bQA1.00\r", Shown("1.00")),
    ],
)
def test_an_led8(data: bytes, shown: Shown) -> None:
    assert after(data) == shown


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"\x1bQATOTAL 86.40\r\x1bQBWELCOME\r", Shown("TOTAL 86.40", Lamp.NONE, "WELCOME")),
        (b"\x1bQA" + b"x" * 21 + b"\r", Shown("x" * 20)),
        (b"\x1bQA1.00\r\x0c", Shown()),
        (b"\x1bQA1.00\r\x1bs2", Shown("1.00")),
    ],
)
def test_a_vfd220(data: bytes, shown: Shown) -> None:
    assert after(data, "vfd220") == shown


def test_each_change_is_told_once_and_kicks_are_passed_on() -> None:
    told: list[Shown] = []
    kicks: list[bytes] = []
    display = CustomerDisplay(LED8, told.append, kicks.append)
    for part in (b"\x1bQA1.0", b"0\r\x1b", b"p0<\xf0\x1bQA1.00\r", b"\x1bs"):
        display.receive(part)
    assert told == [Shown("1.00")]
    assert kicks == [b"\x1bp0<\xf0"]


@given(st.sampled_from([LED8, VFD220]).map(CustomerDisplay), st.binary(max_size=300))
def test_noise_never_stops_a_display(display: CustomerDisplay, noise: bytes) -> None:
    display.receive(noise)
    display.receive(b"\r" * 80 + b"\x1b@\x1b@\x1bQA1.00\r")
    assert display.shown.digits == "1.00"
