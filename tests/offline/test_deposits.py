"""Receipts of a deposit: those in the patient's hand, numbered, and the stays that still have one here."""

from collections.abc import Iterator

import pytest

from pos_client.offline import deposits, money_book
from pos_client.offline.deposits import receipts
from pos_client.offline.journal import Draft, Kind, record_intent
from pos_client.offline.money_book import Drawer, Entry, Means, Paid
from pos_client.offline.store import StoreConnection
from tests.in_memory import memory_store
from tests.virtual import NOON


@pytest.fixture
def connection() -> Iterator[StoreConnection]:
    with memory_store() as store, store.commit() as connection:
        yield connection


def admitted(connection: StoreConnection, message_id: str = "M1") -> str:
    draft = Draft(Kind.ADMIT, "2401", message_id, "P1", 0, "{}", own_number="ZY1")
    return record_intent(connection, draft, now=NOON, desk=3, operator="01").id


def book(connection: StoreConnection, stay: str, *entries: tuple[Entry, Means, int]) -> None:
    for entry, means, amount_fen in entries:
        money_book.book(connection, stay, entry, Paid(means, amount_fen), now=NOON, drawer=Drawer(3, "01"))


def test_every_payment_is_a_receipt_with_a_number_of_its_own(connection: StoreConnection) -> None:
    stay = admitted(connection)
    book(connection, stay, (Entry.DEPOSIT, Means.CASH, 100), (Entry.DEPOSIT, Means.WECHAT, 200))
    found = receipts(deposits.moves_of(connection, stay))
    assert [(one.receipt_number, one.paid.amount_fen) for one in found] == [("YJ03-000001", 100), ("YJ03-000002", 200)]


def test_what_was_all_given_back_has_no_receipt_any_more(connection: StoreConnection) -> None:
    stay = admitted(connection)
    book(connection, stay, (Entry.DEPOSIT, Means.CASH, 100), (Entry.DEPOSIT_BACK, Means.CASH, 100))
    assert receipts(deposits.moves_of(connection, stay)) == []
    book(connection, stay, (Entry.DEPOSIT, Means.CASH, 50))
    assert len(receipts(deposits.moves_of(connection, stay))) == 1


def test_what_a_void_lays_back_has_none(connection: StoreConnection) -> None:
    stay = admitted(connection)
    book(connection, stay, (Entry.DEPOSIT, Means.CASH, 100), (Entry.DEPOSIT_USED, Means.DEPOSIT, 60))
    book(connection, stay, (Entry.DEPOSIT, Means.DEPOSIT, 60))
    assert len(receipts(deposits.moves_of(connection, stay))) == 1


def test_the_stays_with_a_deposit_are_known(connection: StoreConnection) -> None:
    first, second = admitted(connection), admitted(connection, "M2")
    book(connection, first, (Entry.DEPOSIT, Means.CASH, 100), (Entry.DEPOSIT_BACK, Means.CASH, 40))
    book(connection, second, (Entry.DEPOSIT, Means.CASH, 100), (Entry.DEPOSIT_USED, Means.DEPOSIT, 100))
    assert deposits.stays_with_deposit(connection) == {first}
