"""What happens to one message on the wire: every fault between client and bureau, without HTTP, threads or a clock.

A carrier drives :meth:`Wire.carry` from step to step and waits as long as each step says: the HTTP server in real
time, a simulation in virtual time. The course goes on when the client has long given up: what was to be executed is
executed.
"""

import re
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Final

import simplejson

from .answers import foreign, has_setlinfo, string_for_object, string_typed
from .bureau import Answer
from .faults import FaultPlan

JSON: Final = "application/json;charset=UTF-8"
HTML: Final = "text/html; charset=utf-8"
_ERROR_PAGE: Final = b"<html><head><title>500</title></head><body><h1>500 Internal Server Error</h1></body></html>"
#: What a gateway says before the bureau has seen the message (protocol 1.4).
_GATEWAY_REFUSAL: Final = '{"code":401,"message":"签名不一致"}'.encode()
#: How 2601 says that it has found nothing to reverse.
_NOT_FOUND: Final = "原交易不存在"


@dataclass(frozen=True, slots=True)
class Wait:
    """The carrier waits so many milliseconds before the next step."""

    ms: int


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer as it goes back."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection is closed without an answer."""


Course = Generator[Wait, None, Reply | Cut]
_HTTP_500: Final = Reply(500, HTML, _ERROR_PAGE)


def advance(course: Course) -> Wait | Reply | Cut:
    """The next step of a course; a reply or a cut is its last one."""
    try:
        return next(course)
    except StopIteration as ended:
        last: Reply | Cut = ended.value
        return last


@dataclass(slots=True)
class _Held:
    """A message that waits for a reversal of it to find nothing; executed once, whoever comes first."""

    msgid: str
    body: bytes
    answer: Answer | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def execute(self, receive: Callable[[bytes], Answer]) -> Answer:
        with self.lock:
            if self.answer is None:
                self.answer = receive(self.body)
            return self.answer


class Wire:
    """The way to the bureau and back; safe to use from several threads."""

    def __init__(self, receive: Callable[[bytes], Answer], faults: FaultPlan) -> None:
        self._receive = receive
        self._faults = faults
        self._lock = threading.Lock()
        self._held: list[_Held] = []
        #: The last good answer of each transaction, with its message id.
        self._last: dict[str, tuple[str, Answer]] = {}

    def refuses_connections(self) -> bool:
        """Whether a connection is refused now, by fault ``down``; each one that is counts as fired.

        For carriers without a port of their own. ``seconds`` says nothing here: take the fault away when it is over.
        """
        return self._faults.take("down", "") is not None

    def carry(self, body: bytes) -> Course:
        """The course of one message."""
        infno = _text(_INFNO, body)
        fires = self._faults.take
        if fires("drop_request", infno):
            return Cut()
        if fires("gateway_refusal", infno):
            return Reply(200, JSON, _GATEWAY_REFUSAL)
        if fires("http_500", infno):
            return _HTTP_500
        fires("clock_skew", infno)  # the plan remembers it, the bureau's clock follows the plan
        answer = yield from self._executed(infno, body)
        if infno == "2601" and _NOT_FOUND in answer["err_msg"]:
            self._release(_text(_ORIGINAL_MSGID, body))
        if fires("twice", infno):
            answer = self._receive(body)
        return (yield from self._give_back(infno, _text(_MSGID, body), answer))

    def _executed(self, infno: str, body: bytes) -> Generator[Wait, None, Answer]:
        if fault := self._faults.take("late_commit", infno):
            yield Wait(fault.ms)
        elif fault := self._faults.take("commit_after_reversal", infno):
            return (yield from self._hold(_Held(_text(_MSGID, body), body), fault.ms))
        return self._receive(body)

    def _hold(self, held: _Held, longest_ms: int) -> Generator[Wait, None, Answer]:
        with self._lock:
            self._held.append(held)
        yield Wait(longest_ms)
        with self._lock:
            self._held.remove(held)
        return held.execute(self._receive)

    def _release(self, msgid: str) -> None:
        """Executes what was held back, now that the reversal of it has been answered."""
        with self._lock:
            released = [held for held in self._held if held.msgid == msgid]
        for held in released:
            held.execute(self._receive)

    def _give_back(self, infno: str, msgid: str, answer: Answer) -> Course:
        fires = self._faults.take
        if fires("drop_answer", infno):
            return Cut()
        if fires("http_500_after", infno):
            return _HTTP_500
        if fault := fires("late", infno):
            yield Wait(fault.ms)
        if fires("foreign", infno):
            answer = foreign(answer, self._answer_of_another(infno, msgid))
        elif answer["infcode"] == 0:
            self._last[infno] = (msgid, answer)
        if has_setlinfo(answer) and fires("string_for_object", infno):
            answer = string_for_object(answer)
        if fires("string_typed", infno):
            answer = string_typed(answer)
        body = simplejson.dumps(answer, use_decimal=True, ensure_ascii=False).encode("utf-8")
        if fires("answered_twice", infno):
            body += body
        if fires("truncated", infno):
            body = body[: len(body) // 2]
        return Reply(200, JSON, body)

    def _answer_of_another(self, infno: str, msgid: str) -> Answer | None:
        last_msgid, answer = self._last.get(infno, (msgid, None))
        return None if last_msgid == msgid else answer


# Reading these three from the bytes spares a second parse of every message; the bureau itself reads strictly.
_INFNO = re.compile(rb'"infno"\s*:\s*"([^"]*)"')
_MSGID = re.compile(rb'"msgid"\s*:\s*"([^"]*)"')
_ORIGINAL_MSGID = re.compile(rb'"omsgid"\s*:\s*"([^"]*)"')


def _text(pattern: re.Pattern[bytes], body: bytes) -> str:
    match = pattern.search(body)
    return "" if match is None else match[1].decode("utf-8", errors="replace")
