"""The cards of the matrix at its desks, and what a desk says of them."""

from dataclasses import replace
from typing import Final

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.personas import CardData
from pos_client.card import words
from pos_client.card.social_security.identity import CardIdentity
from pos_client.card.social_security.mismatch import mismatches
from pos_client.card.social_security.notices import card_number_agrees
from pos_client.errors import Problem
from tests.card.matrix.desks import Desk
from tests.card.matrix.expectations import ALTERED, READ, Version
from tests.card.matrix.issued import IssuedCard, issued
from tests.card.simulated import written_on

#: Somebody else's card, for hands that exchange one in mid-reading.
OTHER: Final = personas.load("li-xiulan").card


def card_in(desk: Desk, version: Version) -> IssuedCard:
    """The desk's own card of that version is in its reader; a new one was read once, so that everything is warm."""
    card = desk.cards.get(version.name) or issued(personas.load(version.persona).card)
    desk.put_in(card.chip, psam=version.psam)
    if version.name not in desk.cards:
        desk.cards[version.name] = card
        desk.slot.lay_ready(chip_of(OTHER))
        assert told(desk.read(), card.data) == version.clean
    return card


def told(came_to: CardIdentity | Problem, card: CardData) -> str:
    """What a reading came to, in the words of the expectations; every problem with the clerk's own sentence."""
    if isinstance(came_to, Problem):
        assert came_to.words is words.BY_CODE[came_to.code]
        sentence = came_to.sentence("zh")
        assert sentence.endswith(f"({came_to.code})")
        assert "{" not in sentence
        return came_to.code
    true = written_on(card, came_to.reader)
    true = replace(true, genuine=True if card.third_generation else None)
    if came_to == true:
        return READ
    assert is_found_out(came_to, card), "a changed byte may only pass where somebody else finds it out"
    return ALTERED


def is_found_out(identity: CardIdentity, card: CardData) -> bool:
    """Whether the bureau's own number or the card number's check character tells of what was changed on the way."""
    at_bureau = mismatches(identity, id_number=card.id_number, name=card.name, card_number=card.card_number)
    return any(one.stops for one in at_bureau) or not card_number_agrees(identity.card_number)
