"""The table of what books: every such transaction of the interface, and a way to find each out."""

import pytest

from pos_client.offline.journal import AUXILIARY, Kind
from pos_client.sync.transactions import TRANSACTIONS, UNDOING, Search

from .messages import every_message, region_of

#: They ask, try or sign in.
BOOKS_NOTHING = {"9001", "9002", "1101", "2001", "2101", "2206", "2303", "3201", "5201", "5203", "5204", "5206", "5303"}


def test_every_message_books_nothing_or_can_be_found_out_about() -> None:
    assert set(every_message(region_of("base"))) == BOOKS_NOTHING | set(TRANSACTIONS) | {"2601"}


def test_every_kind_of_message_is_sent_by_some_transaction() -> None:
    assert {one.kind for one in TRANSACTIONS.values()} == set(Kind) - AUXILIARY


@pytest.mark.parametrize("transaction", TRANSACTIONS)
def test_only_what_does_no_harm_twice_is_ever_repeated(transaction: str) -> None:
    harmless = UNDOING | {Kind.DESCRIBE, Kind.CHANGE}
    assert (TRANSACTIONS[transaction].search is Search.REPEAT) == (TRANSACTIONS[transaction].kind in harmless)
