"""What a library's number means to the clerk."""

import pytest

from pos_client.card import pipe, words
from pos_client.card.makers import numbers
from pos_client.errors import EnvironmentProblem, Refused, Words

MEANINGS = {
    -1: words.NOT_SOCIAL_SECURITY,
    -2: words.NO_CARD,
    -3: words.CARD_MUTE,
    -4: words.CARD_MUTE,
    -5: words.LIBRARY_UNUSABLE,
    -11: words.READER_UNAVAILABLE,
    -12: words.READER_UNAVAILABLE,
    -15: words.LINE_DISTURBED,
    -20: words.DATA_DAMAGED,
    -21: words.CARD_NOT_GENUINE,
    -23: words.DATA_DAMAGED,
    -24: words.PSAM_LACKS_KEY,
    -31: words.PIN_PAD_CANCELLED,
    -32: words.PIN_PAD_TIMEOUT,
    -33: words.PIN_FORMAT,
    -51: words.PIN_WRONG,
    -52: words.PIN_LOCKED,
    -2201: words.HOLDER_DATA_LOCKED,
    -2202: words.PSAM_LACKS_KEY,
    -2203: words.PSAM_LACKS_KEY,
    -25219: words.APPLICATION_BLOCKED,
    -25536: words.READER_NOT_AUTHORISED,
    -25538: words.READER_NOT_AUTHORISED,
    -25551: words.READER_NOT_AUTHORISED,
    -27010: words.HOLDER_DATA_LOCKED,
    -27011: words.READER_KEY_LOCKED,
    -27265: words.CARD_BLOCKED,
    -27266: words.NOT_SOCIAL_SECURITY,
    -27272: words.PSAM_LACKS_KEY,
    -37635: words.APPLICATION_BLOCKED,
}
REFUSED = (
    -21, -24, -31, -33, -51, -52, -2201, -2202, -2203, -25219, -25536, -25538, -25551, -27010, -27011, -27265, -27272,
    -37635,
)  # fmt: skip


@pytest.mark.parametrize("number", [*MEANINGS, -13, -14, -22, -99, -26368, 1, 2**31 - 1, -(2**31)])
def test_every_number_has_a_whole_sentence_and_crosses_the_pipe(number: int) -> None:
    problem = numbers.problem(number, "SSCard.dll")
    assert problem.words is MEANINGS.get(number, words.LIBRARY_REFUSED)
    assert "{" not in problem.sentence("zh") + problem.sentence("en")
    assert str(number) in str(problem.evidence)
    assert "problem" in pipe.refused(1, problem).decode()


@pytest.mark.parametrize("number", MEANINGS)
def test_what_the_card_or_its_holder_refuses_is_told_from_what_wants_repair(number: int) -> None:
    assert type(numbers.problem(number, "SSCard.dll")) is (Refused if number in REFUSED else EnvironmentProblem)


def test_a_number_without_a_meaning_is_told_to_it() -> None:
    assert "(-99)" in numbers.problem(-99, "x").sentence("zh").replace("（", "(").replace("）", ")")


def test_the_words_of_this_table_are_words() -> None:
    assert all(isinstance(said, Words) for said in MEANINGS.values())
