"""Whatever a maker's library or its process says: one sentence with a code, and the next reading works."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.card import pipe
from pos_client.card.makers.library import LibraryReader
from pos_client.card.social_security.identity import CardIdentity
from pos_client.errors import EnvironmentProblem, Problem, Refused
from pos_client.runtime import Child, ChildGone
from tests.card.fuzz.corpus import cases
from tests.card.fuzz.desk import failing_case
from tests.card.makers.compiled import TEXT
from tests.virtual import VirtualClock

KEPT = cases("library")

GREETING, LOADED = b'{"host": 1}', b'{"loaded": true}'
GOOD = json.dumps({"number": 0, "said": TEXT.encode("gb18030").hex()}).encode()
FIELDS = TEXT.split("|")


class PlayedHost:
    """The library's process: says its lines, then ends."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self._lines = list(lines)

    def send(self, line: bytes) -> None:
        json.loads(line)

    def receive(self, timeout_ms: int) -> bytes | None:
        if not self._lines:
            raise ChildGone
        return self._lines.pop(0)

    def kill(self) -> None:
        self._lines.clear()


def play(*lines: bytes) -> CardIdentity | Problem:
    """What a reading comes to, and a good one after it on the same reader."""
    sayings = [lines, (GREETING, LOADED, GOOD)]

    def spawn(_argv: Sequence[str]) -> Child:
        return PlayedHost(sayings.pop(0))

    reader = LibraryReader("/opt/libreader.so", spawn=spawn, clock=VirtualClock())
    came = _read(reader)
    again = _read(reader)
    assert isinstance(again, CardIdentity)
    assert again.card_number == "A00000011"
    return came


def _read(reader: LibraryReader) -> CardIdentity | Problem:
    try:
        identity = reader.read()
    except (EnvironmentProblem, Refused) as problem:
        return _told(problem)
    assert pipe.identity_of(json.loads(pipe.answered(1, pipe.identity_value(identity)))["value"]) == identity
    return identity


def _told(problem: Problem) -> Problem:
    assert problem.code.startswith("K-")
    for sentence in (problem.sentence("zh"), problem.sentence("en")):
        assert "{library}" not in sentence
    assert pipe.problem_of(json.loads(pipe.refused(1, problem))["problem"]).code == problem.code
    return problem


def line_of(case: str) -> list[bytes]:
    """The lines that a kept case means."""
    kind, _, value = case.partition(" ")
    match kind:
        case "text":
            return [GREETING, LOADED, json.dumps({"number": 0, "said": value.encode("gb18030").hex()}).encode()]
        case "number":
            return [GREETING, LOADED, json.dumps({"number": int(value), "said": ""}).encode()]
        case "host":
            return [GREETING, LOADED, value.encode()]
        case "hex":
            return [GREETING, LOADED, bytes.fromhex(value)]
        case "early":
            return [GREETING, value.encode()]
        case _:
            assert kind == "first", f"{case!r} is no case"
            return [value.encode()]


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT)
def test_kept_cases(case: str) -> None:
    play(*line_of(case))


#: What stands in the fields, or nearly.
NEARLY = st.sampled_from(
    (*FIELDS, "", " ", "FFFFFFFF", "00000000", "20249999", "3.00", "X", "·", "\x7f", "张" * 9, "{0}", "|")
)


def told(fields: Sequence[str]) -> bytes:
    return json.dumps({"number": 0, "said": "|".join(fields).encode("gb18030", "replace").hex()}).encode()


@settings(max_examples=600, deadline=None)
@given(
    st.dictionaries(st.integers(0, len(FIELDS) - 1), NEARLY | st.text(max_size=40), max_size=4),
    st.integers(0, len(FIELDS) + 2),
)
def test_any_text_comes_to_a_person_or_one_sentence(changed: dict[int, str], count: int) -> None:
    fields = [changed.get(at, text) for at, text in enumerate(FIELDS + [""] * 3)][:count] if count else FIELDS
    with failing_case("text", "|".join(fields)):
        play(GREETING, LOADED, told(fields))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=1200))
def test_any_bytes_come_to_one_sentence(written: bytes) -> None:
    play(GREETING, LOADED, json.dumps({"number": 0, "said": written.hex()}).encode())


@given(st.integers(-40_000, 40_000) | st.integers(-(2**31), 2**31 - 1))
def test_any_number_comes_to_one_sentence(number: int) -> None:
    with failing_case("number", number):
        assert (
            isinstance(play(GREETING, LOADED, json.dumps({"number": number, "said": ""}).encode()), Problem)
            or not number
        )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(("host", "loaded", "number", "said", "unusable", "detail"))
SAYINGS = st.sampled_from(("missing", "no-library", "overrun", "zz", "00", "0", "7c")) | JSON


@settings(max_examples=600, deadline=None)
@given(
    st.lists(
        st.dictionaries(KEYS, SAYINGS, max_size=3).map(json.dumps).map(str.encode) | st.binary(max_size=80), max_size=3
    ),
    st.sampled_from(((), (GREETING,), (GREETING, LOADED))),
)
def test_any_lines_of_its_process_come_to_one_sentence(lines: list[bytes], before: tuple[bytes, ...]) -> None:
    with failing_case("host", *lines):
        play(*before, *(line.replace(b"\n", b" ") for line in lines))
