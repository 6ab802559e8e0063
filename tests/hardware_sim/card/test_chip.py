"""The chip answers as a T=0 card does: right length or none, and the answer waits for GET RESPONSE."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim import personas
from hardware_sim.card.access import FREE
from hardware_sim.card.chip import Chip
from hardware_sim.card.files import CircularFile, Directory, TransparentFile
from hardware_sim.card.profiles import chip_of, social_security_card
from tests.hardware_sim.card.terminal import SELECT_SSSE, ask

ZHANG = personas.load("zhang-jianguo").card
CONTACTLESS = personas.load("contactless-card").card


@pytest.fixture
def chip() -> Chip:
    return social_security_card(ZHANG)


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
        ("00A40400057378312E74", "6A82"),
        ("00A4040205D156000006", "6A82"),
        ("00A4020003EF0500", "6700"),
        ("00A4020002EF09", "6A82"),
        ("00B2010712", "6A86"),
        ("00B2010012", "6986"),
        ("00B2014812", "6A82"),
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


def test_directories_are_found_by_the_beginning_of_their_name_one_after_another(chip: Chip) -> None:
    assert ask(chip, "00A4040005D156000005", "00C000000A") == "6F088406D156000005009000"
    names = [ask(chip, "00A4040205D156000005", "00C000000A")[8:20] for _ in range(4)]
    assert names == ["D15600000501", "D15600000502", "D15600000503", "D15600000504"]
    assert ask(chip, "00A4040205D156000005") == "6A82"


def test_a_directory_beside_the_current_one_is_selected_without_going_up(chip: Chip) -> None:
    assert ask(chip, "00A4000002DF04") == "6A82"
    assert ask(chip, SELECT_SSSE, "00A4000002DF01") == "610A"
    assert ask(chip, "00A4000002DF04") == "610A"
    assert ask(chip, "00C000000A") == "6F088406D156000005039000"


def test_the_own_files_of_a_directory_come_before_those_above(chip: Chip) -> None:
    assert ask(chip, SELECT_SSSE, "00A4000002DF01", "00A4020002EF16", "00B0000004") == "000000009000"


def test_a_file_is_selected_by_any_identifier_of_three(chip: Chip) -> None:
    for p1 in ("00", "01", "02"):
        assert ask(chip, SELECT_SSSE, f"00A4{p1}0002EF05", "00B2010412").startswith("0110")


def test_the_applications_are_listed_in_a_file(chip: Chip) -> None:
    ask(chip, SELECT_SSSE)
    assert ask(chip, "00B201F400") == "6C14"
    assert ask(chip, "00B201F414") == "61124F06D15600000500" + "5008B9ABB9B2D3A6D3C3" + "9000"
    assert [ask(chip, f"00B20{number}F400")[:2] for number in range(1, 7)] == ["6C"] * 5 + ["6A"]


@pytest.fixture
def bytes_card() -> Chip:
    files = (
        TransparentFile(0xEF15, bytearray(range(256)) + bytearray(range(44)), FREE, FREE),
        CircularFile(0xEF16, 2, 3, [b"C3", b"B2", b"A1"], FREE, FREE),
    )
    return Chip(bytes.fromhex("3B00"), Directory(0x3F00, files=files))


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("00B0950003", "0001029000"),
        ("00B095FF02", "FF009000"),
        ("00B095FF00", "6C2D"),
        ("00B095FF30", "6C2D"),
        ("00B09600", "6981"),
        ("00B08000", "6A86"),
        ("00B0B500", "6A86"),
        ("00B09700", "6A82"),
        ("00B0000001", "6986"),
        ("00B295AC01", "6981"),
        ("00D6950000", "6700"),
        ("00D695000411223344", "9000"),
        ("00D69600021122", "6981"),
        ("00DC00B3024434", "9000"),
        ("00DC00B6024434", "6A86"),
        ("00DC00AB024434", "6981"),
        ("04D6950006112299999999", "6A88"),
        ("04D69500021122", "6700"),
    ],
)
def test_plain_bytes_and_rings(bytes_card: Chip, command: str, answer: str) -> None:
    assert ask(bytes_card, command) == answer


def test_bytes_are_addressed_beyond_a_page_in_the_current_file(bytes_card: Chip) -> None:
    assert ask(bytes_card, "00A4020002EF15", "00B0010002") == "00019000"
    assert ask(bytes_card, "00B0012B01") == "2B9000"
    assert ask(bytes_card, "00B0012C01") == "6B00"
    assert len(ask(bytes_card, "00B0000000")) == 2 * 0x100 + 4
    assert ask(bytes_card, "00D6012B02AABB") == "6B00"
    assert ask(bytes_card, "00D6012A02AABB", "00B0012A02") == "AABB9000"


def test_what_was_written_outlives_the_power(bytes_card: Chip) -> None:
    ask(bytes_card, "00D6950001AA", "00DC00B3024434")
    bytes_card.power_on()
    assert ask(bytes_card, "00B0950001") == "AA9000"
    assert ask(bytes_card, "00B201B402") == "44349000"


def test_an_instruction_has_its_class(chip: Chip) -> None:
    assert ask(chip, "04A40000023F00") == "6E00"
    assert ask(chip, "805E010003FF1234", "00840000", "00A40000023F00") == "9000"
    assert ask(chip, "005E010003FF1234") == "6E00"
    assert ask(chip, "B026000104") == "6D00"


def test_a_card_that_speaks_blocks_answers_at_once_and_cuts_to_length() -> None:
    chip = chip_of(CONTACTLESS)
    whole = "6F1C840F7378312E73682EC9E7BBE1B1A3D5CFA50988011E9F0C038601039000"
    assert ask(chip, SELECT_SSSE + "00") == whole
    assert ask(chip, SELECT_SSSE) == whole
    assert ask(chip, "00B2012800") == ask(chip, "00B2012812") == "0110439900D15600000500000001A1B2C3019000"
    assert ask(chip, "00B2012802") == "01109000"
    assert ask(chip, "00C0000012") == "6F00"


COMMANDS = st.binary(max_size=40) | st.builds(
    lambda class_, instruction, rest: bytes((class_, instruction)) + rest,
    st.sampled_from([0x00, 0x04, 0x80, 0x84, 0xB0, 0xBF]),
    st.sampled_from([0xA4, 0xB0, 0xB2, 0xC0, 0xD6, 0xDC, 0x82, 0x84, 0x88, 0x20, 0x24, 0x5E, 0x16, 0x1E, 0x26, 0x28]),
    st.binary(max_size=30),
)
KNOWN = st.sampled_from(
    [
        SELECT_SSSE,
        "00A4000002DF04",
        "00A4020002EF05",
        "0084000008",
        "0020000003123456",
        "00B2010012",
        "00DC00330C" + "00" * 12,
        "B026000104",
        "B0280101130100000001" + "00" * 14,
    ]
)


@given(
    persona=st.sampled_from(personas.names()),
    commands=st.lists(COMMANDS | KNOWN.map(bytes.fromhex), max_size=20),
)
def test_whatever_is_said_at_any_moment_is_answered(persona: str, commands: list[bytes]) -> None:
    chip = chip_of(personas.load(persona).card)
    for command in commands:
        assert len(chip.command(command)) >= 2
    assert chip.power_on() == chip.atr
