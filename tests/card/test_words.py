"""Every sentence of the card room is whole in both languages."""

import string

import pytest

from pos_client.card import words
from pos_client.errors import Words

ALL = [value for value in vars(words).values() if isinstance(value, Words)]


def fills(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_sentence_is_found_by_its_code() -> None:
    assert sorted(words.BY_CODE) == sorted(said.code for said in ALL)
    assert len(words.BY_CODE) == len(ALL)


@pytest.mark.parametrize("said", ALL, ids=lambda said: said.code)
def test_a_sentence_is_whole_in_both_languages(said: Words) -> None:
    assert said.code.startswith("K-")
    assert said.zh.endswith("。")
    assert said.en.endswith(".")
    assert {_without_language(name) for name in fills(said.zh)} == {_without_language(name) for name in fills(said.en)}


def _without_language(name: str | None) -> str:
    return (name or "").removesuffix("_zh").removesuffix("_en")


def test_the_torn_card_is_told_as_the_clerks_know_it() -> None:
    assert words.CARD_TORN.code == "K-12"
    assert words.CARD_TORN.zh == "卡已拔出，刚才没有读完。请重新插卡。"
