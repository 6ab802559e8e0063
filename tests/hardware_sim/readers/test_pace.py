"""The time of bytes on a line: never less than they need."""

import time

from hardware_sim.readers.pace import Pace

BAUD = 115_200


def passed_ns(since_ns: int) -> int:
    return time.monotonic_ns() - since_ns


def test_bytes_need_eleven_bits_each() -> None:
    pace, begun = Pace(BAUD), time.monotonic_ns()
    pace.outgoing(100)
    assert passed_ns(begun) >= 100 * 11 * 1_000_000_000 // BAUD


def test_bytes_of_one_direction_wait_for_each_other_and_the_directions_do_not() -> None:
    pace, begun = Pace(BAUD), time.monotonic_ns()
    for _ in range(4):
        pace.incoming(25)
    assert passed_ns(begun) >= 100 * 11 * 1_000_000_000 // BAUD
    assert pace._outgoing_until_ns == 0


def test_without_a_speed_nothing_is_kept() -> None:
    pace = Pace(None)
    pace.incoming(10**12)
    pace.outgoing(10**12)
    assert pace._incoming_until_ns == pace._outgoing_until_ns == 0
