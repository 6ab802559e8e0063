"""The queue as a person sees it: what is open and being asked, what a person must do, what became of each message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pos_client.desk.books import Books
from pos_client.desk.differences import sentence
from pos_client.desk.late_slips import write_late_slips
from pos_client.desk.station import Office
from pos_client.desk.words import NO_SUCH_SALE, NO_SUCH_TASK
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.money import yuan
from pos_client.offline import audit, backup, journal, money_book, settlements, tasks, visits
from pos_client.offline.journal import FINAL, Kind, Message, Remark, State
from pos_client.offline.money_book import Entry
from pos_client.offline.settlements import SettlementState
from pos_client.offline.store import StoreConnection
from pos_client.offline.tasks import Task
from pos_client.runtime import shanghai
from pos_client.sync.attempts import Attempt
from pos_client.sync.drain import drain_once


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One message: what it does and where it stands; times in UTC, amounts in fen.

    ``settlement`` is the state of the bill where the message settles one. ``asking`` is what the last attempt to find
    out came to, ``why`` in whose words, ``next_try_at`` when it is due again: all empty when nothing is open.
    ``on_counter_fen`` is the customer's money that lies here until the outcome is known.
    """

    id: str
    kind: str
    state: str
    message_id: str
    amount_fen: int
    at: datetime
    settlement: SettlementState | None
    asking: str
    why: str
    next_try_at: datetime | None
    on_counter_fen: int
    customer_left: bool

    @property
    def is_open(self) -> bool:
        """Whether its outcome is not final."""
        return State(self.state) not in FINAL

    def record(self) -> dict[str, object]:
        """The row as ``queue list --json`` prints it."""
        return {name: getattr(self, name) for name in ("id", "kind", "state", "message_id", "amount_fen")}


def list_queue(books: Books, *, everything: bool) -> list[QueueRow]:
    """What is open, or every message that was ever sent, oldest first."""
    with books.store.read() as connection:
        found = journal.all_messages(connection) if everything else journal.open_messages(connection)
        return [_row(connection, message) for message in found]


def open_tasks(books: Books) -> list[Task]:
    """What a person must do, oldest first."""
    with books.store.read() as connection:
        return tasks.open_tasks(connection)


def finish_task(office: Office, number: int, how: str, *, authorised_by: str = "") -> Task:
    """Notes that a person has done a task, and how; ``authorised_by`` is the supervisor whose word it wanted.

    Raises:
        Refused: S-NOTASK.
    """
    now, operator = office.bureau.now, office.drawer.operator
    with office.store.commit() as connection:
        found = tasks.find_task(connection, number)
        if found is None:
            raise Refused(NO_SUCH_TASK, number=number)
        tasks.close_task(connection, number, how, now=now, operator=operator)
        detail: dict[str, object] = {"task": number, "how": how}
        if authorised_by:
            detail["authorised_by"] = authorised_by
        audit.append(connection, "task.done", found.subject, detail, now=now, operator=operator)
    return found


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
        row = _row(connection, message)
        record: dict[str, object] = row.record() | {
            "transaction": message.transaction,
            "about": message.about,
            "visit": message.visit,
            "created_at": message.created_at.isoformat(),
            "operator": message.operator,
            "outcomes": [
                {"state": one.state.value, "at": one.at.isoformat(), "why": one.evidence.get("why", "")}
                for one in journal.outcomes_of(connection, message.id)
            ],
            "undone_by": [_row(connection, one).record() for one in journal.messages_about(connection, message.id)],
            "money": {entry.value: yuan(fen) for entry, fen in entries.items() if fen},
            "differences": differences,
            "tasks": [one.kind.value for one in tasks.open_tasks(connection) if one.subject == message.id],
        }
        if row.settlement is not None:
            record["settlement"] = row.settlement.value
        visit = visits.find_visit(connection, message.id)
        if visit is not None:
            bill = settlements.state_of_visit(connection, visit)
            record |= {"visit_state": visit.state.value, "bill": None if bill is None else bill.value}
        if booked is not None:
            record |= {"settlement_id": booked.settlement_id, "settled_at": booked.settled_at}
    return record


