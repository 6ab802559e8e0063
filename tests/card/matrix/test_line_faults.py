"""Each fault of a serial reader and its line × each way with such a line × each version of the card."""

from dataclasses import replace

import pytest

from hardware_sim.card.faults import Fault, LineFault
from tests.card.matrix.cards import card_in, told
from tests.card.matrix.desks import (
    IMPATIENCE_MS,
    LIBCCID_TWIN,
    PATIENCE_MS,
    SERIAL,
    Desk,
    ServiceDesk,
    desk_on,
)
from tests.card.matrix.expectations import (
    LINE_FAULTS,
    READ,
    SLOW_LINE_FAULTS,
    V2,
    VERSIONS,
    Version,
    at_command,
    line_expectation,
)
from tests.card.matrix.issued import IssuedCard

pytestmark = pytest.mark.usefixtures("quick_reader")

desk = desk_on(*SERIAL, LIBCCID_TWIN)

#: The second command is the first reading of a file, on every version.
_FIRST_READING = 2
_FIRST_COMMANDS = (1, 2, 3)


def test_the_table_names_every_fault_of_a_line() -> None:
    assert {fault.partition("=")[0] for fault in LINE_FAULTS} == set(LineFault)


@pytest.mark.parametrize("fault", LINE_FAULTS)
@pytest.mark.parametrize("version", VERSIONS, ids=str)
def test_a_fault_of_the_line_is_told_or_borne_and_the_next_reading_works(
    desk: Desk, version: Version, fault: str
) -> None:
    card = card_in(desk, version)
    expectation = line_expectation(desk.way, fault)
    slow = desk.way == LIBCCID_TWIN or fault in SLOW_LINE_FAULTS
    for number in (_FIRST_READING,) if slow else _FIRST_COMMANDS:
        due = at_command(fault, number)
        for times, code in ((1, expectation.once), (None, expectation.always)):
            if times is None and slow and (version is not V2 or code == expectation.once):
                continue  # it would only take time
            with desk.saying(f"{fault} at command {number}, {times or 'any number of'} times"):
                assert strike(desk, card, replace(due, times=times), code) == (version.clean if code == READ else code)
                mend(desk, expectation.afterwards)
                assert told(desk.read(), card.data) == version.clean
    assert card.key_tries_used == {}
    assert card.pin_tries_left == card.data.pin_tries


def strike(desk: Desk, card: IssuedCard, fault: Fault, code: str) -> str:
    assert desk.line is not None
    desk.line.add_fault(fault)
    came_to = told(desk.read(IMPATIENCE_MS if code == "K-06" else PATIENCE_MS), card.data)
    desk.line._plan.clear()
    return came_to


def mend(desk: Desk, afterwards: str) -> None:
    """What hands must do that the reader works again."""
    if afterwards == "reinsert":
        desk.put_back()
    if afterwards == "restart":
        assert isinstance(desk, ServiceDesk)
        desk.restart_service()
