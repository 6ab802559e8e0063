"""Addresses of devices: what is meant, and a sentence for what cannot be."""

from collections.abc import Callable

import pytest

from pos_client.devices import device_url, words
from pos_client.devices.device_url import DeviceUrls, WrongDeviceUrl
from pos_client.devices.model import DisplayModel, ScannerModel


def test_a_display_at_its_own_speed() -> None:
    display = device_url.display("led8:/dev/ttyS1")
    assert display is not None
    assert isinstance(display.model, DisplayModel)
    assert (display.target, display.line.baud) == ("/dev/ttyS1", 2400)


def test_a_display_at_another_speed_behind_a_serial_server() -> None:
    display = device_url.display("led8-9600:socket://127.0.0.1:4001")
    assert display is not None
    assert (display.target, display.line.baud) == ("socket://127.0.0.1:4001", 9600)


def test_a_scanner_of_windows() -> None:
    scanner = device_url.scanner("scanner-115200:COM7")
    assert scanner is not None
    assert isinstance(scanner.model, ScannerModel)
    assert (scanner.target, scanner.line.baud) == ("COM7", 115200)


def test_a_drawer_of_its_own_and_one_behind_a_display() -> None:
    alone, behind = device_url.drawer("drawer:COM2"), device_url.drawer("led8:/dev/ttyS1")
    assert alone is not None
    assert behind is not None
    assert alone.model.kick == bytes.fromhex("1B70003CF0")
    assert behind.model.kick == bytes.fromhex("1B70303CF0")
    assert behind.line.baud == 2400


@pytest.mark.parametrize("parse", [device_url.display, device_url.announcer, device_url.drawer, device_url.scanner])
def test_empty_is_no_device(parse: Callable[[str], object]) -> None:
    assert parse("") is None


WRONG = [
    *("led8", "led8:", "/dev/ttyS1", "led9:/dev/ttyS1", "led8-1:/dev/ttyS1", "led8-:COM1", "LED8:COM1", "../led8:COM1"),
    *("led8:socket://", "led8:socket://host", "led8:socket://host:port", "led8:http://host:80", "led8:socket://h:1/x"),
    *("scanner:COM1", "drawer:COM1", "led8: COM1", "led8:COM1 "),
]


@pytest.mark.parametrize("url", WRONG)
def test_what_cannot_be_meant_is_told_with_an_example(url: str) -> None:
    with pytest.raises(WrongDeviceUrl) as told:
        device_url.display(url)
    assert told.value.words is words.WRONG_URL
    assert f"：{url}。" in told.value.sentence("zh")
    assert "led8:/dev/ttyS1" in told.value.sentence("en")
    assert told.value.exit_code == 2


@pytest.mark.parametrize("url", ["scanner:COM1", "tdkj:COM1"])
def test_not_everything_opens_a_drawer(url: str) -> None:
    with pytest.raises(WrongDeviceUrl):
        device_url.drawer(url)


def test_a_counter_without_devices() -> None:
    assert not DeviceUrls().any()
    assert DeviceUrls(scanner="scanner:COM1").any()
