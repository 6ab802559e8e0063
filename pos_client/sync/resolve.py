"""Finds out what became of a message whose outcome is unknown, and makes sure of it (protocol, 5.2).

    searched at the bureau ─ found ───────────────────────────────→ adopted (and voided when the customer has left)
                           ─ not found, and the gateway's own time-out has passed ─→ reversed (2601) where the region
                             allows it, so that it surely is gone; else it never was there
                           ─ cannot be asked ─→ reversed or taken back; else a task for a person
    what may be done twice ─→ repeated, once nothing older can still be executing

Every step is a conversation: it writes, gives out one message, gets the reply, and goes on. Between two steps the
program may die: the next attempt starts from what was written. A message that books money is never sent again.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from pos_client.offline import audit, journal, money_moves, settlements, visits
from pos_client.offline.ids import MessageIds
from pos_client.offline.journal import Draft, Kind, Message, State
from pos_client.offline.money_book import Drawer
from pos_client.offline.store import Store, StoreConnection
from pos_client.offline.tasks import TaskKind
from pos_client.sync import outpatient, pharmacy, stay
from pos_client.sync.attempts import Attempt, Result, Verdicts
from pos_client.sync.bureau import Bureau, Conversation
from pos_client.sync.conclude import Conclusion, read_reply, write
from pos_client.sync.envelope import Request, place_of_insurance, same_request
from pos_client.sync.reply import Accepted, NotExecuted, Rejected, Reply, Unclear
from pos_client.sync.search import (
    Absent,
    CannotAsk,
    Done,
    FoundSettlement,
    FoundVisit,
    Known,
    Searcher,
    SearchResult,
    Silent,
    serials_of,
)
from pos_client.sync.transactions import TRANSACTIONS, UNDOING, Search

REVERSE = "2601"
_VISIT_OF = {"2102": "pharmacy", "2103": "pharmacy"} | dict.fromkeys(
    ("2201", "2202", "2203", "2204", "2205", "2207", "2208"), "outpatient"
)
#: Why an intent without an outcome is UNKNOWN.
ORPHANED = "the program ended before the outcome was known"
#: How often a repeated message must be refused before the refusal is believed to be about the matter.
REFUSALS_BELIEVED = 3


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves messages of one store with one bureau."""

    store: Store
    bureau: Bureau
    ids: MessageIds
    drawer: Drawer
    desk: int

    @property
    def _verdicts(self) -> Verdicts:
        return Verdicts(self.store, self.bureau, self.drawer)

    def adopt_orphans(self, *, of_queue: bool) -> None:
        """Makes lost intents UNKNOWN: those of the desk for the holder of its lock, those of the queue for the drain.

        Whoever holds the lock knows that nobody else is sending such a message now.
        """
        with self.store.commit() as connection:
            for message in journal.open_messages(connection):
                if message.state is State.INTENT and journal.was_queued(connection, message.id) is of_queue:
                    conclusion = Conclusion(State.UNKNOWN, why=ORPHANED)
                    write(connection, message, conclusion, self.bureau, self.drawer)

    def resolve(self, message: Message) -> Conversation[Attempt]:
        """Makes one attempt on an UNKNOWN message and writes what came of it."""
        search, asked_at = TRANSACTIONS[message.transaction].search, self.bureau.now
        if search is Search.REPEAT:
            return (yield from self._repeat(message))
        with self.store.read() as connection:
            known = self._known(connection, message)
            being_reversed = self._is_being_reversed(connection, message)
        if being_reversed:  # what a reversal on its way may still undo must not be adopted
            found: SearchResult = CannotAsk("a reversal is on its way")
        else:
            found = yield from _ask(Searcher(self.bureau, message, known), search)
        if isinstance(found, Absent) and not self._verdicts.counts(message, asked_at, found.received_at):
            return self._verdicts.wait(message, Result.TOO_EARLY, "not found yet")
        return (yield from self._conclude(message, known, found))

    def put_off(self, message: Message, why: str) -> Attempt:
        """Nothing could be asked or sent now."""
        return self._verdicts.wait(message, Result.UNREACHABLE, why)

    def send(self, waiting: Message) -> Conversation[Attempt]:
        """Sends a queued message."""
        with self.store.commit() as connection:
            message = journal.take_out(connection, waiting, now=self.bureau.now, skew_ms=self.bureau.lowest_skew_ms)
        reply = yield self.bureau.booking(message.transaction, message.request)
        conclusion = read_reply(self.bureau.region, message, reply)
        with self.store.commit() as connection:
            write(connection, message, conclusion, self.bureau, self.drawer)
            if conclusion.state is State.REFUSED and message.kind is Kind.SETTLE:
                self._verdicts.add_task(connection, TaskKind.LOSS, message, conclusion.why)
        if conclusion.state is State.OK:
            return Attempt(message, Result.SENT, "", None)
        if conclusion.state is State.REFUSED:
            return Attempt(message, Result.LOST, conclusion.why, None)
        if conclusion.state is State.NOT_SENT:
            return self._verdicts.wait(message, Result.UNREACHABLE, conclusion.why)
        return (yield from self.resolve(replace(message, state=State.UNKNOWN)))

    def void_what_was_left(self, settle: Message) -> Conversation[Attempt]:
        """Takes back a settlement whose customer has left; the void waits in the queue like any other message."""
        with self.store.commit() as connection:
            void = self._queue_void(connection, settle)
        attempt = yield from self.send(void)
        if attempt.result in (Result.SENT, Result.FOUND):
            return Attempt(settle, Result.VOIDED, "", None)
        if attempt.result is Result.LOST:
            with self.store.commit() as connection:
                self._verdicts.add_task(connection, TaskKind.LEFT_BUT_SETTLED, settle, attempt.why)
        # The void is open itself now, or was certainly not done and is tried again at the next pass.
        return Attempt(settle, Result.UNREACHABLE, attempt.why, attempt.next_try_at or self.bureau.now)

    # --- what an answer means --------------------------------------------------------------------------------------

    def _conclude(self, message: Message, known: Known, found: SearchResult) -> Conversation[Attempt]:
        match found:
            case FoundSettlement(booked):
                conclusion = Conclusion(State.OK, booked, why="found at the bureau")
                return self._verdicts.finish(message, conclusion, Result.FOUND)
            case FoundVisit(visit_id):
                conclusion = Conclusion(State.OK, visit_id=visit_id, why="found at the bureau")
                return self._verdicts.finish(message, conclusion, Result.FOUND)
            case Done():
                return self._verdicts.finish(message, Conclusion(State.OK, why="found done at the bureau"), Result.DONE)
            case Silent(why):
                return self._verdicts.wait(message, Result.UNREACHABLE, why)
            case _:
                return (yield from self._make_sure(message, known, found))

    def _make_sure(self, message: Message, known: Known, found: Absent | CannotAsk) -> Conversation[Attempt]:
        """Sees to it that what was not found is not there and will not be."""
        if message.transaction in self.bureau.region.reversible:
            return (yield from self._reverse(message))
        if isinstance(found, Absent):
            return self._verdicts.finish(
                message, Conclusion(State.NOT_SENT, why="not at the bureau"), Result.ABSENT, self._queue_again
            )
        if message.kind is Kind.CHARGE:
            return (yield from self._withdraw(message, known))
        return self._verdicts.leave_to_a_person(message, found.why)

    # --- making sure -----------------------------------------------------------------------------------------------

    def _reverse(self, message: Message) -> Conversation[Attempt]:
        """2601: asked again it says done again, so it may be sent as often as needed, each with an id of its own."""
        data = {"psn_no": message.person_no, "omsgid": message.message_id, "oinfno": message.transaction}
        request, asked_at = Request(REVERSE, {"data": data}, place_of_insurance(message.request)), self.bureau.now
        reply = yield from self._send_beside(message, Kind.REVERSAL, request)
        return self._made_sure(message, reply, asked_at, self.bureau.region.reversal_not_found)

    def _withdraw(self, message: Message, known: Known) -> Conversation[Attempt]:
        """Takes rows back of which the bureau does not say whether it has them."""
        if not self._verdicts.may_be_tried(message):
            return self._verdicts.wait(message, Result.TOO_EARLY, "the rows may still be on their way")
        place, asked_at = place_of_insurance(message.request), self.bureau.now
        if message.transaction == outpatient.UPLOAD_ROWS:
            request = outpatient.withdraw_rows_request(known.visit_id, message.own_number, message.person_no, place)
        else:
            serials = tuple(serials_of(message))
            request = stay.withdraw_rows_request(known.visit_id, message.person_no, place, serials)
        reply = yield from self._send_beside(message, Kind.REVERSAL, request)
        return self._made_sure(message, reply, asked_at, self.bureau.region.undo_not_found)

    def _made_sure(self, message: Message, reply: Reply, asked_at: datetime, not_found: tuple[str, ...]) -> Attempt:
        if isinstance(reply, NotExecuted | Unclear):
            return self._verdicts.wait(message, Result.UNREACHABLE, reply.why)
        if isinstance(reply, Accepted) and reply.answer.output:
            return self._verdicts.wait(message, Result.UNREACHABLE, "not the answer to a reversal")
        if isinstance(reply, Accepted):
            return self._verdicts.finish(message, Conclusion(State.REVERSED), Result.REVERSED, self._queue_again)
        if not any(sign in reply.said for sign in not_found):
            return self._verdicts.leave_to_a_person(message, reply.said)
        if not self._verdicts.counts(message, asked_at, reply.answer.received_at):
            return self._verdicts.wait(message, Result.TOO_EARLY, reply.said)
        conclusion = Conclusion(State.NOT_SENT, why=reply.said)
        return self._verdicts.finish(message, conclusion, Result.ABSENT, self._queue_again)

    def _repeat(self, message: Message) -> Conversation[Attempt]:
        """What is done twice is done once; but nothing older may be executing any more when it counts as done."""
        if not self._verdicts.may_be_tried(message):
            return self._verdicts.wait(message, Result.TOO_EARLY, "it may still be executing")
        asked_at = self.bureau.now
        reply = yield from self._send_beside(message, Kind.REPEAT, same_request(message.request))
        if isinstance(reply, NotExecuted | Unclear):
            return self._verdicts.wait(message, Result.UNREACHABLE, reply.why)
        if isinstance(reply, Rejected) and not self._nothing_left(message, reply):
            if self._refusals(message) < REFUSALS_BELIEVED:
                return self._verdicts.wait(message, Result.UNREACHABLE, reply.said)
            return self._verdicts.finish(message, Conclusion(State.NOT_SENT, why=reply.said), Result.ABSENT)
        if not self._verdicts.counts(message, asked_at, reply.answer.received_at):
            return self._verdicts.wait(message, Result.TOO_EARLY, "it may still be executing")
        return self._verdicts.finish(message, Conclusion(State.OK, why="sent again"), Result.DONE)

    def _refusals(self, message: Message) -> int:
        with self.store.read() as connection:
            about = journal.messages_about(connection, message.id)
        return sum(one.kind is Kind.REPEAT and one.state is State.REFUSED for one in about)

    def _nothing_left(self, message: Message, reply: Rejected) -> bool:
        return message.kind in UNDOING and any(sign in reply.said for sign in self.bureau.region.undo_not_found)

    def _send_beside(self, message: Message, kind: Kind, request: Request) -> Conversation[Reply]:
        """Sends a message that serves to find out about another one; it is in the journal before it leaves."""
        now, operator = self.bureau.now, self.drawer.operator
        with self.store.commit() as connection:
            message_id = self.ids.for_booking(connection)
            body = self.bureau.compose(request, message_id)
            draft = Draft(kind, request.transaction, message_id, message.person_no, 0, body, about=message.id)
            sent = journal.record_intent(connection, draft, now=now, desk=self.desk, operator=operator)
            detail = {"about": message.id, "message_id": message_id}
            audit.append(connection, f"{kind}.intent", sent.id, detail, now=now, operator=operator)
        reply = yield self.bureau.booking(request.transaction, body)
        state, why, answer = _auxiliary_outcome(reply)
        with self.store.commit() as connection:
            evidence = {"why": why}
            journal.record_outcome(connection, sent.id, state, now=self.bureau.now, answer=answer, evidence=evidence)
        return reply

    # --- what is known ---------------------------------------------------------------------------------------------

    def _known(self, connection: StoreConnection, message: Message) -> Known:
        visit_id = visits.bureau_number(connection, message.visit) if message.visit else ""
        if not visit_id and message.about is not None:
            original = settlements.settlement_of(connection, message.about)
            visit_id = "" if original is None else original.visit_id
        settlement_ids, visit_ids = settlements.known_of_person(connection, message.person_no)
        med_type = self.bureau.region.visits[_VISIT_OF.get(message.transaction, "inpatient")].med_type
        return Known(visit_id, med_type, settlement_ids, visit_ids)

    def _is_being_reversed(self, connection: StoreConnection, message: Message) -> bool:
        reversals = [one for one in journal.messages_about(connection, message.id) if one.kind is Kind.REVERSAL]
        return any(one.state in (State.INTENT, State.UNKNOWN, State.OK) for one in reversals)

    def _queue_again(self, connection: StoreConnection, in_vain: Message) -> None:
        """A sale settled provisionally that is certainly not booked waits again, under a message id of its own."""
        message_id = self.ids.for_booking(connection)
        body = self.bureau.compose(same_request(in_vain.request), message_id)
        draft = Draft(
            Kind.SETTLE, in_vain.transaction, message_id, in_vain.person_no, in_vain.amount_fen, body,
            about=in_vain.id, visit=in_vain.visit, own_number=in_vain.own_number, queued=True,
        )  # fmt: skip
        now, operator = self.bureau.now, self.drawer.operator
        again = journal.record_intent(connection, draft, now=now, desk=self.desk, operator=operator)
        settlements.copy_sale(connection, in_vain.id, again.id)
        money_moves.carry_over(connection, in_vain.id, again.id, now=now, drawer=self.drawer)
        detail = {"about": in_vain.id, "message_id": message_id}
        audit.append(connection, "settle.provisional", again.id, detail, now=now, operator=operator)

    def _queue_void(self, connection: StoreConnection, settle: Message) -> Message:
        booked = settlements.settlement_of(connection, settle.id)
        assert booked is not None, "a settled sale has its settlement, both are written in one commit"
        make = {"2102": pharmacy.void_request, "2207": outpatient.void_request, "2304": stay.void_request}
        request = make[settle.transaction](
            booked.settlement_id, booked.visit_id, settle.person_no, place_of_insurance(settle.request)
        )
        message_id = self.ids.for_booking(connection)
        body = self.bureau.compose(request, message_id)
        draft = Draft(
            Kind.VOID, request.transaction, message_id, settle.person_no, -booked.total_fen, body,
            about=settle.id, visit=settle.visit, queued=True,
        )  # fmt: skip
        now, operator = self.bureau.now, self.drawer.operator
        void = journal.record_intent(connection, draft, now=now, desk=self.desk, operator=operator)
        detail = {"about": settle.id, "message_id": message_id, "why": "the customer has left"}
        audit.append(connection, "void.intent", void.id, detail, now=now, operator=operator)
        return void


def _ask(searcher: Searcher, search: Search) -> Conversation[SearchResult]:
    match search:
        case Search.SETTLEMENT:
            return searcher.settlement()
        case Search.VISIT:
            return searcher.visit()
        case Search.ROWS:
            return searcher.rows()
        case _:
            return searcher.in_hospital()


def _auxiliary_outcome(reply: Reply) -> tuple[State, str, str | None]:
    if isinstance(reply, Accepted):
        return State.OK, "", reply.answer.raw
    if isinstance(reply, Rejected):
        return State.REFUSED, reply.said, reply.answer.raw
    if isinstance(reply, NotExecuted):
        return State.NOT_SENT, reply.why, None
    return State.UNKNOWN, reply.why, reply.raw
