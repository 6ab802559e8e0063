"""Which reader holds the person's card: several PC/SC readers, told apart by what is in them."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from hardware_sim.card.psams import PSAMS
from hardware_sim.card.slot import Slot
from hardware_sim.readers.vpcd import VpcdCard
from pos_client.card import words
from pos_client.card.process import CardProcess
from pos_client.card.readers.reader import Presence
from pos_client.errors import EnvironmentProblem, Words
from tests.card.readers.test_pcsc_service import cards, real, wait_until
from tests.pcscd import READER, PrivatePcscd

FIRST, SECOND = f"{READER} 00 00", f"{READER} 00 01"


class Readers:
    """Two virtual readers on the real service, and the desk at them."""

    def __init__(self, service: PrivatePcscd, stack: ExitStack) -> None:
        self.slots = [Slot(), Slot()]
        for number, slot in enumerate(self.slots):
            stack.enter_context(VpcdCard(slot, service.port + number))
        self.process = stack.enter_context(CardProcess(real(), "pcsc:", read_timeout_ms=60_000))

    def hold(self, first: bool, second: bool) -> None:
        """Waits until the service knows what is in them."""
        wait_until(lambda: cards(self.process) == {FIRST: first, SECOND: second})

    def told(self) -> Words:
        with pytest.raises(EnvironmentProblem) as problem:
            self.process.read()
        return problem.value.words


@pytest.fixture
def readers(private_pcscd: PrivatePcscd) -> Iterator[Readers]:
    with ExitStack() as stack:
        two = Readers(private_pcscd, stack)
        two.hold(False, False)
        yield two
        for slot in two.slots:
            slot.remove()
        two.hold(False, False)


def test_a_card_and_the_psam_are_told_apart_in_either_slot(readers: Readers) -> None:
    person, psam = chip_of(personas.load("third-generation").card), PSAMS["nation"]()
    readers.slots[0].insert(psam)
    readers.slots[1].insert(person)
    readers.hold(True, True)
    read = readers.process.read()
    assert (read.reader, read.genuine) == (f"pcsc:{SECOND}", True)
    readers.slots[1].remove()
    readers.hold(True, False)
    assert readers.told() is words.NO_CARD
    assert readers.process.look() is Presence.EMPTY, "a PSAM in its slot is nobody's card"


def test_two_cards_are_never_guessed_between(readers: Readers) -> None:
    readers.slots[0].insert(chip_of(personas.load("ma-yan").card))
    readers.slots[1].insert(chip_of(personas.load("li-xiulan").card))
    readers.hold(True, True)
    assert readers.told() is words.TWO_CARDS
    with CardProcess(real(), f"pcsc:{SECOND}", read_timeout_ms=60_000) as chosen:
        assert chosen.read().name == "李秀兰"


def test_a_psam_alone_is_nobodys_card_once_it_was_looked_into(readers: Readers) -> None:
    readers.slots[0].insert(PSAMS["nation"]())
    readers.hold(True, False)
    assert readers.told() is words.NO_CARD
    assert readers.process.look() is Presence.EMPTY


def test_a_psam_in_the_slot_that_is_set_for_cards_is_told(readers: Readers) -> None:
    readers.slots[0].insert(PSAMS["nation"]())
    readers.hold(True, False)
    with CardProcess(real(), f"pcsc:{FIRST}", read_timeout_ms=60_000) as process:
        with pytest.raises(EnvironmentProblem) as problem:
            process.read()
        assert problem.value.words is words.PSAM_CARD
