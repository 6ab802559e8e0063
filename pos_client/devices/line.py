"""One line to a counter device: kept open, opened again when the device is back, told about once each time.

Nothing here waits. How long bytes are under way is computed from the speed of the line, for not every port can tell.
"""

import errno
from collections.abc import Callable
from typing import Final, Protocol

from pos_client.devices import words
from pos_client.devices.model import LineSettings
from pos_client.errors import EnvironmentProblem, Words
from pos_client.phrase import Phrase

#: How long after a failure the next opening is tried.
RETRY_MS: Final = 2000
#: A line that was in trouble is told to be back once it has held so long: a serial server that serves somebody else
#: takes the connection and closes it again, every time.
HELD_MS: Final = 1000
_CHUNK: Final = 4096
_DENIED: Final = frozenset((errno.EACCES, errno.EPERM))
_BUSY: Final = frozenset((errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK))


class HungUp(ConnectionResetError):
    """The other side closed the connection in good order, as some do after a minute in which nobody said anything."""


class Port(Protocol):
    """An open port."""

    def read(self, size: int, /) -> bytes:
        """What has come, at most so many bytes; at once, and empty when nothing has.

        Raises:
            OSError: the device is gone.
        """

    def write(self, data: bytes, /) -> int | None:
        """Hands bytes to the line.

        Raises:
            OSError: the device is gone, or takes nothing.
        """

    def close(self) -> None:
        """Lets the port go; what it had not taken is dropped."""


Opening = Callable[[str, LineSettings], Port]
Tell = Callable[[EnvironmentProblem], None]


class Line:
    """A port and the devices that hang on it."""

    def __init__(self, target: str, settings: LineSettings, opening: Opening, tell: Tell) -> None:
        """``opening`` opens the port; ``tell`` hears when the line breaks and when it is back."""
        self._target = target
        self._settings = settings
        self._opening = opening
        self._tell = tell
        self._devices: list[Phrase] = []
        self._port: Port | None = None
        self._troubled = False
        self._try_at_ms: int | None = None
        self._opened_ms = 0
        self._busy_until_ms = 0
        self.openings = 0
        """How often it was opened: whoever shows something shows it again after each."""

    @property
    def is_open(self) -> bool:
        """Whether the device can be reached, as far as anybody knows."""
        return self._port is not None

    def serve(self, device: Phrase) -> None:
        """One more device hangs on this line."""
        self._devices.append(device)

    def tend(self, now_ms: int) -> None:
        """Opens the line when it is not open and another try is due; tells when it is back."""
        if self._port is not None:
            self._tell_if_back(now_ms)
            return
        if self._try_at_ms is not None and now_ms < self._try_at_ms:
            return
        try:
            self._port = self._opening(self._target, self._settings)
        except OSError as error:
            self._failed(error, now_ms)
            return
        self.openings += 1
        self._busy_until_ms = self._opened_ms = now_ms

    def _tell_if_back(self, now_ms: int) -> None:
        if self._troubled and now_ms - self._opened_ms >= HELD_MS:
            self._troubled = False
            self._tell(self._problem(words.BACK))

    def free(self, now_ms: int) -> bool:
        """Whether it is open and what was sent has left it."""
        return self._port is not None and now_ms >= self._busy_until_ms

    def busy_ms(self, now_ms: int) -> int:
        """How much longer what was sent is under way."""
        return max(self._busy_until_ms - now_ms, 0) if self._port is not None else 0

    def send(self, data: bytes, now_ms: int) -> bool:
        """Sends bytes; False when they certainly did not reach the device."""
        if self._port is None:
            return False
        try:
            self._port.write(data)
        except OSError as error:
            self._failed(error, now_ms)
            return False
        self._busy_until_ms = max(self._busy_until_ms, now_ms) + self._settings.duration_ms(len(data))
        return True

    def receive(self, now_ms: int) -> bytes:
        """What has come; reading is also how a pulled plug is noticed."""
        if self._port is None:
            return b""
        try:
            return self._port.read(_CHUNK)
        except OSError as error:
            self._failed(error, now_ms)
            return b""

    def close(self) -> None:
        """Lets the port go; safe to call twice."""
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def _failed(self, error: OSError, now_ms: int) -> None:
        self.close()
        if isinstance(error, HungUp) and now_ms - self._opened_ms >= HELD_MS:
            self._try_at_ms = now_ms  # nothing is said of it, unless it cannot be opened again
            return
        self._try_at_ms = now_ms + RETRY_MS
        if not self._troubled:
            self._troubled = True
            self._tell(self._problem(_words_for(error), error))

    def _problem(self, said: Words, error: OSError | None = None) -> EnvironmentProblem:
        evidence = {} if error is None else {"errno": error.errno, "kind": type(error).__name__}
        zh = "、".join(device.zh for device in self._devices)
        en = " and ".join(device.en for device in self._devices)
        return EnvironmentProblem(said, evidence, device_zh=zh, device_en=en, target=self._target)


def _words_for(error: OSError) -> Words:
    if error.errno in _DENIED:
        return words.ACCESS_DENIED
    return words.BUSY if error.errno in _BUSY else words.NOT_REACHED
