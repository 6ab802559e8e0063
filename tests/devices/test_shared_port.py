"""Two devices at one port are told, but for a drawer that hangs on the display."""

import pytest

from pos_client.devices import words
from pos_client.devices.counter import Counter
from pos_client.devices.device_url import DeviceUrls
from pos_client.devices.shared_port import shared_port
from pos_client.phrase import Phrase
from tests.devices.simulated import Ears, Sockets


@pytest.mark.parametrize(
    "urls",
    [
        DeviceUrls(),
        DeviceUrls("led8:/dev/ttyS1", "tdkj:/dev/ttyS2", "drawer:/dev/ttyS3", "scanner:/dev/ttyS4"),
        DeviceUrls("led8:/dev/ttyS1", drawer="led8:/dev/ttyS1"),
        DeviceUrls("led8:/dev/ttyS1", drawer="drawer:/dev/ttyS1"),
    ],
)
def test_ports_of_their_own(urls: DeviceUrls) -> None:
    assert shared_port(urls, reader_port="/dev/ttyS0") is None


@pytest.mark.parametrize(
    ("urls", "said"),
    [
        (DeviceUrls("led8:COM3", announcer="tdkj:com3"), "报价器和顾客显示屏都设在 COM3，"),
        (DeviceUrls("led8-9600:COM3", scanner="scanner:COM3"), "扫码枪和顾客显示屏都设在 COM3，"),
        (DeviceUrls(drawer="drawer:COM3", scanner="scanner:COM3"), "扫码枪和钱箱都设在 COM3，"),
        (DeviceUrls("led8:socket://192.0.2.7:4001", "tdkj:socket://192.0.2.7:4001"), "报价器和顾客显示屏都设在 socket"),
        (DeviceUrls(drawer="drawer:/dev/ttyS0"), "钱箱和读卡器都设在 /dev/ttyS0，"),
    ],
)
def test_one_port_for_two(urls: DeviceUrls, said: str) -> None:
    told = shared_port(urls, reader_port="/dev/ttyS0")
    assert told is not None
    assert told.code == "G-10"
    assert told.sentence("zh").startswith(said)


@pytest.mark.parametrize(
    ("of", "begins"),
    [(words.SCANNER, "扫码枪和顾客显示屏"), (words.DISPLAY, "顾客显示屏和扫码枪"), (words.ANNOUNCER, None)],
)
def test_only_what_concerns_the_device_that_is_tried(of: Phrase, begins: str | None) -> None:
    told = shared_port(DeviceUrls("led8:COM3", "tdkj:COM4", scanner="scanner:COM3"), of=of)
    assert (told is not None and told.sentence("zh").startswith(begins)) if begins else told is None


def test_a_counter_that_was_set_so_tells_it_once_when_it_begins() -> None:
    sockets, ears = Sockets(), Ears()
    sockets.plug("COM3")
    counter = Counter(DeviceUrls("led8:COM3", scanner="scanner:COM3"), sockets.open, ears)
    for now_ms in range(0, 1_000, 20):
        counter.step(now_ms)
    assert ears.codes() == ["G-10"]
