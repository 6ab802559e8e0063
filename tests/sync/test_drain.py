"""A pass over all that is open: people side by side, each in order, and it may be killed at any point."""

import itertools
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.errors import OurBug
from pos_client.offline import tasks
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.money_book import Entry
from pos_client.offline.store import Store
from pos_client.runtime import HttpAnswer, OneByOne, SideBySide
from pos_client.sync.attempts import Attempt, Result
from pos_client.sync.visit_queries import visits_request
from pos_client.sync.words import MESSAGE_WRONG
from tests.in_memory import count_commits

from .counter import PURCHASE_FEN, Counter, counter, disagreements
from .tiny_bureau import DROPPED, LATE, LOST, NOT_SENT, Fault, Json, Refusal, TinyBureau

PEOPLE = [f"4399900000000000000000{number:04d}" for number in range(1, 9)]
SIGN_IN_LOST = Refusal("未签到，请先签到")


def _results(attempts: list[Attempt]) -> dict[str, Result]:
    assert len({one.message.id for one in attempts}) == len(attempts)
    return {one.message.id: one.result for one in attempts}


def test_nothing_open_is_nothing_to_do(desk: Counter) -> None:
    desk.book("2102")
    desk.bureau_side.posted.clear()
    assert desk.drain() == []
    assert desk.bureau_side.posted == []


def test_everything_that_can_be_is_sent_and_found_out_in_one_pass(desk: Counter) -> None:
    lost = desk.lose("2102")
    dropped = desk.lose("2102", DROPPED, person_no=PEOPLE[1])
    late = desk.lose("2201", LATE, person_no=PEOPLE[2])
    waiting = desk.intend("2102", person_no=PEOPLE[3], queued=True)
    assert _results(desk.drain()) == {
        lost.id: Result.FOUND, dropped.id: Result.ABSENT, late.id: Result.FOUND, waiting.id: Result.SENT
    }  # fmt: skip
    assert disagreements(desk) == []


def test_what_the_desk_is_sending_now_is_left_alone(desk: Counter) -> None:
    sending = desk.intend("2102")
    assert desk.drain() == []
    assert desk.state(sending) is State.INTENT


def test_what_a_drain_was_sending_when_it_died_is_found_out_and_sent_after_all(desk: Counter) -> None:
    waiting = desk.intend("2102", queued=True)
    next(desk.resolver.send(waiting))
    desk.start()
    assert list(_results(desk.drain()).values()) == [Result.ABSENT, Result.SENT]


def test_a_line_that_swallows_everything_does_not_keep_a_pass_for_ever(desk: Counter) -> None:
    waiting = desk.intend("2102", queued=True)
    desk.bureau_side.fault("2102", *[DROPPED] * 9)
    assert list(_results(desk.drain()).values()) == [Result.ABSENT, Result.ABSENT]
    assert [one.state for one in desk.messages() if one.kind is Kind.SETTLE] == [
        State.NOT_SENT,
        State.NOT_SENT,
        State.QUEUED,
    ]
    assert desk.messages()[0].id == waiting.id


def test_what_is_queued_may_be_left_there(desk: Counter) -> None:
    lost = desk.lose("2102")
    waiting = desk.intend("2102", queued=True)
    assert _results(desk.drain(sends=False)) == {lost.id: Result.FOUND}
    assert desk.state(waiting) is State.QUEUED


# --- the order of one person -----------------------------------------------------------------------------------------


class Shuffled(OneByOne[Any, Any]):
    """Carries several at once and gives back one reply at a time, in an order of its own."""

    def __init__(self, choices: Iterator[int]) -> None:
        super().__init__()
        self.choices = choices
        self.under_way: list[tuple[Any, Callable[[], Any]]] = []
        self.most = 0

    def start(self, label: Any, work: Callable[[], Any]) -> None:
        self.under_way.append((label, work))
        self.most = max(self.most, len(self.under_way))

    def finished(self) -> list[tuple[Any, Any]]:
        label, work = self.under_way.pop(next(self.choices) % len(self.under_way))
        return [(label, work())]


