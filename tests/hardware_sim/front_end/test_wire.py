"""One message on the wire, in virtual time: what the bureau executes, what comes back, and when."""

from decimal import Decimal
from typing import Any

import pytest
import simplejson

from hardware_sim.front_end.faults import Fault, FaultPlan
from hardware_sim.front_end.wire import Course, Cut, Reply, Wait, Wire, advance

MSGID = "P43999900001202611210800010001"
OTHER = "P43999900001202611210800010002"
REVERSAL = "P43999900001202611210800010003"


class Bureau:
    """Books every message once, answers with its id, and finds for a reversal what it has booked."""

    def __init__(self) -> None:
        self.received: list[str] = []

    @property
    def booked(self) -> list[str]:
        return list(dict.fromkeys(self.received))

    def receive(self, body: bytes) -> dict[str, Any]:
        message = simplejson.loads(body)
        repeated = message["msgid"] in self.received
        original = message["input"].get("data", {}).get("omsgid")
        if repeated:
            return refused("报文ID(msgid)重复")
        if original is not None and original not in self.received:
            return refused("原交易不存在")
        self.received.append(message["msgid"])
        setlinfo = {"medins_setl_id": message["msgid"], "psn_no": "1", "medfee_sumamt": Decimal("78.60")}
        return {"infcode": 0, "err_msg": "", "output": {"setlinfo": setlinfo}}


def refused(sentence: str) -> dict[str, Any]:
    return {"infcode": -1, "err_msg": sentence, "output": ""}


def message(msgid: str = MSGID, infno: str = "2102", **content: Any) -> bytes:
    text: str = simplejson.dumps({"infno": infno, "msgid": msgid, "input": content})
    return text.encode()


def reversal_of(msgid: str) -> bytes:
    return message(REVERSAL, "2601", data={"omsgid": msgid, "oinfno": "2102"})


@pytest.fixture
def bureau() -> Bureau:
    return Bureau()


def wire(bureau: Bureau, *faults: Fault) -> Wire:
    return Wire(bureau.receive, FaultPlan(faults))


def answer_of(course: Course) -> Any:
    """The answer of a course without waits."""
    step = advance(course)
    assert isinstance(step, Reply), step
    return simplejson.loads(step.body)


def test_without_faults_an_answer_comes_at_once(bureau: Bureau) -> None:
    step = advance(wire(bureau).carry(message()))
    assert isinstance(step, Reply)
    assert (step.status, step.content_type) == (200, "application/json;charset=UTF-8")
    assert b'"medfee_sumamt": 78.60' in step.body
    assert bureau.booked == [MSGID]


@pytest.mark.parametrize("name", ["drop_request", "gateway_refusal", "http_500"])
def test_what_never_reaches_the_bureau_books_nothing(bureau: Bureau, name: str) -> None:
    step = advance(wire(bureau, Fault(name=name)).carry(message()))
    assert isinstance(step, Reply | Cut)
    assert bureau.received == []


def test_a_gateway_refusal_is_no_envelope(bureau: Bureau) -> None:
    answer = answer_of(wire(bureau, Fault(name="gateway_refusal")).carry(message()))
    assert answer == {"code": 401, "message": "签名不一致"}


@pytest.mark.parametrize("name", ["drop_answer", "http_500_after", "truncated", "answered_twice", "foreign", "twice"])
def test_an_answer_that_is_lost_or_spoilt_was_booked_all_the_same(bureau: Bureau, name: str) -> None:
    step = advance(wire(bureau, Fault(name=name)).carry(message()))
    assert isinstance(step, Reply | Cut)
    assert bureau.booked == [MSGID]


