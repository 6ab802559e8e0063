"""The bureau as this desk speaks to it: signs in, asks, and makes and sends the messages that book."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Problem, Refused, Words
from pos_client.runtime import GIVEN_UP, Runtime, business_date
from pos_client.sync.envelope import Answer, Request, Sender, UnreadableError, node, request_body, signed
from pos_client.sync.fields import check_input
from pos_client.sync.region import Region
from pos_client.sync.reply import Accepted, NotExecuted, Rejected, Reply, Unclear, exchange
from pos_client.sync.words import (
    CLOCK_OFF,
    OUTCOME_UNKNOWN,
    QUERY_UNANSWERED,
    REFUSED_BY_BUREAU,
    STOPPED_HERE,
    UNREACHABLE,
)

T = TypeVar("T")

WARN_SKEW_MS = 60_000
REFUSE_SKEW_MS = 300_000
#: An answer to a message that the bureau got before we sent ours is another message's; clocks are known to a second.
STALE_MS = 2_000
#: What a bureau's refusal mentions when it does not know the sign-in any more (protocol, 5.4).
_SIGN_IN_LOST = "签到"
_REFERENCES_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message ready to leave, and how long its answer is waited for."""

    transaction: str
    body: str
    read_timeout_ms: int


#: A talk with the bureau in steps: gives out a message, gets its reply, goes on. Whoever carries the messages may carry
#: those of several talks side by side.
Conversation = Generator[Outgoing, Reply, T]


