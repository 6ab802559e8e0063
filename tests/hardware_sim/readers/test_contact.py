"""Power, speed and protocol between a reader and a card."""

import pytest

from hardware_sim.card.profiles import other_chip_card
from hardware_sim.card.slot import Slot
from hardware_sim.readers.contact import ABSENT, ACTIVE, INACTIVE, Contact
from hardware_sim.readers.t1_card import check

PLAIN = "3B6D000000814A44468660519900000001"
FAST = "3B7D95000000814A44468660519900000001"
BLOCKS = "3BED00008131FE4500814A4446866051990000000100"
SELECT_ROOT = bytes.fromhex("00A4000000")
T0_SLOW, T0_FAST = bytes.fromhex("1100000A00"), bytes.fromhex("9500000A00")
T1_SLOW = bytes.fromhex("1110004D00FE00")


def contact(atr: str, *, negotiates_speed: bool = False) -> Contact:
    made = Contact(Slot(other_chip_card(bytes.fromhex(atr))), negotiates_speed=negotiates_speed)
    assert made.power_on() == bytes.fromhex(atr)
    return made


def answers(made: Contact, command: bytes = SELECT_ROOT) -> bool:
    return made.exchange(command).answer is not None


def test_what_a_reader_reports_of_its_slot() -> None:
    made = contact(PLAIN)
    assert made.state == ACTIVE
    made.slot.power_off()
    assert made.state == INACTIVE
    assert not answers(made)
    made.slot.remove()
    assert made.state == ABSENT
    assert made.power_on() == b""


def test_a_card_without_an_answer_to_reset_has_no_power() -> None:
    made = Contact(Slot(other_chip_card(b"")))
    assert made.power_on() == b""
    assert made.state == INACTIVE


def test_a_card_repeats_the_request_for_its_speed_and_then_speaks_it() -> None:
    made = contact(FAST)
    assert made.exchange(bytes.fromhex("FF10957A")).answer == bytes.fromhex("FF10957A")
    assert not answers(made)  # the reader is still slow
    assert made.set_parameters(0, T0_FAST)
    assert answers(made)


def test_a_reader_that_is_faster_than_was_agreed_hears_nothing() -> None:
    made = contact(FAST)
    assert made.set_parameters(0, T0_FAST)
    assert not answers(made)
    made.power_on()
    assert answers(made)


@pytest.mark.parametrize("request_", ["FF10967A", "FF109679", "FF11957B", "FF"], ids=["check", "speed", "T=1", "cut"])
def test_a_card_is_silent_at_a_request_that_it_cannot_meet(request_: str) -> None:
    assert contact(FAST).exchange(bytes.fromhex(request_)).answer is None


def test_a_request_without_a_speed_means_the_first_one() -> None:
    made = contact(FAST)
    assert made.exchange(bytes.fromhex("FF00FF")).answer == bytes.fromhex("FF00FF")
    assert answers(made)


def test_a_request_is_one_only_directly_after_the_reset() -> None:
    made = contact(FAST)
    answers(made)
    assert made.exchange(bytes.fromhex("FF10957A")).answer != bytes.fromhex("FF10957A")


def test_a_card_of_a_fixed_speed_speaks_it_at_once() -> None:
    made = contact("3B909510" + "00")
    assert not answers(made)
    assert made.set_parameters(0, T0_FAST)
    assert answers(made)


def test_a_reader_that_negotiates_by_itself() -> None:
    made = contact(FAST, negotiates_speed=True)
    assert made.set_parameters(0, T0_FAST)
    assert answers(made)


def test_a_card_that_offers_blocks_first_speaks_blocks() -> None:
    made = contact(BLOCKS)
    assert made.protocol == 1
    block = b"\0\0\5" + SELECT_ROOT
    answer = made.exchange(block + check(block, crc=False)).answer
    assert answer is not None
    assert answer[:3] == b"\0\0\2"


def test_parameters_of_another_protocol_or_length_are_none() -> None:
    made = contact(PLAIN)
    assert not made.set_parameters(0, T1_SLOW)
    assert not made.set_parameters(1, T0_SLOW)
    assert not made.set_parameters(2, T0_SLOW)
    assert made.parameters == T0_SLOW


def test_a_command_that_the_reader_built_goes_out_in_the_cards_protocol() -> None:
    assert contact(PLAIN).carry(SELECT_ROOT, bytes(3)).answer == b"\x90\0"
    answer = contact(BLOCKS).carry(SELECT_ROOT, b"\0\0\4").answer
    assert answer is not None
    assert answer[:-1] == bytes.fromhex("0000029000")
