"""Cards that are not as they should be, and PSAMs that are not × each way to them: what the clerk is told, and no harm.

Whatever the card, the next one is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import pytest

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psams import PSAMS
from hardware_sim.personas import CardData
from pos_client.card import words
from pos_client.card.social_security.identity import CardIdentity
from pos_client.errors import Problem
from tests.card.matrix.cards import card_in, told
from tests.card.matrix.desks import IN_PROCESS, LIBCCID, PTY_ECHO, SERVICES, TCP, VPCD, Desk, desk_on
from tests.card.matrix.expectations import ALTERED, READ, V1, V2, V3, V3_LOCKED
from tests.card.simulated import written_on

pytestmark = pytest.mark.usefixtures("quick_reader")

desk = desk_on(IN_PROCESS, TCP, PTY_ECHO, VPCD, LIBCCID)


@dataclass(frozen=True, slots=True)
class Special:
    """What a card comes to at a desk without a PSAM, and at one with it."""

    without: str
    with_psam: str
    on_a_service: str = ""
    """Where that is truly something else."""


_SAME_ON_ALL: Final = {
    "bank-card": "K-21",
    "health-card": "K-22",
    "other-chip-card": "K-23",
    "blocked-card": "K-24",
    "blocked-application": "K-25",
    "missing-record": READ,
    "expired-card": READ,
    "empty-medical": READ,
    "financial-card": READ,
    "purse-open": READ,
    "locked-pin": READ,
    "last-try": READ,
    "no-pin": READ,
    "mismatched-name": READ,
    "long-name": READ,
    "ma-yan": READ,
}
SPECIAL_CARDS: Final[Mapping[str, Special]] = {
    **{persona: Special(code, code) for persona, code in _SAME_ON_ALL.items()},
    "contactless-card": Special("K-31", READ),
    "cloned-card": Special("K-31", "K-36"),
    "wrong-authentication": Special("K-31", "K-33"),
    #: To the service no slot is the card's: a PSAM is a PSAM wherever it lies, and there is no other card.
    "psam-in-card-slot": Special("K-26", "K-26", on_a_service="K-11"),
}
#: The serial driver and its reader tell these apart: T=1, another speed, more bytes, fewer bytes.
_RESETS_OF_THEIR_OWN: Final = ("contactless-card", "financial-card", "purse-open", "other-chip-card")
_MATRIX: Final = {version.persona for version in (V1, V2, V3)}
_AS_V2: Final = {"zhang-jianguo", "li-xiulan", "wang-xiaomei", "zhao-tingbao"}


def test_every_card_that_is_shipped_is_somewhere_in_the_matrix() -> None:
    assert set(personas.names()) == SPECIAL_CARDS.keys() | _MATRIX | _AS_V2


@pytest.mark.parametrize("psam", [False, True], ids=["without-psam", "with-psam"])
def test_a_special_card_is_told_and_the_next_one_is_read(desk: Desk, psam: bool) -> None:
    for persona, special in SPECIAL_CARDS.items():
        code = special.with_psam if psam else special.without
        if desk.way in SERVICES:
            code = special.on_a_service or code
            if not worth_its_second(desk.way, persona, psam):
                continue
        with desk.saying(persona):
            card = personas.load(persona).card
            desk.put_in(chip_of(card), psam=psam)
            assert read_as(desk, card) == code
            desk.forget()  # what refused the terminal's key here would be refused at once from now on
    next_one = card_in(desk, V3 if psam else V1)
    assert told(desk.read(), next_one.data) == READ


def worth_its_second(way: str, persona: str, psam: bool) -> bool:
    """The service needs a second for each card: one that is the same to it as another is left out."""
    if persona in _RESETS_OF_THEIR_OWN:
        return True
    special = SPECIAL_CARDS[persona]
    return way == VPCD and (special.with_psam != READ if psam else special.with_psam != special.without)


def read_as(desk: Desk, card: CardData) -> str:
    """The same as for any card; what is missing on it is missing in what was read."""
    came_to = desk.read()
    if isinstance(came_to, Problem) or not card.missing_records:
        return told(came_to, card)
    true = replace(written_on(card, came_to.reader), sex="9", born_on=None)
    return READ if came_to == true else ALTERED


def test_a_card_of_a_version_to_come_is_told_with_its_version(desk: Desk) -> None:
    card = replace(personas.load("second-generation").card, version="4.00")
    desk.put_in(chip_of(card), psam=False)
    came_to = desk.read()
    assert isinstance(came_to, Problem)
    assert came_to.words is words.VERSION_UNKNOWN
    assert "4.00" in came_to.sentence("zh")


#: Answers to reset that are none, and where nobody looks at what is wrong with them: there the card is read.
_BAD_RESETS: Final = {
    "no card's first byte": ("3CFF", (IN_PROCESS,)),
    "cut off": ("3B6D00000081", (IN_PROCESS, VPCD)),
    "wrong check byte": ("3BED0000801FC300814A4446866051990000000158", (IN_PROCESS, VPCD, LIBCCID)),
}


@pytest.mark.parametrize("reset", _BAD_RESETS)
def test_a_card_that_does_not_reset_as_cards_do_is_mute(desk: Desk, reset: str) -> None:
    atr, borne_on = _BAD_RESETS[reset]
    card = replace(personas.load("second-generation").card, atr=bytes.fromhex(atr))
    desk.put_in(chip_of(card), psam=False)
    assert told(desk.read(), card) == (READ if desk.way in borne_on else "K-13")


def test_the_card_that_refuses_the_terminal_is_asked_once_and_never_again(desk: Desk) -> None:
    chip = chip_of(personas.load("wrong-authentication").card)
    desk.put_in(chip, psam=True)
    for _ in range(5):
        assert told(desk.read(), personas.load("wrong-authentication").card) == "K-33"
    assert set(chip._state.keys.left.values()) == {2}
    desk.forget()


PSAMS_AND_WHAT_THEY_OPEN: Final = {
    "nation": READ,
    "province": READ,
    "city": READ,
    "without-read-key": "K-35",
    "blocked": "K-31",  # it looks like none at all
}
#: Where its reader is set by hand, a PSAM that is none is told.
_BLOCKED_WHERE_SET: Final = "K-37"


def test_each_psam_opens_what_it_has_keys_for(desk: Desk) -> None:
    assert PSAMS_AND_WHAT_THEY_OPEN.keys() == PSAMS.keys()
    card = card_in(desk, V3)
    for name, code in PSAMS_AND_WHAT_THEY_OPEN.items():
        with desk.saying(name):
            desk.exchange_psam(PSAMS[name]())
            where_set = name == "blocked" and desk.psam_url
            assert told(desk.read(), card.data) == (_BLOCKED_WHERE_SET if where_set else code)
            assert card.key_tries_used == {}
    desk.exchange_psam(None)
    assert told(desk.read(), card.data) == V3_LOCKED.clean
    desk.exchange_psam(PSAMS["nation"]())
    assert isinstance(desk.read(), CardIdentity)
