"""Documents in custody: what is held is what was taken last and not returned."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from pos_client.offline import custody
from pos_client.offline.custody import Document, Moved
from pos_client.offline.journal import Draft, Kind, record_intent
from pos_client.offline.store import StoreConnection
from tests.in_memory import memory_store
from tests.virtual import NOON


@pytest.fixture
def connection() -> Iterator[StoreConnection]:
    with memory_store() as store, store.commit() as connection:
        yield connection


def admitted(connection: StoreConnection, message_id: str = "M1") -> str:
    draft = Draft(Kind.ADMIT, "2401", message_id, "P1", 0, "{}", own_number="ZY1")
    return record_intent(connection, draft, now=NOON, desk=1, operator="01").id


def move(connection: StoreConnection, stay: str, document: Document, moved: Moved, minute: int = 0) -> None:
    now = NOON + timedelta(minutes=minute)
    custody.record(connection, stay, document, moved, now=now, operator="07")


def test_what_was_taken_is_held_until_it_is_returned(connection: StoreConnection) -> None:
    stay = admitted(connection)
    assert custody.held(connection, stay) == ()
    for document in reversed(Document):
        move(connection, stay, document, Moved.TAKEN)
    assert custody.held(connection, stay) == tuple(Document)
    move(connection, stay, Document.IC_CARD, Moved.RETURNED, 5)
    assert custody.held(connection, stay) == (Document.INSURANCE_CERTIFICATE,)
    move(connection, stay, Document.IC_CARD, Moved.TAKEN, 6)
    assert custody.held(connection, stay) == tuple(Document)
    last = custody.moves_of(connection, stay)[-1]
    assert (last.at, last.operator) == (NOON + timedelta(minutes=6), "07")


def test_the_stays_with_documents_are_known(connection: StoreConnection) -> None:
    first, second = admitted(connection), admitted(connection, "M2")
    move(connection, first, Document.IC_CARD, Moved.TAKEN)
    move(connection, second, Document.IC_CARD, Moved.TAKEN)
    move(connection, second, Document.IC_CARD, Moved.RETURNED)
    assert custody.stays_with_documents(connection) == {first}
