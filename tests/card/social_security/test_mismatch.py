"""The card held against the bureau: numbers stop, names warn."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.mismatch import Compared, Mismatch, mismatches
from tests.card.simulated import written_on
from tests.card.social_security.terminal import READER, ZHANG

IDENTITY = written_on(ZHANG, READER)


def against(
    identity: CardIdentity = IDENTITY,
    *,
    id_number: str = ZHANG.id_number,
    name: str = ZHANG.name,
    card_number: str = "",
    code: str = "",
) -> tuple[Mismatch, ...]:
    return mismatches(identity, id_number=id_number, name=name, card_number=card_number, identification_code=code)


def test_the_same_person_is_the_same_person() -> None:
    assert against() == ()
    assert against(card_number=ZHANG.card_number, code=ZHANG.identification_code.lower()) == ()


def test_another_number_stops_and_another_name_only_warns() -> None:
    number, name = against(id_number="439999197003030020", name="章建国")
    assert (number.compared, number.stops) == (Compared.ID_NUMBER, True)
    assert (name.compared, name.stops) == (Compared.NAME, False)
    assert (name.on_card, name.at_bureau) == ("张建国", "章建国")


def test_a_replaced_card_stops() -> None:
    assert [found.stops for found in against(card_number="A0000010X", code="439900D1560000050000000A1A2B3C4D")] == [
        True,
        True,
    ]


def test_what_the_bureau_does_not_say_cannot_differ() -> None:
    assert against(id_number="", name=" ") == ()


@pytest.mark.parametrize(
    "written", ["43999919700303001x", " 439999 19700303001X ", "４３９９９９１９７００３０３００１Ｘ"]
)
def test_a_number_is_the_same_however_it_is_typed(written: str) -> None:
    assert against(replace(IDENTITY, id_number="43999919700303001X"), id_number=written) == ()


def test_a_number_of_the_first_generation_is_the_same_number() -> None:
    assert against(id_number="439999700303001") == ()
    (found,) = against(id_number="439999700303002")
    assert found.stops


@pytest.mark.parametrize(
    "written",
    [
        "阿依古丽·买买提",
        "阿依古丽•买买提",
        "阿依古丽．买买提",
        "阿依古丽 买买提",
        "阿依古丽　‧ 买买提",
        "阿依古丽･买买提",
        "阿依古丽买买提",
    ],
)
def test_the_point_in_a_name_is_written_in_many_ways(written: str) -> None:
    assert against(replace(IDENTITY, name="阿依古丽·买买提"), name=written) == ()


def test_wide_letters_and_capitals_are_letters() -> None:
    assert against(replace(IDENTITY, name="ＡＮＮＡ Smith"), name="Anna·SMITH") == ()


def test_a_rare_character_written_by_its_old_code_is_a_warning_and_no_stop() -> None:
    (found,) = against(replace(IDENTITY, name="马\ue000"), name="马䶮")
    assert not found.stops


@given(st.text(max_size=20), st.text(max_size=20))
def test_comparing_never_fails_and_does_not_depend_on_the_side(one: str, other: str) -> None:
    there = against(replace(IDENTITY, name=one, id_number=one), name=other, id_number=other)
    back = against(replace(IDENTITY, name=other, id_number=other), name=one, id_number=one)
    assert [found.compared for found in there] == [found.compared for found in back]


def test_the_values_are_for_the_screen_only() -> None:
    (found,) = against(name="章建国")
    assert "国" not in f"{found!r} {found}"
