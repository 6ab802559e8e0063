"""Each fault of a card × each way to the card × each version: told in its own sentence, and gone with the next reading.

What it must come to stands in ``expectations.py``.
"""

import pytest

from hardware_sim.card.faults import CardFault
from hardware_sim.card.keys import KeyName
from tests.card.matrix.cards import card_in, told
from tests.card.matrix.desks import IMPATIENCE_MS, LIBCCID_TWIN, PATIENCE_MS, SERVICES, WAYS, Desk, desk_on
from tests.card.matrix.expectations import (
    CARD_FAULTS,
    NEVER_REPEATED,
    THE_CARD_REFUSES_AT,
    TRIED_TWICE,
    USES_UP_A_TRY,
    V1,
    VERSIONS,
    Version,
    card_fault,
    expected,
    steps,
)
from tests.card.matrix.issued import IssuedCard

pytestmark = pytest.mark.usefixtures("quick_reader")

desk = desk_on(*(way for way in WAYS if way != LIBCCID_TWIN))


def test_the_table_names_every_fault_of_a_card() -> None:
    assert {fault.partition("=")[0] for fault in CARD_FAULTS[V1]} == set(CardFault)
    assert len({frozenset(table) for table in CARD_FAULTS.values()}) == 1


@pytest.mark.parametrize("version", VERSIONS, ids=str)
def test_a_fault_is_told_and_the_next_reading_works(desk: Desk, version: Version) -> None:
    card = card_in(desk, version)
    for fault in CARD_FAULTS[version]:
        for step in steps(desk.way, version, fault):
            with desk.saying(f"{fault} at {step}"):
                strike(desk, card, version, fault, step)
    assert card.pin_tries_left == card.data.pin_tries


def strike(desk: Desk, card: IssuedCard, version: Version, fault: str, step: str) -> None:
    """One fault in every session of a reading, and one reading after it."""
    code = expected(desk.way, version, fault, step)
    desk.put_in(card.chip, psam=version.psam)
    desk.slot.add_fault(card_fault(version, fault, step))
    came_to = desk.read(IMPATIENCE_MS if code == "K-06" else PATIENCE_MS)
    assert told(came_to, card.data) == code
    assert desk.tries == (2 if code in TRIED_TWICE and step != NEVER_REPEATED else 1)
    used = card.key_tries_used
    assert used == ({KeyName.RKSSSE: 2} if (fault, step) in USES_UP_A_TRY else {})
    desk.slot.clear_faults()
    if code == "K-06" or not desk.holds(card.chip) or (code == "K-12" and desk.way in SERVICES):
        desk.put_back()
    if code == "K-33" and step in THE_CARD_REFUSES_AT:
        assert told(desk.read(), card.data) == "K-33", "a card that refused is not asked again"
        assert card.key_tries_used == used
        desk.forget()
    assert told(desk.read(), card.data) == version.clean
    assert card.key_tries_used == {}
