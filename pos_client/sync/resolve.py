"""Finds out what became of a message whose answer got lost, by undoing it (2601): it is made surely gone.

Rules (protocol, 5.2): never re-send what books money; ask with the original message id; "original not found" counts
only when the gateway's own time-out has surely passed, because until then the original may still be executing; a
reversal that gets no answer is sent again, for the same original, with a message id of its own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pos_client.offline import audit, journal
from pos_client.offline.ids import MessageIds
from pos_client.offline.journal import Draft, Kind, Message, State
from pos_client.offline.money_book import Drawer
from pos_client.offline.store import Store
from pos_client.runtime import shanghai
from pos_client.sync.bureau import Bureau
from pos_client.sync.conclude import Conclusion, write
from pos_client.sync.envelope import Request, place_of_insurance
from pos_client.sync.reply import Accepted, NotExecuted, Rejected, Reply, Unclear

REVERSE = "2601"
FIRST_WAIT_S = 5
LONGEST_WAIT_S = 300


class Result(StrEnum):
    """What one attempt came to."""

    REVERSED = "REVERSED"  # it was there and is undone
    ABSENT = "ABSENT"  # it never was there
    TOO_EARLY = "TOO_EARLY"  # not found, but it may still be executing
    UNREACHABLE = "UNREACHABLE"  # the bureau could not be asked
    REFUSED = "REFUSED"  # the bureau will not undo it: a person must look


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
class Resolver:
    """Resolves messages of one store with one bureau."""

    store: Store
    bureau: Bureau
    ids: MessageIds
    drawer: Drawer
    desk: int

    def adopt_orphans(self) -> None:
        """Makes every INTENT an UNKNOWN; only the holder of the desk's lock may, because no desk is sending then."""
        with self.store.commit() as connection:
            for message in journal.open_messages(connection):
                if message.state is State.INTENT:
                    conclusion = Conclusion(State.UNKNOWN, why="the program ended before the outcome was known")
                    write(connection, message, conclusion, self.bureau, self.drawer, answer=None)

    def resolve(self, message: Message) -> Attempt:
        """Makes one attempt on an UNKNOWN message and writes what came of it."""
        if message.transaction not in self.bureau.region.reversible:
            return self._wait(message, Result.REFUSED, f"{message.transaction} cannot be reversed in this region")
        reply = self._send_reversal(message)
        if isinstance(reply, Accepted):
            return self._finish(message, Conclusion(State.REVERSED), Result.REVERSED)
        if isinstance(reply, NotExecuted | Unclear):
            return self._wait(message, Result.UNREACHABLE, reply.why)
        if not any(sign in reply.said for sign in self.bureau.region.reversal_not_found):
            return self._wait(message, Result.REFUSED, reply.said)
        if self.bureau.now < self._not_found_counts_from(message):
            return self._wait(message, Result.TOO_EARLY, reply.said)
        return self._finish(message, Conclusion(State.NOT_SENT, why=reply.said), Result.ABSENT)

    def _send_reversal(self, message: Message) -> Reply:
        self.bureau.sign_in()
        data = {"psn_no": message.person_no, "omsgid": message.message_id, "oinfno": message.transaction}
        with self.store.commit() as connection:
            message_id = self.ids.for_booking(connection)
            request = Request(REVERSE, {"data": data}, place_of_insurance(message.request))
            body = self.bureau.compose(request, message_id)
            draft = Draft(Kind.REVERSAL, REVERSE, message_id, message.person_no, 0, body, about=message.id)
            reversal_id = journal.record_intent(
                connection, draft, now=self.bureau.now, desk=self.desk, operator=self.drawer.operator
            )
            detail = {"about": message.id, "message_id": message_id}
            audit.append(
                connection, "reversal.intent", reversal_id, detail, now=self.bureau.now, operator=self.drawer.operator
            )
        reply = self.bureau.send_booking(body)
        state, why, answer = _reversal_outcome(reply)
        with self.store.commit() as connection:
            journal.record_outcome(
                connection, reversal_id, state, now=self.bureau.now, answer=answer, evidence={"why": why}
            )
        return reply

    def _finish(self, message: Message, conclusion: Conclusion, result: Result) -> Attempt:
        with self.store.commit() as connection:
            write(connection, message, conclusion, self.bureau, self.drawer, answer=None)
        return Attempt(message, result, conclusion.why, None)

    def _wait(self, message: Message, result: Result, why: str) -> Attempt:
        with self.store.commit() as connection:
            tries, _ = journal.due(connection, message.id)
            wait_s = min(FIRST_WAIT_S * 2 ** min(tries, 10), LONGEST_WAIT_S)
            next_try_at = self.bureau.now + timedelta(seconds=wait_s)
            if result is Result.TOO_EARLY:
                next_try_at = self._not_found_counts_from(message)
            journal.postpone(connection, message.id, next_try_at)
        return Attempt(message, result, why, next_try_at)

    def _not_found_counts_from(self, message: Message) -> datetime:
        """The gateway's time-out and the longest that our own sending may have taken after the intent."""
        transport = self.bureau.region.transport
        longest_sending = timedelta(milliseconds=transport.connect_timeout_ms)
        return message.created_at + timedelta(seconds=transport.gateway_timeout_s) + longest_sending


def _reversal_outcome(reply: Reply) -> tuple[State, str, str | None]:
    if isinstance(reply, Accepted):
        return State.OK, "", reply.answer.raw
    if isinstance(reply, Rejected):
        return State.REFUSED, reply.said, reply.answer.raw
    if isinstance(reply, NotExecuted):
        return State.NOT_SENT, reply.why, None
    return State.UNKNOWN, reply.why, reply.raw
