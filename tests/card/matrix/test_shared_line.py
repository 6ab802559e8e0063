"""Card and PSAM in two slots of one reader, on one line: what disturbs it while the PSAM is asked."""

from dataclasses import replace

import pytest

from tests.card.matrix.cards import card_in, told
from tests.card.matrix.desks import IMPATIENCE_MS, PATIENCE_MS, PTY_SILENT, TCP, Desk, desk_on
from tests.card.matrix.expectations import READ, V3, at_command

pytestmark = pytest.mark.usefixtures("quick_reader")

desk = desk_on(TCP, PTY_SILENT)

_TO_THE_PSAM = 6


_CURED = ("check", "stray")


@pytest.mark.parametrize("fault", ["check", "stray", "no-card", "silent", "hang-up"])
@pytest.mark.parametrize("times", [1, None], ids=["once", "always"])
def test_it_is_told_of_the_psam_or_borne_and_the_next_reading_works(desk: Desk, fault: str, times: int | None) -> None:
    """A card process has its own limit for an answer, which ends this before its own deadline does."""
    card = card_in(desk, V3)
    assert desk.line is not None
    desk.line.add_fault(replace(at_command(fault, _TO_THE_PSAM), times=times))
    came_to = told(desk.read(IMPATIENCE_MS if desk.way == TCP else PATIENCE_MS), card.data)
    assert came_to == (READ if times and fault in _CURED else "K-37")
    desk.line._plan.clear()
    assert card.key_tries_used == {}
    assert told(desk.read(), card.data) == READ
