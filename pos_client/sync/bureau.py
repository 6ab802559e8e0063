"""The bureau as this desk speaks to it: signs in, asks, and makes and sends the messages that book."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Problem, Refused, Words
from pos_client.runtime import Runtime, business_date
from pos_client.sync.envelope import Answer, Request, Sender, UnreadableError, node, request_body
from pos_client.sync.fields import check_input
from pos_client.sync.region import Region
from pos_client.sync.reply import Accepted, NotExecuted, Rejected, Reply, exchange
from pos_client.sync.words import CLOCK_OFF, OUTCOME_UNKNOWN, QUERY_UNANSWERED, REFUSED_BY_BUREAU, UNREACHABLE

T = TypeVar("T")

WARN_SKEW_MS = 60_000
REFUSE_SKEW_MS = 300_000


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
        self._signed_on: object = None
        self.clock_skew_ms = 0

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self._runtime.clock.now_utc()

    @property
    def institution_code(self) -> str:
        """The institution in whose name messages are sent."""
        return self._sender.institution_code

    def sign_in(self) -> None:
        """Signs in (9001) unless that was done today; the bureau's sign-in number goes into every message."""
        today = business_date(self.now)
        if self._signed_on == today:
            return
        # Neither number identifies the machine to us; the interface demands both (protocol, 3.8).
        asked = {"opter_no": self._sender.operator, "mac": "00-00-00-00-00-00", "ip": "127.0.0.1"}
        answer = self._ask(Request("9001", {"signIn": asked}))
        self._sign_no = str(self.readable(answer, "9001", lambda output: node(output, "signinoutb"))["sign_no"])
        self._signed_on = today

    def query(self, request: Request) -> Answer:
        """Sends a message that books nothing and returns the accepted answer.

        Raises:
            EnvironmentProblem: N-DOWN, N-ANSWER.
            Refused: R-nnnn with the bureau's own words.
        """
        self.sign_in()
        return self._ask(request)

    def _ask(self, request: Request) -> Answer:
        body = self.compose(request, self._next_query_id())
        reply = self._exchange(body, self.region.transport.query_timeout_ms)
        if isinstance(reply, Accepted):
            return reply.answer
        raise self.problem(request.transaction, reply)

    def compose(self, request: Request, message_id: str) -> str:
        """The body of a message, checked against the interface's field tables.

        Raises:
            OurBug: S-BUG, it does not fit them.
        """
        check_input(self.region, request.transaction, request.input)
        return request_body(
            self.region, self._sender, request, message_id=message_id, sign_no=self._sign_no, now=self.now
        )

    def send_booking(self, body: str) -> Reply:
        """Sends a message that books; its intent must be durable before."""
        return self._exchange(body, self.region.transport.booking_timeout_ms)

    def _exchange(self, body: str, read_timeout_ms: int) -> Reply:
        transport = self.region.transport
        reply = exchange(self._runtime.http, self._url, transport, body, read_timeout_ms=read_timeout_ms)
        if isinstance(reply, Accepted | Rejected) and reply.answer.responded_at is not None:
            # Whole seconds are enough for a limit of minutes; the way back is counted as skew on purpose.
            self.clock_skew_ms = round((self.now - reply.answer.responded_at).total_seconds() * 1000)
        return reply

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
        if isinstance(reply, NotExecuted):
            return EnvironmentProblem(UNREACHABLE, {"why": reply.why}, url=self._url)
        why = "accepted" if isinstance(reply, Accepted) else reply.why
        return EnvironmentProblem(QUERY_UNANSWERED, transaction=transaction, why=why)

    def readable(self, answer: Answer, transaction: str, read: Callable[[Mapping[str, Any]], T]) -> T:
        """Reads a query's output; what cannot be read is as good as no answer.

        Raises:
            EnvironmentProblem: N-ANSWER.
        """
        try:
            return read(answer.output)
        except (UnreadableError, KeyError, ValueError) as error:
            raise EnvironmentProblem(QUERY_UNANSWERED, transaction=transaction, why=error) from error


def outcome_unknown(transaction: str, id_: str, why: str) -> OutcomeUnknown:
    """The problem of a booking whose outcome is open."""
    return OutcomeUnknown(_with_transaction(OUTCOME_UNKNOWN, transaction), {"why": why}, id=id_)


def _with_transaction(words: Words, transaction: str) -> Words:
    return Words(words.code.format(transaction=transaction), words.zh, words.en)


def _as_sentence(said: str) -> str:
    return said.rstrip("。. ")
