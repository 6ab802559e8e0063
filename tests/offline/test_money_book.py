"""The money book: what lay on the counter, what was kept, what went back, each by its means."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from pos_client.offline import journal, money_book
from pos_client.offline.journal import Draft, Kind
from pos_client.offline.money_book import Drawer, Entry, Means, Paid
from pos_client.offline.store import Store
from tests.in_memory import memory_store
from tests.virtual import NOON

DRAWER = Drawer(1, "01")
SALE, VOID = "01-000001", "01-000002"


@pytest.fixture
def store() -> Iterator[Store]:
    with memory_store() as opened:
        with opened.commit() as connection:
            for number, kind in enumerate((Kind.SETTLE, Kind.VOID)):
                draft = Draft(kind, "2102", f"P{number:029d}", "person", 100, "{}")
                journal.record_intent(connection, draft, now=NOON, desk=1, operator="01")
        yield opened


def _book(
    store: Store, *entries: tuple[Entry, int], means: Means = Means.CASH, reference: str = "", id_: str = SALE
) -> None:
    with store.commit() as connection:
        for entry, amount_fen in entries:
            paid = Paid(means, amount_fen, reference)
            money_book.book(connection, id_, entry, paid, now=NOON, drawer=DRAWER)


def test_a_tender_lies_open_until_it_is_kept_or_given_back(store: Store) -> None:
    _book(store, (Entry.TENDER, 2000))
    with store.read() as connection:
        assert money_book.open_tender_fen(connection, SALE) == 2000
        assert money_book.drawer_fen(connection) == 0
    _book(store, (Entry.RECEIPT, 1260), (Entry.CHANGE, 740))
    with store.read() as connection:
        assert money_book.open_tender_fen(connection, SALE) == 0
        assert money_book.drawer_fen(connection) == 1260


def test_each_means_lies_open_by_itself(store: Store) -> None:
    _book(store, (Entry.TENDER, 1000), (Entry.CHANGE, 400))
    _book(store, (Entry.TENDER, 500), means=Means.BANK_CARD, reference="V1")
    _book(store, (Entry.TENDER, 300), (Entry.HAND_BACK, 300), means=Means.BANK_CARD, reference="V2")
    with store.read() as connection:
        found = money_book.open_tender(connection, SALE)
    assert found == [Paid(Means.CASH, 600), Paid(Means.BANK_CARD, 500, "V1")]


def test_what_is_kept_of_a_settlement_is_less_by_the_refunds_of_its_voids(store: Store) -> None:
    _book(store, (Entry.RECEIPT, 1000), (Entry.COLLECT, 50))
    _book(store, (Entry.RECEIPT, 500), means=Means.WECHAT, reference="W1")
    _book(store, (Entry.REFUND, 1050), id_=VOID)
    with store.read() as connection:
        assert money_book.kept(connection, SALE, []) == [Paid(Means.CASH, 1050), Paid(Means.WECHAT, 500, "W1")]
        assert money_book.kept(connection, SALE, [VOID]) == [Paid(Means.WECHAT, 500, "W1")]
        assert money_book.kept_fen(money_book.totals_fen(connection, SALE)) == 1550
        assert money_book.drawer_fen(connection) == 500


def test_a_deposit_is_held_until_it_is_used_or_given_back(store: Store) -> None:
    _book(store, (Entry.DEPOSIT, 10_000), (Entry.DEPOSIT_USED, 3_000), (Entry.DEPOSIT_BACK, 2_000))
    with store.read() as connection:
        assert money_book.deposit_left_fen(money_book.totals_fen(connection, SALE)) == 5_000
        assert money_book.deposits_fen(connection) == 5_000
        assert money_book.drawer_fen(connection) == 0


def test_an_entry_names_day_shift_desk_and_operator(store: Store) -> None:
    late = NOON + timedelta(hours=12, minutes=1)
    with store.commit() as connection:
        money_book.book(connection, SALE, Entry.TENDER, Paid(Means.ALIPAY, 1, "A1"), now=late, drawer=DRAWER)
        row = connection.execute(
            text("SELECT at, business_date, means, desk, operator, reference, shift FROM money")
        ).one()
    assert tuple(row) == ("2026-11-21T16:01:00.000Z", "2026-11-22", "alipay", 1, "01", "A1", "2026-11-22/01")


def test_nothing_is_no_entry(store: Store) -> None:
    _book(store, (Entry.TENDER, 0))
    with store.read() as connection:
        assert connection.scalar(text("SELECT count(*) FROM money")) == 0


def test_an_amount_is_never_negative(store: Store) -> None:
    with pytest.raises(AssertionError):
        _book(store, (Entry.REFUND, -1))
