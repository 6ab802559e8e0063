"""What became of one message: four answers, and unclear is never failed."""

import dataclasses
from pathlib import Path

import pytest

from pos_client.runtime import HttpAnswer, NoAnswer, NotSent
from pos_client.sync.region import load_region
from pos_client.sync.reply import Accepted, NotExecuted, Rejected, Reply, Unclear, exchange
from tests.virtual import ScriptedHttp


def _reply(answer: HttpAnswer | Exception, tmp_path: Path) -> Reply:
    transport = load_region("training", tmp_path, "training").transport
    return exchange(ScriptedHttp([answer]), "http://x", transport, "{}", read_timeout_ms=1)


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
