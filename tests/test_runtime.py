"""The real world behind the runtime: clock, child processes."""

import sys
from datetime import UTC, date, datetime

import pytest

from pos_client.runtime import ChildGone, SystemChild, SystemClock, business_date, shanghai, sleep_ms

ECHO = "import sys\nfor line in sys.stdin: print('>' + line.strip(), flush=True)"


def test_the_business_day_begins_at_midnight_in_shanghai() -> None:
    assert business_date(datetime(2026, 11, 20, 15, 59, tzinfo=UTC)) == date(2026, 11, 20)
    assert business_date(datetime(2026, 11, 20, 16, 0, tzinfo=UTC)) == date(2026, 11, 21)
    assert shanghai(datetime(2026, 11, 20, 16, 0, tzinfo=UTC)).isoformat() == "2026-11-21T00:00:00+08:00"


def test_the_machine_clock_is_aware_and_its_monotonic_twin_goes_forward() -> None:
    clock = SystemClock()
    before = clock.monotonic_ms()
    assert clock.now_utc().tzinfo is UTC
    sleep_ms(2)
    assert clock.monotonic_ms() > before


def test_a_child_answers_line_by_line() -> None:
    child = SystemChild([sys.executable, "-c", ECHO])
    try:
        child.send(b"a")
        child.send(b"b")
        assert child.receive(20_000) == b">a"
        assert child.receive(20_000) == b">b"
    finally:
        child.kill()


def test_waiting_for_a_silent_child_ends_at_the_deadline() -> None:
    child = SystemChild([sys.executable, "-c", "input()"])
    try:
        assert child.receive(20) is None
    finally:
        child.kill()


def test_a_child_that_has_ended_is_told_every_time() -> None:
    child = SystemChild([sys.executable, "-c", "print('last')"])
    assert child.receive(20_000) == b"last"
    for _ in range(2):
        with pytest.raises(ChildGone):
            child.receive(20_000)
    child.kill()
    child.kill()
    with pytest.raises(ChildGone):
        child.send(b"x")
