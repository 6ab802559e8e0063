"""The drain beside the window: when it starts, what is heard of it, and a real one beside an open desk."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos_client.config import Home
from pos_client.desk.afterwards import customer_left
from pos_client.desk.drainer import LATER_MS, SOON_MS, Drained, Drainer, may_start, next_due
from pos_client.desk.settle import settle
from pos_client.desk.station import Desk
from pos_client.errors import OutcomeUnknown
from pos_client.offline import journal
from pos_client.offline.locks import drain_lock
from pos_client.runtime import Child, ChildGone
from pos_client.sync.attempts import Result
from tests.desk.world import World, world_in
from tests.virtual import VirtualClock, virtual_runtime


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    # The drain is a process of its own, in which time is not bent: what must be waited for is kept short.
    with world_in(tmp_path, gateway_timeout=timedelta(seconds=1)) as counter:
        yield counter


# --- when ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "in_contact", "since_last_ms", "came_to_nothing", "expected"),
    [
        (False, True, None, False, False),
        (True, False, None, False, True),
        (False, True, LATER_MS, False, False),
        (True, True, SOON_MS - 1, False, False),
        (True, True, SOON_MS, False, True),
        (True, True, SOON_MS, True, False),
        (True, True, LATER_MS, True, True),
        (True, False, SOON_MS, False, False),
        (True, False, LATER_MS - 1, False, False),
        (True, False, LATER_MS, False, True),
    ],
)
def test_a_pass_begins_when_something_is_due_and_trying_is_worth_it(
    due: bool, in_contact: bool, since_last_ms: int | None, came_to_nothing: bool, expected: bool
) -> None:
    asked = may_start(due=due, in_contact=in_contact, since_last_ms=since_last_ms, came_to_nothing=came_to_nothing)
    assert asked is expected


# --- what is heard of it ---------------------------------------------------------------------------------------------


class PlayedChild:
    """A drain that says what a test gives it, then ends when it is told to."""

    def __init__(self, *said: object) -> None:
        self.said = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in said]
        self.ended = False
        self.killed = False

    def send(self, line: bytes) -> None:
        raise AssertionError(f"nobody speaks to a drain: {line!r}")

    def receive(self, timeout_ms: int) -> bytes | None:
        assert timeout_ms == 0, "the window never waits"
        if self.said:
            return self.said.pop(0)
        if self.ended:
            raise ChildGone
        return None

    def kill(self) -> None:
        self.killed = True


class Stage:
    """Spawns the children that a test has prepared."""

    def __init__(self, *children: PlayedChild) -> None:
        self.clock = VirtualClock()
        self.waiting = list(children)
        self.argv: list[Sequence[str]] = []
        self.drainer = Drainer(replace(virtual_runtime(self.clock), spawn=self._spawn), Home(Path("/home/x")), "zh")

    def _spawn(self, argv: Sequence[str]) -> Child:
        self.argv.append(argv)
        return self.waiting.pop(0)

    def wants(self, *, in_contact: bool = True) -> bool:
        return self.drainer.start_when_due(self.clock.now, in_contact=in_contact)


SETTLED = {"resolved": 2, "open": 1, "unreachable": 0}
UNREACHED = {"resolved": 0, "open": 3, "unreachable": 3}


def test_a_pass_is_a_child_process_and_there_is_one_at_most() -> None:
    child = PlayedChild(SETTLED)
    stage = Stage(child)
    assert stage.drainer.poll() is None
    assert stage.wants()
    assert not stage.wants()
    stage.drainer.start()
    assert [list(argv[1:]) for argv in stage.argv] == [
        ["-m", "pos_client", "--home", "/home/x", "--language", "zh", "sync", "--once", "--probe", "--aside", "--json"]
    ]
    assert stage.drainer.poll() is None, "it has not ended yet"
    child.ended = True
    assert stage.drainer.poll() == Drained(resolved=2, still_open=1)
    assert stage.drainer.poll() is None
    assert not stage.drainer.is_running
    assert child.killed, "no dead process is left behind"


def test_nothing_open_or_nothing_due_starts_nothing() -> None:
    stage = Stage()
    assert not stage.drainer.start_when_due(None, in_contact=True)
    assert not stage.drainer.start_when_due(stage.clock.now + timedelta(seconds=1), in_contact=True)


def _ended(said: Mapping[str, object] | None) -> PlayedChild:
    child = PlayedChild(*([] if said is None else [said]))
    child.ended = True
    return child


def test_after_a_pass_that_reached_nobody_a_contact_that_came_back_is_used_at_once() -> None:
    stage = Stage(_ended(UNREACHED), _ended(UNREACHED), _ended(SETTLED))
    assert stage.wants()
    told = stage.drainer.poll()
    assert told is not None
    assert told.in_contact is False
    stage.clock.advance(milliseconds=SOON_MS)
    assert not stage.wants(in_contact=False)
    assert stage.wants(in_contact=True)
    stage.drainer.poll()
    stage.clock.advance(milliseconds=LATER_MS)
    assert stage.wants(in_contact=False)


def test_after_a_pass_that_settled_nothing_it_is_left_in_peace_for_a_while() -> None:
    stage = Stage(_ended({"resolved": 0, "open": 1, "unreachable": 0}), _ended(SETTLED), _ended(SETTLED))
    assert stage.wants()
    stage.drainer.poll()
    stage.clock.advance(milliseconds=SOON_MS)
    assert not stage.wants()
    stage.clock.advance(milliseconds=LATER_MS)
    assert stage.wants()
    stage.drainer.poll()
    stage.clock.advance(milliseconds=SOON_MS)
    assert stage.wants(), "the last one settled something, so more may be to settle"


def test_out_of_contact_a_pass_looks_once_a_minute_whether_the_bureau_is_back() -> None:
    away = {"resolved": 0, "open": 0, "unreachable": 0, "reached": False}
    stage = Stage(_ended(away), _ended(away | {"reached": True}))
    assert stage.drainer.start_when_due(None, in_contact=False)
    told = stage.drainer.poll()
    assert told is not None
    assert told.in_contact is False
    stage.clock.advance(milliseconds=SOON_MS)
    assert not stage.drainer.start_when_due(None, in_contact=False)
    stage.clock.advance(milliseconds=LATER_MS)
    assert stage.drainer.start_when_due(None, in_contact=False)
    told = stage.drainer.poll()
    assert told is not None
    assert told.in_contact is True
    assert not stage.drainer.start_when_due(None, in_contact=True)


def test_what_is_lost_after_a_pass_that_went_well_is_asked_about_soon() -> None:
    stage = Stage(_ended(SETTLED), _ended(SETTLED))
    assert stage.wants()
    stage.drainer.poll()
    stage.clock.advance(milliseconds=SOON_MS)
    assert stage.wants(in_contact=False)


@pytest.mark.parametrize("said", [[], [b"Killed"], [b"[]"], [b"{}"]])
def test_a_pass_that_ends_without_a_word_is_told(said: list[bytes]) -> None:
    child = PlayedChild(*said)
    child.ended = True
    stage = Stage(child)
    stage.drainer.start()
    told = stage.drainer.poll()
    assert told is not None
    assert told.problem == "N-DRAIN"
    assert told.sentence.endswith("(N-DRAIN)")
    assert told.in_contact is None


def test_what_kept_a_pass_from_working_is_told_in_its_own_words() -> None:
    child = PlayedChild({"problem": "D-FULL", "sentence": "本机磁盘已满。(D-FULL)"})
    child.ended = True
    stage = Stage(child)
    stage.drainer.start()
    assert stage.drainer.poll() == Drained(problem="D-FULL", sentence="本机磁盘已满。(D-FULL)")


def test_closing_ends_a_pass_that_is_under_way() -> None:
    child = PlayedChild()
    stage = Stage(child)
    stage.drainer.close()
    stage.drainer.start()
    stage.drainer.close()
    stage.drainer.close()
    assert child.killed
    assert not stage.drainer.is_running


# --- a real one ------------------------------------------------------------------------------------------------------


def _sell_into_the_dark(world: World, desk: Desk) -> str:
    quoted = world.quote(desk)
    world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
    with pytest.raises(OutcomeUnknown) as told:
        settle(desk, quoted, quoted.due_fen)
    return str(told.value.fill["id"])


def _passed(drainer: Drainer) -> Drained:
    while (told := drainer.poll()) is None:
        time.sleep(0.02)
    return told


@pytest.fixture
def drained(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Drained]]:
    """Runs one real pass."""
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    with closing(Drainer(world.runtime, world.home, "zh")) as drainer:

        def run() -> Drained:
            drainer.start()
            return _passed(drainer)

        yield run


def test_a_real_pass_finds_out_beside_an_open_desk(world: World, drained: Callable[[], Drained]) -> None:
    with world.desk() as desk:
        assert next_due(desk.office.store) is None
        assert drained() == Drained(probed=True)
        _sell_into_the_dark(world, desk)
        assert next_due(desk.office.store) is not None
        assert drained() == Drained(resolved=1)
        assert next_due(desk.office.store) is None
    assert world.agreement().disagreements == ()


def test_with_nothing_open_a_real_pass_says_whether_the_bureau_is_there(
    world: World, drained: Callable[[], Drained], monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.desk():
        assert drained() == Drained(probed=True)
        monkeypatch.setenv("POS_CLIENT_FRONT_END", "http://127.0.0.1:1")
        assert drained() == Drained(probed=False)


def test_what_a_desk_has_under_way_is_not_due(world: World) -> None:
    with world.desk() as desk:
        quoted = world.quote(desk)
        seen: list[object] = []
        real = world.http.post

        def post(*arguments: object, **more: object) -> object:
            seen.append(next_due(desk.office.store))
            return real(*arguments, **more)  # type: ignore[arg-type]

        world.http.post = post  # type: ignore[assignment]
        settle(desk, quoted, quoted.due_fen)
    assert seen == [None]


def test_a_settled_bill_whose_customer_has_left_is_due(world: World) -> None:
    with world.desk() as desk:
        id_ = _sell_into_the_dark(world, desk)
        customer_left(desk.office, id_)
        with desk.office.store.read() as connection:
            message = journal.find(connection, id_)
        assert message is not None
        attempt = desk.office.bureau.hold(desk.office.resolver.resolve(message))
        assert attempt.result is Result.FOUND
        assert next_due(desk.office.store) is not None


def test_a_bureau_that_is_not_there_is_told(
    world: World, drained: Callable[[], Drained], monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.desk() as desk:
        _sell_into_the_dark(world, desk)
        monkeypatch.setenv("POS_CLIENT_FRONT_END", "http://127.0.0.1:1")
        told = drained()
    assert (told.still_open, told.in_contact) == (1, False)


def test_a_drain_that_is_already_under_way_is_no_problem(world: World, drained: Callable[[], Drained]) -> None:
    with world.desk(), drain_lock(world.home):
        assert drained() == Drained()


def test_a_home_that_cannot_be_used_is_told_in_words(world: World, drained: Callable[[], Drained]) -> None:
    with world.desk():
        world.home.config_file.write_text("[desk", encoding="utf-8")
        told = drained()
    assert told.problem == "E-CONFIG"
    assert "设置文件" in told.sentence
