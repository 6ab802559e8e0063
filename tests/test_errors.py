"""Every sentence of the program: unique code, both languages, the same blanks in both."""

import importlib
import pkgutil
import string
from collections.abc import Iterator

import pytest

import pos_client
from pos_client.errors import EnvironmentProblem, OurBug, OutcomeUnknown, Refused, Words


def _all_words() -> Iterator[tuple[str, Words]]:
    for module in pkgutil.walk_packages(pos_client.__path__, "pos_client."):
        if ".versions" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Words):
                yield f"{module.name}.{name}", value


ALL = {id(words): (place, words) for place, words in _all_words()}


def test_the_program_has_words_for_many_failures() -> None:
    assert len(ALL) > 40


def test_no_two_sentences_share_a_code() -> None:
    # A code with a blank in it is filled with the transaction: R-2102.
    codes = [words.code for _, words in ALL.values() if "{" not in words.code]
    assert len(codes) == len(set(codes)), sorted(code for code in codes if codes.count(code) > 1)


@pytest.mark.parametrize("words", [words for _, words in ALL.values()], ids=[place for place, _ in ALL.values()])
def test_a_sentence_says_the_same_in_both_languages(words: Words) -> None:
    def blanks(text: str) -> set[str]:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        return {name.removesuffix("_zh").removesuffix("_en") for name in names}

    assert blanks(words.zh) == blanks(words.en)
    assert any("\u4e00" <= character <= "\u9fff" for character in words.zh)
    assert words.zh.endswith(("。", "}")), "a whole sentence"
    assert words.en.endswith((".", "}")), "a whole sentence"


def test_each_kind_has_its_exit_code() -> None:
    assert [kind.exit_code for kind in (Refused, OutcomeUnknown, EnvironmentProblem, OurBug)] == [1, 3, 4, 70]


def test_the_code_stands_at_the_end_and_blanks_are_filled() -> None:
    problem = Refused(Words("T-1", "没有{what}。", "There is no {what}."), {"why": "x"}, what="card")
    assert problem.sentence("zh") == "没有card。(T-1)"
    assert problem.sentence("en") == "There is no card. (T-1)"
    assert str(problem) == "There is no card. (T-1) {'why': 'x'}"
