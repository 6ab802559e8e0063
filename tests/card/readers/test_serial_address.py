"""How a serial reader's address is written, and what nobody can open."""

import pytest

from pos_client.card.readers.serial_address import SerialAddress


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("/dev/ttyUSB0", SerialAddress("/dev/ttyUSB0")),
        ("COM3#1", SerialAddress("COM3", 1)),
        (r"\\.\COM12", SerialAddress(r"\\.\COM12")),
        ("/dev/ttyUSB0?pinpad", SerialAddress("/dev/ttyUSB0", pin_pad=True)),
        ("/dev/ttyUSB0?pinpad#4", SerialAddress("/dev/ttyUSB0", 4, pin_pad=True)),
        ("socket://127.0.0.1:5000", SerialAddress("socket://127.0.0.1:5000")),
        ("socket://[::1]:5000#1", SerialAddress("socket://[::1]:5000", 1)),
        ("socket://reader-7.ward:65535?pinpad", SerialAddress("socket://reader-7.ward:65535", pin_pad=True)),
    ],
)
def test_addresses(target: str, address: SerialAddress) -> None:
    assert SerialAddress.parse(target) == address
    assert str(address) == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        " COM3",
        "/dev/ttyUSB0 ",
        "#1",
        "?pinpad",
        "/dev/ttyUSB0#",
        "/dev/ttyUSB0#one",
        "/dev/ttyUSB0#1?pinpad",
        "/dev/ttyUSB0?pin",
        "socket://",
        "socket://host",
        "socket://host:0",
        "socket://host:65536",
        "socket://host:5000/path",
        "rfc2217://host:5000",
    ],
)
def test_what_nobody_can_open(target: str) -> None:
    assert SerialAddress.parse(target) is None


def test_another_slot_of_the_same_reader() -> None:
    assert str(SerialAddress("/dev/ttyUSB0", 0, pin_pad=True).at(1)) == "/dev/ttyUSB0?pinpad#1"
