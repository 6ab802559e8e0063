"""Who may do what: the PIN, the keys and their counters, protected commands, and what ends a security status."""

from dataclasses import replace

import pytest

from hardware_sim import personas
from hardware_sim.card.keys import KeyName, reference
from hardware_sim.card.profiles import chip_of, social_security_card
from hardware_sim.personas import CardData
from tests.hardware_sim.card.terminal import SELECT_SSSE, SOURCE, Terminal

SECOND = personas.load("second-generation").card
THIRD = personas.load("third-generation").card
VERIFY, WRONG_PIN, PIN_STATUS = "0020000003123456", "0020000003654321", "0020000000"
MEDICAL = "00A4000002DF04"


def terminal_with(card: CardData) -> Terminal:
    made = Terminal(social_security_card(card), card)
    made.ask(SELECT_SSSE)
    return made


@pytest.fixture(params=[SECOND, THIRD], ids=["3DES", "SM4"])
def terminal(request: pytest.FixtureRequest) -> Terminal:
    card: CardData = request.param
    return terminal_with(card)


def test_the_holders_data_opens_with_the_key_and_closes_with_the_power() -> None:
    terminal = terminal_with(THIRD)
    assert terminal.ask("00B201355B") == "6982"
    assert terminal.authenticate(KeyName.RKSSSE) == "9000"
    assert terminal.ask("00B201355B").endswith("9000")
    assert terminal.ask(SELECT_SSSE, "00B201355B").endswith("9000"), "the directory has not changed"
    terminal.chip.power_on()
    assert terminal.ask(SELECT_SSSE, "00B201355B") == "6982"


def test_another_application_ends_what_keys_have_opened() -> None:
    terminal = terminal_with(THIRD)
    terminal.authenticate(KeyName.RKSSSE)
    assert terminal.ask(MEDICAL, SELECT_SSSE, "00B201355B") == "6982"


def test_the_second_generation_has_no_lock_on_its_holder() -> None:
    assert terminal_with(SECOND).ask("00B201355B").endswith("9000")


def test_photo_and_fingerprint_are_locked_in_every_generation(terminal: Terminal) -> None:
    assert [terminal.ask(f"00B0{p1}0010") for p1 in ("87", "88")] == ["6982", "6982"]
    terminal.authenticate(KeyName.RKSSSE)
    assert [terminal.ask(f"00B0{p1}0010") for p1 in ("87", "88")] == ["00" * 16 + "9000"] * 2


def test_the_number_of_a_key_means_another_key_in_another_application(terminal: Terminal) -> None:
    assert reference(KeyName.RK1DF03) == reference(KeyName.RK1DF04) == 0x84
    terminal.ask(MEDICAL)
    assert terminal.authenticate(KeyName.RK1DF03) == "63C2"
    assert terminal.authenticate(KeyName.RK1DF04) == "9000"


def test_each_challenge_is_good_for_one_use(terminal: Terminal) -> None:
    value = terminal.proof(KeyName.RKSSSE, terminal.challenge())
    command = f"0082000A10{value.hex()}{SOURCE.hex()}"
    assert terminal.ask(command) == "9000"
    assert terminal.ask(command) == "6984"


def test_only_the_last_challenge_counts(terminal: Terminal) -> None:
    first = terminal.proof(KeyName.RKSSSE, terminal.challenge())
    terminal.challenge()
    assert terminal.ask(f"0082000A10{first.hex()}{SOURCE.hex()}") == "63C2"


def test_a_challenge_is_forgotten_in_another_application_and_without_power(terminal: Terminal) -> None:
    value = terminal.proof(KeyName.RKSSSE, terminal.challenge())
    command = f"0082000A10{value.hex()}{SOURCE.hex()}"
    assert terminal.ask(MEDICAL, SELECT_SSSE, command) == "6984"
    value = terminal.proof(KeyName.RKSSSE, terminal.challenge())
    terminal.chip.power_on()
    assert terminal.ask(SELECT_SSSE, f"0082000A10{value.hex()}{SOURCE.hex()}") == "6984"


def test_a_key_is_locked_by_wrong_proofs_and_no_other_key_with_it(terminal: Terminal) -> None:
    assert [terminal.fail(0x0A) for _ in range(4)] == ["63C2", "63C1", "63C0", "6983"]
    assert terminal.authenticate(KeyName.RKSSSE) == "6983"
    terminal.chip.power_on()
    assert terminal.ask(SELECT_SSSE)[:2] == "61"
    assert terminal.authenticate(KeyName.RKSSSE) == "6983", "the counter outlives the power"
    assert terminal.authenticate(KeyName.UKSSSE) == "9000"
    assert terminal.ask(PIN_STATUS) == "63C3"


def test_a_right_proof_brings_all_tries_of_its_key_back(terminal: Terminal) -> None:
    assert [terminal.fail(0x0A), terminal.authenticate(KeyName.RKSSSE), terminal.fail(0x0A)] == ["63C2", "9000", "63C2"]


