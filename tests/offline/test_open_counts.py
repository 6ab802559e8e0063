"""What is open is counted by kind, state, day and operator."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import insert

from pos_client.offline import journal
from pos_client.offline.journal import Draft, Kind, State
from pos_client.offline.open_counts import OpenCount, open_counts
from pos_client.offline.schema import sale
from pos_client.offline.store import Store
from tests.in_memory import memory_store
from tests.virtual import NOON


@pytest.fixture
def store() -> Iterator[Store]:
    with memory_store() as opened:
        yield opened


def _intend(
    store: Store, number: int, kind: Kind = Kind.SETTLE, *, queued: bool = False, days: int = 0, operator: str = "01"
) -> str:
    draft = Draft(kind, "2102", f"P43999900001{number:018d}", "person", 100, "{}", queued=queued)
    with store.commit() as connection:
        now = NOON + timedelta(days=days)
        return journal.record_intent(connection, draft, now=now, desk=1, operator=operator).id


def _learn(store: Store, id_: str, *states: State) -> None:
    for state in states:
        with store.commit() as connection:
            journal.record_outcome(connection, id_, state, now=NOON, answer=None, evidence={"skew_ms": 0})


def _counted(store: Store) -> set[OpenCount]:
    with store.read() as connection:
        return set(open_counts(connection))


def test_nothing_open_counts_as_nothing(store: Store) -> None:
    _learn(store, _intend(store, 1), State.OK)
    assert _counted(store) == set()


def test_what_is_alike_is_counted_together(store: Store) -> None:
    day = NOON.date().isoformat()
    for number in (1, 2):
        _intend(store, number, queued=True)
    _intend(store, 3, Kind.VOID)
    _intend(store, 4, queued=True, operator="02")
    _intend(store, 5, queued=True, days=1)
    _learn(store, _intend(store, 6), State.UNKNOWN)
    _intend(store, 7, Kind.REVERSAL)  # it serves another message and waits for nothing of its own
    later = (NOON + timedelta(days=1)).date().isoformat()
    assert _counted(store) == {
        OpenCount(Kind.SETTLE, State.QUEUED, day, "01", was_queued=True, count=2, at_risk_fen=0),
        OpenCount(Kind.VOID, State.INTENT, day, "01", was_queued=False, count=1, at_risk_fen=0),
        OpenCount(Kind.SETTLE, State.QUEUED, day, "02", was_queued=True, count=1, at_risk_fen=0),
        OpenCount(Kind.SETTLE, State.QUEUED, later, "01", was_queued=True, count=1, at_risk_fen=0),
        OpenCount(Kind.SETTLE, State.UNKNOWN, day, "01", was_queued=False, count=1, at_risk_fen=0),
    }


def test_on_its_way_it_has_still_been_queued_and_its_money_is_at_risk(store: Store) -> None:
    id_ = _intend(store, 1, queued=True)
    _learn(store, id_, State.INTENT, State.UNKNOWN)
    record = '{"trial_fen": {"fund_total": 1200, "account": 34, "cash": 5}}'
    with store.commit() as connection:
        connection.execute(insert(sale).values(id=id_, total_fen=1239, record=record))
    (counted,) = _counted(store)
    assert (counted.state, counted.was_queued, counted.at_risk_fen) == (State.UNKNOWN, True, 1234)
