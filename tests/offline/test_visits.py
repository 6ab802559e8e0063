"""Visits and stays are what their messages say: every state, what blocks them, what of their charges is unsettled."""

from collections.abc import Iterator
from itertools import count

import pytest

from pos_client.offline import journal, visits
from pos_client.offline.journal import Draft, Kind, Message, State
from pos_client.offline.store import Store
from pos_client.offline.visits import Visit, VisitState
from tests.in_memory import memory_store
from tests.virtual import NOON

NUMBERS = count(1)
OK, UNKNOWN, REFUSED = State.OK, State.UNKNOWN, State.REFUSED


@pytest.fixture
def store() -> Iterator[Store]:
    with memory_store() as opened:
        yield opened


def _send(
    store: Store,
    kind: Kind,
    *states: State,
    visit: str | None = None,
    about: str | None = None,
    own_number: str = "",
    queued: bool = False,
) -> str:
    message_id = f"P{next(NUMBERS):029d}"
    draft = Draft(kind, "2201", message_id, "person", 100, "{}", about, visit, own_number, queued=queued)
    with store.commit() as connection:
        sent = journal.record_intent(connection, draft, now=NOON, desk=1, operator="01")
        for state in states:
            journal.record_outcome(connection, sent.id, state, now=NOON, answer=None, evidence={})
    return sent.id


def _visit(store: Store, id_: str) -> Visit:
    with store.read() as connection:
        found = visits.find_visit(connection, id_)
    assert found is not None
    return found


def _ids(messages: tuple[Message, ...]) -> list[str]:
    return [one.id for one in messages]


@pytest.mark.parametrize("kind", [Kind.REGISTER, Kind.ADMIT])
@pytest.mark.parametrize(
    ("states", "stands"),
    [
        ([], VisitState.OPENING),
        ([UNKNOWN], VisitState.OPENING),
        ([UNKNOWN, OK], VisitState.OPEN),
        ([OK], VisitState.OPEN),
        ([REFUSED], VisitState.REFUSED),
        ([State.NOT_SENT], VisitState.REFUSED),
        ([UNKNOWN, State.REVERSED], VisitState.REFUSED),
    ],
)
def test_a_visit_is_open_once_its_opening_is_certain(
    store: Store, kind: Kind, states: list[State], stands: VisitState
) -> None:
    assert _visit(store, _send(store, kind, *states)).state is stands


def test_a_queued_opening_is_under_way(store: Store) -> None:
    assert _visit(store, _send(store, Kind.REGISTER, queued=True)).state is VisitState.OPENING


@pytest.mark.parametrize(
    ("acts", "stands"),
    [
        ([(Kind.DISCHARGE, OK)], VisitState.DISCHARGED),
        ([(Kind.DISCHARGE, UNKNOWN)], VisitState.OPEN),
        ([(Kind.DISCHARGE, OK), (Kind.UNDISCHARGE, UNKNOWN)], VisitState.DISCHARGED),
        ([(Kind.DISCHARGE, OK), (Kind.UNDISCHARGE, OK)], VisitState.OPEN),
        ([(Kind.DISCHARGE, OK), (Kind.UNDISCHARGE, OK), (Kind.DISCHARGE, OK)], VisitState.DISCHARGED),
        ([(Kind.UNADMIT, REFUSED)], VisitState.OPEN),
        ([(Kind.UNADMIT, OK)], VisitState.CLOSED),
        ([(Kind.UNREGISTER, OK)], VisitState.CLOSED),
    ],
)
def test_only_what_is_certain_moves_a_visit(store: Store, acts: list[tuple[Kind, State]], stands: VisitState) -> None:
    stay = _send(store, Kind.ADMIT, OK)
    for kind, state in acts:
        _send(store, kind, state, visit=stay)
    assert _visit(store, stay).state is stands


def test_a_visit_waits_for_the_message_whose_outcome_is_open(store: Store) -> None:
    visit = _send(store, Kind.REGISTER, OK)
    _send(store, Kind.CHARGE, OK, visit=visit)
    assert _visit(store, visit).blocked_by is None
    _send(store, Kind.REVERSAL, UNKNOWN, visit=visit)
    assert _visit(store, visit).blocked_by is None
    open_one = _send(store, Kind.CHARGE, UNKNOWN, visit=visit)
    _send(store, Kind.SETTLE, visit=visit)
    blocking = _visit(store, visit).blocked_by
    assert blocking is not None
    assert blocking.id == open_one


def test_charges_stand_until_they_are_withdrawn(store: Store) -> None:
    visit = _send(store, Kind.REGISTER, OK)
    first, second, _ = (_send(store, Kind.CHARGE, state, visit=visit) for state in (OK, OK, REFUSED))
    _send(store, Kind.WITHDRAW, REFUSED, visit=visit, about=first)
    assert _ids(_visit(store, visit).standing_charges) == [first, second]
    _send(store, Kind.WITHDRAW, OK, visit=visit, about=first)
    assert _ids(_visit(store, visit).standing_charges) == [second]


def test_a_settlement_covers_the_charges_before_it_until_it_is_voided(store: Store) -> None:
    stay = _send(store, Kind.ADMIT, OK)
    before = _send(store, Kind.CHARGE, OK, visit=stay)
    settle = _send(store, Kind.SETTLE, OK, visit=stay)
    after = _send(store, Kind.CHARGE, OK, visit=stay)
    assert _ids(_visit(store, stay).standing_settlements) == [settle]
    assert _ids(_visit(store, stay).unsettled_charges) == [after]
    _send(store, Kind.VOID, OK, visit=stay, about=settle)
    assert _ids(_visit(store, stay).standing_settlements) == []
    assert _ids(_visit(store, stay).unsettled_charges) == [before, after]


def test_an_outpatient_settlement_covers_its_own_batch_only(store: Store) -> None:
    visit = _send(store, Kind.REGISTER, OK)
    first, second = (_send(store, Kind.CHARGE, OK, visit=visit, own_number=batch) for batch in ("B1", "B2"))
    _send(store, Kind.SETTLE, REFUSED, visit=visit, own_number="B2")
    assert _ids(_visit(store, visit).unsettled_charges) == [first, second]
    _send(store, Kind.SETTLE, OK, visit=visit, own_number="B1")
    assert _ids(_visit(store, visit).unsettled_charges) == [second]


def test_a_visit_carries_both_its_numbers(store: Store) -> None:
    stay = _send(store, Kind.ADMIT, OK, own_number="ZY1")
    visit = _send(store, Kind.REGISTER, OK, own_number="MZ1")
    with store.commit() as connection:
        visits.record_visit(connection, stay, "439900S1")
    found = _visit(store, stay)
    assert (found.id, found.own_number, found.visit_id, found.is_stay) == (stay, "ZY1", "439900S1", True)
    assert (_visit(store, visit).visit_id, _visit(store, visit).is_stay) == ("", False)


def test_every_visit_is_listed_and_nothing_else_is_one(store: Store) -> None:
    sale = _send(store, Kind.SETTLE, OK)
    opened = [_send(store, kind, OK) for kind in (Kind.REGISTER, Kind.ADMIT)]
    charge = _send(store, Kind.CHARGE, OK, visit=opened[0])
    with store.read() as connection:
        assert [one.id for one in visits.all_visits(connection)] == opened
        assert [visits.find_visit(connection, id_) for id_ in (sale, charge, "01-999999")] == [None] * 3
