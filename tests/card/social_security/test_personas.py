"""Every card that the simulator can put into a hand, read at a desk with a PSAM and at one without."""

from dataclasses import replace

import pytest

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psam import Psam as SimulatedPsam
from hardware_sim.card.slot import Slot
from pos_client.card import words
from pos_client.card.psam import Psam
from pos_client.card.social_security import pin
from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.pin import Pin
from pos_client.card.social_security.purse import read_purse
from pos_client.card.social_security.reading import read_identity
from pos_client.errors import Problem, Words
from tests.card.simulated import DirectCard, outcome, written_on

READER = "pcsc:"
WRONG_CARDS: dict[str, Words] = {
    "bank-card": words.BANK_CARD,
    "health-card": words.HEALTH_CARD,
    "other-chip-card": words.NOT_SOCIAL_SECURITY,
    "psam-in-card-slot": words.PSAM_CARD,
    "blocked-card": words.CARD_BLOCKED,
    "blocked-application": words.APPLICATION_BLOCKED,
}
#: What a desk says that has a PSAM.
REFUSED = {"cloned-card": words.CARD_NOT_GENUINE, "wrong-authentication": words.READER_NOT_AUTHORISED}
READABLE = [name for name in personas.names() if name not in WRONG_CARDS and name not in REFUSED]
LOCKED = [name for name in personas.names() if personas.load(name).card.third_generation]


def at_desk(name: str, *, psam: bool) -> CardIdentity | Problem:
    chip = chip_of(personas.load(name).card)
    card, beside = DirectCard(Slot(chip)), DirectCard(Slot(SimulatedPsam()))
    return outcome(lambda: read_identity(card, READER, atr=chip.atr, psam=lambda: Psam(beside) if psam else None))


def expected(name: str) -> CardIdentity:
    card = personas.load(name).card
    identity = written_on(card, READER)
    if "0A" in card.missing_records.get("EF06", ()):
        identity = replace(identity, sex="9")
    if "0D" in card.missing_records.get("EF06", ()):
        identity = replace(identity, born_on=None)
    return identity


@pytest.mark.parametrize("name", READABLE)
def test_a_desk_with_a_psam_reads_every_person(name: str) -> None:
    proven = True if personas.load(name).card.third_generation else None
    assert at_desk(name, psam=True) == replace(expected(name), genuine=proven)


@pytest.mark.parametrize("name", [name for name in READABLE if name not in LOCKED])
def test_a_desk_without_one_reads_all_but_the_locked(name: str) -> None:
    assert at_desk(name, psam=False) == expected(name)


@pytest.mark.parametrize(("name", "said"), [*WRONG_CARDS.items(), *REFUSED.items()])
def test_a_card_that_cannot_be_used_is_said(name: str, said: Words) -> None:
    told = at_desk(name, psam=True)
    assert isinstance(told, Problem)
    assert told.words is said


@pytest.mark.parametrize("name", LOCKED)
def test_a_desk_without_one_says_what_it_would_need(name: str) -> None:
    told = at_desk(name, psam=False)
    assert isinstance(told, Problem)
    assert told.words is words.HOLDER_DATA_LOCKED


def test_the_open_purse_is_looked_into() -> None:
    card = DirectCard(Slot(chip_of(personas.load("purse-open").card)))
    pin.select(card)
    pin.verify(card, Pin(personas.load("purse-open").card.pin))
    found = read_purse(card)
    assert (found.balance_fen, found.own_paid_fen, found.pool_paid_fen, found.year) == (30_550, 12_000, 80_000, 2026)
    assert [entry.account_fen for entry in found.transactions] == [4_450, 15_000, 50_000]
