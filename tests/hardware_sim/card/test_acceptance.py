"""The simulated card held against the reference: traces, vectors, and the tables of look-alikes and of ATRs.

Every byte here was written down from the reference, none was computed by the simulator.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from hardware_sim import personas
from hardware_sim.card.chip import Chip
from hardware_sim.card.crypto import Algorithm
from hardware_sim.card.keys import as_used
from hardware_sim.card.profiles import bank_card, chip_of, health_card, other_chip_card, social_security_card
from hardware_sim.card.state import KeyRing
from tests.hardware_sim.card.terminal import SELECT_SSSE, ask

EXAMPLE = replace(
    personas.load("third-generation").card,
    atr=bytes.fromhex("3B6D000000814A44468660519900000001"),
    identification_code="519900D1560000050000000A1A2B3C4D",
    card_number="A00000011",
    issued_on=date(2024, 6, 1),
    expires_on=date(2034, 6, 1),
    id_number="999999199001010016",
    name="张三",
    birthplace="999999",
    born_on=date(1990, 1, 1),
)
EF05 = (
    "0110519900D1560000050000000A1A2B3C4D"
    "020133"
    "0304332E3030"
    "040C915600000251990051990001"
    "050420240601"
    "060420340601"
    "0709413030303030303131"
)
EF06 = (
    "0812393939393939313939303031303130303136"
    "091ED5C5C8FD0000000000000000000000000000000000000000000000000000"
    "4E140000000000000000000000000000000000000000"
    "0A0131"
    "0B0101"
    "0C03999999"
    "0D0419900101"
)
FACTOR, SOURCE = "1122334455667788", "8877665544332211"
CARD_KEY = {
    Algorithm.DES: bytes.fromhex("4fc50e165450bb812c47f8e5968547f9"),
    Algorithm.SM4: bytes.fromhex("34aafdf19fa1ec804b4f0fbeb26c708a"),
}
AUTHENTICATION = {Algorithm.DES: "3e6e045e94bd7047", Algorithm.SM4: "125d8e60c1918e5d"}
UNBLOCK = {Algorithm.DES: "84240000040c8daa87", Algorithm.SM4: "8424000004871c4c47"}
RELOAD = {
    Algorithm.DES: "842400010c2c00a619f9657785f778280a",
    Algorithm.SM4: "84240001141a697fbe8527f29183341e5a06996ed74ffad0a6",
}


def replayed(*numbers: str) -> Callable[[int], bytes]:
    """Gives out these numbers, one after another."""
    waiting = [bytes.fromhex(number) for number in numbers]

    def random(length: int) -> bytes:
        number = waiting.pop(0)
        assert len(number) == length
        return number

    return random


def card_of_the_vectors(algorithm: Algorithm, *numbers: str) -> Chip:
    """A card whose keys are all the card key of the vectors."""
    keys = KeyRing(lambda key: as_used(key, algorithm, CARD_KEY[algorithm]), algorithm)
    card = replace(EXAMPLE, version="3.00" if algorithm is Algorithm.SM4 else "2.00", pin="111111", pin_tries_left=0)
    chip = social_security_card(card, keys=keys, random=replayed(*numbers))
    ask(chip, SELECT_SSSE)
    return chip


def test_the_whole_example_card_is_read_as_a_terminal_with_a_key_reads_it() -> None:
    keys = KeyRing(lambda _key: CARD_KEY[Algorithm.SM4], Algorithm.SM4)
    chip = social_security_card(EXAMPLE, keys=keys, random=replayed(SOURCE, FACTOR, SOURCE, FACTOR))
    assert chip.power_on().hex().upper() == "3B6D000000814A44468660519900000001"
    trace = [
        (SELECT_SSSE, "611E"),
        ("00C000001E", "6F1C840F7378312E73682EC9E7BBE1B1A3D5CFA50988011E9F0C038601039000"),
        ("00A4020002EF05", "9000"),
        ("00B2010012", "0110519900D1560000050000000A1A2B3C4D9000"),
        ("00B2030006", "0304332E30309000"),
        ("00B2050006", "0504202406019000"),
        ("00B2060006", "0604203406019000"),
        ("00B207000B", "07094130303030303031319000"),
        ("00A4020002EF06", "9000"),
        ("00B2080014", "6982"),
        ("0084000008", SOURCE + "9000"),
        ("0084000008", FACTOR + "9000"),
        (f"0088000010{FACTOR}{SOURCE}", "6108"),
        ("00C0000008", "125D8E60C1918E5D9000"),
        ("0084000008", SOURCE + "9000"),
        ("0084000008", FACTOR + "9000"),
        (f"0082000A10{AUTHENTICATION[Algorithm.SM4]}{SOURCE}", "9000"),
        ("00B2080014", "08123939393939393139393030313031303031369000"),
        ("00B2090020", "091ED5C5C8FD" + "00" * 26 + "9000"),
        ("00B24E0016", "4E14" + "00" * 20 + "9000"),
        ("00B20A0003", "0A01319000"),
        ("00B20D0006", "0D04199001019000"),
        ("00B2012D40", EF05 + "9000"),
        ("00B201355B", EF06 + "9000"),
    ]
    assert [(command, ask(chip, command)) for command, _ in trace] == trace


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_the_card_takes_and_gives_the_authentication_value_of_the_vectors(algorithm: Algorithm) -> None:
    chip = card_of_the_vectors(algorithm, SOURCE, FACTOR)
    assert ask(chip, f"0088000010{FACTOR}{SOURCE}", "00C0000008") == AUTHENTICATION[algorithm].upper() + "9000"
    ask(chip, "0084000008", "0084000008")
    assert ask(chip, f"0082000A10{AUTHENTICATION[algorithm]}{SOURCE}") == "9000"


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_a_locked_pin_is_unblocked_with_the_bytes_of_the_vectors(algorithm: Algorithm) -> None:
    chip = card_of_the_vectors(algorithm, SOURCE, FACTOR, FACTOR)
    assert ask(chip, "0020000000") == "6983"
    ask(chip, "0084000008", "0084000008")
    assert ask(chip, f"0082000610{AUTHENTICATION[algorithm]}{SOURCE}") == "9000"
    assert ask(chip, "0084000008", UNBLOCK[algorithm]) == "9000"
    assert ask(chip, "0020000003111111") == "9000"


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_a_new_pin_is_set_with_the_bytes_of_the_vectors(algorithm: Algorithm) -> None:
    chip = card_of_the_vectors(algorithm, SOURCE, FACTOR, FACTOR)
    ask(chip, "0084000008", "0084000008", f"0082000610{AUTHENTICATION[algorithm]}{SOURCE}")
    assert ask(chip, "0084000008", RELOAD[algorithm]) == "9000"
    assert ask(chip, "0020000003123456") == "9000"


def test_a_purchase_with_the_bytes_of_the_vectors() -> None:
    card = replace(personas.load("purse-open").card, pin="")
    assert card.purse is not None
    contents = replace(card.purse, balance_fen=100_000, purchase_sequence=5)
    keys = KeyRing(lambda _key: CARD_KEY[Algorithm.DES], Algorithm.DES)
    chip = social_security_card(replace(card, purse=contents), keys=keys, random=replayed("A1B2C3D4"))
    ask(chip, SELECT_SSSE, "00A4000002DF04")
    amounts, terminal = "000007D0000003E800001388", "519900000001"
    assert ask(chip, f"B02801011301{amounts}{terminal}") == "6116"
    assert ask(chip, "00C0000016").endswith("0005" + "0101" + "A1B2C3D4" + "9000")
    assert ask(chip, "B02C01000F00000012" + "20261121101530" + "E7F08A17") == "6108"
    assert ask(chip, "00C0000008") == "6B981A26" + "6FDDC6B1" + "9000"
    assert ask(chip, "B026000104") == f"{100_000 - 2000:08X}9000"
    assert ask(chip, "00B201441C")[4:].startswith("32" + terminal + "20261121101530" + amounts)


def test_another_command_between_the_two_of_a_purchase_calls_it_off() -> None:
    chip = chip_of(replace(personas.load("purse-open").card, pin=""))
    ask(chip, SELECT_SSSE, "00A4000002DF04")
    begin, end = "B02801011301" + "00000001" * 3 + "519900000001", "B02C01000F" + "00" * 15
    assert ask(chip, begin, end) == "9302"
    for between in ("0084000008", "00A4000002DF04", SELECT_SSSE):
        assert ask(chip, begin, between, "00A4000002DF04", end) == "6901"
    ask(chip, begin)
    chip.power_on()
    assert ask(chip, SELECT_SSSE, "00A4000002DF04", end) == "6901"


@pytest.mark.parametrize(
    ("atr", "selected"),
    [
        ("3B6D000000814A44468660519900000001", "611E"),
        ("3B7D95000000814A44468660519900000001", "611E"),
        ("3BED0000801FC300814A4446866051990000000157", "611E"),
        ("3BED00008131FE4500814A4446866051990000000100", "6F1C84"),
    ],
)
def test_the_table_of_answers_to_reset(atr: str, selected: str) -> None:
    keys = KeyRing(lambda _key: CARD_KEY[Algorithm.SM4], Algorithm.SM4)
    chip = social_security_card(replace(EXAMPLE, atr=bytes.fromhex(atr)), keys=keys)
    assert chip.power_on().hex().upper() == atr
    assert ask(chip, SELECT_SSSE).startswith(selected)


ONE_PAY, TWO_PAY = (f"00A404000E{name}5041592E5359532E4444463031" for name in ("31", "32"))
PSAM_TERMINAL_NUMBER = "00B0960006"


@pytest.mark.parametrize("chip", [bank_card(b"\x3b\0"), chip_of(personas.load("bank-card").card)])
def test_a_bank_card_has_only_its_payment_side(chip: Chip) -> None:
    assert [ask(chip, one) for one in (SELECT_SSSE, ONE_PAY, TWO_PAY)] == ["6A82", "6117", "6117"]
    debit = "6F188408A000000333010101A50C500A" + b"PBOC DEBIT".hex().upper()
    assert ask(chip, "00A4040005A000000333", "00C000001A") == debit + "9000"


def test_a_financial_card_has_both_sides() -> None:
    chip = chip_of(personas.load("financial-card").card)
    assert [ask(chip, one) for one in (ONE_PAY, TWO_PAY, SELECT_SSSE)] == ["6117", "6117", "611E"]
    assert ask(chip, "00B2012800") == "6C12"


@pytest.mark.parametrize("chip", [health_card(b"\x3b\0"), chip_of(personas.load("health-card").card)])
def test_a_health_card_has_the_same_identifiers_and_other_records(chip: Chip) -> None:
    assert [ask(chip, one) for one in (SELECT_SSSE, ONE_PAY)] == ["6A82", "6A82"]
    assert ask(chip, "00A4000002DDF1", "00A4020002EF05") == "9000"
    told = {tag: ask(chip, f"00B2{tag}0000") for tag in ("01", "02", "03", "04", "05", "06", "08", "09", "0A", "39")}
    expected = {"01": 1, "02": 4, "03": 0x1E, "04": 0x0B, "05": 0xB4, "06": 4, "08": 0x12, "09": 3, "0A": 0x0A, "39": 3}
    assert told == {tag: f"6C{length + 2:02X}" for tag, length in expected.items()}
    assert ask(chip, "00B2010003") == "0101319000"


@pytest.mark.parametrize("chip", [other_chip_card(b"\x3b\0"), chip_of(personas.load("other-chip-card").card)])
def test_another_chip_card_knows_none_of_the_names(chip: Chip) -> None:
    commands = (SELECT_SSSE, ONE_PAY, TWO_PAY, "00A4000002DDF1", PSAM_TERMINAL_NUMBER)
    assert [ask(chip, one) for one in commands] == ["6A82"] * 5


def test_a_psam_in_the_card_slot_selects_and_tells_its_terminal_number() -> None:
    chip = chip_of(personas.load("psam-in-card-slot").card)
    assert ask(chip, SELECT_SSSE)[:2] in ("61", "90")
    assert ask(chip, PSAM_TERMINAL_NUMBER).endswith("9000")
    assert ask(chip, "00B2012812")[:4] in ("6A82", "6A83", "6D00")


def test_a_social_security_card_is_no_psam() -> None:
    chip = chip_of(personas.load("zhang-jianguo").card)
    assert ask(chip, SELECT_SSSE, PSAM_TERMINAL_NUMBER) == "6A82"
