"""The chip answers as a T=0 card does: right length or none, and the answer waits for GET RESPONSE."""

from dataclasses import replace

import pytest

from hardware_sim import personas
from hardware_sim.card.chip import Chip
from hardware_sim.card.profiles import bank_card, chip_of, health_card, other_chip_card, social_security_card

ZHANG = personas.load("zhang-jianguo").card
SELECT_SSSE = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"


@pytest.fixture
def chip() -> Chip:
    return social_security_card(ZHANG)


def ask(chip: Chip, *commands: str) -> str:
    """The answer to the last of some commands."""
    answer = b""
    for command in commands:
        answer = chip.command(bytes.fromhex(command))
    return answer.hex().upper()


def test_the_usual_reading_of_a_second_generation_card(chip: Chip) -> None:
    assert ask(chip, SELECT_SSSE) == "611E"
    assert ask(chip, "00C000001E") == "6F1C840F7378312E73682EC9E7BBE1B1A3D5CFA50988011E9F0C038601019000"
    assert ask(chip, "00A4020002EF05") == "9000"
    assert ask(chip, "00B2010012") == "0110439900D15600000500000001A1B2C3019000"
    assert ask(chip, "00B207000B") == "07094130303030303031319000"
    assert ask(chip, "00A4020002EF06") == "9000"
    assert ask(chip, "00B20A0003") == "0A01319000"


def test_the_templates_of_the_generations() -> None:
    first = social_security_card(replace(ZHANG, version="1.00"))
    assert ask(first, SELECT_SSSE, "00C0000013") == "6F11840F7378312E73682EC9E7BBE1B1A3D5CF9000"
    third = social_security_card(replace(ZHANG, version="3.00"))
    assert ask(third, SELECT_SSSE, "00C000001E").endswith("9F0C038601039000")


def test_an_expected_length_behind_the_name_is_tolerated(chip: Chip) -> None:
    assert ask(chip, SELECT_SSSE + "00") == "611E"


@pytest.mark.parametrize("identifier", ["00A4000002DDF1", "00A4010002DDF1", "00A4020002DDF1"])
def test_directories_are_selected_by_identifier_as_real_terminals_do(chip: Chip, identifier: str) -> None:
    assert ask(chip, identifier) == "611E"
    assert ask(chip, "00B2070C0B") == "6A82"
    assert ask(chip, identifier, "00B2072C0B").startswith("0701") is False
    assert ask(chip, "00B207280B") == "07094130303030303031319000"


def test_the_root_is_selected_by_its_identifier_or_by_nothing(chip: Chip) -> None:
    assert ask(chip, SELECT_SSSE, "00A40000023F00") == "9000"
    assert ask(chip, "00B2010012") == "6986"
    assert ask(chip, SELECT_SSSE, "00A4000000") == "9000"


def test_waiting_data_is_lost_to_any_other_command(chip: Chip) -> None:
    assert ask(chip, SELECT_SSSE, "00B2012812", "00C000001E") == "6F00"


def test_get_response_names_the_right_length_and_keeps_the_data(chip: Chip) -> None:
    assert ask(chip, SELECT_SSSE, "00C0000000") == "6C1E"
    assert ask(chip, "00C00000FF") == "6C1E"
    assert ask(chip, "00C000001E").endswith("9000")


def test_get_response_may_take_a_part(chip: Chip) -> None:
    assert ask(chip, SELECT_SSSE, "00C0000002") == "6F1C611C"
    assert ask(chip, "00C000001C").endswith("9000")


def test_a_record_is_given_only_at_its_length_with_tag_and_length(chip: Chip) -> None:
    assert ask(chip, SELECT_SSSE, "00B2012810") == "6C12"
    assert ask(chip, "00B2012800") == "6C12"
    assert ask(chip, "00B20128") == "6C12"


def test_whole_files_in_one_command(chip: Chip) -> None:
    ask(chip, SELECT_SSSE)
    assert len(ask(chip, "00B2012D40")) == 2 * 0x40 + 4
    assert len(ask(chip, "00B201355B")) == 2 * 0x5B + 4
    first = social_security_card(replace(ZHANG, version="1.00"))
    assert ask(first, SELECT_SSSE, "00B201355B") == "6C45"


def test_a_wrong_length_does_not_move_the_record_pointer(chip: Chip) -> None:
    ask(chip, SELECT_SSSE, "00A4020002EF05")
    assert ask(chip, "00B2000200") == "6C12"
    assert ask(chip, "00B2000212").startswith("0110")
    assert ask(chip, "00B2000203") == "0201339000"


def test_the_first_generation_knows_no_extension_of_the_name() -> None:
    chip = social_security_card(replace(ZHANG, version="1.00"))
    assert ask(chip, SELECT_SSSE, "00B24E3016") == "6A83"


def test_the_third_generation_keeps_its_holder_locked_and_its_issue_free() -> None:
    chip = social_security_card(replace(ZHANG, version="3.00"))
    assert ask(chip, SELECT_SSSE, "00B201355B") == "6982"
    assert ask(chip, "00B2FF355B") == "6982"
    assert ask(chip, "00B2012812").endswith("9000")


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("00A4", "6700"),
        ("FFFF000000", "6E00"),
        ("00FF000000", "6D00"),
        ("00A4050002EF05", "6A86"),
        ("00A4040105315041592E", "6A86"),
        ("00A404000F7378", "6700"),
        ("00A40400047378312E", "6700"),
        ("00A40400057378312E73", "6A82"),
        ("00A4020003EF0500", "6700"),
        ("00A4020002EF07", "6A82"),
        ("00B2010712", "6A86"),
        ("00B2010012", "6986"),
        ("00B2013812", "6A82"),
        ("00B2552812", "6A83"),
        ("00C0010000", "6A86"),
        ("00C0000010", "6F00"),
    ],
)
def test_status_words(chip: Chip, command: str, status: str) -> None:
    ask(chip, SELECT_SSSE, "00C000001E")
    assert ask(chip, command) == status


def test_power_forgets_what_was_selected(chip: Chip) -> None:
    ask(chip, SELECT_SSSE, "00A4020002EF05")
    assert chip.power_on() == ZHANG.atr
    assert ask(chip, "00B2010012") == "6986"
    assert ask(chip, "00C000001E") == "6F00"


def test_a_blocked_card_refuses_everything_and_a_blocked_application_its_selection() -> None:
    blocked = social_security_card(ZHANG, blocked=True)
    assert {ask(blocked, command) for command in (SELECT_SSSE, "00A40000023F00", "FFFF000000")} == {"6A81"}
    shut = social_security_card(ZHANG, application_blocked=True)
    assert ask(shut, SELECT_SSSE) == "9303"
    assert ask(shut, "00A40000023F00") == "9000"


def test_the_other_cards_of_a_counter() -> None:
    one_pay = "00A404000E315041592E5359532E4444463031"
    for chip in (bank_card(b"\x3b\0"), chip_of(personas.load("bank-card").card)):
        assert ask(chip, SELECT_SSSE) == "6A82"
        assert ask(chip, one_pay) == "6117"
    health = health_card(b"\x3b\0")
    assert ask(health, SELECT_SSSE) == "6A82"
    assert ask(health, "00A4000002DDF1", "00A4020002EF05", "00B2010003") == "0101319000"
    assert ask(other_chip_card(b"\x3b\0"), one_pay) == "6A82"
    both = social_security_card(ZHANG, with_payment=True)
    assert ask(both, one_pay) == "6117"
    assert ask(both, SELECT_SSSE) == "611E"
