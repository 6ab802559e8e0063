"""Cards that are mistaken for the social-security card, each with its own sentence."""

import pytest

from hardware_sim import personas
from hardware_sim.card.chip import Chip
from hardware_sim.card.profiles import bank_card, chip_of, health_card, other_chip_card
from hardware_sim.card.slot import Slot
from pos_client.card import words
from pos_client.card.social_security.reading import read_identity
from pos_client.errors import EXIT_ENVIRONMENT, EnvironmentProblem, Words
from tests.card.simulated import DirectCard, ScriptedCard

ATR = bytes.fromhex("3B6D00000080318065B0893501F1839000")


@pytest.mark.parametrize(
    ("chip", "said"),
    [
        (chip_of(personas.load("bank-card").card), words.BANK_CARD),
        (bank_card(ATR), words.BANK_CARD),
        (health_card(ATR), words.HEALTH_CARD),
        (other_chip_card(ATR), words.NOT_SOCIAL_SECURITY),
    ],
    ids=["the persona's bank card", "bank card", "health card", "another chip card"],
)
def test_each_wrong_card_has_its_sentence(chip: Chip, said: Words) -> None:
    with pytest.raises(EnvironmentProblem) as told:
        read_identity(DirectCard(Slot(chip)), "pcsc:")
    assert told.value.words is said
    assert told.value.exit_code == EXIT_ENVIRONMENT
    assert told.value.evidence == {"step": "SELECT SSSE", "status": "6A82"}


def test_a_bank_card_that_only_knows_its_contactless_name_is_a_bank_card() -> None:
    with pytest.raises(EnvironmentProblem) as told:
        read_identity(ScriptedCard("6A82", "6A82", "6104", "6F0284009000"), "pcsc:")
    assert told.value.words is words.BANK_CARD


def test_one_refused_function_does_not_make_a_blocked_card() -> None:
    answers = ["6A81", "9000", "6A82", "6A82", "6A82", "6A82"]
    with pytest.raises(EnvironmentProblem) as told:
        read_identity(ScriptedCard(*answers), "pcsc:")
    assert told.value.words is words.NOT_SOCIAL_SECURITY


def test_a_directory_without_the_file_of_a_health_card_is_none() -> None:
    with pytest.raises(EnvironmentProblem) as told:
        read_identity(ScriptedCard("6A82", "6A82", "6A82", "9000", "6A82", "6A82"), "pcsc:")
    assert told.value.words is words.NOT_SOCIAL_SECURITY


@pytest.mark.parametrize("record", ["6A83", "0102313290 00", "01029000"])
def test_a_directory_without_the_class_of_a_health_card_is_none(record: str) -> None:
    with pytest.raises(EnvironmentProblem) as told:
        read_identity(ScriptedCard("6A82", "6A82", "6A82", "9000", "9000", record, "6A82"), "pcsc:")
    assert told.value.words is words.NOT_SOCIAL_SECURITY
