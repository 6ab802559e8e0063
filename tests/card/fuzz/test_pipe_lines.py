"""Whatever comes through the pipe from the card process: one sentence with a code, and the next reading works."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.card import pipe, words
from pos_client.card.process import CardProcess
from pos_client.errors import EnvironmentProblem, Problem, Refused
from tests.card.fuzz.corpus import cases
from tests.card.fuzz.desk import failing_case
from tests.card.simulated import written_on
from tests.card.test_process import URL, ZHANG, Stage, answers_rightly

KEPT = cases("pipe")

#: What may be asked of the process.
ASKED: dict[str, Callable[[CardProcess], object]] = {
    "read": CardProcess.read,
    "readers": CardProcess.readers,
    "look": CardProcess.look,
    "pin": CardProcess.pin_tries_left,
    "account": CardProcess.account,
    "examine": lambda process: list(process.examine()),
}
#: In a line that is played this stands for the number of the question.
NUMBER = "$N"


def play(act: str, lines: list[bytes]) -> object:
    """What comes of a question that is answered by these lines, with a good reading after it."""

    def misbehaves(message: dict[str, object]) -> list[bytes]:
        if message["do"] != act or played:
            return answers_rightly(message)
        played.append(True)
        return [line.replace(NUMBER.encode(), str(message["id"]).encode()) for line in lines]

    played: list[bool] = []
    stage = Stage(misbehaves)
    with CardProcess(stage.runtime, URL) as process:
        came = _outcome(lambda: ASKED[act](process))
        if any(child.lines for child in stage.children):  # what was said too much meets the next who asks
            next_one = _outcome(process.read)
            assert isinstance(next_one, Problem) or next_one == written_on(ZHANG, URL)
        assert process.read() == written_on(ZHANG, URL)
    return came


def _outcome(asked: Callable[[], object]) -> object:
    try:
        return asked()
    except (EnvironmentProblem, Refused) as problem:
        said = problem
    assert said.code.startswith("K-")
    assert said.sentence("zh")
    assert said.sentence("en")
    return said


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT)
def test_kept_cases(case: str) -> None:
    act, _, lines = case.partition(" ")
    play(act, [line.strip().encode() for line in lines.split("⏎")])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
IDENTITY = pipe.identity_value(written_on(ZHANG, URL))
PROBLEM: dict[str, object] = {"kind": "environment", "code": "K-13", "fill": {}, "evidence": {}}
FINDING: dict[str, object] = {
    "step": "files",
    "state": "good",
    "said": ["好", "good"],
    "advice": None,
    "duration_ms": 3,
    "evidence": {},
}
VALUES = JSON | st.just(IDENTITY) | st.just({"tries_left": 3}) | st.just([{"name": "a", "url": "pcsc:a"}])


@st.composite
def spoiled(draw: st.DrawFn, whole: dict[str, object]) -> dict[str, object]:
    """Something known with a part of it missing, other, or too much."""
    parts = dict(whole)
    part = draw(st.sampled_from(sorted(parts)))
    match draw(st.sampled_from(("missing", "other", "too much"))):
        case "missing":
            del parts[part]
        case "other":
            parts[part] = draw(JSON)
        case _:
            parts["surplus"] = draw(JSON)
    return parts


def messages() -> st.SearchStrategy[bytes]:
    """Lines as the process says them, with something wrong."""
    ids = st.just(NUMBER) | st.sampled_from(('"7"', "null", "-1", "0", "1e3", "[]", "999999"))
    bodies = st.one_of(
        st.builds(lambda value: {"value": value}, VALUES | spoiled(IDENTITY)),
        st.builds(lambda value: {"problem": value}, JSON | spoiled(PROBLEM)),
        st.builds(lambda value: {"finding": value}, JSON | spoiled(FINDING)),
        st.just({}),
    )
    return st.builds(_line, ids, bodies)


def _line(number: str, body: dict[str, Any]) -> bytes:
    return b'{"id":' + number.encode() + b"," + json.dumps(body).encode()[1:] if body else f'{{"id":{number}}}'.encode()


@settings(max_examples=1500)
@given(
    act=st.sampled_from(sorted(ASKED)),
    lines=st.lists(messages() | st.binary(max_size=60) | JSON.map(json.dumps).map(str.encode), min_size=1, max_size=3),
)
def test_any_lines_come_to_one_sentence(act: str, lines: list[bytes]) -> None:
    with failing_case(act, *lines):
        play(act, [line.replace(b"\n", b" ") for line in lines])


def test_noise_between_the_lines_costs_one_reading_at_most() -> None:
    """A library may print to standard output from within the card process."""
    came = play("read", [b"WARNING: winscard: something", b""])
    assert isinstance(came, Problem)
    assert came.words is words.READING_STOPPED
