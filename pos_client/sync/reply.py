"""What became of one message: accepted, refused, certainly not executed, or unclear. Nothing in between.

"Unclear" is never read as "failed": the bureau may have booked it (protocol, 1.2 and 1.4).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import simplejson

from pos_client.runtime import HttpAdapter, HttpAnswer, NoAnswer, NotSent
from pos_client.sync.envelope import Answer, UnreadableError, read_answer
from pos_client.sync.region import Region

#: What a gateway says before the business system has seen the message (protocol, 1.4).
_GATEWAY_REFUSALS = ("缺少服务网关的请求头", "签名时间戳超时", "非法用户", "签名不一致")
_HTTP_OK = 200


@dataclass(frozen=True, slots=True)
class Accepted:
    """infcode 0."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Rejected:
    """infcode −1: nothing was booked; ``said`` is the bureau's sentence."""

    said: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class NotExecuted:
    """The message certainly was not executed."""

    why: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """The message may have been executed."""

    why: str
    raw: str | None = None


Reply = Accepted | Rejected | NotExecuted | Unclear


def exchange(http: HttpAdapter, url: str, region: Region, body: str, *, read_timeout_ms: int) -> Reply:
    """Sends one message once and classifies what came back; it touches nothing that is shared."""
    try:
        answer = http.post(
            url,
            body=body.encode("utf-8"),
            headers={"Content-Type": "application/json; charset=utf-8"},
            connect_timeout_ms=region.transport.connect_timeout_ms,
            read_timeout_ms=read_timeout_ms,
        )
    except NotSent as error:
        return NotExecuted(str(error))
    except NoAnswer as error:
        return Unclear(str(error))
    return _classify(answer, region)


def _classify(answer: HttpAnswer, region: Region) -> Reply:
    if _refused_by_gateway(answer.body):
        return NotExecuted("refused by the gateway")
    raw = answer.body.decode("utf-8", errors="replace")
    if answer.status != _HTTP_OK:
        return Unclear(f"HTTP {answer.status}", raw)
    try:
        read = read_answer(answer.body)
    except UnreadableError as error:
        return Unclear(str(error), raw)
    if read.accepted:
        return Accepted(read)
    # A gateway has delivered the message twice: this refusal is of the second delivery, the first may have booked.
    if any(sign in read.error_message for sign in region.reversal_already_received):
        return Unclear(f"received before: {read.error_message}", raw)
    return Rejected(read.error_message or "（没有说明原因）", read)


def _refused_by_gateway(body: bytes) -> bool:
    try:
        found = simplejson.loads(body)
    except (ValueError, RecursionError):
        return False
    if not isinstance(found, Mapping) or "infcode" in found:
        return False
    return any(sign in str(found.get("message", "")) for sign in _GATEWAY_REFUSALS)
