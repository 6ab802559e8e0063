"""The money book: a tender is always closed by what was kept and what went back."""

from pathlib import Path

import pytest

from pos_client.offline import journal, money_book
from pos_client.offline.journal import Draft, Kind
from pos_client.offline.money_book import Drawer, Entry, Means
from pos_client.offline.store import Store
from tests.virtual import NOON, open_store

DRAWER = Drawer(1, "01")


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    opened = open_store(tmp_path)
    with opened.commit() as connection:
        draft = Draft(Kind.SETTLE, "2102", "P" * 30, "person", 100, "{}")
        journal.record_intent(connection, draft, now=NOON, desk=1, operator="01")
    yield opened
    opened.close()


def _book(store: Store, *entries: tuple[Entry, int]) -> None:
    with store.commit() as connection:
        for entry, amount_fen in entries:
            money_book.book(connection, "01-000001", entry, amount_fen, now=NOON, drawer=DRAWER, means=Means.CASH)


def test_a_tender_lies_open_until_it_is_kept_or_given_back(store: Store) -> None:
    _book(store, (Entry.TENDER, 2000))
    with store.read() as connection:
        assert money_book.open_tender_fen(connection, "01-000001") == 2000
        assert money_book.drawer_fen(connection) == 0
    _book(store, (Entry.RECEIPT, 1260), (Entry.CHANGE, 740))
    with store.read() as connection:
        assert money_book.open_tender_fen(connection, "01-000001") == 0
        assert money_book.drawer_fen(connection) == 1260


def test_a_refund_leaves_the_drawer(store: Store) -> None:
    _book(store, (Entry.RECEIPT, 1260), (Entry.REFUND, 1260))
    with store.read() as connection:
        assert money_book.drawer_fen(connection) == 0


def test_nothing_is_no_entry(store: Store) -> None:
    _book(store, (Entry.TENDER, 0))
    with store.read() as connection:
        assert set(money_book.totals_fen(connection, "01-000001").values()) == {0}


def test_an_amount_is_never_negative(store: Store) -> None:
    with pytest.raises(AssertionError):
        _book(store, (Entry.REFUND, -1))