def test_a_truncated_answer_is_the_first_half(bureau: Bureau) -> None:
    whole, half = (
        advance(wire(bureau).carry(message())),
        advance(wire(Bureau(), Fault(name="truncated")).carry(message())),
    )
    assert isinstance(whole, Reply)
    assert isinstance(half, Reply)
    assert half.body == whole.body[: len(whole.body) // 2]


def test_an_answer_given_twice_stands_twice_in_the_body(bureau: Bureau) -> None:
    step = advance(wire(bureau, Fault(name="answered_twice")).carry(message()))
    assert isinstance(step, Reply)
    half = len(step.body) // 2
    assert step.body[:half] == step.body[half:]


def test_a_message_delivered_twice_is_answered_by_the_refusal_of_the_second(bureau: Bureau) -> None:
    answer = answer_of(wire(bureau, Fault(name="twice")).carry(message()))
    assert "重复" in answer["err_msg"]
    assert bureau.received == [MSGID]


def test_a_foreign_answer_is_the_last_good_one_of_another_message_of_that_kind(bureau: Bureau) -> None:
    plan = FaultPlan()
    line = Wire(bureau.receive, plan)
    answer_of(line.carry(message(OTHER, "2102")))
    answer_of(line.carry(message(OTHER, "2102")))  # refused, and so not the last good one
    answer_of(line.carry(message(REVERSAL, "2103")))
    plan.replace([Fault(name="foreign")])
    assert answer_of(line.carry(message(MSGID, "2102")))["output"]["setlinfo"]["medins_setl_id"] == OTHER
    assert bureau.booked == [OTHER, REVERSAL, MSGID]


def test_a_foreign_answer_is_made_up_when_nobody_asked_before(bureau: Bureau) -> None:
    line = wire(bureau, Fault(name="foreign"))
    for msgid in (MSGID, OTHER):
        setlinfo = answer_of(line.carry(message(msgid)))["output"]["setlinfo"]
        assert setlinfo["medins_setl_id"] not in {MSGID, OTHER}
        assert setlinfo["psn_no"] != "1"


def test_a_late_answer_was_booked_before_the_wait(bureau: Bureau) -> None:
    course = wire(bureau, Fault(name="late", ms=9000)).carry(message())
    assert advance(course) == Wait(9000)
    assert bureau.booked == [MSGID]
    assert answer_of(course)["infcode"] == 0


def test_a_late_commit_comes_after_the_wait_also_when_nobody_listens(bureau: Bureau) -> None:
    line = wire(bureau, Fault(name="late_commit", infno="2102", ms=9000))
    course = line.carry(message())
    assert advance(course) == Wait(9000)
    assert bureau.received == []
    assert "不存在" in answer_of(line.carry(reversal_of(MSGID)))["err_msg"]
    assert bureau.received == []
    advance(course)
    assert bureau.booked == [MSGID]


def test_a_commit_after_the_reversal_comes_once_the_reversal_has_found_nothing(bureau: Bureau) -> None:
    line = wire(bureau, Fault(name="commit_after_reversal", infno="2102", ms=60_000))
    course = line.carry(message())
    assert advance(course) == Wait(60_000)
    assert "不存在" in answer_of(line.carry(reversal_of(OTHER)))["err_msg"]
    assert bureau.received == []
    assert "不存在" in answer_of(line.carry(reversal_of(MSGID)))["err_msg"]
    assert bureau.booked == [MSGID]
    assert answer_of(course)["output"]["setlinfo"]["medins_setl_id"] == MSGID
    assert bureau.received == [MSGID]


def test_without_a_reversal_it_comes_when_its_time_is_over(bureau: Bureau) -> None:
    line = wire(bureau, Fault(name="commit_after_reversal", ms=60_000, times=1))
    course = line.carry(message())
    assert advance(course) == Wait(60_000)
    assert bureau.received == []
    assert answer_of(course)["infcode"] == 0
    assert bureau.booked == [MSGID]
    assert answer_of(line.carry(reversal_of(MSGID)))["infcode"] == 0


def test_a_clock_skew_begins_with_the_message_that_it_fires_for(bureau: Bureau) -> None:
    plan = FaultPlan([Fault(name="clock_skew", infno="2102", seconds=400)])
    line = Wire(bureau.receive, plan)
    answer_of(line.carry(message(OTHER, "2101")))
    assert plan.clock_skew_s() == 0
    answer_of(line.carry(message()))
    assert plan.clock_skew_s() == 400


def test_a_port_that_is_down_refuses_until_the_fault_is_taken_away(bureau: Bureau) -> None:
    plan = FaultPlan([Fault(name="down")])
    line = Wire(bureau.receive, plan)
    assert [line.refuses_connections() for _ in range(3)] == [True] * 3
    plan.replace([])
    assert not line.refuses_connections()
    assert plan.fired() == {"down": 3}


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b'{"infno": 2102}'])
def test_bytes_that_name_no_transaction_meet_only_the_faults_of_all(body: bytes) -> None:
    answers = [{"infcode": -1, "err_msg": "报文不是合法的UTF-8 JSON", "output": ""}]
    line = Wire(lambda _: answers[0], FaultPlan([Fault(name="drop_answer", infno="2102")]))
    assert answer_of(line.carry(body)) == answers[0]
    assert isinstance(advance(Wire(lambda _: answers[0], FaultPlan([Fault(name="drop_answer")])).carry(body)), Cut)
