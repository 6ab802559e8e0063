"""The process of the counter devices: a device or driver that hangs holds up this process, never the window.

Started as ``python -m pos_client.devices.worker DISPLAY ANNOUNCER DRAWER SCANNER``, each an address or empty. Takes
orders on standard input, answers each, and tells scans and troubles on standard output, one line each, until it is
told to end or standard input does. Nothing it says on standard error holds what was scanned.
"""

import io
import signal
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Final, Protocol

from pos_client.devices import pipe
from pos_client.devices.counter import Counter
from pos_client.devices.device_url import DeviceUrls
from pos_client.devices.display import BLANK
from pos_client.devices.incoming import Ended, IncomingLines
from pos_client.devices.line import Opening
from pos_client.devices.scanner import Scan
from pos_client.errors import EnvironmentProblem
from pos_client.runtime import Clock, SystemClock, sleep_ms

#: How often a scanner is asked, and how often it is seen whether devices are there while there is none.
LISTENING_MS: Final = 20
WATCHING_MS: Final = 100
#: The longest that the last bytes to a display are waited for.
_LAST_BYTES_MS: Final = 500

Reply = Callable[[bytes], None]


class Orders(Protocol):
    """Where orders come from."""

    def receive(self, timeout_ms: int) -> bytes | None:
        """The next line without its newline, or None when the time is up.

        Raises:
            Ended: there will be none.
        """


class Teller:
    """Tells what comes from the devices, through the pipe."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    def scanned(self, scan: Scan) -> None:
        """A code was scanned."""
        self._reply(pipe.event_line(scan))

    def troubled(self, problem: EnvironmentProblem) -> None:
        """A device is in trouble, or out of it again."""
        self._reply(pipe.event_line(pipe.Troubled(problem)))


class Service:
    """Takes orders and lets the devices take their steps, until it is told to end."""

    def __init__(
        self, urls: DeviceUrls, opening: Opening, reply: Reply, clock: Clock, sleep_ms: Callable[[int], None]
    ) -> None:
        self._reply = reply
        self._clock = clock
        self._sleep_ms = sleep_ms
        self._counter = Counter(urls, opening, Teller(reply))
        self._ended = False
        self._blank = True

    def run(self, orders: Orders) -> None:
        """Serves until the end, then blanks the display, unless it is told to leave it."""
        self._counter.step(self._clock.monotonic_ms())
        while not self._ended:
            try:
                line = orders.receive(self._pause_ms())
                while line is not None:
                    self._take(line)
                    line = orders.receive(0)
            except Ended:
                self._ended = True
            self._counter.step(self._clock.monotonic_ms())
        self._end()

    def _pause_ms(self) -> int:
        """How long nothing can become due."""
        something_soon = self._counter.listens or self._counter.busy_ms(self._clock.monotonic_ms())
        return LISTENING_MS if something_soon else WATCHING_MS

    def _take(self, line: bytes) -> None:
        number, order = pipe.order_of(line)
        match order:
            case pipe.Show(state):
                self._counter.show(state)
            case pipe.Announce(sentences):
                self._counter.announce(sentences)
            case pipe.OpenDrawer():
                self._counter.open_drawer(self._clock.monotonic_ms())
            case pipe.End(blank):
                self._ended, self._blank = True, blank
            case pipe.AreYouThere():
                pass
        self._reply(pipe.event_line(pipe.Done(number)))

    def _end(self) -> None:
        """No customer's amount stays on the display of a desk that is closed; after a single act it does."""
        if self._blank:
            self._counter.show(BLANK)
        self._let_bytes_leave()
        self._counter.step(self._clock.monotonic_ms())
        self._let_bytes_leave()
        self._counter.close()

    def _let_bytes_leave(self) -> None:
        self._sleep_ms(min(self._counter.busy_ms(self._clock.monotonic_ms()), _LAST_BYTES_MS))


def _say_where_only(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
    """A bug is told by its kind and place; its message might quote a scan."""
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}")
        trace = trace.tb_next
    sys.stderr.write(f"device process: {kind.__name__} at {' > '.join(places)}\n")


def main(arguments: list[str]) -> None:
    """Serves the devices of the given addresses."""
    from pos_client.devices.port import open_port

    sys.excepthook = _say_where_only
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then ends this process
    out = sys.stdout.buffer

    def reply(line: bytes) -> None:
        out.write(line + b"\n")
        out.flush()

    orders = IncomingLines(io.FileIO(sys.stdin.fileno(), closefd=False))
    Service(DeviceUrls(*arguments), open_port, reply, SystemClock(), sleep_ms).run(orders)


if __name__ == "__main__":
    main(sys.argv[1:])
