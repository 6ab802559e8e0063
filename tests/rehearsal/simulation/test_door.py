"""The network of a simulated day: what the client is told, and what the bureau does meanwhile."""

from collections import Counter
from typing import Any

import pytest
import simplejson

from hardware_sim.front_end.faults import Fault
from hardware_sim.front_end.wire import Wire
from pos_client.runtime import HttpAnswer, NoAnswer, NotSent
from rehearsal.simulation.door import Door, LineFault, Network, ScriptedFaults
from rehearsal.simulation.program import Crash, Killed, Program
from rehearsal.simulation.virtual_time import VirtualTime
from tests.virtual import NOON

LATENCY_MS = 20


class Line:
    """One desk's door, and a bureau that writes down what it executes."""

    def __init__(self) -> None:
        self.time = VirtualTime(NOON)
        self.executed: list[int] = []
        self.faults = ScriptedFaults()
        self.network = Network(self.time, Wire(self._receive, self.faults), self.faults, {1: LATENCY_MS})
        self.program = Program(Counter())
        self.door = Door(self.program, self.network, "1", 1)

    def _receive(self, body: bytes) -> dict[str, Any]:
        self.executed.append(self.time.now_ms)
        return {"infcode": 0, "err_msg": "", "output": {"n": len(self.executed)}}

    def post(self, infno: str = "2102", read_timeout_ms: int = 1_000) -> HttpAnswer:
        body = simplejson.dumps({"infno": infno, "msgid": "P" * 30}).encode()
        return self.door.post(
            "http://bureau", body=body, headers={}, connect_timeout_ms=300, read_timeout_ms=read_timeout_ms
        )


def test_an_answer_comes_after_the_way_there_and_back() -> None:
    line = Line()
    assert simplejson.loads(line.post().body)["output"] == {"n": 1}
    assert line.executed == [LATENCY_MS]
    assert line.time.now_ms == 2 * LATENCY_MS


def test_a_client_that_waits_no_longer_does_not_stop_the_bureau() -> None:
    line = Line()
    line.faults.plan("1", (Fault(name="late_commit", infno="2102", ms=5_000),))
    with pytest.raises(NoAnswer):
        line.post()
    assert (line.time.now_ms, line.executed) == (1_000, [])
    line.time.play_out()
    assert line.executed == [LATENCY_MS + 5_000]
    assert line.network.counts == {"read_timeout": 1}


def test_a_broken_line_is_known_at_once_and_the_message_goes_its_way() -> None:
    line = Line()
    line.door.plan_fault(LineFault("line_lost", 1, "2102", ms=5))
    line.post("1101")
    with pytest.raises(NoAnswer):
        line.post("2102")
    assert len(line.executed) == 1
    line.time.play_out()
    assert len(line.executed) == 2


def test_a_refused_connection_and_a_pulled_cable_mean_that_nothing_was_sent() -> None:
    line = Line()
    line.door.plan_fault(LineFault("refused", 2))
    line.post()
    with pytest.raises(NotSent):
        line.post()
    line.network.unplugged.add(1)
    with pytest.raises(NotSent):
        line.post()
    line.network.unplugged.clear()
    outage = Fault(name="down")
    line.faults.stand(outage)
    with pytest.raises(NotSent):
        line.post()
    line.faults.lift(outage)
    line.post()
    assert len(line.executed) == 2
    assert line.network.counts == {"refused": 1, "unplugged": 1}


def test_a_fault_of_the_wire_strikes_once_and_only_its_own_program() -> None:
    line = Line()
    line.faults.plan("2", (Fault(name="drop_answer", infno="2102"),))
    line.post()
    line.faults.plan("1", (Fault(name="drop_answer", infno="2102"),))
    line.post("2101")
    with pytest.raises(NoAnswer):
        line.post()
    line.post()
    assert line.faults.counts == {"drop_answer": 1}
    assert len(line.executed) == 4


@pytest.mark.parametrize(("point", "executed"), [("post_before", 0), ("post_sent", 1), ("post_after", 1)])
def test_a_killed_client_has_sent_or_it_has_not(point: str, executed: int) -> None:
    line = Line()
    line.program.plan_crash(Crash(1, point))
    with pytest.raises(Killed):
        line.post()
    line.time.play_out()
    assert len(line.executed) == executed
