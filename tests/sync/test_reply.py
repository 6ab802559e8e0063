"""What became of one message: four answers, and unclear is never failed."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from pos_client.runtime import HttpAnswer, NoAnswer, NotSent
from pos_client.sync.region import load_region
from pos_client.sync.reply import Accepted, NotExecuted, Rejected, Reply, Unclear, exchange
from tests.virtual import ScriptedHttp


def _reply(answer: HttpAnswer | Exception, tmp_path: Path) -> Reply:
    region = load_region("training", tmp_path, "training")
    return exchange(ScriptedHttp([answer]), "http://x", region, "{}", read_timeout_ms=1)


def _http(status: int, body: str) -> HttpAnswer:
    return HttpAnswer(status, {}, body.encode())


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (_http(200, '{"infcode": 0, "output": {}}'), Accepted),
        (_http(200, '{"infcode": -1, "err_msg": "无此人"}'), Rejected),
        (NotSent("refused"), NotExecuted),
        (_http(401, '{"code": 401, "message": "签名不一致"}'), NotExecuted),
        (_http(200, '{"code": 401, "message": "非法用户"}'), NotExecuted),
        (NoAnswer("timed out"), Unclear),
        (_http(500, "<html>"), Unclear),
        (_http(500, '{"infcode": 0, "output": {}}'), Unclear),
        (_http(500, '{"infcode": -1, "err_msg": "x"}'), Unclear),
        (_http(200, '{"infcode": 0, "outp'), Unclear),
        (_http(200, '{"infcode": 0, "output": "处理成功"}'), Unclear),
        (_http(200, '{"code": 500, "message": "upstream failed"}'), Unclear),
        (_http(302, ""), Unclear),
        (_http(200, '{"infcode": -1, "err_msg": "报文ID(msgid)重复，请勿重复提交"}'), Unclear),
        (_http(200, '{"infcode": 0, "message": "签名不一致", "output": {}}'), Accepted),
        (_http(200, '{"code": 401}'), Unclear),
        (_http(200, '["签名不一致"]'), Unclear),
        (_http(200, "[" * 100_000), Unclear),
    ],
)
def test_each_answer_has_its_meaning(answer: HttpAnswer | Exception, kind: type, tmp_path: Path) -> None:
    assert type(_reply(answer, tmp_path)) is kind


def test_a_refusal_without_a_reason_still_says_something(tmp_path: Path) -> None:
    reply = _reply(_http(200, '{"infcode": "-1"}'), tmp_path)
    assert isinstance(reply, Rejected)
    assert reply.said


def test_an_unclear_answer_is_kept_as_it_came(tmp_path: Path) -> None:
    reply = _reply(_http(502, "坏网关"), tmp_path)
    assert dataclasses.asdict(reply) == {"why": "HTTP 502", "raw": "坏网关"}


def test_a_message_that_came_before_may_have_booked_the_first_time(tmp_path: Path) -> None:
    reply = _reply(_http(200, '{"infcode": "-1", "err_msg": "报文ID(msgid)重复"}'), tmp_path)
    assert isinstance(reply, Unclear)
    assert reply.why == "received before: 报文ID(msgid)重复"
    assert reply.raw is not None


def test_a_post_waits_as_long_as_the_region_and_the_message_say(tmp_path: Path) -> None:
    region = load_region("training", tmp_path, "training")
    waited: list[tuple[int, int]] = []

    class Noting(ScriptedHttp):
        def post(
            self, url: str, *, body: bytes, headers: Mapping[str, str], connect_timeout_ms: int, read_timeout_ms: int
        ) -> HttpAnswer:
            waited.append((connect_timeout_ms, read_timeout_ms))
            return _http(200, '{"infcode": 0}')

    assert isinstance(exchange(Noting(), "http://x", region, "{}", read_timeout_ms=7), Accepted)
    assert waited == [(region.transport.connect_timeout_ms, 7)]
