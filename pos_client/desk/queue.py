"""The queue as a person sees it: what is open, what became of each message, and the one action: ask again."""

from dataclasses import dataclass

from pos_client.desk.differences import sentence
from pos_client.desk.station import Books, Office
from pos_client.desk.words import NO_SUCH_SALE
from pos_client.errors import Refused
from pos_client.money import yuan
from pos_client.offline import journal, money_book, settlements
from pos_client.offline.journal import Kind, Message, State
from pos_client.runtime import shanghai
from pos_client.sync.drain import drain_once
from pos_client.sync.resolve import Attempt


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One message: number, what it does, state (design, section 5), message id, amount in fen, time in Shanghai."""

    id: str
    kind: str
    state: str
    message_id: str
    amount_fen: int
    at: str

    def record(self) -> dict[str, object]:
        """The row as ``queue list --json`` prints it."""
        return {name: getattr(self, name) for name in ("id", "kind", "state", "message_id", "amount_fen")}


def list_queue(books: Books, *, everything: bool) -> list[QueueRow]:
    """What is open, or every message that was ever sent, oldest first."""
    with books.store.read() as connection:
        found = journal.all_messages(connection) if everything else journal.open_messages(connection)
    return [_row(message) for message in found]


def show(books: Books, id_: str) -> dict[str, object]:
    """Everything that is known of one message, without personal data.

    Raises:
        Refused: S-NOSALE.
    """
    language = books.settings.language
    with books.store.read() as connection:
        message = journal.find(connection, id_)
        if message is None:
            raise Refused(NO_SUCH_SALE, id=id_)
        booked = settlements.settlement_of(connection, message.id)
        differences = [sentence(one, language) for one in settlements.differences_of(connection, message.id)]
        entries = money_book.totals_fen(connection, message.id)
        record: dict[str, object] = _row(message).record() | {
            "transaction": message.transaction,
            "about": message.about,
            "created_at": message.created_at.isoformat(),
            "operator": message.operator,
            "outcomes": [
                {"state": one.state.value, "at": one.at.isoformat(), "why": one.evidence.get("why", "")}
                for one in journal.outcomes_of(connection, message.id)
            ],
            "undone_by": [_row(one).record() for one in journal.messages_about(connection, message.id)],
            "money": {entry.value: yuan(fen) for entry, fen in entries.items() if fen},
            "differences": differences,
        }
        if message.kind is Kind.SETTLE:
            record["settlement"] = settlements.state_of(connection, message).value
        if booked is not None:
            record |= {"settlement_id": booked.settlement_id, "settled_at": booked.settled_at}
    return record


def _row(message: Message) -> QueueRow:
    return QueueRow(
        id=message.id,
        kind=message.kind.value,
        state=message.state.value,
        message_id=message.message_id,
        amount_fen=message.amount_fen,
        at=shanghai(message.created_at).strftime("%Y-%m-%d %H:%M:%S"),
    )


def resolve_one(office: Office, id_: str) -> Attempt | None:
    """Asks the bureau about one message now; None when its outcome is already known.

    Raises:
        Refused: S-NOSALE.
    """
    with office.store.read() as connection:
        message = journal.find(connection, id_)
    if message is None:
        raise Refused(NO_SUCH_SALE, id=id_)
    if message.state is not State.UNKNOWN:
        return None
    return office.resolver.resolve(message)


def sync_once(office: Office) -> list[Attempt]:
    """One pass over everything whose outcome is unknown; returns the last attempt on each."""
    return drain_once(office.store, office.resolver, office.books.runtime)