@settings(deadline=None, max_examples=10)
@given(choices=st.lists(st.integers(0, 7), min_size=1, max_size=30), width=st.integers(1, 4))
def test_lanes_keep_the_order_of_each_person(choices: list[int], width: int) -> None:
    with counter() as desk:
        sent = [desk.intend("2102", person_no=person, queued=True) for _ in range(2) for person in PEOPLE[:4]]
        lanes = Shuffled(itertools.cycle(choices))
        assert set(_results(desk.drain(lambda _: lanes, lanes=width)).values()) == {Result.SENT}
        assert lanes.most == width
        for person in PEOPLE[:4]:
            arrived = [one.message_id for one in desk.bureau_side.settled if one.person_no == person]
            assert arrived == [one.message_id for one in sent if one.person_no == person]


@pytest.mark.parametrize("silence", [NOT_SENT, DROPPED])
def test_what_is_queued_behind_an_unknown_outcome_waits_for_it(desk: Counter, silence: Fault) -> None:
    lost = desk.lose("2102")
    behind = desk.intend("2102", queued=True)
    another = desk.intend("2102", person_no=PEOPLE[1], queued=True)
    desk.bureau_side.fault("5201", silence)
    assert _results(desk.drain()) == {lost.id: Result.UNREACHABLE, another.id: Result.SENT}
    assert desk.state(behind) is State.QUEUED
    assert _results(desk.drain()) == {lost.id: Result.FOUND, behind.id: Result.SENT}


def test_nothing_waits_for_what_a_person_must_look_into(desk: Counter) -> None:
    desk.speaks(reversible=frozenset(), purchases=False, rows_without_settlement=False)
    lost = desk.lose("2102")
    behind = desk.intend("2102", queued=True)
    assert _results(desk.drain()) == {lost.id: Result.REFUSED, behind.id: Result.SENT}


def test_what_is_queued_behind_one_that_could_not_be_sent_waits_too(desk: Counter) -> None:
    first, second = (desk.intend("2102", queued=True) for _ in range(2))
    desk.bureau_side.fault("2102", NOT_SENT)
    assert _results(desk.drain()) == {first.id: Result.UNREACHABLE}
    assert [desk.state(one) for one in (first, second)] == [State.QUEUED] * 2
    assert [one.message_id for one in desk.bureau_side.settled] == []


def test_what_is_queued_behind_a_message_of_the_desk_waits_for_its_outcome(desk: Counter) -> None:
    sending = desk.intend("2102")
    behind = desk.intend("2102", queued=True)
    assert desk.drain() == []
    desk.send(sending)
    assert _results(desk.drain()) == {behind.id: Result.SENT}


def test_what_is_queued_before_an_unknown_outcome_does_not_wait(desk: Counter) -> None:
    before = desk.intend("2102", queued=True)
    lost = desk.lose("2201")
    desk.bureau_side.fault("5201", DROPPED)
    assert _results(desk.drain()) == {before.id: Result.SENT, lost.id: Result.UNREACHABLE}


def test_the_next_of_a_person_is_sent_once_the_unknown_outcome_is_known_in_the_same_pass(desk: Counter) -> None:
    lost = desk.lose("2102", DROPPED)
    behind = desk.intend("2102", queued=True)
    assert _results(desk.drain()) == {lost.id: Result.ABSENT, behind.id: Result.SENT}


# --- commits ---------------------------------------------------------------------------------------------------------