def _row(connection: StoreConnection, message: Message) -> QueueRow:
    pending = journal.pending_of(connection, message.id)
    tender = money_book.open_tender(connection, message.id) if message.kind is Kind.SETTLE else []
    return QueueRow(
        id=message.id,
        kind=message.kind.value,
        state=message.state.value,
        message_id=message.message_id,
        amount_fen=message.amount_fen,
        at=message.created_at,
        settlement=settlements.state_of(connection, message) if message.kind is Kind.SETTLE else None,
        asking="" if pending is None else pending.asking,
        why="" if pending is None else pending.why,
        next_try_at=pending.next_try_at if pending is not None and pending.tries else None,
        on_counter_fen=sum(paid.amount_fen for paid in tender),
        customer_left=journal.has_remark(connection, message.id, Remark.CUSTOMER_LEFT),
    )


def local(instant: datetime) -> str:
    """An instant on the wall clock of the business."""
    return shanghai(instant).strftime("%Y-%m-%d %H:%M:%S")


def resolve_one(office: Office, id_: str) -> Attempt | None:
    """Asks the bureau about one message now; None when its outcome is already known.

    Raises:
        Refused: S-NOSALE, R-9001. EnvironmentProblem: N-… when the bureau cannot be reached.
    """
    with office.store.read() as connection:
        message = journal.find(connection, id_)
    if message is None:
        raise Refused(NO_SUCH_SALE, id=id_)
    if message.state is not State.UNKNOWN:
        return None
    office.bureau.sign_in()
    attempt = office.bureau.hold(office.resolver.resolve(message))
    write_late_slips(office, [attempt])
    return attempt


def sync_once(office: Office) -> list[Attempt]:
    """One pass over everything that is open; returns the last attempt on each message.

    A restored store sends nothing: what waits in it may have left after the backup was made.
    """
    with office.store.read() as connection:
        restored = backup.restored_at(connection) is not None
    attempts = drain_once(office.store, office.resolver, office.books.runtime, sends=not restored)
    write_late_slips(office, attempts)
    return attempts


def is_there(office: Office) -> bool:
    """Whether the bureau answers; a refusal is an answer."""
    try:
        office.bureau.sign_in(again=True)
    except EnvironmentProblem:
        return False
    except Refused:
        return True
    return True


@dataclass(frozen=True, slots=True)
class Told:
    """An attempt, and what is to be done with the money of its message now that the outcome is certain; in fen."""

    attempt: Attempt
    receipt_fen: int = 0
    change_fen: int = 0
    hand_back_fen: int = 0
    refund_fen: int = 0
    waits_again: bool = False


def tell(office: Office, attempts: Sequence[Attempt]) -> list[Told]:
    """The attempts with what the clerk has to do.

    Money of a customer who left went back when he left, that of a provisional settlement was moved when it was made.
    """
    told = []
    with office.store.read() as connection:
        for attempt in attempts:
            id_ = attempt.message.id
            if not attempt.is_final or journal.has_remark(connection, id_, Remark.CUSTOMER_LEFT):
                told.append(Told(attempt))
                continue
            if journal.was_queued(connection, id_):
                again = any(one.kind is Kind.SETTLE for one in journal.messages_about(connection, id_))
                told.append(Told(attempt, waits_again=again))
                continue
            total = money_book.totals_fen(connection, id_)
            told.append(
                Told(
                    attempt,
                    receipt_fen=total[Entry.RECEIPT],
                    change_fen=total[Entry.CHANGE],
                    hand_back_fen=total[Entry.HAND_BACK],
                    refund_fen=total[Entry.REFUND],
                )
            )
    return told
