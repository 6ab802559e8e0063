"""The network between the desks and the bureau: latency, cables pulled, lines that break, and the bureau's wire.

A message goes its way on the wire as a happening of its own: the client that waits for it may give up or be killed,
the message does not know.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from hardware_sim.front_end.faults import Fault, FaultPlan
from hardware_sim.front_end.wire import Course, Reply, Wait, Wire, advance
from pos_client.runtime import HttpAnswer, NoAnswer, NotSent

from .program import Program
from .virtual_time import VirtualTime

#: What the line itself can do to one message, besides the faults of the bureau's wire.
LINE_FAULTS = ("refused", "line_lost")


@dataclass(frozen=True, slots=True)
class LineFault:
    """One planned fault of the line, at the so-manyth message of that transaction from now (empty: of any).

    ``ms`` is how long after its leaving the line breaks.
    """

    name: str
    message: int
    infno: str = ""
    ms: int = 0


class ScriptedFaults(FaultPlan):
    """The faults of the bureau's wire as a script plans them: each for one program, until it fires or is taken off."""

    def __init__(self) -> None:
        super().__init__()
        self._planned: dict[str, list[Fault]] = {}
        self._standing: list[Fault] = []
        self.counts: Counter[str] = Counter()
        self.skew_s = 0.0
        #: Whose message is on the wire now.
        self.sender = ""

    def plan(self, sender: str, faults: tuple[Fault, ...]) -> None:
        """Plans faults for the coming messages of one program, in place of those that have not fired."""
        self._planned[sender] = list(faults)

    def stand(self, fault: Fault) -> None:
        """A fault that hits every desk until it is lifted."""
        self._standing.append(fault)

    def lift(self, fault: Fault) -> None:
        """Ends a standing fault."""
        self._standing.remove(fault)

    def take(self, name: str, infno: str) -> Fault | None:
        """As the wire and the bureau ask."""
        for fault in self._standing:
            if fault.name == name and fault.infno in (None, infno):
                self.counts[name] += 1
                return fault
        planned = self._planned.get(self.sender, [])
        for fault in planned:
            if fault.name == name and fault.infno in (None, infno):
                planned.remove(fault)
                self.counts[name] += 1
                return fault
        return None

    def clock_skew_s(self) -> float:
        """How far the bureau's clock runs ahead."""
        return self.skew_s


class _Errand:
    """One message on its way to the bureau and back."""

    def __init__(self, network: "Network", sender: str, latency_ms: int, course: Course) -> None:
        self._network = network
        self._sender = sender
        self._latency_ms = latency_ms
        self._course = course
        self.result: object = None
        self.arrived = False

    def go_on(self) -> None:
        """The next step of the course; the step after it comes when its wait is over."""
        time = self._network.time
        self._network.faults.sender = self._sender
        step = advance(self._course)
        if isinstance(step, Wait):
            time.at(time.now_ms + step.ms, self.go_on)
            return
        self.result = step
        time.at(time.now_ms + self._latency_ms, self._arrive)

    def _arrive(self) -> None:
        self.arrived = True


class Network:
    """All desks' way to one bureau."""

    def __init__(self, time: VirtualTime, wire: Wire, faults: ScriptedFaults, latencies_ms: Mapping[int, int]) -> None:
        self.time = time
        self.wire = wire
        self.faults = faults
        self.counts: Counter[str] = Counter()
        #: Desks whose cable is pulled.
        self.unplugged: set[int] = set()
        self._latencies_ms = latencies_ms
        #: How many messages went on their way.
        self.messages = 0

    def latency_ms(self, desk: int) -> int:
        """One way."""
        return self._latencies_ms.get(desk, 20)

    def send(self, sender: str, desk: int, body: bytes) -> _Errand:
        """Puts a message on its way."""
        self.messages += 1
        errand = _Errand(self, sender, self.latency_ms(desk), self.wire.carry(body))
        self.time.at(self.time.now_ms + self.latency_ms(desk), errand.go_on)
        return errand


class Door:
    """The door to the network of one program (``pos_client.runtime.HttpAdapter``)."""

    def __init__(self, program: Program, network: Network, sender: str, desk: int) -> None:
        self._program = program
        self._sender = sender
        self._network = network
        self._desk = desk
        self._fault: LineFault | None = None
        self._messages = 0

    def plan_fault(self, fault: LineFault | None) -> None:
        """Plans a fault of the line, counted from now; None takes the planned one away."""
        self._fault, self._messages = fault, 0

    def post(
        self, url: str, *, body: bytes, headers: Mapping[str, str], connect_timeout_ms: int, read_timeout_ms: int
    ) -> HttpAnswer:
        """Posts one message under virtual time."""
        del url, headers
        self._program.step("post_before")
        network, time = self._network, self._network.time
        fault = self._due_fault(body)
        if self._desk in network.unplugged:
            network.counts["unplugged"] += 1
            time.sleep_ms(connect_timeout_ms)
            raise NotSent("no route")
        if (fault is not None and fault.name == "refused") or network.wire.refuses_connections():
            time.sleep_ms(network.latency_ms(self._desk))
            raise NotSent("refused")
        errand = network.send(self._sender, self._desk, body)
        self._program.step("post_sent")
        patience_ms = read_timeout_ms if fault is None else min(fault.ms, read_timeout_ms)
        time.pass_until(time.now_ms + patience_ms, unless=lambda: errand.arrived)
        self._program.step("post_after")
        if not errand.arrived:
            if fault is None:
                network.counts["read_timeout"] += 1
            raise NoAnswer("broken" if fault is not None else "timed out")
        if not isinstance(errand.result, Reply):
            raise NoAnswer("cut")
        reply = errand.result
        return HttpAnswer(reply.status, {"content-type": reply.content_type}, reply.body)

    def _due_fault(self, body: bytes) -> LineFault | None:
        fault = self._fault
        if fault is None or (fault.infno and f'"infno": "{fault.infno}"'.encode() not in body):
            return None
        self._messages += 1
        if self._messages != fault.message:
            return None
        self._fault = None
        self._network.counts[fault.name] += 1
        return fault