def test_what_is_written_for_replies_that_came_together_is_one_commit() -> None:
    def commits(people: list[str]) -> int:
        with counter() as desk:
            for person in people:
                desk.lose("2102", person_no=person)
            asking = visits_request(PEOPLE[0], "", "11", desk.ours.now, desk.ours.now)
            desk.bureau.query(asking)  # reserves the query ids, which is a commit of its own
            counted = count_commits(desk.store)
            assert set(_results(desk.drain()).values()) == {Result.FOUND}
            return counted()

    assert commits(PEOPLE) == commits(PEOPLE[:1]) == 5  # orphans, and a step before and after each of 3 questions


def test_nothing_leaves_before_the_commit_of_its_intent(desk: Counter) -> None:
    waiting = desk.intend("2102", queued=True)
    desk.lose("2203", LATE, visit=desk.book("2201"))
    seen: list[tuple[str, bool]] = []

    def look(document: Json) -> None:
        raw = desk.store._engine.raw_connection()  # the one connection: nothing may be under way on it
        seen.append((document["infno"], bool(getattr(raw.dbapi_connection, "in_transaction", True))))

    desk.bureau_side.before = look
    desk.drain()
    assert ("2102", False) in seen
    assert ("2203", False) in seen
    assert {under_way for _, under_way in seen} == {False}
    assert desk.state(waiting) is State.OK


