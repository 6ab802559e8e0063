"""1 000 cards put in, read and pulled out, with nothing between the chip and the program: all told, nothing kept."""

import os
import random
from pathlib import Path

import pytest

from hardware_sim import personas
from hardware_sim.card.profiles import chip_of
from tests.card.matrix.belongings import TOLERANCE_KB, Belongings, assert_not_grown, in_a_fresh_process
from tests.card.matrix.cards import OTHER, told
from tests.card.matrix.desks import IN_PROCESS, DirectReader, in_process
from tests.card.matrix.expectations import CARD_FAULTS, READ, V1, V2, card_fault, expected

CYCLES = 1_000
WARM_UP = 50
SEED = 20261122
FAULTY = 0.4


def test_what_is_kept_would_be_found() -> None:
    in_a_fresh_process(keep_a_handle_then_memory)


def keep_a_handle_then_memory() -> None:
    before = Belongings.of(os.getpid())
    with Path(os.devnull).open(), pytest.raises(AssertionError):
        assert_not_grown(before, Belongings.of(os.getpid()))
    kept = [bytes(1_000) for _ in range(2 * TOLERANCE_KB)]
    with pytest.raises(AssertionError):
        assert_not_grown(before, Belongings.of(os.getpid()))
    assert kept


def test_every_card_is_noticed_and_read_or_what_befell_it_is_told() -> None:
    in_a_fresh_process(cycle_cards)


def cycle_cards() -> None:
    dice = random.Random(SEED)
    with in_process() as desk:
        desk.slot.lay_ready(chip_of(OTHER))
        reader = DirectReader(desk.slot)
        for cycle in range(CYCLES):
            if cycle == WARM_UP:
                warm = Belongings.of(os.getpid())
            version = dice.choice((V1, V2))
            card = personas.load(version.persona).card
            code = READ
            desk.slot.insert(chip_of(card))
            assert reader.card_present()
            if dice.random() < FAULTY:
                fault = dice.choice(list(CARD_FAULTS[version]))
                step = dice.choice(list(CARD_FAULTS[version][fault]))
                desk.slot.add_fault(card_fault(version, fault, step))
                code = expected(IN_PROCESS, version, fault, step)
            assert told(desk.read(), card) == code, f"seed {SEED}, cycle {cycle}"
            desk.slot.clear_faults()
            desk.slot.remove()
            assert not reader.card_present()
        assert_not_grown(warm, Belongings.of(os.getpid()))
