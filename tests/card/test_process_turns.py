"""Who comes first at the card process, and what is left behind when somebody gives up, closes or gets no answer."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from pos_client.card import pipe, words
from pos_client.card.finding import Finding
from pos_client.card.process import CardProcess
from pos_client.card.readers.reader import Presence
from pos_client.errors import EnvironmentProblem, Words
from pos_client.phrase import Phrase
from pos_client.runtime import Child
from tests.card.simulated import written_on
from tests.card.test_process import URL, ZHANG, PlayedChild, Stage, answers_rightly, ends_at_reading, hangs_at_reading
from tests.virtual import VirtualClock


def sees(presence: Presence) -> Callable[[dict[str, object]], list[bytes]]:
    def answers(message: dict[str, object]) -> list[bytes]:
        number = message["id"]
        assert isinstance(number, int)
        return [pipe.answered(number, presence)] if message["do"] == "look" else answers_rightly(message)

    return answers


class Interrupted(PlayedChild):
    """A child in whose silence something happens, once: what another thread does just then."""

    def __init__(self, happens: Callable[[], None], clock: VirtualClock, silent_at: str = "read") -> None:
        super().__init__(lambda message: [] if message["do"] == silent_at else sees(Presence.CARD)(message), clock)
        self._happens, self._silent_at = happens, silent_at
        self._happened = False

    def receive(self, timeout_ms: int) -> bytes | None:
        if self.asked[-1]["do"] == self._silent_at and not self._happened:
            self._happened = True
            self._happens()
        return super().receive(timeout_ms)

    def kill(self) -> None:
        super().kill()
        self.gone = True


def staged(process: CardProcess, clock: VirtualClock, first: PlayedChild) -> list[PlayedChild]:
    """The process with that first child, then well-behaved ones; all that were started."""
    started: list[PlayedChild] = []

    def spawn(_: Sequence[str]) -> Child:
        started.append(PlayedChild(sees(Presence.CARD), clock) if started else first)
        return started[-1]

    process._runtime = replace(process._runtime, spawn=spawn)
    return started


def told(act: Callable[[], object]) -> Words:
    with pytest.raises(EnvironmentProblem) as problem:
        act()
    return problem.value.words


def test_a_reading_that_was_given_up_leaves_the_reader_watched() -> None:
    stage = Stage()
    process = CardProcess(stage.runtime, URL)
    started = staged(process, stage.clock, Interrupted(process.abandon, stage.clock))
    assert told(process.read) is words.STOPPED_BY_CLERK
    assert [process.look(Presence.CARD) for _ in range(3)] == [Presence.CARD] * 3
    assert len(started) == 2, "one process more, for the one that was killed"


def test_giving_up_just_when_the_answer_has_come_spoils_nothing_that_follows() -> None:
    stage = Stage()
    process = CardProcess(stage.runtime, URL)
    first = Interrupted(lambda: None, stage.clock, silent_at="nothing")
    staged(process, stage.clock, first)
    assert process.read() == written_on(ZHANG, URL)
    process._waiting = process._asked_before  # as whoever gives up has just seen it
    process.abandon()
    process._waiting = 0
    while not first.killed:
        time.sleep(0.01)
    assert process.look() is Presence.CARD
    assert process.read() == written_on(ZHANG, URL)


def test_a_look_that_is_given_up_with_the_reading_behind_it_has_seen_nothing_new() -> None:
    stage = Stage()
    process = CardProcess(stage.runtime, URL)

    def a_reading_is_given_up() -> None:
        process._waiting = 7
        process.abandon()

    staged(process, stage.clock, Interrupted(a_reading_is_given_up, stage.clock, silent_at="look"))
    assert process.look(Presence.CARD, 1_000) is Presence.CARD


def test_closing_under_a_look_leaves_no_process_behind() -> None:
    stage = Stage()
    process = CardProcess(stage.runtime, URL)
    started = staged(process, stage.clock, Interrupted(process.close, stage.clock, silent_at="look"))
    assert told(lambda: process.look(Presence.CARD, 1_000)) is words.READING_STOPPED
    assert [child.killed for child in started] == [True]


def test_whoever_came_while_the_look_was_sent_hurries_it() -> None:
    stage = Stage(sees(Presence.EMPTY))
    process = CardProcess(stage.runtime, URL)
    process._waiting = 7
    assert process.look() is Presence.EMPTY
    assert [one["do"] for one in stage.children[0].asked] == ["ping", "look", "ping"]
    process._waiting = 0
    process.look()
    assert [one["do"] for one in stage.children[0].asked[3:]] == ["look"]


def test_closing_in_the_midst_of_an_examination_does_not_wait_for_its_end() -> None:
    def examines(message: dict[str, object]) -> list[bytes]:
        number = message["id"]
        assert isinstance(number, int)
        return [pipe.found(number, Finding("service", "good", Phrase("", "")))]

    process = CardProcess(Stage(examines).runtime, URL)
    findings = process.examine()
    next(findings)
    closing = threading.Thread(target=process.close, daemon=True)
    closing.start()
    closing.join(60)
    assert not closing.is_alive()


@pytest.mark.parametrize("behaviour", [hangs_at_reading, ends_at_reading])
@pytest.mark.parametrize("act", ["verify", "change", "account"])
def test_a_pin_whose_check_nobody_told_of_may_have_used_up_a_try(
    behaviour: Callable[[dict[str, object]], list[bytes] | None], act: str
) -> None:
    def as_at_reading(message: dict[str, object]) -> list[bytes] | None:
        return behaviour({**message, "do": "read"} if message["do"] in ("pin", "account") else message)

    acts: dict[str, Callable[[CardProcess], object]] = {
        "verify": lambda process: process.verify_pin("123456"),
        "change": lambda process: process.change_pin("123456", "654321"),
        "account": lambda process: process.account("123456"),
    }
    with CardProcess(Stage(as_at_reading).runtime, URL) as process:
        assert told(lambda: acts[act](process)) is words.PIN_UNCERTAIN


@pytest.mark.parametrize("act", ["tries", "account"])
def test_where_no_pin_went_out_nothing_is_uncertain(act: str) -> None:
    def hangs(message: dict[str, object]) -> list[bytes] | None:
        return [] if message["do"] in ("pin", "account") else answers_rightly(message)

    with CardProcess(Stage(hangs).runtime, URL) as process:
        asked = process.pin_tries_left if act == "tries" else process.account
        assert told(asked) is words.READER_SILENT


def test_a_pin_that_was_never_sent_is_not_uncertain() -> None:
    stage = Stage(lambda _: None, lambda _: None)
    with CardProcess(stage.runtime, URL) as process:
        assert told(lambda: process.verify_pin("123456")) is words.READING_STOPPED