def test_an_error_in_a_lane_undoes_that_step_of_all_and_ends_the_pass(
    desk: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = [desk.lose("2102", person_no=person) for person in PEOPLE[:3]]
    original = desk.bureau.question
    asked = itertools.count()

    def question(request: Any) -> Any:
        if next(asked) == 4:
            raise OurBug(MESSAGE_WRONG, where="here", why="a test")
        return original(request)

    monkeypatch.setattr(desk.bureau, "question", question)
    with pytest.raises(OurBug):
        desk.drain()
    desk.start()
    assert set(_results(desk.drain()).values()) == {Result.FOUND}
    assert [desk.state(one) for one in lost] == [State.OK] * 3


# --- time ------------------------------------------------------------------------------------------------------------


def test_a_not_found_that_came_too_early_is_waited_for(desk: Counter) -> None:
    lost = desk.lose("2102", DROPPED)
    began = desk.ours.now
    assert _results(desk.drain()) == {lost.id: Result.ABSENT}
    assert timedelta(seconds=8) <= desk.ours.now - began < timedelta(seconds=10)


def test_each_is_asked_again_when_it_is_due_and_not_whenever_another_is(desk: Counter) -> None:
    for person in PEOPLE:
        desk.lose("2201", DROPPED, person_no=person)
        desk.pass_time(milliseconds=500)
    assert set(_results(desk.drain()).values()) == {Result.ABSENT}
    asked = [one["input"]["data"]["psn_no"] for one in desk.bureau_side.posted if one["infno"] == "5201"]
    assert max(asked.count(person) for person in PEOPLE) == 2


def test_a_bureau_whose_clock_stands_still_does_not_hold_up_the_pass(desk: Counter) -> None:
    lost = desk.lose("2102", DROPPED)
    stopped_at = desk.bureau_side.clock.now
    desk.bureau_side.before = lambda document: setattr(desk.bureau_side.clock, "now", stopped_at)
    assert not desk.drain()[-1].is_final
    assert desk.state(lost) is State.UNKNOWN


def test_a_bureau_that_set_its_clock_back_is_not_waited_for_in_the_pass(desk: Counter) -> None:
    lost = desk.lose("2102", DROPPED)
    desk.bureau_side.clock.advance(hours=-1)
    began = desk.ours.now
    desk.drain()
    assert not desk.drain()[-1].is_final
    assert desk.ours.now - began < timedelta(minutes=2)
    desk.pass_time(hours=1)
    assert _results(desk.drain()) == {lost.id: Result.ABSENT}


# --- sign-in ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fault", "code"), [(NOT_SENT, "N-DOWN"), (Refusal("机构已停用"), "R-9001")])
def test_without_a_sign_in_everything_is_put_off(desk: Counter, fault: Fault, code: str) -> None:
    lost = desk.lose("2102")
    waiting = desk.intend("2102", person_no=PEOPLE[1], queued=True)
    desk.start()
    desk.bureau_side.fault("9001", fault)
    attempts = desk.drain()
    assert _results(attempts) == {lost.id: Result.UNREACHABLE, waiting.id: Result.UNREACHABLE}
    assert {one.why for one in attempts} == {code}
    assert [desk.state(one) for one in (lost, waiting)] == [State.UNKNOWN, State.QUEUED]
    assert desk.bureau_side.asked() == []
    assert set(_results(desk.drain()).values()) == {Result.FOUND, Result.SENT}


def test_a_sign_in_that_is_lost_on_the_way_leaves_one_attempt_for_each_message(desk: Counter) -> None:
    early = desk.lose("2201", DROPPED)
    refused = desk.lose("2201", person_no=PEOPLE[1])
    desk.bureau_side.fault("5201", None, SIGN_IN_LOST)
    desk.bureau_side.fault("9001", NOT_SENT)
    attempts = desk.drain()
    assert _results(attempts) == {early.id: Result.UNREACHABLE, refused.id: Result.UNREACHABLE}
    assert _results(desk.drain()) == {early.id: Result.ABSENT, refused.id: Result.FOUND}


# --- the customer has left -------------------------------------------------------------------------------------------


def test_what_is_found_for_a_customer_who_has_left_is_voided_in_the_same_pass(desk: Counter) -> None:
    lost = desk.lose("2102")
    desk.leave(lost)
    attempts = desk.drain()
    assert [(one.message.id, one.result) for one in attempts] == [(lost.id, Result.FOUND), (lost.id, Result.VOIDED)]
    assert disagreements(desk) == []
    assert desk.drain() == []


def test_what_was_not_booked_for_a_customer_who_has_left_needs_no_void(desk: Counter) -> None:
    lost = desk.lose("2102", DROPPED)
    desk.leave(lost)
    assert _results(desk.drain()) == {lost.id: Result.ABSENT}
    assert desk.drain() == []


def test_a_void_that_could_not_be_sent_is_sent_by_the_next_pass(desk: Counter) -> None:
    lost = desk.lose("2102")
    desk.leave(lost)
    desk.bureau_side.fault("2103", *[NOT_SENT] * 5)
    desk.drain()
    assert [one.state for one in desk.messages() if one.kind is Kind.VOID] == [State.QUEUED]
    desk.bureau_side.faults.clear()
    desk.drain()
    assert disagreements(desk) == []
    assert len([one for one in desk.messages() if one.kind is Kind.VOID]) == 1


@pytest.mark.parametrize("fault", [LOST, DROPPED, LATE])
def test_a_void_of_unknown_outcome_is_found_out_and_ends_in_a_void(desk: Counter, fault: Fault) -> None:
    lost = desk.lose("2102")
    desk.leave(lost)
    desk.bureau_side.fault("2103", fault)
    for _ in range(2):
        desk.drain()
    assert disagreements(desk) == []
    assert desk.bureau_side.in_force() == []


def test_a_refused_void_is_left_to_a_person_and_tried_again_when_the_task_is_done(desk: Counter) -> None:
    lost = desk.lose("2102")
    desk.leave(lost)
    desk.bureau_side.fault("2103", Refusal("已清算，不能撤销"))
    desk.drain()
    assert desk.tasks() == [("left_but_settled", lost.id)]
    assert desk.drain() == []
    with desk.store.commit() as connection:
        (task,) = tasks.open_tasks(connection)
        tasks.close_task(connection, task.number, "the bureau has opened it", now=desk.ours.now, operator="01")
    assert _results(desk.drain()) == {lost.id: Result.VOIDED}
    assert desk.bureau_side.in_force() == []


# --- real threads ----------------------------------------------------------------------------------------------------


def test_people_are_served_side_by_side(desk: Counter) -> None:
    for person in PEOPLE[:3]:
        desk.lose("2201", person_no=person)
    together = threading.Barrier(3, timeout=30)

    def meet(document: Json) -> None:
        together.wait()

    desk.bureau_side.before = meet
    assert set(_results(desk.drain(SideBySide, lanes=3)).values()) == {Result.FOUND}


# --- killed anywhere -------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """The program ends here."""


class Executioner:
    """Lets so many steps pass, then kills once."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def step(self) -> None:
        self.left -= 1
        if self.left == -1:
            raise Killed

    @property
    def has_killed(self) -> bool:
        return self.left < 0


class Wire:
    """Kills before a message arrives, or after it was executed and before its answer is here."""

    def __init__(self, side: TinyBureau, executioner: Executioner) -> None:
        self.side, self.executioner = side, executioner

    def post(self, url: str, *, body: bytes, headers: Mapping[str, str], **timeouts: int) -> HttpAnswer:
        self.executioner.step()
        try:
            return self.side.post(url, body=body, headers=headers, **timeouts)
        finally:
            self.executioner.step()


@contextmanager
def _watched(desk: Counter, executioner: Executioner, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kills before and after each commit, and on the wire."""
    calm = desk.runtime

    def watching(original: Callable[[Store], Any]) -> Callable[[Store], Any]:
        @contextmanager
        def watched(store: Store) -> Iterator[Any]:
            is_own_commit = store._together is None
            with original(store) as connection:
                yield connection
                if is_own_commit:
                    executioner.step()
            if is_own_commit:
                executioner.step()

        return watched

    with monkeypatch.context() as patch:
        for name in ("commit", "together"):
            patch.setattr(Store, name, watching(getattr(Store, name)))
        desk.runtime = replace(calm, http=Wire(desk.bureau_side, executioner))
        desk.start()
        yield
    desk.runtime = calm


def _lost_purchase(desk: Counter) -> None:
    desk.lose("2102")


def _dropped_purchase(desk: Counter) -> None:
    desk.lose("2102", DROPPED)


def _late_purchase_that_nobody_can_ask_about(desk: Counter) -> None:
    desk.speaks(purchases=False)
    desk.lose("2102", LATE)


def _customer_left(desk: Counter) -> None:
    desk.leave(desk.lose("2102"))


def _rows_that_nobody_can_ask_about(desk: Counter) -> None:
    desk.speaks(rows_without_settlement=False)
    desk.lose("2204", visit=desk.book("2201"))


def _diagnoses(desk: Counter) -> None:
    desk.lose("2203", visit=desk.book("2201"))


def _two_people_in_the_queue(desk: Counter) -> None:
    for person in PEOPLE[:2]:
        desk.intend("2102", person_no=person, queued=True)


SCENES = [
    _lost_purchase,
    _dropped_purchase,
    _late_purchase_that_nobody_can_ask_about,
    _customer_left,
    _rows_that_nobody_can_ask_about,
    _diagnoses,
]


def _ends(desk: Counter) -> object:
    """What stands in the end: messages that book, their money, and the bureau's settlements."""
    kinds = (Kind.REVERSAL, Kind.REPEAT, Kind.VOID)
    same = {State.REVERSED: State.NOT_SENT}  # taken back, and found to be gone when it was to be taken back again
    booked = [
        (one.kind, same.get(one.state, one.state), desk.entries(one))
        for one in desk.messages()
        if one.kind not in kinds
    ]
    return booked, len(desk.bureau_side.in_force()), len(desk.bureau_side.rows), desk.tasks()


@pytest.mark.parametrize("scene", SCENES)
def test_a_pass_that_is_killed_between_any_two_steps_and_started_again_ends_the_same(
    scene: Callable[[Counter], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with counter() as calm:
        scene(calm)
        calm.drain()
        expected = _ends(calm)
        assert disagreements(calm) == []
    for steps in itertools.count():
        executioner = Executioner(steps)
        with counter() as desk:
            scene(desk)
            with _watched(desk, executioner, monkeypatch):
                try:
                    desk.drain()
                except Killed:
                    desk.pass_time(minutes=1)
            desk.start()
            desk.drain()
            assert disagreements(desk) == [], steps
            assert _ends(desk) == expected, steps
        if not executioner.has_killed:
            break
    assert steps > 8


def test_a_queue_that_is_killed_between_any_two_steps_is_never_sent_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    for steps in itertools.count():
        executioner = Executioner(steps)
        with counter() as desk:
            _two_people_in_the_queue(desk)
            with _watched(desk, executioner, monkeypatch):
                try:
                    desk.drain()
                except Killed:
                    desk.pass_time(minutes=1)
            desk.start()
            desk.drain()
            assert disagreements(desk) == [], steps
            sent = [one["msgid"] for one in desk.bureau_side.posted if one["infno"] == "2102"]
            assert len(set(sent)) == len(sent), steps
        if not executioner.has_killed:
            break
    assert steps > 8


# --- whatever happens ------------------------------------------------------------------------------------------------

FAULTS = st.sampled_from(
    [
        None,
        None,
        LOST,
        DROPPED,
        NOT_SENT,
        LATE,
        Refusal("系统繁忙"),
        HttpAnswer(500, {}, b""),
        HttpAnswer(200, {}, b"{"),
    ]
)
ASKED = ["2102", "2103", "2201", "2204", "2205", "2202", "2601", "5201", "5203", "5204", "9001"]


def _random_day(desk: Counter, draw: st.DataObject) -> None:
    for person in PEOPLE[:3]:
        kind = draw.draw(st.sampled_from(["sale", "left", "queued", "visit"]))
        if kind == "visit":
            opened = desk.book("2201", draw.draw(FAULTS), person_no=person)
            if opened.state is State.OK:
                desk.book("2204", draw.draw(FAULTS), person_no=person, visit=opened)
            continue
        sale = desk.intend("2102", person_no=person, queued=kind == "queued", tender_fen=PURCHASE_FEN + 100)
        if kind != "queued":
            desk.bureau_side.faults["2102"].append(draw.draw(FAULTS))
            desk.send(sale)
        if kind == "left" and desk.state(sale) is State.UNKNOWN:
            desk.leave(sale)


@settings(deadline=None, max_examples=40)
@given(draw=st.data())
def test_whatever_happens_the_journal_the_money_and_the_bureau_agree_in_the_end(draw: st.DataObject) -> None:
    with counter() as desk:
        if draw.draw(st.booleans()):
            desk.speaks(reversible=frozenset())
        _random_day(desk, draw)
        for transaction in ASKED:
            desk.bureau_side.faults[transaction] = draw.draw(st.lists(FAULTS, max_size=4))
        jumps = draw.draw(st.lists(st.sampled_from([0, 0, 3600, -3600]), min_size=2, max_size=2))
        for jump in jumps:
            desk.ours.advance(seconds=jump)
            desk.start()
            desk.drain()
        desk.ours.now = desk.bureau_side.clock.now
        desk.bureau_side.faults.clear()
        for _ in range(6):
            desk.pass_time(hours=2)
            desk.bureau_side.catch_up()
            desk.drain()
        with desk.store.commit() as connection:  # a person asks the bureau to take it back, and is told "done"
            for task in tasks.open_tasks(connection):
                tasks.close_task(connection, task.number, "asked", now=desk.ours.now, operator="01")
        desk.drain()
        assert disagreements(desk) == []
        assert all(_closed(desk, one) for one in desk.messages())


def _closed(desk: Counter, message: Message) -> bool:
    entries = dict.fromkeys(Entry, 0) | desk.entries(message)
    return entries[Entry.TENDER] == entries[Entry.RECEIPT] + entries[Entry.CHANGE] + entries[Entry.HAND_BACK]
