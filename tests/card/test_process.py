"""The program's end of the card process: deadlines, replacement, and the right problem again."""

import json
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from hardware_sim import personas
from hardware_sim.card.faults import CardFault, Fault, LineFault
from hardware_sim.readers.gempc_twin import GemPcTwin
from hardware_sim.readers.serial_lines import TcpLine
from pos_client.card import pipe, words
from pos_client.card.process import CardProcess
from pos_client.card.readers.reader import Presence
from pos_client.card.readers.reader_url import WrongReaderUrl
from pos_client.errors import EnvironmentProblem, Refused, Words
from pos_client.runtime import Child, ChildGone, Runtime, SystemChild, SystemClock
from tests.card.simulated import inserted, written_on
from tests.virtual import VirtualClock, virtual_runtime

ZHANG = personas.load("zhang-jianguo").card
URL = "ccid-serial:/dev/ttyUSB0"

Behaviour = Callable[[dict[str, object]], list[bytes] | None]


def answers_rightly(message: dict[str, object]) -> list[bytes]:
    number = message["id"]
    assert isinstance(number, int)
    if message["do"] == "read":
        return [pipe.answered(number, pipe.identity_value(written_on(ZHANG, URL)))]
    return [pipe.answered(number, None)]


class PlayedChild:
    """A card process that a test plays: what it answers to a request, or None to end."""

    def __init__(self, behaviour: Behaviour, clock: VirtualClock) -> None:
        self._behaviour, self._clock = behaviour, clock
        self.asked: list[dict[str, object]] = []
        self.lines: list[bytes] = []
        self.gone = False
        self.killed = False

    def send(self, line: bytes) -> None:
        if self.gone:
            raise ChildGone
        self.asked.append(json.loads(line))
        said = self._behaviour(self.asked[-1])
        if said is None:
            self.gone = True
        else:
            self.lines += said

    def receive(self, timeout_ms: int) -> bytes | None:
        if self.lines:
            return self.lines.pop(0)
        if self.gone:
            raise ChildGone
        self._clock.advance(milliseconds=timeout_ms)
        return None

    def kill(self) -> None:
        self.killed = True


