"""What one attempt to find out about a message came to, and what is written of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pos_client.offline import journal, tasks
from pos_client.offline.journal import Kind, Message, State
from pos_client.offline.money_book import Drawer
from pos_client.offline.store import Store, StoreConnection
from pos_client.offline.tasks import TaskKind
from pos_client.runtime import shanghai
from pos_client.sync.bureau import Bureau
from pos_client.sync.conclude import Conclusion, write

FIRST_WAIT_S = 5
LONGEST_WAIT_S = 300


class Result(StrEnum):
    """What one attempt came to."""

    FOUND = "FOUND"  # the bureau has it: its figures are ours now
    DONE = "DONE"  # it was sent again, or found to be done, and is done
    REVERSED = "REVERSED"  # it was there and is undone
    ABSENT = "ABSENT"  # it never was there
    SENT = "SENT"  # it had waited in the queue and is accepted
    LOST = "LOST"  # it had waited in the queue and the bureau refuses it
    VOIDED = "VOIDED"  # the customer had left, so it was taken back
    TOO_EARLY = "TOO_EARLY"  # not found, but it may still be executing
    UNREACHABLE = "UNREACHABLE"  # the bureau could not be asked
    REFUSED = "REFUSED"  # the bureau will neither show nor undo it: a person must look


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to resolve a message."""

    message: Message
    result: Result
    why: str
    next_try_at: datetime | None

    @property
    def is_final(self) -> bool:
        """Whether the outcome is now known for good."""
        return self.next_try_at is None

    def next_try_local(self) -> str:
        """When to ask again, on the wall clock of the business; empty when there is nothing left to ask."""
        return "" if self.next_try_at is None else f"{shanghai(self.next_try_at):%H:%M:%S}"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Writes what attempts came to, each in one commit, and knows from when on "not found" counts."""

    store: Store
    bureau: Bureau
    drawer: Drawer

    def finish(
        self,
        message: Message,
        conclusion: Conclusion,
        result: Result,
        in_vain: Callable[[StoreConnection, Message], None] = lambda *_: None,
    ) -> Attempt:
        """The outcome is certain now; ``in_vain`` is done in the same commit when a queued settlement is not booked."""
        with self.store.commit() as connection:
            write(connection, message, conclusion, self.bureau, self.drawer)
            not_booked = message.kind is Kind.SETTLE and conclusion.state is not State.OK
            if not_booked and journal.was_queued(connection, message.id):
                in_vain(connection, message)
            how = f"resolved: {result}"
            tasks.close_tasks_about(connection, TaskKind.CANNOT_RESOLVE, message.id, how, now=self.bureau.now)
        return Attempt(message, result, conclusion.why, None)

    def wait(self, message: Message, result: Result, why: str) -> Attempt:
        """It is still open; it is asked about again, for ever, ever more rarely."""
        now = self.bureau.now
        with self.store.commit() as connection:
            pending = journal.pending_of(connection, message.id)
            tries = 0 if pending is None else pending.tries
            next_try_at = now + timedelta(seconds=min(FIRST_WAIT_S * 2 ** min(tries, 10), LONGEST_WAIT_S))
            if result is Result.TOO_EARLY:
                next_try_at = self._counts_from(connection, message)
            journal.postpone(connection, message.id, next_try_at, asking=result, why=why)
        return Attempt(message, result, why, next_try_at)

    def leave_to_a_person(self, message: Message, why: str) -> Attempt:
        """The bureau will neither show nor undo it: a task; it is asked about all the same."""
        with self.store.commit() as connection:
            self.add_task(connection, TaskKind.CANNOT_RESOLVE, message, why)
        return self.wait(message, Result.REFUSED, why)

    def add_task(self, connection: StoreConnection, kind: TaskKind, message: Message, said: str) -> None:
        """A task about a message, in whatever commit is under way."""
        evidence = {"message_id": message.message_id, "transaction": message.transaction, "said": said}
        tasks.add_task(connection, kind, message.id, evidence | {"amount_fen": message.amount_fen}, now=self.bureau.now)

    def counts(self, message: Message, asked_at: datetime, received_at: datetime | None) -> bool:
        """Whether "not found" counts: only when the gateway's own time-out had passed for certain before the question.

        By our clock at which it was asked and by the bureau's at which it was got, because either may jump. A clock
        that was set back to before the message left says nothing any more; the bureau's then decides alone.
        """
        with self.store.read() as connection:
            left_at, skew_ms = journal.left_at(connection, message)
        passed_for_us = asked_at >= left_at + self._patience
        if received_at is None:
            return passed_for_us
        passed_there = received_at >= left_at - timedelta(milliseconds=skew_ms) + self._patience
        return passed_there and (passed_for_us or asked_at < left_at)

    def may_be_tried(self, message: Message) -> bool:
        """Whether it is worth asking: by our clock the gateway's time-out has passed, or the clock was set back."""
        with self.store.read() as connection:
            left_at, _ = journal.left_at(connection, message)
        return not left_at <= self.bureau.now < left_at + self._patience

    def _counts_from(self, connection: StoreConnection, message: Message) -> datetime:
        """When it may count by both clocks, on ours."""
        left_at, skew_ms = journal.left_at(connection, message)
        by_bureau = left_at + self._patience + timedelta(milliseconds=self.bureau.lowest_skew_ms - skew_ms)
        by_us = min(left_at, self.bureau.now) + self._patience
        return max(self.bureau.now + timedelta(seconds=1), by_us, by_bureau)

    @property
    def _patience(self) -> timedelta:
        """The gateway's time-out, and the longest that our own sending may have taken after the intent."""
        transport = self.bureau.region.transport
        return timedelta(seconds=transport.gateway_timeout_s, milliseconds=transport.connect_timeout_ms)
