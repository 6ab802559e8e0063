"""Whether the journal, the money book and the bureau's ledger agree, to the fen. Each disagreement gets a name."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_client.config import Home, load_settings
from pos_client.money import fen_of_yuan, yuan
from pos_client.offline import audit, journal, money_book, settlements
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.money_book import Entry
from pos_client.offline.store import Store, StoreConnection
from pos_client.runtime import system_runtime
from pos_client.sync.http import RequestsHttp

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What three books say of one desk; amounts in fen."""

    standing: int
    ledger_total_fen: int
    journal_total_fen: int
    ledger_cash_fen: int
    drawer_fen: int
    disagreements: tuple[str, ...]


def compare(home: Path, ledger: Sequence[Row]) -> Agreement:
    """Compares the store of a home with a bureau's ledger that only this home has written."""
    with closing(RequestsHttp()) as http:
        store = Store.open(Home(home), load_settings(Home(home), {}), system_runtime(http))
    with closing(store), store.read() as connection:
        messages = journal.all_messages(connection)
        found = [*_disagreements(connection, messages, ledger)]
        standing = [row for row in ledger if _stands(row)]
        settled = [
            booked
            for message in messages
            if message.kind is Kind.SETTLE
            and settlements.state_of(connection, message) is settlements.SettlementState.SETTLED
            and (booked := settlements.settlement_of(connection, message.id)) is not None
        ]
        return Agreement(
            standing=len(standing),
            ledger_total_fen=sum(_fen(row, "medfee_sumamt") for row in standing),
            journal_total_fen=sum(booked.total_fen for booked in settled),
            ledger_cash_fen=sum(_fen(row, "psn_cash_pay") for row in standing),
            drawer_fen=money_book.drawer_fen(connection),
            disagreements=tuple(found),
        )


def _disagreements(connection: StoreConnection, messages: Sequence[Message], ledger: Sequence[Row]) -> Iterator[str]:
    by_message_id = {str(row["msgid"]): row for row in ledger}
    if len(by_message_id) != len(ledger):
        yield "the ledger holds one message id twice"
    for message in messages:
        if message.kind is not Kind.REVERSAL:
            yield from _of_message(connection, message, by_message_id.pop(message.message_id, None))
    yield from (f"{message_id}: the bureau has it, the journal does not" for message_id in by_message_id)
    standing_fen = sum(_fen(row, "psn_cash_pay") for row in ledger if _stands(row))
    kept_fen = money_book.drawer_fen(connection)
    if standing_fen != kept_fen:
        yield f"the drawer holds {yuan(kept_fen)}, the ledger's cash is {yuan(standing_fen)}"
    broken = audit.first_broken_row(connection)
    if broken is not None:
        yield f"the audit chain is broken at row {broken}"


def _of_message(connection: StoreConnection, message: Message, row: Row | None) -> Iterator[str]:
    yield from (f"{message.id}: {what}" for what in _ledger_against(connection, message, row))
    yield from (f"{message.id}: {what}" for what in _money_against(connection, message))


def _ledger_against(connection: StoreConnection, message: Message, row: Row | None) -> Iterator[str]:
    if message.state in (State.INTENT, State.UNKNOWN):
        yield f"its outcome is still {message.state}"
        return
    if message.state is not State.OK:
        if row is not None and not row["reversed"]:
            yield f"the journal says {message.state}, the bureau has booked it"
        return
    if row is None or row["reversed"]:
        yield "the journal says OK, the bureau has no such settlement"
        return
    booked = settlements.settlement_of(connection, message.id)
    assert booked is not None, "an OK message has its settlement, both are written in one commit"
    figures = {
        "medfee_sumamt": booked.total_fen,
        "fund_pay_sumamt": booked.fund_fen,
        "acct_pay": booked.account_fen,
        "psn_cash_pay": booked.cash_fen,
    }
    for name, ours_fen in figures.items():
        if _fen(row, name) != ours_fen:
            yield f"{name} is {yuan(ours_fen)} in the journal and {row[name]} in the ledger"
    if message.kind is Kind.SETTLE:
        voided = settlements.state_of(connection, message) is settlements.SettlementState.VOIDED
        if bool(row["voided"]) != voided:
            yield f"the journal says voided: {voided}, the ledger says {row['voided']}"


def _money_against(connection: StoreConnection, message: Message) -> Iterator[str]:
    total = money_book.totals_fen(connection, message.id)
    booked = settlements.settlement_of(connection, message.id)
    cash_fen = booked.cash_fen if booked is not None else 0
    if message.kind is Kind.VOID:
        if total[Entry.REFUND] != -cash_fen:
            yield f"refunded {yuan(total[Entry.REFUND])} instead of {yuan(-cash_fen)}"
        return
    if message.state is State.OK and total[Entry.RECEIPT] != cash_fen:
        yield f"received {yuan(total[Entry.RECEIPT])} instead of {yuan(cash_fen)}"
    left_fen = money_book.open_tender_fen(connection, message.id)
    if left_fen:
        yield f"{yuan(left_fen)} of the tender still lie on the counter"


def _stands(row: Row) -> bool:
    return row["kind"] == "settle" and not row["voided"] and not row["reversed"]


def _fen(row: Row, name: str) -> int:
    return fen_of_yuan(row[name])
