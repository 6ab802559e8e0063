"""The real world behind the runtime: clock, child processes, lanes."""

import os
import queue
import subprocess
import sys
import threading
from datetime import UTC, date, datetime

import pytest

from pos_client.runtime import (
    ChildGone,
    Errand,
    GivenUp,
    Inbox,
    InputEnded,
    OneByOne,
    SideBySide,
    SystemChild,
    SystemClock,
    Turn,
    business_date,
    shanghai,
    sleep_ms,
    system_runtime,
)
from tests.virtual import ScriptedHttp, virtual_runtime

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


def test_one_by_one_does_everything_at_once_and_in_order() -> None:
    lanes: OneByOne[str, int] = OneByOne()
    assert lanes.finished() == []
    for label, result in (("a", 1), ("b", 2)):
        lanes.start(label, lambda result=result: result)  # type: ignore[misc]
    assert lanes.finished() == [("a", 1), ("b", 2)]
    assert lanes.finished() == []
    lanes.close()


def test_side_by_side_carries_several_at_the_same_time() -> None:
    lanes: SideBySide[str, int] = SideBySide(2)
    meeting = threading.Barrier(2, timeout=30)
    for label in ("a", "b"):
        lanes.start(label, meeting.wait)  # neither ends before both have begun
    found: dict[str, int] = {}
    while len(found) < 2:
        found |= dict(lanes.finished())
    lanes.close()
    assert sorted(found) == ["a", "b"]
    assert sorted(found.values()) == [0, 1]


def test_what_has_finished_is_taken_while_another_is_still_under_way() -> None:
    lanes: SideBySide[str, bool] = SideBySide(2)
    go_on = threading.Event()
    lanes.start("slow", lambda: go_on.wait(30))
    lanes.start("fast", lambda: True)
    assert lanes.finished() == [("fast", True)]
    go_on.set()
    assert lanes.finished() == [("slow", True)]
    lanes.close()


def test_what_a_piece_of_work_raises_is_raised_when_it_is_taken() -> None:
    lanes: SideBySide[str, object] = SideBySide(1)
    lanes.start("a", lambda: int("nothing"))
    with pytest.raises(ValueError, match="nothing"):
        lanes.finished()
    lanes.close()


def test_closing_waits_for_what_is_under_way() -> None:
    lanes: SideBySide[str, None] = SideBySide(1)
    done: list[bool] = []
    begun = threading.Event()

    def work() -> None:
        begun.set()
        sleep_ms(5)
        done.append(True)

    lanes.start("a", work)
    assert begun.wait(30)
    lanes.close()
    assert done == [True]


def test_a_real_machine_carries_side_by_side_and_a_virtual_one_in_order() -> None:
    lanes = system_runtime(ScriptedHttp()).lanes(3)
    lanes.close()
    assert isinstance(lanes, SideBySide)
    assert isinstance(virtual_runtime().lanes(3), OneByOne)


# --- errands ---------------------------------------------------------------------------------------------------------


def test_an_errand_brings_its_result_or_what_it_raised() -> None:
    good: Errand[int] = Errand(lambda _: 7)
    bad: Errand[int] = Errand(lambda _: int("nothing"))
    good.start()
    bad.start()
    assert good.wait() == 7
    with pytest.raises(ValueError, match="nothing"):
        bad.wait()
    good.give_up()
    assert good.wait() == 7, "what has come back stays"


def test_an_errand_that_was_given_up_does_not_depart_any_more() -> None:
    begun, go_on, told = threading.Event(), threading.Event(), queue.SimpleQueue[str]()

    def work(errand: Errand[None]) -> None:
        begun.set()
        go_on.wait(30)
        try:
            errand.depart()
        except GivenUp:
            told.put("stayed")
            raise

    errand = Errand(work)
    errand.start()
    assert begun.wait(30)
    errand.give_up()
    errand.give_up()
    with pytest.raises(GivenUp) as caught:
        errand.wait()
    assert not caught.value.departed
    go_on.set()
    assert told.get(timeout=30) == "stayed"


def test_whoever_gives_an_errand_up_late_is_told_that_it_had_departed() -> None:
    departed, go_on, told = threading.Event(), threading.Event(), queue.SimpleQueue[str]()

    def work(errand: Errand[None]) -> None:
        errand.depart()
        departed.set()
        go_on.wait(30)
        told.put("came back")

    errand = Errand(work)
    errand.start()
    assert departed.wait(30)
    errand.give_up()
    with pytest.raises(GivenUp) as caught:
        errand.wait()
    assert caught.value.departed
    go_on.set()
    assert told.get(timeout=30) == "came back"


def test_killing_a_child_wakes_whoever_waits_for_it() -> None:
    child = SystemChild([sys.executable, "-c", ECHO])
    woken: list[str] = []

    def waiting() -> None:
        try:
            child.receive(600_000)
        except ChildGone:
            woken.append("gone")

    thread = threading.Thread(target=waiting)
    thread.start()
    child.kill()
    thread.join(30)
    assert woken == ["gone"]


# --- lines that come while something else is done --------------------------------------------------------------------


def test_an_inbox_tells_that_a_line_waits_and_hands_them_out_in_order() -> None:
    read_end, write_end = os.pipe()
    arrived = queue.SimpleQueue[None]()
    stream = os.fdopen(read_end, "rb")
    inbox = Inbox(stream, lambda: arrived.put(None))
    assert not inbox.wait(1)
    os.write(write_end, b"one\ntwo\n")
    arrived.get(timeout=20)
    arrived.get(timeout=20)
    assert inbox.wait(0)
    assert (inbox.next(), inbox.next()) == (b"one", b"two")
    assert not inbox.wait(0)
    os.close(write_end)
    arrived.get(timeout=20)
    for _ in range(2):
        with pytest.raises(InputEnded):
            inbox.next()
    assert inbox.waiting, "whoever pauses goes on at once"
    stream.close()


def test_a_turn_lets_one_in_after_the_other_even_when_the_first_fails() -> None:
    turn, order = Turn(), list[str]()

    def second() -> None:
        with turn:
            order.append("second")

    other = threading.Thread(target=second)

    def first() -> None:
        with turn:
            other.start()
            order.append("first")
            raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        first()
    other.join(20)
    assert order == ["first", "second"]


def test_a_process_that_works_aside_is_less_urgent_than_whoever_started_it() -> None:
    told = "import os; from pos_client.runtime import work_aside; work_aside(); print(os.nice(0))"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert int(ran.stdout) > os.nice(0)
