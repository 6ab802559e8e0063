"""The business acts that are done on the failing disk, and how one sees in the store that each of them is whole.

This is the only module here that knows the journal.
"""

from typing import NamedTuple

from sqlalchemy import text

from pos_client.offline import audit, journal, money_book
from pos_client.offline.journal import Draft, Kind, State
from pos_client.offline.money_book import Drawer, Entry, Means, Paid
from pos_client.offline.store import Store
from tests.virtual import NOON

DRAWER = Drawer(1, "01")
TENDER = Paid(Means.CASH, 20_00)
#: About as long as a settlement of a few lines: an act must be more than one page.
REQUEST = '{"infno": "2102", "input": "' + "张三丰 " * 400 + '"}'


class Done(NamedTuple):
    """One act that is durable: the intent of a sale, or its outcome."""

    act: str
    id: str


def begin_sale(store: Store, number: int) -> Done:
    """The intent, the tender and the audit row of a sale in one commit; ``number`` makes its message id unique."""
    draft = Draft(Kind.SETTLE, "2102", f"P43999900001{number:018d}", "person", TENDER.amount_fen, REQUEST)
    with store.commit() as connection:
        id_ = journal.record_intent(connection, draft, now=NOON, desk=1, operator="01").id
        money_book.book(connection, id_, Entry.TENDER, TENDER, now=NOON, drawer=DRAWER)
        audit.append(connection, "settle.intent", id_, {"tendered_fen": TENDER.amount_fen}, now=NOON, operator="01")
    return Done("intent", id_)


def end_sale(store: Store, id_: str) -> Done:
    """The outcome, the receipt and the audit row of a sale in one commit."""
    with store.commit() as connection:
        journal.record_outcome(connection, id_, State.OK, now=NOON, answer=REQUEST, evidence={})
        money_book.book(connection, id_, Entry.RECEIPT, TENDER, now=NOON, drawer=DRAWER)
        audit.append(connection, "settle.outcome", id_, {"state": State.OK}, now=NOON, operator="01")
    return Done("outcome", id_)


def done_in(store: Store) -> set[Done]:
    """Every act in the store. Asserts that file and audit chain are sound and that no act is there by half."""
    with store.read() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).all() == [("ok",)]
        assert audit.first_broken_row(connection) is None

        def ids(what: str) -> list[str]:
            return sorted(connection.scalars(text(f"SELECT {what}")))

        begun = ids("id FROM message")
        assert ids("id FROM money WHERE entry = 'tender'") == begun
        assert ids("subject FROM audit WHERE act = 'settle.intent'") == begun
        ended = ids("id FROM outcome")
        assert ids("id FROM money WHERE entry = 'receipt'") == ended
        assert ids("subject FROM audit WHERE act = 'settle.outcome'") == ended
        assert ids("id FROM pending") == sorted(set(begun) - set(ended))
    assert set(ended) <= set(begun)
    return {Done("intent", id_) for id_ in begun} | {Done("outcome", id_) for id_ in ended}
