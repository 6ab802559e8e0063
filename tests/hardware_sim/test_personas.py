"""The shipped personas: their ids, whose card each is, and that all of them are made into chips."""

import pytest

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of

INSURED = ["li-xiulan", "ma-yan", "wang-xiaomei", "zhang-jianguo", "zhao-tingbao"]


def test_those_in_the_register_are_the_persons_and_all_others_only_cards() -> None:
    assert [name for name in personas.names() if personas.load(name).register is not None] == INSURED


@pytest.mark.parametrize("name", personas.names())
def test_each_persona_says_what_it_is_and_becomes_a_chip(name: str) -> None:
    persona = personas.load(name)
    assert persona.id == name
    assert persona.summary_zh
    assert persona.summary_en
    assert chip_of(persona.card).power_on() == persona.card.atr


def test_another_card_of_a_person_says_only_what_differs() -> None:
    zhang, third = personas.load("zhang-jianguo"), personas.load("third-generation")
    assert (third.card.id_number, third.card.card_number) == (zhang.card.id_number, zhang.card.card_number)
    assert (third.card.version, third.card.kind, third.register) == ("3.00", "social_security_keyed", None)


def test_a_mismatched_name_is_not_that_of_the_register() -> None:
    card, register = personas.load("mismatched-name").card, personas.load("zhang-jianguo").card
    assert card.id_number == register.id_number
    assert card.name != register.name


@pytest.mark.parametrize("name", [one for one in personas.names() if personas.load(one).card.id_number])
def test_nobody_is_real(name: str) -> None:
    card = personas.load(name).card
    assert card.id_number.startswith("439999")
    assert card.identification_code.startswith("439900D156000005")
    assert _check_character(card.id_number[:17]) == card.id_number[17]


def _check_character(digits: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11]


def test_a_persona_that_is_not_shipped_is_told() -> None:
    with pytest.raises(personas.UnknownPersona, match="no persona 'nobody'"):
        personas.load("nobody")
