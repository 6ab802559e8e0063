"""Honest T=0: 61xx is fetched, 6Cxx is asked again, and nothing is asked for ever."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.card import apdu, words
from pos_client.card.apdu import exchange
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
