"""Listens to the counter devices: hands scans on, keeps what is to be said of a device until there is room for it.

Asking waits for nothing, so it is done in the window's own thread.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from pos_client.desk.device_process import DeskDevices, DeviceNews

#: A scan is handed on within this time.
LISTEN_MS = 50


class DeviceWatch(QObject):
    """The devices' ears in the window, as long as it is started."""

    scanned = Signal(str)
    waiting = Signal()
    """Something is to be said; told again and again until it was taken."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._devices: DeskDevices | None = None
        self._news: list[DeviceNews] = []
        self._timer = QTimer(self)
        self._timer.setInterval(LISTEN_MS)
        self._timer.timeout.connect(self.listen)

    def start(self, devices: "DeskDevices") -> None:
        """Begins, where there is a device at all."""
        self._devices = devices
        if devices.present:
            devices.start()
            self._timer.start()

    def stop(self) -> None:
        """Listens no more; what was not said yet is of no interest any more."""
        self._timer.stop()
        self._news.clear()

    def rest(self, rests: bool) -> None:
        """Lets the devices go while somebody tries one of them, and takes them up again."""
        if self._devices is None:
            return
        if rests:
            self.stop()
            self._devices.close()
        else:
            self.start(self._devices)

    def listen(self) -> None:
        """Hears what came since the last time."""
        assert self._devices is not None, "it was started"
        for code in self._devices.scans():
            self.scanned.emit(code)
        for news in self._devices.news():
            self._note(news)
        if self._news:
            self.waiting.emit()

    def _note(self, news: "DeviceNews") -> None:
        """A device that is back before anybody was told that it was gone is worth no word."""
        untold = [one for one in self._news if one.device == news.device and not one.good and not one.at_once]
        if news.good and untold:
            self._news = [one for one in self._news if one not in untold]
        else:
            self._news.append(news)

    def next_news(self, *, quiet: bool) -> "DeviceNews | None":
        """What is to be said next; while something else is said (not ``quiet``) only what cannot wait."""
        found = next((one for one in self._news if quiet or one.at_once), None)
        if found is not None:
            self._news.remove(found)
        return found
