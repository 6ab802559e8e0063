"""The card process of a simulated desk says what the real one says."""

from collections import Counter

import pytest

from pos_client.card.process import CardProcess
from pos_client.errors import EnvironmentProblem
from pos_client.runtime import Runtime
from rehearsal.simulation.card_reader import CARD_TROUBLES, READER, CardChild, CardSlot, CardTrouble
from rehearsal.simulation.program import Crash, Killed, Program
from rehearsal.simulation.virtual_time import DeskClock, VirtualTime
from tests.virtual import NOON, virtual_runtime

TOLD = {
    "card_absent": "K-11",
    "card_torn": "K-12",
    "card_mute": "K-13",
    "card_of_nobody": "K-21",
    "reader_gone": "K-03",
    "reader_hangs": "K-06",
    "reader_dies": "K-08",
}


class AtDesk:
    """A card process at a slot."""

    def __init__(self) -> None:
        self.time, self.counts = VirtualTime(NOON), Counter[str]()
        self.program, self.slot = Program(Counter()), CardSlot(self.time, self.counts)
        plain = virtual_runtime()
        runtime = Runtime(
            DeskClock(self.time),
            self.time.sleep_ms,
            plain.random,
            lambda _: CardChild(self.program, self.slot),
            plain.http,
        )
        self.cards = CardProcess(runtime, READER)
        self.cards.start()


def test_a_card_is_read_by_the_product_itself() -> None:
    counter = AtDesk()
    counter.slot.insert("ma-yan", None)
    assert counter.cards.read().name == "马𬍛䶮"


@pytest.mark.parametrize("name", TOLD)
def test_every_trouble_is_told_and_the_next_reading_goes_well(name: str) -> None:
    counter = AtDesk()
    counter.slot.insert("ma-yan", CardTrouble(name))
    with pytest.raises(EnvironmentProblem) as told:
        counter.cards.read()
    assert told.value.code == TOLD[name]
    assert counter.counts == {name: 1}
    assert counter.cards.read().card_number == "A00000038"


@pytest.mark.parametrize("at", range(1, 8))
def test_one_wrong_byte_never_makes_another_person(at: int) -> None:
    counter = AtDesk()
    counter.slot.insert("ma-yan", CardTrouble("card_garbled", at))
    try:
        said = counter.cards.read().id_number
    except EnvironmentProblem as problem:
        said = problem.code
    assert said.startswith("K-") or said == "439999199605200030"
    assert set(TOLD) | {"card_garbled"} == set(CARD_TROUBLES)


def test_a_reader_that_hangs_takes_as_long_as_the_desk_waits() -> None:
    counter = AtDesk()
    counter.slot.insert("ma-yan", CardTrouble("reader_hangs"))
    with pytest.raises(EnvironmentProblem):
        counter.cards.read()
    assert counter.time.now_ms == 10_000


def test_a_program_may_be_killed_while_it_waits_for_the_card() -> None:
    counter = AtDesk()
    counter.slot.insert("ma-yan", None)
    counter.program.plan_crash(Crash(1, "card"))
    with pytest.raises(Killed):
        counter.cards.read()