class Bureau:
    """One desk's connection to the front-end server."""

    def __init__(
        self, region: Region, sender: Sender, url: str, runtime: Runtime, next_query_id: Callable[[], str]
    ) -> None:
        self.region = region
        self._sender = sender
        self._url = url.rstrip("/") + region.transport.path
        self._runtime = runtime
        self._next_query_id = next_query_id
        self._sign_no = ""
        self._signed_on: date | None = None
        self._skew_ms: tuple[int, int] | None = None
        self._seen: dict[str, None] = {}

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self._runtime.clock.now_utc()

    @property
    def clock_skew_ms(self) -> int:
        """By how much this machine's clock is ahead of the bureau's for certain; negative when it is behind."""
        lowest, highest = self._skew_ms or (0, 0)
        return min(max(0, lowest), highest)

    @property
    def lowest_skew_ms(self) -> int:
        """The least that this machine's clock may be ahead: taken off, it gives the latest that the bureau may show."""
        return (self._skew_ms or (0, 0))[0]

    @property
    def institution_code(self) -> str:
        """The institution in whose name messages are sent."""
        return self._sender.institution_code

    def sign_in(self, *, again: bool = False) -> None:
        """Signs in (9001) unless that was done today, or ``again``; the sign-in number goes into every message.

        Raises:
            EnvironmentProblem: N-DOWN, N-ANSWER.
            Refused: R-9001.
        """
        today = business_date(self.now)
        if self._signed_on == today and not again:
            return
        # Neither number identifies the machine to us; the interface demands both (protocol, 3.8).
        asked = {"opter_no": self._sender.operator, "mac": "00-00-00-00-00-00", "ip": "127.0.0.1"}
        answer = self._ask(Request("9001", {"signIn": asked}))
        self._sign_no = self.readable(answer, "9001", _sign_no)
        self._signed_on = today

    def sign_out(self) -> None:
        """Signs out (9002). Every desk of the same operator is signed out by it: never done on its own account.

        Raises:
            EnvironmentProblem: N-DOWN, N-ANSWER.
            Refused: R-9002.
        """
        if self._signed_on is not None:
            self._ask(Request("9002", {"signOut": {"sign_no": self._sign_no, "opter_no": self._sender.operator}}))
            self._signed_on = None

    def query(self, request: Request) -> Answer:
        """Sends a message that books nothing and returns the accepted answer.

        Raises:
            EnvironmentProblem: N-DOWN, N-ANSWER.
            Refused: R-nnnn with the bureau's own words.
        """
        self.sign_in()
        reply = self.exchange(self.question(request))
        if self._signed_on is None:  # the bureau has forgotten the sign-in; a question may be asked again
            self.sign_in()
            reply = self.exchange(self.question(request))
        return self._accepted(request, reply)

    def _ask(self, request: Request) -> Answer:
        return self._accepted(request, self.exchange(self.question(request)))

    def _accepted(self, request: Request, reply: Reply) -> Answer:
        if isinstance(reply, Accepted):
            return reply.answer
        raise self.problem(request.transaction, reply)

    def question(self, request: Request) -> Outgoing:
        """A message that books nothing, ready to leave."""
        body = self.compose(request, self._next_query_id())
        return Outgoing(request.transaction, body, self.region.transport.query_timeout_ms)

    def booking(self, transaction: str, body: str) -> Outgoing:
        """A message that books; its intent must be durable before it leaves.

        What has waited in the queue leaves with the sign-in of today.
        """
        return Outgoing(transaction, signed(body, self._sign_no), self.region.transport.booking_timeout_ms)

    def compose(self, request: Request, message_id: str) -> str:
        """The body of a message, checked against the interface's field tables.

        Raises:
            OurBug: S-BUG, it does not fit them.
        """
        check_input(self.region, request.transaction, request.input)
        return request_body(
            self.region, self._sender, request, message_id=message_id, sign_no=self._sign_no, now=self.now
        )

    def exchange(self, outgoing: Outgoing) -> Reply:
        """Sends one message once and says what came back."""
        sent_at = self.now
        return self.noted(self.carry(outgoing), sent_at)

    def hold(self, conversation: Conversation[T]) -> T:
        """Carries all messages of one conversation, one after the other."""
        try:
            outgoing = next(conversation)
            while True:
                outgoing = conversation.send(self.exchange(outgoing))
        except StopIteration as end:
            result: T = end.value
            return result

    def carry(self, outgoing: Outgoing) -> Reply:
        """Only the way there and back; may be done side by side, each reply then goes through :meth:`noted`."""
        return exchange(
            self._runtime.http, self._url, self.region, outgoing.body, read_timeout_ms=outgoing.read_timeout_ms
        )

    def noted(self, reply: Reply, sent_at: datetime) -> Reply:
        """The reply, unless it is another message's; learns the bureau's clock and whether the sign-in still holds."""
        if not isinstance(reply, Accepted | Rejected):
            return reply
        foreign = self._foreign(reply.answer, sent_at)
        self._learn_the_clock(reply.answer, sent_at)
        if foreign is not None:
            return Unclear(foreign, reply.answer.raw)
        if isinstance(reply, Rejected) and _SIGN_IN_LOST in reply.said:
            self._signed_on = None
            return NotExecuted(reply.said)
        return reply

    def _foreign(self, answer: Answer, sent_at: datetime) -> str | None:
        """Why an answer cannot be the answer to what was sent at that time, or None."""
        if answer.reference in self._seen:
            return "the answer to an earlier message"
        if answer.reference:
            self._seen[answer.reference] = None
            if len(self._seen) > _REFERENCES_REMEMBERED:
                del self._seen[next(iter(self._seen))]
        if answer.received_at is None or self._skew_ms is None:
            return None
        earliest = sent_at - timedelta(milliseconds=self._skew_ms[1] + STALE_MS)
        return "the answer to a message that was sent before" if answer.received_at < earliest else None

    def _learn_the_clock(self, answer: Answer, sent_at: datetime) -> None:
        """Our clock minus the bureau's lies between what the way there and what the way back say of it."""
        if answer.received_at is not None and answer.responded_at is not None:
            there = round((sent_at - answer.received_at).total_seconds() * 1000)
            back = round((self.now - answer.responded_at).total_seconds() * 1000)
            self._skew_ms = (min(there, back), max(there, back))

    def refuse_when_clock_is_off(self) -> None:
        """Money wants a right clock.

        Raises:
            EnvironmentProblem: N-CLOCK, more than five minutes away from the bureau's last answer.
        """
        if abs(self.clock_skew_ms) > REFUSE_SKEW_MS:
            raise EnvironmentProblem(CLOCK_OFF, minutes=round(abs(self.clock_skew_ms) / 60_000))

    def problem(self, transaction: str, reply: Reply) -> Problem:
        """The problem that a query's reply means; a query that got no clear answer has booked nothing."""
        if isinstance(reply, Rejected):
            return Refused(_with_transaction(REFUSED_BY_BUREAU, transaction), said=_as_sentence(reply.said))
        why = "accepted" if isinstance(reply, Accepted) else reply.why
        if why == GIVEN_UP:
            return EnvironmentProblem(STOPPED_HERE, transaction=transaction)
        if isinstance(reply, NotExecuted):
            return EnvironmentProblem(UNREACHABLE, {"why": why, "url": self._url})
        return EnvironmentProblem(QUERY_UNANSWERED, {"transaction": transaction, "why": why})

    def readable(self, answer: Answer, transaction: str, read: Callable[[Mapping[str, Any]], T]) -> T:
        """Reads a query's output; what cannot be read is as good as no answer.

        Raises:
            EnvironmentProblem: N-ANSWER.
        """
        try:
            return read(answer.output)
        except (UnreadableError, KeyError, ValueError) as error:
            # What a date or an amount could not be read from may be a person's: only our own words are kept.
            why = str(error) if isinstance(error, UnreadableError) else type(error).__name__
            raise EnvironmentProblem(QUERY_UNANSWERED, {"transaction": transaction, "why": why}) from error


def _sign_no(output: Mapping[str, Any]) -> str:
    found = node(output, "signinoutb").get("sign_no")
    if found in (None, ""):
        raise UnreadableError("signinoutb without sign_no")
    return str(found)


def outcome_unknown(transaction: str, id_: str, why: str) -> OutcomeUnknown:
    """The problem of a booking whose outcome is open."""
    return OutcomeUnknown(_with_transaction(OUTCOME_UNKNOWN, transaction), {"why": why}, id=id_)


def _with_transaction(words: Words, transaction: str) -> Words:
    return Words(words.code.format(transaction=transaction), words.zh, words.en)


def _as_sentence(said: str) -> str:
    return said.rstrip("。. ")
