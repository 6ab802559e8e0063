"""The journal: every arrow of the state machine, and none besides."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pos_client.errors import OurBug
from pos_client.offline import journal
from pos_client.offline.journal import FINAL, Draft, Kind, State
from pos_client.offline.store import Store
from tests.virtual import NOON, open_store

ARROWS = {
    State.INTENT: {State.OK, State.REFUSED, State.NOT_SENT, State.UNKNOWN},
    State.UNKNOWN: {State.OK, State.NOT_SENT, State.REVERSED},
}


def _draft(number: int, kind: Kind = Kind.SETTLE, about: str | None = None) -> Draft:
    return Draft(kind, "2102", f"P43999900001{number:018d}", "person", 100, "{}", about)


def _intent(store: Store, number: int = 1, kind: Kind = Kind.SETTLE, about: str | None = None) -> str:
    with store.commit() as connection:
        return journal.record_intent(connection, _draft(number, kind, about), now=NOON, desk=1, operator="01")


def _outcome(store: Store, id_: str, state: State) -> None:
    with store.commit() as connection:
        journal.record_outcome(connection, id_, state, now=NOON, answer=None, evidence={"why": "test"})


def _state(store: Store, id_: str) -> State:
    with store.read() as connection:
        return journal.state_of(connection, id_)


def test_an_intent_is_open_until_its_outcome_is_final(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    id_ = _intent(store)
    assert id_ == "01-000001"
    for state, still_open in ((State.UNKNOWN, True), (State.REVERSED, False)):
        _outcome(store, id_, state)
        with store.read() as connection:
            assert [message.id for message in journal.open_messages(connection)] == [id_] * still_open
    store.close()


@pytest.mark.parametrize("found", list(State))
@pytest.mark.parametrize("asked", list(State))
def test_only_the_drawn_arrows_exist(tmp_path: Path, found: State, asked: State) -> None:
    store = open_store(tmp_path)
    id_ = _intent(store)
    if found is State.REVERSED:
        _outcome(store, id_, State.UNKNOWN)
    if found is not State.INTENT:
        _outcome(store, id_, found)
    if asked in ARROWS.get(found, set()):
        _outcome(store, id_, asked)
        assert _state(store, id_) is asked
    else:
        with pytest.raises(OurBug):
            _outcome(store, id_, asked)
        assert _state(store, id_) is found
    store.close()


def test_a_message_is_found_by_its_number_and_by_its_message_id(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    id_ = _intent(store)
    with store.read() as connection:
        message = journal.find(connection, id_)
        assert message is not None
        assert journal.find(connection, message.message_id) == message
        assert journal.find(connection, "01-999999") is None
    assert (message.state, message.created_at, message.business_date) == (State.INTENT, NOON, "2026-11-21")
    store.close()


def test_every_outcome_is_kept_with_its_evidence(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    id_ = _intent(store)
    _outcome(store, id_, State.UNKNOWN)
    _outcome(store, id_, State.NOT_SENT)
    with store.read() as connection:
        learned = journal.outcomes_of(connection, id_)
    assert [(one.state, one.evidence) for one in learned] == [
        (State.UNKNOWN, {"why": "test"}),
        (State.NOT_SENT, {"why": "test"}),
    ]
    store.close()


def test_voids_and_reversals_point_to_what_they_undo(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    sale = _intent(store, 1)
    void = _intent(store, 2, Kind.VOID, about=sale)
    reversal = _intent(store, 3, Kind.REVERSAL, about=sale)
    with store.read() as connection:
        assert [message.id for message in journal.messages_about(connection, sale)] == [void, reversal]
        assert [message.id for message in journal.open_messages(connection)] == [sale, void]
    store.close()


def test_an_open_message_knows_how_often_and_until_when(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    id_ = _intent(store)
    later = NOON + timedelta(minutes=5)
    with store.commit() as connection:
        journal.postpone(connection, id_, later)
    with store.read() as connection:
        assert journal.due(connection, id_) == (1, later)
    store.close()


class JournalAgainstModel(RuleBasedStateMachine):
    """The journal beside a dictionary that does the same."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self._folder = tempfile.TemporaryDirectory()
        self.store = open_store(Path(self._folder.name))
        self.model: dict[str, State] = {}

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()

    @rule()
    def intend(self) -> None:
        self.model[_intent(self.store, len(self.model))] = State.INTENT

    @precondition(lambda self: bool(self.model))
    @rule(data=st.data(), state=st.sampled_from(State))
    def learn(self, data: st.DataObject, state: State) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.model)))
        if state in ARROWS.get(self.model[id_], set()):
            _outcome(self.store, id_, state)
            self.model[id_] = state
        else:
            with pytest.raises(OurBug):
                _outcome(self.store, id_, state)

    @invariant()
    def both_agree(self) -> None:
        with self.store.read() as connection:
            assert {one.id: one.state for one in journal.all_messages(connection)} == self.model
            still_open = [id_ for id_, state in self.model.items() if state not in FINAL]
            assert [one.id for one in journal.open_messages(connection)] == sorted(still_open)


JournalAgainstModel.TestCase.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
TestJournalAgainstModel = JournalAgainstModel.TestCase
