"""What crosses the pipe is the same on the other side."""

import json

import pytest

from hardware_sim import personas
from pos_client.card import pipe, words
from pos_client.card.readers.reader_url import WrongReaderUrl
from pos_client.errors import EnvironmentProblem, Problem, Refused
from tests.card.simulated import SOCIAL_SECURITY_PERSONAS, written_on


@pytest.mark.parametrize("name", SOCIAL_SECURITY_PERSONAS)
def test_an_identity_crosses_whole(name: str) -> None:
    identity = written_on(personas.load(name).card, "pcsc:Reader 00")
    answer = json.loads(pipe.answered(7, pipe.identity_value(identity)))
    assert answer["id"] == 7
    assert pipe.identity_of(answer["value"]) == identity


@pytest.mark.parametrize(
    "problem",
    [
        EnvironmentProblem(words.READER_BUSY, {"hresult": "8010000B"}, reader="Reader 00"),
        Refused(words.HOLDER_DATA_LOCKED, {"key_algorithm": 3}),
        WrongReaderUrl(words.WRONG_READER_URL, url="usb:1"),
    ],
    ids=lambda problem: problem.code,
)
def test_a_problem_crosses_with_kind_words_filling_and_evidence(problem: Problem) -> None:
    crossed = pipe.problem_of(json.loads(pipe.refused(1, problem))["problem"])
    assert type(crossed) is type(problem)
    assert crossed.sentence("zh") == problem.sentence("zh")
    assert crossed.exit_code == problem.exit_code
    assert dict(crossed.evidence) == dict(problem.evidence)


def test_a_message_is_one_line() -> None:
    assert json.loads(pipe.request(1, "read", "pcsc:一号\n窗")) == {"id": 1, "do": "read", "reader": "pcsc:一号\n窗"}
    assert b"\n" not in pipe.request(1, "read", "pcsc:一号\n窗")
