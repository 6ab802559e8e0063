"""The desk's counter devices, as its settings say: told things by the desk, listened to by the window."""

from dataclasses import dataclass
from typing import Final

from pos_client.desk.card_reader import ReaderSettings
from pos_client.devices import words
from pos_client.devices.announcer import Sentence
from pos_client.devices.device_url import DeviceUrls
from pos_client.devices.display import DisplayState
from pos_client.devices.process import DeviceProcess
from pos_client.errors import EnvironmentProblem
from pos_client.runtime import Runtime, Turn

#: What wants a hand now, while the customer stands there: the rest may wait until nothing else is said.
_AT_ONCE: Final = frozenset((words.DRAWER_NOT_OPENED.code, words.DOES_NOT_FIT.code, words.SCAN_UNUSABLE.code))


@dataclass(frozen=True, slots=True)
class DeviceNews:
    """What is to be said of a device: ``good`` when it is back, ``at_once`` when somebody has to do something now."""

    problem: EnvironmentProblem

    @property
    def good(self) -> bool:
        """Whether a device works again."""
        return self.problem.code == words.BACK.code

    @property
    def at_once(self) -> bool:
        """Whether it is about what was just done."""
        return self.problem.code in _AT_ONCE

    @property
    def device(self) -> str:
        """Which device it is about; empty where that does not matter."""
        return str(self.problem.fill.get("device_zh", ""))


class DeskDevices:
    """The process of the devices, of which two threads may ask; no call waits for a device."""

    def __init__(self, runtime: Runtime, urls: DeviceUrls) -> None:
        """Nothing is started yet."""
        self._process = DeviceProcess(runtime, urls)
        self._turn = Turn()
        self._rests = True
        self.present = urls.any()
        """Whether there is a device at all."""

    def start(self) -> None:
        """Begins; the devices are opened behind the desk's back."""
        with self._turn:
            self._rests = False
            self._process.start()

    def close(self, *, blank: bool = True) -> None:
        """Blanks the display, or leaves it, and lets the devices be until they are started anew; safe to call twice."""
        with self._turn:
            self._rests = True
            self._process.close(blank=blank)

    def show(self, state: DisplayState) -> None:
        """What the customer is to see from now on."""
        with self._turn:
            if not self._rests:
                self._process.show(state)

    def announce(self, *sentences: Sentence) -> None:
        """What is to be said now."""
        with self._turn:
            if not self._rests:
                self._process.announce(*sentences)

    def open_drawer(self) -> None:
        """Opens the cash drawer now."""
        with self._turn:
            if not self._rests:
                self._process.open_drawer()

    def scans(self) -> tuple[str, ...]:
        """What was scanned since the last call."""
        with self._turn:
            return () if self._rests else tuple(scan.text for scan in self._process.scans())

    def news(self) -> tuple[DeviceNews, ...]:
        """What went wrong with a device, or right again, since the last call; each once."""
        with self._turn:
            return () if self._rests else tuple(DeviceNews(problem) for problem in self._process.troubles())


def device_urls(settings: ReaderSettings) -> DeviceUrls:
    """Where the devices hang."""
    return DeviceUrls(
        display=settings.text("devices.display"),
        announcer=settings.text("devices.announcer"),
        drawer=settings.text("devices.drawer"),
        scanner=settings.text("devices.scanner"),
    )


def desk_devices(runtime: Runtime, settings: ReaderSettings) -> DeskDevices:
    """The devices of the settings, not yet started."""
    return DeskDevices(runtime, device_urls(settings))
