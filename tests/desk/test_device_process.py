"""The desk's devices: two threads ask, what is told is sorted, and nothing happens while they are let be."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pos_client.config import Settings
from pos_client.desk.device_process import DeskDevices, DeviceNews, desk_devices, device_urls
from pos_client.desk.draft import Draft
from pos_client.devices import pipe, words
from pos_client.devices.announcer import Said, Sentence
from pos_client.devices.device_url import DeviceUrls
from pos_client.devices.display import BLANK, GREETING, Figure, showing
from pos_client.devices.scanner import Scan
from pos_client.errors import EnvironmentProblem, Words
from pos_client.runtime import Child
from tests.devices.test_process import PlayedChild
from tests.virtual import VirtualClock, virtual_runtime

URLS = DeviceUrls("led8:/dev/ttyS1", "tdkj:/dev/ttyS2", "led8:/dev/ttyS1", "scanner:/dev/ttyACM0")


class Stage:
    """Devices whose processes a test plays."""

    def __init__(self, urls: DeviceUrls = URLS) -> None:
        self.clock = VirtualClock()
        self.children: list[PlayedChild] = []
        self.devices = DeskDevices(replace(virtual_runtime(self.clock), spawn=self._spawn), urls)

    def _spawn(self, argv: Sequence[str]) -> Child:
        del argv
        self.children.append(PlayedChild())
        return self.children[-1]


def test_the_addresses_are_those_of_the_settings() -> None:
    settings = Draft({"devices.display": "led8:/dev/ttyS1", "devices.scanner": "scanner:COM7"})
    assert device_urls(settings) == DeviceUrls(display="led8:/dev/ttyS1", scanner="scanner:COM7")
    assert desk_devices(virtual_runtime(), settings).present
    assert not desk_devices(virtual_runtime(), Draft()).present
    assert "devices.drawer" in Draft().settings.values
    assert isinstance(Draft().settings, Settings)


def test_what_the_desk_says_reaches_the_process_once_it_was_started() -> None:
    stage = Stage()
    stage.devices.show(GREETING)
    stage.devices.announce(Sentence(Said.DUE, 100))
    stage.devices.open_drawer()
    assert stage.children == []
    stage.devices.start()
    stage.devices.show(showing(Figure.TOTAL, 100))
    stage.devices.announce(Sentence(Said.DUE, 100))
    stage.devices.open_drawer()
    assert stage.children[0].orders == [
        pipe.Show(BLANK), pipe.Show(showing(Figure.TOTAL, 100)), pipe.Announce((Sentence(Said.DUE, 100),)),
        pipe.OpenDrawer(),
    ]  # fmt: skip


@pytest.mark.parametrize("blank", [True, False])
def test_closed_devices_stay_closed_until_they_are_started_again(blank: bool) -> None:
    stage = Stage()
    stage.devices.start()
    stage.devices.close(blank=blank)
    assert stage.children[0].orders[-1] == pipe.End(blank)
    stage.clock.advance(seconds=60)
    assert (stage.devices.scans(), stage.devices.news()) == ((), ())
    stage.devices.show(GREETING)
    assert len(stage.children) == 1
    stage.devices.start()
    stage.devices.close()
    assert len(stage.children) == 2


def test_scans_come_as_texts_and_once() -> None:
    stage = Stage()
    stage.devices.start()
    stage.children[0].tell(Scan("6901234567892"))
    assert stage.devices.scans() == ("6901234567892",)
    assert stage.devices.scans() == ()


def test_news_say_whether_they_are_good_and_whether_they_can_wait() -> None:
    stage = Stage()
    stage.devices.start()
    where = {"device_zh": "钱箱", "device_en": "the cash drawer", "target": "/dev/ttyS3"}
    for problem in (
        EnvironmentProblem(words.NOT_REACHED, None, **where),
        EnvironmentProblem(words.DRAWER_NOT_OPENED),
        EnvironmentProblem(words.BACK, None, **where),
    ):
        stage.children[0].tell(pipe.Troubled(problem))
    news = stage.devices.news()
    assert [(one.problem.code, one.good, one.at_once, one.device) for one in news] == [
        ("G-01", False, False, "钱箱"),
        ("G-05", False, True, ""),
        ("G-02", True, False, "钱箱"),
    ]
    assert stage.devices.news() == ()


@pytest.mark.parametrize("said", [words.DOES_NOT_FIT, words.SCAN_UNUSABLE])
def test_what_the_customer_waits_for_cannot_wait(said: Words) -> None:
    assert DeviceNews(EnvironmentProblem(said, amount="1")).at_once