class Stage:
    """Spawns one played child after another."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self.clock = VirtualClock()
        self.waiting = list(behaviours)
        self.children: list[PlayedChild] = []
        self.argv: Sequence[str] = ()
        self.runtime = replace(virtual_runtime(self.clock), spawn=self._spawn)

    def _spawn(self, argv: Sequence[str]) -> Child:
        self.argv = argv
        self.children.append(PlayedChild(self.waiting.pop(0) if self.waiting else answers_rightly, self.clock))
        return self.children[-1]


def hangs_at_reading(message: dict[str, object]) -> list[bytes] | None:
    return [] if message["do"] == "read" else answers_rightly(message)


def ends_at_reading(message: dict[str, object]) -> list[bytes] | None:
    return None if message["do"] == "read" else answers_rightly(message)


def ends_at_once(_: dict[str, object]) -> list[bytes] | None:
    return None


def test_starting_spawns_the_worker_once_and_does_not_wait() -> None:
    stage = Stage()
    process = CardProcess(stage.runtime, URL)
    process.start()
    process.start()
    assert list(stage.argv) == [sys.executable, "-m", "pos_client.card.worker"]
    assert len(stage.children) == 1
    assert stage.clock.monotonic_ms() == 0
    assert stage.children[0].asked == [{"id": 1, "do": "ping", "reader": URL}]


def test_reading_without_a_start_starts_by_itself() -> None:
    with CardProcess(Stage().runtime, URL) as process:
        assert process.read() == written_on(ZHANG, URL)


def test_answers_to_older_questions_are_passed_over() -> None:
    def late(message: dict[str, object]) -> list[bytes]:
        return [b'{"id":-1,"value":"old"}', *answers_rightly(message)]

    with CardProcess(Stage(late).runtime, URL) as process:
        assert process.read() == written_on(ZHANG, URL)


def test_a_process_that_hangs_is_killed_and_replaced_at_its_deadline() -> None:
    stage = Stage(hangs_at_reading)
    with CardProcess(stage.runtime, URL, read_timeout_ms=2_500) as process:
        with pytest.raises(EnvironmentProblem) as told:
            process.read()
        assert told.value.words is words.READER_SILENT
        assert told.value.evidence == {"deadline_ms": 2_500}
        assert stage.clock.monotonic_ms() == 2_500
        assert stage.children[0].killed
        assert len(stage.children) == 2
        assert process.read() == written_on(ZHANG, URL)


def test_a_process_that_talks_without_answering_has_the_same_deadline() -> None:
    class Chatting(PlayedChild):
        def receive(self, timeout_ms: int) -> bytes | None:
            self._clock.advance(milliseconds=min(100, timeout_ms))
            return b'{"id":-1,"value":null}' if timeout_ms else None

    stage = Stage()
    runtime = replace(stage.runtime, spawn=lambda _: Chatting(answers_rightly, stage.clock))
    with CardProcess(runtime, URL, read_timeout_ms=2_500) as process:
        with pytest.raises(EnvironmentProblem) as told:
            process.read()
        assert told.value.words is words.READER_SILENT
        assert stage.clock.monotonic_ms() == 2_500


def test_a_process_that_ends_in_mid_reading_is_replaced() -> None:
    stage = Stage(ends_at_reading)
    with CardProcess(stage.runtime, URL) as process:
        with pytest.raises(EnvironmentProblem) as told:
            process.read()
        assert told.value.words is words.READING_STOPPED
        assert process.read() == written_on(ZHANG, URL)


def test_a_process_that_ended_while_nobody_looked_is_replaced_without_a_word() -> None:
    stage = Stage()
    with CardProcess(stage.runtime, URL) as process:
        process.read()
        stage.children[0].gone = True
        assert process.read() == written_on(ZHANG, URL)
        assert stage.children[0].killed


def test_a_process_that_never_lives_is_told_and_not_spawned_for_ever() -> None:
    stage = Stage(ends_at_once, ends_at_once)
    with CardProcess(stage.runtime, URL) as process:
        with pytest.raises(EnvironmentProblem) as told:
            process.read()
        assert told.value.words is words.READING_STOPPED
        assert len(stage.children) == 2
        assert process.read() == written_on(ZHANG, URL)


@pytest.mark.parametrize(("kind", "said"), [(EnvironmentProblem, words.CARD_TORN), (Refused, words.HOLDER_DATA_LOCKED)])
def test_problems_are_raised_again_as_what_they_were(
    kind: type[EnvironmentProblem] | type[Refused], said: Words
) -> None:
    def refuses(message: dict[str, object]) -> list[bytes]:
        number = message["id"]
        assert isinstance(number, int)
        return [pipe.refused(number, kind(said))]

    with CardProcess(Stage(refuses).runtime, URL) as process, pytest.raises(kind) as told:
        process.read()
    assert told.value.words is said


def test_a_wrong_address_is_told_before_anything_is_started() -> None:
    stage = Stage()
    with pytest.raises(WrongReaderUrl):
        CardProcess(stage.runtime, "usb:1")
    assert stage.children == []


def test_closing_ends_the_process_and_may_be_done_twice() -> None:
    stage = Stage()
    process = CardProcess(stage.runtime, URL)
    process.close()
    process.start()
    process.close()
    process.close()
    assert stage.children[0].killed


@pytest.fixture
def real() -> Runtime:
    return replace(virtual_runtime(), clock=SystemClock(), spawn=SystemChild)


def test_a_real_process_reads_lists_and_tells_problems(real: Runtime) -> None:
    slot = inserted("ma-yan", Fault(CardFault.TEAR_BEFORE, 4))
    with TcpLine(GemPcTwin(slot)) as line, CardProcess(real, line.url, read_timeout_ms=60_000) as process:
        process.start()
        with pytest.raises(EnvironmentProblem) as told:
            process.read()
        assert told.value.sentence("zh") == "卡已拔出，刚才没有读完。请重新插卡。(K-12)"
        slot.insert()
        assert process.read() == written_on(personas.load("ma-yan").card, line.url)
        state = process.readers()[0]
        assert (state.url, state.card_present) == (line.url, True)


def test_a_real_process_looks_as_often_as_it_is_asked_and_reads_in_between(real: Runtime) -> None:
    slot = inserted()
    with TcpLine(GemPcTwin(slot)) as line, CardProcess(real, line.url, read_timeout_ms=60_000) as process:
        assert process.look() is Presence.CARD
        assert process.read().name == "张建国"
        assert process.look() is Presence.CARD
        slot.remove()
        assert process.look() is Presence.EMPTY
    with CardProcess(real, line.url, read_timeout_ms=60_000) as process:
        assert process.look() is Presence.NO_READER


def test_a_real_process_in_a_reader_that_hangs_is_killed_and_the_next_reading_works(real: Runtime) -> None:
    reader = GemPcTwin(inserted())
    with TcpLine(reader) as line, CardProcess(real, line.url, read_timeout_ms=60_000) as process:
        assert process.read().name == "张建国"
        reader.add_fault(Fault(LineFault.SILENT, 3))
        process._read_timeout_ms = 1_500
        with pytest.raises(EnvironmentProblem) as told:
            process.read()
        assert told.value.words is words.READER_SILENT
        process._read_timeout_ms = 60_000
        assert process.read().name == "张建国"


def test_a_real_process_that_was_killed_from_outside_is_replaced(real: Runtime) -> None:
    with TcpLine(GemPcTwin(inserted())) as line, CardProcess(real, line.url, read_timeout_ms=60_000) as process:
        assert process.read().name == "张建国"
        child = process._child
        assert isinstance(child, SystemChild)
        child._process.kill()
        child._process.wait()
        assert process.read().name == "张建国"


# --- a clerk who does not want to wait -------------------------------------------------------------------------------


def test_a_reading_is_given_up_from_another_thread_and_the_next_one_works(real: Runtime) -> None:
    reader = GemPcTwin(inserted())
    with TcpLine(reader) as line, CardProcess(real, line.url, read_timeout_ms=600_000) as process:
        assert process.read().name == "张建国"
        reader.add_fault(Fault(LineFault.SILENT, 3))
        told: list[Words] = []

        def reading() -> None:
            try:
                process.read()
            except EnvironmentProblem as problem:
                told.append(problem.words)

        waiting = threading.Thread(target=reading)
        waiting.start()
        while not reader._silent:
            waiting.join(0.01)
        process.abandon()
        waiting.join(60)
        assert told == [words.STOPPED_BY_CLERK]
        process._read_timeout_ms = 60_000
        assert process.read().name == "张建国"


def test_giving_up_where_nobody_waits_does_nothing() -> None:
    stage = Stage()
    with CardProcess(stage.runtime, URL) as process:
        process.abandon()
        process.read()
        process.abandon()
        assert process.read() == written_on(ZHANG, URL)
        assert len(stage.children) == 1


def test_a_reading_that_is_given_up_while_its_process_starts_is_not_waited_for() -> None:
    stage = Stage()
    process = CardProcess(stage.runtime, URL)

    def spawn(argv: Sequence[str]) -> Child:
        process.abandon()
        return stage._spawn(argv)

    process._runtime = replace(stage.runtime, spawn=spawn)
    with process, pytest.raises(EnvironmentProblem) as told:
        process.read()
    assert told.value.words is words.STOPPED_BY_CLERK
