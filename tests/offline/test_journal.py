"""The journal: every arrow of the state machine, and none besides."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import insert

from pos_client.errors import OurBug
from pos_client.offline import journal
from pos_client.offline.journal import AUXILIARY, FINAL, Draft, Kind, Message, Pending, Remark, State
from pos_client.offline.schema import meta
from pos_client.offline.store import Store
from pos_client.runtime import GIVEN_UP
from tests.in_memory import memory_store
from tests.virtual import NOON

ARROWS = {
    State.QUEUED: {State.INTENT, State.NOT_SENT},
    State.INTENT: {State.OK, State.REFUSED, State.NOT_SENT, State.UNKNOWN, State.QUEUED},
    State.UNKNOWN: {State.OK, State.NOT_SENT, State.REVERSED},
}
#: How a fresh intent comes to each state.
WAY = {
    State.INTENT: [],
    State.REVERSED: [State.UNKNOWN, State.REVERSED],
} | {state: [state] for state in (State.QUEUED, State.OK, State.REFUSED, State.NOT_SENT, State.UNKNOWN)}


@pytest.fixture
def store() -> Iterator[Store]:
    with memory_store() as opened:
        yield opened


def _intend(store: Store, number: int = 1, kind: Kind = Kind.SETTLE, **more: object) -> Message:
    draft = Draft(kind, "2102", f"P43999900001{number:018d}", "person", 100, "{}", **more)  # type: ignore[arg-type]
    with store.commit() as connection:
        return journal.record_intent(connection, draft, now=NOON, desk=1, operator="01")


def _learn(store: Store, id_: str, *states: State) -> None:
    for state in states:
        evidence = {"why": "test", "skew_ms": 0}
        with store.commit() as connection:
            journal.record_outcome(connection, id_, state, now=NOON, answer=None, evidence=evidence)


def _state(store: Store, id_: str) -> State:
    with store.read() as connection:
        return journal.state_of(connection, id_)


def _open(store: Store) -> list[str]:
    with store.read() as connection:
        return [message.id for message in journal.open_messages(connection)]


def test_an_intent_is_open_until_its_outcome_is_final(store: Store) -> None:
    message = _intend(store)
    assert (message.id, message.state) == ("01-000001", State.INTENT)
    for state, still_open in ((State.UNKNOWN, True), (State.REVERSED, False)):
        _learn(store, message.id, state)
        assert _open(store) == [message.id] * still_open


@pytest.mark.parametrize("found", list(State))
@pytest.mark.parametrize("asked", list(State))
def test_only_the_drawn_arrows_exist(store: Store, found: State, asked: State) -> None:
    id_ = _intend(store).id
    _learn(store, id_, *WAY[found])
    if asked in ARROWS.get(found, set()):
        _learn(store, id_, asked)
        assert _state(store, id_) is asked
    else:
        with pytest.raises(OurBug) as caught:
            _learn(store, id_, asked)
        assert caught.value.code == "J-BUG"
        assert _state(store, id_) is found


def test_an_intent_is_returned_as_it_is_written(store: Store) -> None:
    opening = _intend(store, 1, Kind.REGISTER, own_number="MZ1")
    written = [
        opening,
        _intend(store, 2, Kind.CHARGE, visit=opening.id, own_number="B1", skew_ms=700),
        _intend(store, 3, Kind.WITHDRAW, about="01-000002", queued=True),
    ]
    with store.read() as connection:
        assert journal.all_messages(connection) == written
        assert journal.messages_of_visit(connection, opening.id) == written[:2]
        assert journal.visits_opened(connection) == written[:1]
        assert journal.messages_about(connection, "01-000002") == written[2:]
    assert written[1].bureau_time == NOON - timedelta(milliseconds=700)


def test_a_message_is_found_by_its_number_and_by_its_message_id(store: Store) -> None:
    message = _intend(store)
    with store.read() as connection:
        assert journal.find(connection, message.id) == message
        assert journal.find(connection, message.message_id) == message
        assert journal.find(connection, "01-999999") is None
    assert (message.state, message.created_at, message.business_date) == (State.INTENT, NOON, "2026-11-21")


def test_every_outcome_is_kept_with_its_evidence(store: Store) -> None:
    id_ = _intend(store).id
    with store.commit() as connection:
        journal.record_outcome(connection, id_, State.UNKNOWN, now=NOON, answer="raw", evidence={"why": "test"})
        journal.record_outcome(connection, id_, State.NOT_SENT, now=NOON, answer=None, evidence={})
    with store.read() as connection:
        learned = journal.outcomes_of(connection, id_)
    assert [(one.state, one.at, one.answer, one.evidence) for one in learned] == [
        (State.UNKNOWN, NOON, "raw", {"why": "test"}),
        (State.NOT_SENT, NOON, None, {}),
    ]


def test_what_serves_to_find_out_about_another_message_is_not_chased_itself(store: Store) -> None:
    sale = _intend(store, 1)
    void = _intend(store, 2, Kind.VOID, about=sale.id)
    for number, kind in enumerate(sorted(AUXILIARY), start=3):
        _intend(store, number, kind, about=sale.id)
    assert _open(store) == [sale.id, void.id]


def test_an_open_message_knows_how_often_it_was_asked_about_what_that_came_to_and_until_when(store: Store) -> None:
    id_ = _intend(store).id
    with store.read() as connection:
        assert journal.pending_of(connection, id_) == Pending(0, NOON, "", "")
    for tries in (1, 2):
        later = NOON + timedelta(minutes=tries)
        with store.commit() as connection:
            journal.postpone(connection, id_, later, asking="TOO_EARLY", why="not found yet")
        with store.read() as connection:
            assert journal.pending_of(connection, id_) == Pending(tries, later, "TOO_EARLY", "not found yet")
    _learn(store, id_, State.OK)
    with store.read() as connection:
        assert journal.pending_of(connection, id_) is None


def test_a_queued_message_leaves_when_it_is_taken_out_and_may_go_back(store: Store) -> None:
    waiting = _intend(store, queued=True)
    assert (waiting.state, _state(store, waiting.id)) == (State.QUEUED, State.QUEUED)
    for minute in (1, 2):
        now = NOON + timedelta(minutes=minute)
        with store.commit() as connection:
            taken = journal.take_out(connection, waiting, now=now, skew_ms=minute)
            assert taken.state is State.INTENT
            assert journal.left_at(connection, waiting) == (now, minute)
        _learn(store, waiting.id, State.QUEUED)
    with store.read() as connection:
        assert journal.was_queued(connection, waiting.id)
    assert _open(store) == [waiting.id]


def test_a_message_of_the_desk_left_when_it_was_written(store: Store) -> None:
    message = _intend(store, skew_ms=-20)
    with store.read() as connection:
        assert journal.left_at(connection, message) == (NOON, -20)
        assert not journal.was_queued(connection, message.id)


def test_a_request_that_was_given_up_may_have_left_as_late_as_that(store: Store) -> None:
    message, other = _intend(store, 1, skew_ms=-20), _intend(store, 2)
    later = NOON + timedelta(seconds=40)
    for one, why in ((message, GIVEN_UP), (other, "ReadTimeout")):
        with store.commit() as connection:
            evidence = {"why": why}
            journal.record_outcome(connection, one.id, State.UNKNOWN, now=later, answer=None, evidence=evidence)
    with store.read() as connection:
        assert journal.left_at(connection, message) == (later, -20)
        assert journal.left_at(connection, other) == (NOON, 0)


def test_what_is_due_is_told_by_state(store: Store) -> None:
    asked = (State.UNKNOWN, State.QUEUED)
    with store.read() as connection:
        assert journal.next_due(connection, asked) is None
    lost, _, _ = _intend(store, 1), _intend(store, 2, queued=True), _intend(store, 3)
    _learn(store, lost.id, State.UNKNOWN)
    with store.commit() as connection:
        journal.postpone(connection, lost.id, NOON + timedelta(seconds=9), asking="x", why="y")
    with store.read() as connection:
        assert journal.next_due(connection, asked) == NOON
        assert journal.next_due(connection, (State.UNKNOWN,)) == NOON + timedelta(seconds=9)
        assert journal.next_due(connection, (State.OK,)) is None


def test_what_a_person_said_of_a_message_is_kept(store: Store) -> None:
    quiet, left, left_too = (_intend(store, number) for number in (1, 2, 3))
    for message in (left_too, left, left):
        with store.commit() as connection:
            journal.remark_on(connection, message.id, Remark.CUSTOMER_LEFT, now=NOON, operator="01")
    with store.read() as connection:
        assert journal.remarked(connection, Remark.CUSTOMER_LEFT) == [left, left_too]
        assert journal.has_remark(connection, left.id, Remark.CUSTOMER_LEFT)
        assert not journal.has_remark(connection, quiet.id, Remark.CUSTOMER_LEFT)


def test_the_millionth_message_still_stands_behind_the_one_before(store: Store) -> None:
    with store.commit() as connection:
        connection.execute(insert(meta).values(name="message_number", value="999998"))
    written = [_intend(store, number, Kind.REGISTER).id for number in (1, 2)]
    with store.read() as connection:
        assert [message.id for message in journal.all_messages(connection)] == written
        assert [message.id for message in journal.visits_opened(connection)] == written
    assert _open(store) == written


class JournalAgainstModel(RuleBasedStateMachine):
    """The journal beside a dictionary that does the same."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self.store = self._stack.enter_context(memory_store())
        self.model: dict[str, State] = {}
        self.once_final: dict[str, State] = {}

    def teardown(self) -> None:
        self._stack.close()

    @rule(queued=st.booleans())
    def intend(self, queued: bool) -> None:
        self.model[_intend(self.store, len(self.model), queued=queued).id] = State.QUEUED if queued else State.INTENT

    @precondition(lambda self: bool(self.model))
    @rule(data=st.data(), state=st.sampled_from(State))
    def learn(self, data: st.DataObject, state: State) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.model)))
        if state in ARROWS.get(self.model[id_], set()):
            _learn(self.store, id_, state)
            self.model[id_] = state
        else:
            with pytest.raises(OurBug):
                _learn(self.store, id_, state)
        if self.model[id_] in FINAL:
            self.once_final.setdefault(id_, self.model[id_])

    @invariant()
    def both_agree_and_final_stays_final(self) -> None:
        with self.store.read() as connection:
            found = {one.id: one.state for one in journal.all_messages(connection)}
            waiting = [one.id for one in journal.open_messages(connection)]
        assert found == self.model
        assert found | self.once_final == found
        assert waiting == sorted(id_ for id_, state in self.model.items() if state not in FINAL)


JournalAgainstModel.TestCase.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
TestJournalAgainstModel = JournalAgainstModel.TestCase
