"""Whether the journal, the money book and the bureau's ledger agree, to the fen. Each disagreement gets a name."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pos_client.config import Home, load_settings
from pos_client.money import fen_of_yuan, yuan
from pos_client.offline import audit, journal, money_book, settlements, tasks
from pos_client.offline.journal import AUXILIARY, Kind, Message, State
from pos_client.offline.money_book import Entry
from pos_client.offline.settlements import Settlement, SettlementState
from pos_client.offline.store import Store, StoreConnection
from pos_client.offline.tasks import TaskKind
from pos_client.runtime import system_runtime
from pos_client.sync.http import RequestsHttp

Row = Mapping[str, Any]

_FIGURES = {
    "medfee_sumamt": "total_fen",
    "fund_pay_sumamt": "fund_fen",
    "acct_pay": "account_fen",
    "psn_cash_pay": "cash_fen",
}


class Sort(StrEnum):
    """What sort of disagreement it is."""

    LOST = "lost"  # one side has what the other does not
    DOUBLED = "doubled"
    UNEXPLAINED = "unexplained"  # any other fen or row that nothing accounts for


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing on which the books do not agree."""

    sort: Sort
    what: str


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
        standing = [row for row in ledger if stands(row)]
        return Agreement(
            standing=len(standing),
            ledger_total_fen=sum(_fen(row, "medfee_sumamt") for row in standing),
            journal_total_fen=sum(booked.total_fen for booked in _standing_settlements(connection)),
            ledger_cash_fen=sum(_fen(row, "psn_cash_pay") for row in standing),
            drawer_fen=money_book.drawer_fen(connection),
            disagreements=tuple(one.what for one in disagreements(connection, ledger)),
        )


def disagreements(connection: StoreConnection, ledger: Sequence[Row]) -> list[Disagreement]:
    """Everything on which a desk's books and the rows that this desk has written at the bureau do not agree."""
    return list(_Books(connection).against(ledger))


def stands(row: Row) -> bool:
    """Whether a row of the ledger is a settlement in force."""
    return row["kind"] == "settle" and not row["voided"] and not row["reversed"]


def _standing_settlements(connection: StoreConnection) -> Iterator[Settlement]:
    for message in journal.all_messages(connection):
        booked = settlements.settlement_of(connection, message.id)
        if message.kind is not Kind.SETTLE or booked is None:
            continue
        if settlements.state_of(connection, message) is SettlementState.SETTLED:
            yield booked