def test_a_wrong_proof_takes_back_what_a_right_one_gave() -> None:
    terminal = terminal_with(THIRD)
    terminal.authenticate(KeyName.RKSSSE)
    terminal.fail(0x0A)
    assert terminal.ask("00B201355B") == "6982"


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("0084000005", "6700"),
        ("0084000100", "6A86"),
        ("0082000F10" + "00" * 16, "6A88"),
        ("0082010A10" + "00" * 16, "6A86"),
        ("0082000A08" + "00" * 8, "6700"),
        ("0082000A11" + "00" * 16 + "02", "6A88"),
        ("0088000110" + "00" * 16, "6A86"),
        ("008800000F" + "00" * 15, "6700"),
        ("0020000100", "6A86"),
        ("002000000112", "6700"),
        ("0020000009" + "12" * 9, "6700"),
        ("805E000003FF1234", "6A86"),
        ("805E0100021234", "6700"),
        ("805E010003123456", "6A80"),
        ("8424000204" + "00" * 4, "6A86"),
        ("8424000005" + "00" * 5, "6700"),
        ("8424000004" + "00" * 4, "6982"),
        ("841E000004" + "00" * 4, "6A86"),
        ("841E000104" + "00" * 4, "6A88"),
        ("8416000104" + "00" * 4, "6A86"),
        ("8416000005" + "00" * 5, "6700"),
        ("8416000004" + "00" * 4, "6982"),
    ],
)
def test_status_words(terminal: Terminal, command: str, status: str) -> None:
    assert terminal.ask(command) == status


def test_challenges_of_three_lengths(terminal: Terminal) -> None:
    assert [len(terminal.challenge(length)) for length in (4, 8, 16)] == [4, 8, 16]


def test_the_card_proves_that_it_is_genuine(terminal: Terminal) -> None:
    factor = bytes.fromhex("1122334455667788")
    for version in ("", "01"):
        length = 16 + len(version) // 2
        assert terminal.ask(f"00880000{length:02X}{factor.hex()}{SOURCE.hex()}{version}") == "6108"
        assert terminal.ask("00C0000008") == terminal.proof(KeyName.IRK, factor).hex().upper() + "9000"


def test_outside_the_application_there_are_neither_keys_nor_pin() -> None:
    chip = social_security_card(SECOND)
    terminal = Terminal(chip, SECOND)
    assert terminal.ask(VERIFY) == "6A88"
    assert terminal.ask("0088000010" + "00" * 16) == "6A88"
    assert terminal.ask("0082000A10" + "00" * 16) == "6A88"


def test_the_pin_opens_the_medical_data_until_the_power_goes(terminal: Terminal) -> None:
    assert terminal.ask(VERIFY, MEDICAL, "00B281280A").endswith("9000")
    assert terminal.ask("00A4000002DF01", "00B2292803") == "6A83"
    assert terminal.ask("00B2293803").endswith("9000")
    terminal.chip.power_on()
    assert terminal.ask(SELECT_SSSE, MEDICAL, "00B281280A") == "6982"


def test_a_wrong_pin_closes_what_the_right_one_opened(terminal: Terminal) -> None:
    assert terminal.ask(MEDICAL, VERIFY, WRONG_PIN) == "63C2"
    assert terminal.ask("00B281280A") == "6982"


def test_the_path_of_the_pin_to_its_end_and_back(terminal: Terminal) -> None:
    assert [terminal.ask(WRONG_PIN) for _ in range(4)] == ["63C2", "63C1", "63C0", "6983"]
    assert terminal.ask(VERIFY) == terminal.ask(PIN_STATUS) == "6983"
    assert terminal.authenticate(KeyName.PUK) == "9000"
    assert terminal.secured("84240000", KeyName.STK) == "9000"
    assert terminal.ask(PIN_STATUS) == "63C3"
    assert terminal.ask(VERIFY) == "9000"


def test_the_bureau_sets_a_new_pin(terminal: Terminal) -> None:
    terminal.authenticate(KeyName.PUK)
    assert terminal.secured("84240001", KeyName.STK, hidden=bytes.fromhex("888666")) == "9000"
    assert terminal.ask(VERIFY) == "63C2"
    assert terminal.ask("0020000003888666") == "9000"


@pytest.mark.parametrize("hidden", [b"", b"\x12", b"\xaa\xbb"])
def test_a_new_pin_that_is_none_is_refused(terminal: Terminal, hidden: bytes) -> None:
    terminal.authenticate(KeyName.PUK)
    assert terminal.secured("84240001", KeyName.STK, hidden=hidden) == "6A80"
    assert terminal.ask(VERIFY) == "9000"


def test_what_was_not_enciphered_is_no_new_pin(terminal: Terminal) -> None:
    terminal.authenticate(KeyName.PUK)
    block = bytes(terminal.algorithm.block_length)
    assert terminal.secured("84240001", KeyName.STK, data=block) == "6A80"


def test_guessing_at_an_unblocking_locks_its_key(terminal: Terminal) -> None:
    terminal.authenticate(KeyName.PUK)
    told = []
    for _ in range(3):
        terminal.challenge()
        told.append(terminal.ask("842400000400000000"))
    assert told == ["6988"] * 3
    assert terminal.authenticate(KeyName.PUK) == "6983"


