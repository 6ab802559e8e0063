"""Honest T=0: 61xx is fetched, 6Cxx is asked again, and nothing is asked for ever."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.card import words
from pos_client.card.iso7816 import apdu
from pos_client.card.iso7816.apdu import Answer, ask, command_only, exactly_once, exchange
from pos_client.errors import EnvironmentProblem
from tests.card.simulated import ScriptedCard

SELECT = apdu.select_by_name(b"1PAY.SYS.DDF01")
READ = apdu.read_record(0x01, 16, short_id=5)


def test_a_selection_by_name_is_sent_without_an_expected_length() -> None:
    assert SELECT.hex().upper() == "00A404000E315041592E5359532E4444463031"


def test_reading_a_record_asks_for_tag_and_length_bytes_too() -> None:
    assert READ.hex().upper() == "00B2012812"
    assert apdu.read_record(0x4E, 20).hex().upper() == "00B24E0016"


def test_reading_a_whole_file_starts_at_its_first_record() -> None:
    assert apdu.read_all_records(0x40, short_id=5).hex().upper() == "00B2012D40"
    assert apdu.read_all_records(0x5B, short_id=6).hex().upper() == "00B201355B"


def test_the_commands_of_authentication_are_those_of_the_standard() -> None:
    eight, other = bytes(range(8)), bytes(range(8, 16))
    assert apdu.get_challenge().hex() == "0084000008"
    assert apdu.internal_authenticate(eight, other).hex() == "0088000010000102030405060708090a0b0c0d0e0f"
    assert apdu.external_authenticate(0x0A, eight, other).hex() == "0082000a10000102030405060708090a0b0c0d0e0f"


def test_records_by_number_and_transparent_files_are_read_through_the_short_identifier() -> None:
    assert apdu.read_numbered_record(1, 0x1C, short_id=8).hex().upper() == "00B201441C"
    assert apdu.read_binary(6, short_id=0x16).hex().upper() == "00B0960006"


def test_an_answer_that_nobody_wants_is_not_fetched() -> None:
    card = ScriptedCard("611E")
    assert command_only(card, SELECT) == Answer(b"", 0x9000)
    assert len(card.commands) == 1
    assert command_only(ScriptedCard("6A82"), SELECT).status == 0x6A82
    assert command_only(ScriptedCard("6F009000"), SELECT) == Answer(bytes.fromhex("6F00"), 0x9000)


def test_a_t0_card_is_asked_without_a_length_and_fetched_from() -> None:
    card = ScriptedCard("6102", "AABB9000")
    assert ask(card, SELECT, 2).data.hex() == "aabb"
    assert card.commands == [SELECT.hex().upper(), "00C0000002"]


@pytest.mark.parametrize("wants_a_length", ["9000", "6700"])
def test_a_card_that_wants_a_length_is_told_it_once(wants_a_length: str) -> None:
    card = ScriptedCard(wants_a_length, "AABB9000")
    assert ask(card, SELECT, 2).data.hex() == "aabb"
    assert card.commands == [SELECT.hex().upper(), SELECT.hex().upper() + "02"]
    assert ask(ScriptedCard(wants_a_length, wants_a_length), SELECT, 2).data == b""


@pytest.mark.parametrize("last_word", ["6102", "6C02", "6984", "9000"])
def test_what_must_not_be_repeated_is_sent_once(last_word: str) -> None:
    card = ScriptedCard(last_word)
    assert exactly_once(card, READ).status == int(last_word, 16)
    assert len(card.commands) == 1


@pytest.mark.parametrize(("status", "left"), [(0x63C0, 0), (0x63C2, 2), (0x63CF, 15), (0x6300, None), (0x9000, None)])
def test_a_card_says_how_often_it_may_still_be_tried(status: int, left: int | None) -> None:
    assert Answer(b"", status).tries_left == left


def test_a_plain_answer_is_taken_as_it_is() -> None:
    answer = exchange(ScriptedCard("010231329000"), READ)
    assert (answer.data, answer.status, answer.ok) == (bytes.fromhex("01023132"), 0x9000, True)


def test_waiting_data_is_fetched_with_get_response() -> None:
    card = ScriptedCard("6103", "6F018A9000")
    assert exchange(card, SELECT).data.hex() == "6f018a"
    assert card.commands[1] == "00C0000003"


def test_waiting_data_in_several_parts_is_joined() -> None:
    card = ScriptedCard("6102", "AABB6101", "CC9000")
    assert exchange(card, SELECT).data.hex() == "aabbcc"
    assert card.commands[1:] == ["00C0000002", "00C0000001"]


def test_a_wrong_length_is_corrected_once() -> None:
    card = ScriptedCard("6C04", "010241429000")
    assert exchange(card, READ).data.hex() == "01024142"
    assert card.commands == ["00B2012812", "00B2012804"]


def test_a_length_that_is_wrong_again_is_the_cards_last_word() -> None:
    card = ScriptedCard("6C04", "6C05")
    assert exchange(card, READ).status == 0x6C05
    assert len(card.commands) == 2


def test_get_response_is_corrected_too() -> None:
    card = ScriptedCard("6110", "6C02", "AABB9000")
    assert exchange(card, SELECT).data.hex() == "aabb"
    assert card.commands[1:] == ["00C0000010", "00C0000002"]


def test_a_command_that_carries_data_is_never_repeated_with_another_length() -> None:
    card = ScriptedCard("6C10")
    assert exchange(card, SELECT).status == 0x6C10
    assert len(card.commands) == 1


def test_data_before_the_end_of_a_file_counts() -> None:
    assert exchange(ScriptedCard("01013162 82".replace(" ", "")), READ).ok


def test_a_card_that_always_has_more_to_say_is_stopped() -> None:
    with pytest.raises(EnvironmentProblem) as told:
        exchange(ScriptedCard(*["AA6101"] * 100), SELECT)
    assert told.value.words is words.DATA_DAMAGED


@pytest.mark.parametrize("nothing", ["", "90", "00" * 259])
def test_what_is_no_answer_of_a_card_is_refused(nothing: str) -> None:
    with pytest.raises(EnvironmentProblem) as told:
        exchange(ScriptedCard(nothing), SELECT)
    assert told.value.words is words.DATA_DAMAGED
    assert told.value.evidence == {"command": "00A40400", "status": "none"}


@given(st.lists(st.binary(max_size=300), min_size=40, max_size=40))
def test_whatever_a_card_answers_the_exchange_ends(answers: list[bytes]) -> None:
    card = ScriptedCard(*(answer.hex() for answer in answers))
    with contextlib.suppress(EnvironmentProblem):
        exchange(card, READ)
    assert len(card.commands) <= 34
