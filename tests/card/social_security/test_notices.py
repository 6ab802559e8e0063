"""What the clerk is told about a card that was read well."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.notices import NoticeKind, card_number_agrees, notices
from tests.card.simulated import written_on
from tests.card.social_security.terminal import READER, ZHANG

IDENTITY = written_on(ZHANG, READER)
TODAY = date(2026, 11, 21)
HERE = "439900"


def kinds(identity: CardIdentity, region: str = HERE, *, check_genuine: bool = False) -> list[NoticeKind]:
    return [notice.kind for notice in notices(identity, TODAY, region, check_genuine=check_genuine)]


def test_an_ordinary_card_is_worth_no_word() -> None:
    assert kinds(IDENTITY) == []


def test_a_card_is_good_on_its_last_day_and_without_one() -> None:
    assert kinds(replace(IDENTITY, expires_on=TODAY)) == []
    assert kinds(replace(IDENTITY, expires_on=None)) == []
    assert kinds(replace(IDENTITY, expires_on=TODAY - timedelta(days=1))) == [NoticeKind.EXPIRED]


def test_a_card_of_tomorrow_means_a_wrong_clock() -> None:
    assert kinds(replace(IDENTITY, issued_on=TODAY)) == []
    assert kinds(replace(IDENTITY, issued_on=TODAY + timedelta(days=1))) == [NoticeKind.NOT_YET_ISSUED]


@pytest.mark.parametrize(
    ("card", "hospital", "elsewhere"),
    [
        ("439900", "439900", False),
        ("439900", "439921", False),
        ("439900", "430100", True),
        ("310000", "310115", False),
        ("310000", "320500", True),
        ("439900", "", False),
    ],
)
def test_a_card_of_another_city_is_said_and_a_district_is_none(card: str, hospital: str, elsewhere: bool) -> None:
    assert kinds(replace(IDENTITY, region=card), hospital) == ([NoticeKind.OTHER_REGION] if elsewhere else [])


@pytest.mark.parametrize("number", ["A00000011", "A0000010X", "B12345671"])
def test_the_check_characters_that_were_worked_out_agree(number: str) -> None:
    assert card_number_agrees(number)


@given(st.from_regex(r"[A-Z0-9][0-9]{7}", fullmatch=True))
def test_every_number_has_exactly_one_check_character(number: str) -> None:
    assert sum(card_number_agrees(number + check) for check in "0123456789X") == 1


@pytest.mark.parametrize("number", ["", "A0000001", "A00000010", "A000000111", "一00000011", "A000-0011"])
def test_a_number_that_does_not_agree_is_only_said(number: str) -> None:
    assert kinds(replace(IDENTITY, card_number=number)) == [NoticeKind.CARD_NUMBER]


def test_a_card_that_nobody_tested_is_said_only_where_tests_are_wanted() -> None:
    assert kinds(IDENTITY, check_genuine=True) == [NoticeKind.NOT_CHECKED]
    assert kinds(replace(IDENTITY, genuine=True), check_genuine=True) == []


def test_every_notice_is_a_whole_sentence_without_the_person() -> None:
    odd = replace(
        IDENTITY, expires_on=date(2020, 1, 31), issued_on=date(2030, 1, 1), region="110000", card_number="A00000010"
    )
    found = notices(odd, TODAY, HERE, check_genuine=True)
    assert [notice.kind for notice in found] == list(NoticeKind)
    assert "2020-01-31" in found[0].phrase.say("zh")
    assert "110000" in found[2].phrase.say("en")
    for notice in found:
        for text in notice.phrase:
            assert "{" not in text
            assert IDENTITY.name not in text
            assert IDENTITY.id_number not in text
        assert "照常" in notice.phrase.zh
