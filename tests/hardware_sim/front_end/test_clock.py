"""The bureau's clock."""

from datetime import UTC, date, datetime, timedelta

from hardware_sim.front_end.clock import BureauClock, wire_time, wire_time_17

MACHINE = datetime(2026, 11, 20, 23, 30, 0, 45_000, tzinfo=UTC)


def clock() -> BureauClock:
    return BureauClock(lambda: MACHINE)


def test_the_business_day_is_that_of_shanghai() -> None:
    assert clock().today() == date(2026, 11, 21)


def test_times_are_written_as_the_wire_wants_them() -> None:
    assert wire_time(clock().now()) == "2026-11-21 07:30:00"
    assert wire_time_17(clock().now()) == "20261121073000045"


def test_an_offset_is_taken_from_the_machine_s_clock_not_from_the_last_offset() -> None:
    bureau = clock()
    bureau.set_offset(timedelta(seconds=90))
    bureau.set_offset(timedelta(seconds=-90))
    assert wire_time(bureau.now()) == "2026-11-21 07:28:30"


def test_a_set_clock_runs_on_and_a_naive_time_is_shanghai() -> None:
    times = iter([MACHINE, MACHINE + timedelta(seconds=5)])
    bureau = BureauClock(lambda: next(times))
    bureau.set_now(datetime(2027, 1, 1, 0, 0))  # noqa: DTZ001 - a naive time is what is tested
    assert wire_time(bureau.now()) == "2027-01-01 00:00:05"


def test_a_skew_comes_and_goes_beside_the_offset() -> None:
    skew_s = [0.0]
    bureau = clock()
    bureau.set_offset(timedelta(seconds=90))
    bureau.follow_skew(lambda: skew_s[0])
    assert wire_time(bureau.now()) == "2026-11-21 07:31:30"
    skew_s[0] = -400
    assert wire_time(bureau.now()) == "2026-11-21 07:24:50"
