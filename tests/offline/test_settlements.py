"""Settlements: a bill's state is what its messages say; figures and differences are kept as they were found."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import count

import pytest

from pos_client.offline import journal, settlements, visits
from pos_client.offline.journal import Draft, Kind, State
from pos_client.offline.settlements import Difference, Settlement, SettlementState
from pos_client.offline.store import Store
from tests.in_memory import memory_store
from tests.virtual import NOON

NUMBERS = count(1)
OK, UNKNOWN, REFUSED = State.OK, State.UNKNOWN, State.REFUSED
BOOKED = Settlement("S1", "V1", "2026-11-21 12:00:00", 7860, 1000, 5360, 1500, "310", "41", "439900")


@pytest.fixture
def store() -> Iterator[Store]:
    with memory_store() as opened:
        yield opened


def _send(
    store: Store, kind: Kind, *states: State, about: str | None = None, visit: str | None = None, queued: bool = False
) -> str:
    message_id = f"P{next(NUMBERS):029d}"
    draft = Draft(kind, "2102", message_id, "person", 100, "{}", about=about, visit=visit, queued=queued)
    with store.commit() as connection:
        sent = journal.record_intent(connection, draft, now=NOON, desk=1, operator="01")
        for state in states:
            journal.record_outcome(connection, sent.id, state, now=NOON, answer=None, evidence={})
    return sent.id


def _state(store: Store, id_: str) -> SettlementState:
    with store.read() as connection:
        found = journal.find(connection, id_)
        assert found is not None
        return settlements.state_of(connection, found)


@pytest.mark.parametrize(
    ("states", "stands"),
    [
        ([], SettlementState.PENDING),
        ([UNKNOWN], SettlementState.UNKNOWN),
        ([OK], SettlementState.SETTLED),
        ([UNKNOWN, OK], SettlementState.SETTLED),
        ([REFUSED], SettlementState.REFUSED),
        ([State.NOT_SENT], SettlementState.REFUSED),
        ([UNKNOWN, State.REVERSED], SettlementState.VOIDED),
        ([State.QUEUED], SettlementState.PROVISIONAL),
    ],
)
def test_a_settlement_stands_where_its_message_does(store: Store, states: list[State], stands: SettlementState) -> None:
    assert _state(store, _send(store, Kind.SETTLE, *states)) is stands


@pytest.mark.parametrize(
    ("voids", "stands"),
    [
        ([[]], SettlementState.VOIDING),
        ([[UNKNOWN]], SettlementState.VOIDING),
        ([[State.QUEUED]], SettlementState.VOIDING),
        ([[OK]], SettlementState.VOIDED),
        ([[UNKNOWN, OK]], SettlementState.VOIDED),
        ([[REFUSED]], SettlementState.SETTLED),
        ([[UNKNOWN, State.REVERSED]], SettlementState.SETTLED),
        ([[UNKNOWN, State.NOT_SENT]], SettlementState.SETTLED),
        ([[REFUSED], [UNKNOWN]], SettlementState.VOIDING),
        ([[REFUSED], [OK]], SettlementState.VOIDED),
    ],
)
def test_a_void_counts_only_when_it_is_certain(store: Store, voids: list[list[State]], stands: SettlementState) -> None:
    sale = _send(store, Kind.SETTLE, OK)
    for states in voids:
        _send(store, Kind.VOID, *states, about=sale)
    assert _state(store, sale) is stands


def test_a_reversal_about_a_settlement_is_no_void(store: Store) -> None:
    sale = _send(store, Kind.SETTLE, OK)
    _send(store, Kind.REVERSAL, OK, about=sale)
    assert _state(store, sale) is SettlementState.SETTLED


def _of_visit(store: Store, id_: str) -> SettlementState | None:
    with store.read() as connection:
        found = visits.find_visit(connection, id_)
        assert found is not None
        return settlements.state_of_visit(connection, found)


def test_a_visit_is_a_draft_while_charges_wait_for_somebody_to_settle_them(store: Store) -> None:
    visit = _send(store, Kind.REGISTER, OK)
    assert _of_visit(store, visit) is None
    _send(store, Kind.CHARGE, OK, visit=visit)
    assert _of_visit(store, visit) is SettlementState.DRAFT
    _send(store, Kind.SETTLE, UNKNOWN, visit=visit)
    assert _of_visit(store, visit) is SettlementState.UNKNOWN


@pytest.mark.parametrize(
    ("state", "stands"),
    [(REFUSED, SettlementState.DRAFT), (OK, SettlementState.SETTLED)],
)
def test_the_newest_settlement_of_a_visit_counts(store: Store, state: State, stands: SettlementState) -> None:
    visit = _send(store, Kind.REGISTER, OK)
    _send(store, Kind.CHARGE, OK, visit=visit)
    _send(store, Kind.SETTLE, REFUSED, visit=visit)
    settle = _send(store, Kind.SETTLE, state, visit=visit)
    assert _of_visit(store, visit) is stands
    if state is OK:
        _send(store, Kind.VOID, OK, about=settle, visit=visit)
        assert _of_visit(store, visit) is SettlementState.DRAFT


def test_what_the_bureau_booked_is_kept_and_known_by_the_person(store: Store) -> None:
    sale = _send(store, Kind.SETTLE, OK)
    with store.commit() as connection:
        settlements.record_settlement(connection, sale, BOOKED)
    with store.read() as connection:
        assert settlements.settlement_of(connection, sale) == BOOKED
        assert settlements.settlement_of(connection, "01-999999") is None
        assert settlements.known_of_person(connection, "person") == (frozenset({"S1"}), frozenset({"V1"}))
        assert settlements.known_of_person(connection, "another") == (frozenset(), frozenset())


def test_a_sale_is_kept_as_it_was_shown(store: Store) -> None:
    sale = _send(store, Kind.SETTLE)
    with store.commit() as connection:
        settlements.record_sale(connection, sale, 1260, {"price": Decimal("12.60"), "name": "阿莫西林"})
    with store.read() as connection:
        assert settlements.sale_record(connection, sale) == {"price": Decimal("12.60"), "name": "阿莫西林"}
        assert settlements.sale_record(connection, "01-999999") is None


def test_differences_are_kept_in_the_order_in_which_they_were_found(store: Store) -> None:
    sale = _send(store, Kind.SETTLE)
    found = (Difference("trial", "fund", 100, 90), Difference("settled", "cash", 10, 20))
    with store.commit() as connection:
        settlements.record_differences(connection, sale, found)
    with store.read() as connection:
        assert settlements.differences_of(connection, sale) == list(found)
        assert settlements.differences_of(connection, "01-999999") == []