class _Books:
    """One desk's books, held against the ledger."""

    def __init__(self, connection: StoreConnection) -> None:
        self._connection = connection
        self._messages = journal.all_messages(connection)
        self._tasks = {(one.kind, one.subject): one for one in tasks.open_tasks(connection)}

    def against(self, ledger: Sequence[Row]) -> Iterator[Disagreement]:
        by_message_id = {str(row["msgid"]): row for row in ledger}
        if len(by_message_id) != len(ledger):
            yield Disagreement(Sort.DOUBLED, "the ledger holds one message id twice")
        for message in self._messages:
            row = by_message_id.pop(message.message_id, None)
            if not self._is_left_to_a_person(message):
                yield from self._of_message(message, row)
        for message_id in by_message_id:
            yield Disagreement(Sort.LOST, f"{message_id}: the bureau has it, the journal does not")
        yield from self._drawer(ledger)
        broken = audit.first_broken_row(self._connection)
        if broken is not None:
            yield Disagreement(Sort.UNEXPLAINED, f"the audit chain is broken at row {broken}")

    def _is_left_to_a_person(self, message: Message) -> bool:
        """Whether an open task already says of this message, or of what it voids or is voided by, that nobody knows."""
        beside = [one.id for one in journal.messages_about(self._connection, message.id)]
        subjects = (message.id, message.about, *beside)
        return any((TaskKind.CANNOT_RESOLVE, subject) in self._tasks for subject in subjects)

    def _drawer(self, ledger: Sequence[Row]) -> Iterator[Disagreement]:
        standing_fen = sum(_fen(row, "psn_cash_pay") for row in ledger if stands(row))
        kept_fen = money_book.drawer_fen(self._connection)
        short_fen = sum(one.evidence["short_fen"] for (kind, _), one in self._tasks.items() if kind is TaskKind.COLLECT)
        unknown = any(kind is TaskKind.CANNOT_RESOLVE for kind, _ in self._tasks)
        if standing_fen != kept_fen + short_fen and not unknown:
            said = f"the drawer holds {yuan(kept_fen)}, the ledger's cash is {yuan(standing_fen)}"
            yield Disagreement(Sort.UNEXPLAINED, said)

    def _of_message(self, message: Message, row: Row | None) -> Iterator[Disagreement]:
        if message.kind in AUXILIARY:
            if row is not None:
                yield Disagreement(Sort.DOUBLED, f"{message.id}: a {message.kind} has booked")
            return
        for sort, what in (*self._ledger_against(message, row), *self._money_against(message)):
            yield Disagreement(sort, f"{message.id}: {what}")

    def _ledger_against(self, message: Message, row: Row | None) -> Iterator[tuple[Sort, str]]:
        if message.state in (State.INTENT, State.UNKNOWN, State.QUEUED):
            yield Sort.UNEXPLAINED, f"its outcome is still {message.state}"
        elif message.state is not State.OK:
            if row is not None and not row["reversed"]:
                yield Sort.LOST, f"the journal says {message.state}, the bureau has booked it"
        elif message.kind in (Kind.SETTLE, Kind.VOID):
            if row is None or row["reversed"]:
                yield Sort.LOST, "the journal says OK, the bureau has no such settlement"
            else:
                yield from self._figures_against(message, row)

    def _figures_against(self, message: Message, row: Row) -> Iterator[tuple[Sort, str]]:
        booked = settlements.settlement_of(self._connection, message.id)
        assert booked is not None, "an OK message has its settlement, both are written in one commit"
        for name, ours in _FIGURES.items():
            ours_fen = getattr(booked, ours)
            if _fen(row, name) != ours_fen:
                yield Sort.UNEXPLAINED, f"{name} is {yuan(ours_fen)} in the journal and {row[name]} in the ledger"
        if message.kind is Kind.SETTLE:
            voided = settlements.state_of(self._connection, message) is SettlementState.VOIDED
            if bool(row["voided"]) != voided:
                yield Sort.LOST, f"the journal says voided: {voided}, the ledger says {row['voided']}"

    def _money_against(self, message: Message) -> Iterator[tuple[Sort, str]]:
        if message.kind is Kind.SETTLE:
            voids = [one.id for one in journal.messages_about(self._connection, message.id) if one.kind is Kind.VOID]
            kept_fen = sum(paid.amount_fen for paid in money_book.kept(self._connection, message.id, voids))
            due_fen = self._due_fen(message)
            if kept_fen != due_fen:
                yield Sort.UNEXPLAINED, f"kept {yuan(kept_fen)} instead of {yuan(due_fen)}"
        left_fen = money_book.open_tender_fen(self._connection, message.id)
        if left_fen:
            yield Sort.UNEXPLAINED, f"{yuan(left_fen)} of the tender still lie on the counter"
        refunded = money_book.totals_fen(self._connection, message.id)[Entry.REFUND]
        if refunded and message.kind is not Kind.VOID and not journal.was_queued(self._connection, message.id):
            yield Sort.UNEXPLAINED, "a refund without a void"  # only a provisional settlement may have kept too much

    def _due_fen(self, message: Message) -> int:
        """What the desk must hold of a settlement's money."""
        booked = settlements.settlement_of(self._connection, message.id)
        if booked is None or settlements.state_of(self._connection, message) is SettlementState.VOIDED:
            return 0
        short = self._tasks.get((TaskKind.COLLECT, message.id))
        return booked.cash_fen - (0 if short is None else int(short.evidence["short_fen"]))


def _fen(row: Row, name: str) -> int:
    return fen_of_yuan(row[name])