def test_an_unblocking_needs_a_challenge_of_its_own(terminal: Terminal) -> None:
    terminal.authenticate(KeyName.PUK)
    assert terminal.ask("842400000400000000") == "6984"


def test_without_a_pin_nothing_is_unblocked_and_nothing_is_closed() -> None:
    terminal = terminal_with(replace(SECOND, pin=""))
    assert terminal.ask(PIN_STATUS) == "9000"
    assert terminal.ask(VERIFY) == "6984"
    assert terminal.ask(MEDICAL, "00B281280A").endswith("9000")
    terminal.ask(SELECT_SSSE)
    terminal.authenticate(KeyName.PUK)
    assert terminal.secured("84240000", KeyName.STK) == "6985"


def test_the_holder_changes_the_pin(terminal: Terminal) -> None:
    assert terminal.ask("805E010006654321FF6789") == "63C2"
    assert terminal.ask("805E010006123456FF6789") == "9000"
    assert terminal.ask("00200000026789") == "9000"


def test_a_protected_writing_is_checked_against_its_mac(terminal: Terminal) -> None:
    number = bytes.fromhex("0709") + b"B12345671"
    header = "04DC0728"
    assert terminal.secured(header, KeyName.STK, number) == "6982"
    assert terminal.authenticate(KeyName.UKSSSE) == "9000"
    assert terminal.ask(header + "0F" + number.hex() + "00000000") == "6984"
    terminal.challenge()
    assert terminal.ask(header + "0F" + number.hex() + "00000000") == "6988"
    assert terminal.secured(header, KeyName.STK, number) == "9000"
    assert terminal.ask("00B207280B") == "0709423132333435363731" + "9000"


def test_a_plain_writing_needs_only_the_key(terminal: Terminal) -> None:
    terminal.ask(MEDICAL)
    assert terminal.ask("00DC8C28038C0121") == "6982"
    assert terminal.authenticate(KeyName.UK1DF04) == "9000"
    assert terminal.ask("00DC8C28038C0121") == "9000"
    assert terminal.ask(VERIFY, "00B28C2803") == "8C01219000"


def test_nobody_writes_the_cards_own_transactions(terminal: Terminal) -> None:
    terminal.ask(VERIFY, MEDICAL)
    for key in (KeyName.UK1DF04, KeyName.UK2DF04, KeyName.RK1DF04):
        terminal.authenticate(key)
    assert terminal.ask("00DC00431C" + "00" * 28) == "6982"


def test_a_blocked_application_is_shut_in_this_session_and_every_other(terminal: Terminal) -> None:
    terminal.ask(MEDICAL)
    assert terminal.secured("841E0001", KeyName.STKDF04) == "6982"
    assert terminal.authenticate(KeyName.LKDF04) == "9000"
    assert terminal.secured("841E0001", KeyName.STKDF04) == "9000"
    assert [terminal.ask(one) for one in ("0084000008", "00B281280A", MEDICAL)] == ["9303"] * 3
    assert terminal.ask(SELECT_SSSE)[:2] == "61"
    terminal.chip.power_on()
    assert terminal.ask(SELECT_SSSE, MEDICAL) == "9303"
    assert terminal.ask("00A4000002DF01") == "610A"


def test_a_blocked_card_is_shut_for_ever(terminal: Terminal) -> None:
    terminal.authenticate(KeyName.BK)
    assert terminal.secured("84160000", KeyName.STK) == "9000"
    assert terminal.ask(SELECT_SSSE) == "6A81"
    terminal.chip.power_on()
    assert terminal.ask(SELECT_SSSE) == terminal.ask("FFFF000000") == "6A81"


def test_failing_to_block_locks_nothing(terminal: Terminal) -> None:
    terminal.authenticate(KeyName.BK)
    for _ in range(5):
        terminal.challenge()
        assert terminal.ask("841600000400000000") == "6988"
    assert terminal.secured("84160000", KeyName.STK) == "9000"


def test_a_card_whose_key_is_another_is_not_opened_by_its_issuers_terminals() -> None:
    card = personas.load("wrong-authentication").card
    terminal = Terminal(chip_of(card), card)
    terminal.ask(SELECT_SSSE)
    told = [terminal.authenticate(KeyName.RKSSSE) for _ in range(4)]
    assert told == ["63C2", "63C1", "63C0", "6983"]


def test_a_copied_card_does_not_prove_that_it_is_genuine() -> None:
    card = personas.load("cloned-card").card
    terminal = Terminal(chip_of(card), card)
    factor = bytes.fromhex("1122334455667788")
    told = terminal.ask(SELECT_SSSE, f"0088000010{factor.hex()}{SOURCE.hex()}", "00C0000008")
    assert told.endswith("9000")
    assert told[:16] != terminal.proof(KeyName.IRK, factor).hex().upper()
    assert terminal.authenticate(KeyName.RKSSSE) == "9000"
