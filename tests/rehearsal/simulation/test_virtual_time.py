"""Time that passes only when somebody waits."""

from datetime import timedelta

from rehearsal.simulation.virtual_time import DeskClock, VirtualTime
from tests.virtual import NOON


def test_what_is_due_happens_in_its_order_while_somebody_sleeps() -> None:
    time, seen = VirtualTime(NOON), []
    for due_ms in (30, 10, 20, 500):
        time.at(due_ms, lambda due_ms=due_ms: seen.append((due_ms, time.now_ms)))  # type: ignore[misc]
    time.sleep_ms(100)
    assert seen == [(10, 10), (20, 20), (30, 30)]
    assert time.now_ms == 100


def test_waiting_ends_early_when_what_is_waited_for_has_come() -> None:
    time, came = VirtualTime(NOON), []
    time.at(40, lambda: came.append(True))
    time.pass_until(1_000, unless=lambda: bool(came))
    assert time.now_ms == 40


def test_who_was_held_up_by_another_goes_on_late() -> None:
    time = VirtualTime(NOON)
    time.at(10, lambda: time.sleep_ms(500))
    time.sleep_ms(20)
    assert time.now_ms == 510


def test_everything_to_come_can_be_played_out() -> None:
    time, seen = VirtualTime(NOON), []
    time.at(5, lambda: time.at(7_000, lambda: seen.append(time.now_ms)))
    time.play_out()
    assert seen == [7_000]


def test_a_desk_clock_is_off_and_drifts_and_never_goes_back_for_waiting() -> None:
    time = VirtualTime(NOON)
    clock = DeskClock(time, offset_ms=2_000, drift_ppm=-100)
    time.sleep_ms(10_000_000)
    assert clock.now_utc() - time.now() == timedelta(milliseconds=2_000 - 1_000)
    before_ms = clock.monotonic_ms()
    clock.offset_ms = -600_000
    assert clock.now_utc() < time.now()
    assert clock.monotonic_ms() == before_ms
