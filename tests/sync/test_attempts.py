"""What is written of an attempt, and from when on "not found" counts."""

from datetime import UTC, datetime, timedelta

import pytest

from pos_client.offline import journal
from pos_client.offline.journal import State
from pos_client.sync.attempts import Attempt, Result, Verdicts
from pos_client.sync.conclude import Conclusion
from tests.in_memory import count_commits
from tests.virtual import NOON

from .counter import DRAWER, PATIENCE, Counter
from .tiny_bureau import DROPPED

LATE_ENOUGH, TOO_SOON = NOON + PATIENCE, NOON + PATIENCE - timedelta(milliseconds=1)


def _verdicts(desk: Counter) -> Verdicts:
    return Verdicts(desk.store, desk.bureau, DRAWER)


@pytest.mark.parametrize(
    ("asked_at", "received_at", "counts"),
    [
        (LATE_ENOUGH, LATE_ENOUGH, True),
        (TOO_SOON, LATE_ENOUGH, False),
        (LATE_ENOUGH, TOO_SOON, False),
        (NOON, NOON, False),
        (LATE_ENOUGH, None, True),
        (TOO_SOON, None, False),
        (NOON - timedelta(hours=1), LATE_ENOUGH, True),
        (NOON - timedelta(hours=1), TOO_SOON, False),
        (NOON - timedelta(hours=1), None, False),
        (NOON + timedelta(hours=1), TOO_SOON, False),
    ],
)
def test_not_found_counts_when_both_clocks_have_passed_the_time_out(
    desk: Counter, asked_at: datetime, received_at: datetime | None, counts: bool
) -> None:
    lost = desk.lose("2102", DROPPED)
    assert _verdicts(desk).counts(lost, asked_at, received_at) is counts


def test_the_difference_of_the_clocks_when_it_left_is_taken_into_account(desk: Counter) -> None:
    desk.bureau_side.clock.advance(minutes=-4)
    desk.bureau.sign_in()
    lost = desk.lose("2102", DROPPED)
    there = NOON - timedelta(minutes=4)
    assert _verdicts(desk).counts(lost, LATE_ENOUGH, there + PATIENCE)
    assert not _verdicts(desk).counts(lost, LATE_ENOUGH, there + PATIENCE - timedelta(seconds=1))


@pytest.mark.parametrize(("seconds", "worth"), [(0, False), (7, False), (8, True), (-1, True)])
def test_it_is_worth_asking_when_nothing_older_can_be_executing_by_our_clock(
    desk: Counter, seconds: int, worth: bool
) -> None:
    lost = desk.lose("2203", DROPPED, visit=desk.book("2201"))
    desk.ours.advance(seconds=seconds)
    assert _verdicts(desk).may_be_tried(lost) is worth


def test_a_wait_is_one_commit_and_says_what_is_being_asked(desk: Counter) -> None:
    lost = desk.lose("2102")
    counted = count_commits(desk.store)
    attempt = _verdicts(desk).wait(lost, Result.UNREACHABLE, "5201: refused")
    assert counted() == 1
    with desk.store.read() as connection:
        pending = journal.pending_of(connection, lost.id)
    assert pending is not None
    assert (pending.tries, pending.asking, pending.why) == (1, "UNREACHABLE", "5201: refused")
    assert pending.next_try_at == attempt.next_try_at == desk.ours.now + timedelta(seconds=5)


def test_what_came_too_early_is_due_when_it_counts_by_both_clocks(desk: Counter) -> None:
    lost = desk.lose("2102", DROPPED)
    desk.bureau_side.clock.advance(seconds=-2)
    desk.resolve(lost)  # learns that the bureau's clock is behind now
    attempt = _verdicts(desk).wait(lost, Result.TOO_EARLY, "not found yet")
    assert attempt.next_try_at == NOON + PATIENCE + timedelta(seconds=2)


def test_what_came_too_early_at_the_last_moment_is_due_in_a_second(desk: Counter) -> None:
    lost = desk.lose("2102", DROPPED)
    desk.pass_time(seconds=7.9)
    attempt = _verdicts(desk).wait(lost, Result.TOO_EARLY, "not found yet")
    assert attempt.next_try_at == desk.ours.now + timedelta(seconds=1)


def test_an_outcome_that_became_certain_closes_the_question_to_a_person(desk: Counter) -> None:
    lost = desk.lose("2102")
    verdicts = _verdicts(desk)
    assert verdicts.leave_to_a_person(lost, "不能冲正").result is Result.REFUSED
    assert desk.tasks() == [("cannot_resolve", lost.id)]
    counted = count_commits(desk.store)
    assert verdicts.finish(lost, Conclusion(State.REVERSED), Result.REVERSED).is_final
    assert (counted(), desk.tasks(), desk.state(lost)) == (1, [], State.REVERSED)


@pytest.mark.parametrize("state", [State.NOT_SENT, State.REVERSED])
def test_what_was_queued_and_came_to_nothing_is_handed_to_whoever_queues_it_again(desk: Counter, state: State) -> None:
    waiting, direct = desk.intend("2102", queued=True), desk.lose("2102")
    desk.bureau_side.fault("2102", DROPPED)
    desk.bureau.hold(desk.resolver.send(waiting))
    in_vain: list[str] = []
    for message in (desk.found(waiting), desk.found(direct)):
        conclusion = Conclusion(state, why="gone")
        _verdicts(desk).finish(message, conclusion, Result.ABSENT, lambda _, one: in_vain.append(one.id))
    assert in_vain == [waiting.id]


def test_the_next_attempt_is_told_on_the_clock_of_the_business(desk: Counter) -> None:
    message = desk.intend("2102")
    due = datetime(2026, 11, 21, 16, 5, 9, tzinfo=UTC)
    assert Attempt(message, Result.UNREACHABLE, "", due).next_try_local() == "00:05:09"
    assert Attempt(message, Result.FOUND, "", None).next_try_local() == ""
