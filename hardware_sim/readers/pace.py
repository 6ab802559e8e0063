"""The time that bytes need on a serial line, kept to the deadline and not by the byte."""

import time
from typing import Final

_BITS_PER_BYTE: Final = 11  # a start bit, eight of data, two stop bits
_NS: Final = 1_000_000_000
#: Sleeping ends late by about this much; the rest is waited for awake.
_SLEEP_ERROR_NS: Final = 200_000


class Pace:
    """One line's two directions, each busy until a moment."""

    def __init__(self, baud: int | None) -> None:
        """``baud``: bits a second; None: bytes take no time."""
        self._byte_ns = 0.0 if baud is None else _BITS_PER_BYTE * _NS / baud
        self._incoming_until_ns = self._outgoing_until_ns = 0.0

    def incoming(self, count: int) -> None:
        """Waits until so many bytes, whose first has just begun to come, have come."""
        if self._byte_ns:
            self._incoming_until_ns = max(self._incoming_until_ns, time.monotonic_ns()) + count * self._byte_ns
            _wait_until(self._incoming_until_ns)

    def outgoing(self, count: int) -> None:
        """Waits until so many bytes have gone out behind those before them."""
        if self._byte_ns:
            self._outgoing_until_ns = max(self._outgoing_until_ns, time.monotonic_ns()) + count * self._byte_ns
            _wait_until(self._outgoing_until_ns)


def _wait_until(moment_ns: float) -> None:
    left_ns = moment_ns - time.monotonic_ns()
    if left_ns > _SLEEP_ERROR_NS:
        time.sleep((left_ns - _SLEEP_ERROR_NS) / _NS)
    while time.monotonic_ns() < moment_ns:
        pass
