"""The PSAM computes with the keys of cards and gives none of them away."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim import personas
from hardware_sim.card import crypto
from hardware_sim.card.answer_to_reset import card_factor
from hardware_sim.card.crypto import Algorithm
from hardware_sim.card.keys import (
    FICTITIOUS_ROOTS,
    KeyName,
    card_key,
    city_factor,
    province_factor,
    psam_number,
)
from hardware_sim.card.profiles import social_security_card
from hardware_sim.card.psam import CITY, NATION, PROVINCE, Psam
from hardware_sim.card.psam_files import PsamData

VECTOR_ROOTS = dict.fromkeys(KeyName, bytes.fromhex("00112233445566778899AABBCCDDEEFF"))
REGION = "519900"
CARD_FACTOR = bytes.fromhex("8660519900000001")
FACTORS = CARD_FACTOR + city_factor(REGION) + province_factor(REGION)
PROCESS_FACTOR = bytes.fromhex("1122334455667788")
SOURCE = bytes.fromhex("8877665544332211")
DATA = PsamData(terminal_number="519900000001")

SELECT_SM4 = "00A404000F7378332E73682EC9E7BBE1B1A3D5CF"
SELECT_SSF33 = "00A404000F7378322E73682EC9E7BBE1B1A3D5CF"
SELECT_3DES = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"
BIND = "BFEC00000151"


def ask(psam: Psam, *commands: str | bytes) -> str:
    """The answer to the last of some commands."""
    answer = b""
    for command in commands:
        answer = psam.command(bytes.fromhex(command) if isinstance(command, str) else command)
    return answer.hex().upper()


def whole(psam: Psam, command: str | bytes) -> bytes:
    """What a command with data brings, fetched by GET RESPONSE."""
    status = ask(psam, command)
    assert status[:2] == "61", status
    answer = ask(psam, f"00C00000{status[2:]}")
    assert answer.endswith("9000")
    return bytes.fromhex(answer[:-4])


def delivery(key: KeyName, data: bytes, *, levels: int = NATION, type_: int = 7) -> bytes:
    """DELIVERY SESSION KEY."""
    return bytes((0xBF, 0xDE, levels << 5 | type_, psam_number(key), len(data))) + data


def cipher(mode: int, data: bytes) -> bytes:
    """CIPHER DATA."""
    return bytes((0x80, 0xFA, mode, 0x00, len(data))) + data


@pytest.fixture
def psam() -> Psam:
    return Psam(DATA, roots=VECTOR_ROOTS)


def test_a_terminal_reads_the_files_without_a_key(psam: Psam) -> None:
    assert psam.power_on() == DATA.atr
    assert ask(psam, "00B0960006") == "5199000000019000"
    assert ask(psam, "00A40200020016", "00B0000006") == "5199000000019000"
    assert ask(psam, "00B095000F") == "01" + DATA.serial_number + "0101" + "0000" + "9000"
    assert ask(psam, "00B2010C0A") == "61084F06D156000005909000"
    assert ask(psam, "00A4040006D15600000590") == "610A"
    assert ask(psam, "00B0990004") == "000000009000"
    assert ask(psam, "00B09C0001") == "019000"
    assert ask(psam, "00B09A0000") == "6C0A"


def test_a_psam_in_the_slot_of_a_card_answers_to_the_name_but_has_none_of_its_files(psam: Psam) -> None:
    assert ask(psam, SELECT_3DES) == "6118"
    assert ask(psam, "00C0000018")[8:38] == "7378312E73682EC9E7BBE1B1A3D5CF"
    assert ask(psam, "00A4020002EF05") == "6A82"
    assert ask(psam, "00B2012C12") == "6A82"
    assert ask(psam, "0020000000") == "6D00"


def test_the_authentication_value_of_a_3des_card(psam: Psam) -> None:
    assert ask(psam, BIND) == "9000"
    assert ask(psam, delivery(KeyName.RKSSSE, FACTORS + PROCESS_FACTOR)) == "9000"
    assert whole(psam, cipher(0, SOURCE)).hex() == "3e6e045e94bd7047"


def test_the_authentication_value_of_an_sm4_card_are_the_two_halves_added_up(psam: Psam) -> None:
    assert ask(psam, SELECT_SM4, BIND) == "9000"
    assert ask(psam, delivery(KeyName.RKSSSE, FACTORS + PROCESS_FACTOR + bytes(8))) == "9000"
    block = whole(psam, cipher(0, SOURCE + bytes(8)))
    assert bytes(one ^ other for one, other in zip(block[:8], block[8:], strict=True)).hex() == "125d8e60c1918e5d"


@pytest.mark.parametrize(("level", "sent"), [(PROVINCE, FACTORS[:16]), (CITY, FACTORS[:8])])
def test_a_psam_of_a_lower_level_wants_fewer_factors_and_computes_the_same(level: int, sent: bytes) -> None:
    psam = Psam(DATA, level=level, roots=VECTOR_ROOTS)
    ask(psam, BIND)
    for other in {NATION, PROVINCE, CITY} - {level}:
        assert ask(psam, delivery(KeyName.IRK, FACTORS[: 8 * other] + PROCESS_FACTOR, levels=other)) == "6A80"
    assert ask(psam, delivery(KeyName.IRK, sent + PROCESS_FACTOR, levels=level)) == "9000"
    assert whole(psam, cipher(0, SOURCE)).hex() == "3e6e045e94bd7047"


def test_a_city_s_psam_does_not_know_the_keys_of_another_city() -> None:
    psam = Psam(PsamData(terminal_number="519800000001"), level=CITY, roots=VECTOR_ROOTS)
    assert ask(psam, BIND, delivery(KeyName.IRK, CARD_FACTOR + PROCESS_FACTOR, levels=CITY)) == "9000"
    assert whole(psam, cipher(0, SOURCE)).hex() != "3e6e045e94bd7047"


def test_the_maintenance_key_of_a_3des_card_enciphers_and_protects_a_new_pin(psam: Psam) -> None:
    ask(psam, BIND, delivery(KeyName.STK, FACTORS + PROCESS_FACTOR, type_=8))
    secret = whole(psam, cipher(0, bytes.fromhex("0312345680000000")))
    assert secret.hex() == "2c00a619f9657785"
    message = crypto.padded(Algorithm.DES, bytes.fromhex("842400010C") + secret)
    assert whole(psam, cipher(5, bytes(8) + message)).hex() == "f778280a"
    assert ask(psam, cipher(7, bytes(8) + message[:8])) == "9000"
    assert whole(psam, cipher(1, message[8:])).hex() == "f778280a"


def test_a_mac_in_three_parts(psam: Psam) -> None:
    ask(psam, SELECT_SM4, BIND, delivery(KeyName.STK, FACTORS + PROCESS_FACTOR + bytes(8), type_=6))
    message = crypto.padded(Algorithm.SM4, bytes(40))
    key = crypto.session_key(
        Algorithm.SM4,
        card_key(KeyName.STK, Algorithm.SM4, REGION, CARD_FACTOR, roots=VECTOR_ROOTS),
        PROCESS_FACTOR,
    )
    assert ask(psam, cipher(7, bytes(16) + message[:16]), cipher(3, message[16:32])) == "9000"
    assert whole(psam, cipher(1, message[32:])) == crypto.mac(Algorithm.SM4, key, bytes(40))
    assert ask(psam, cipher(1, message[32:])) == "6901"


def test_a_session_key_serves_only_its_use(psam: Psam) -> None:
    ask(psam, BIND)
    for type_, encrypting, protecting in ((7, "6108", "6985"), (6, "6985", "6104"), (8, "6108", "6104")):
        ask(psam, delivery(KeyName.IRK, FACTORS + PROCESS_FACTOR, type_=type_))
        assert ask(psam, cipher(0, SOURCE)) == encrypting
        assert ask(psam, cipher(5, bytes(16))) == protecting
    assert ask(psam, delivery(KeyName.IRK, FACTORS + PROCESS_FACTOR, type_=9)) == "6A80"
    assert ask(psam, cipher(0, SOURCE)) == "6901"


def test_what_comes_in_the_wrong_order_or_shape_is_refused(psam: Psam) -> None:
    good = delivery(KeyName.IRK, FACTORS + PROCESS_FACTOR, type_=8)
    assert ask(psam, cipher(0, SOURCE)) == "6901"
    assert ask(psam, good) == "6985"
    assert ask(psam, "BFEC0000015F") == "6A80"
    assert ask(psam, "BFEC01000151") == "6A86"
    assert ask(psam, "BFEC0000025151") == "6700"
    assert ask(psam, BIND, good) == "9000"
    assert ask(psam, cipher(0, SOURCE[:7])) == "6700"
    assert ask(psam, cipher(4, SOURCE)) == "6A86"
    assert ask(psam, cipher(3, SOURCE)) == "6901"
    assert ask(psam, cipher(5, SOURCE)) == "6700"
    assert ask(psam, delivery(KeyName.IRK, FACTORS + PROCESS_FACTOR[:4])) == "6700"
    assert ask(psam, good[:-1]) == "6700"
    assert ask(psam, "80FA0000") == "6700"
    assert ask(psam, "BF000000") == "6D00"
    assert ask(psam, "04B0960006") == "6E00"


def test_another_environment_and_a_loss_of_power_forget_the_session_key(psam: Psam) -> None:
    good = delivery(KeyName.IRK, FACTORS + PROCESS_FACTOR)
    for forgetting in (SELECT_SM4, SELECT_SSF33):
        ask(psam, SELECT_3DES, BIND, good)
        assert ask(psam, forgetting, SELECT_3DES, cipher(0, SOURCE)) == "6901"
        assert ask(psam, good) == "6985"
    ask(psam, BIND, good)
    psam.power_on()
    assert ask(psam, cipher(0, SOURCE)) == "6901"


def test_a_file_of_the_same_environment_forgets_nothing(psam: Psam) -> None:
    ask(psam, BIND, delivery(KeyName.IRK, FACTORS + PROCESS_FACTOR))
    assert ask(psam, "00A40000023F00", "00B0960006") == "5199000000019000"
    assert ask(psam, cipher(0, SOURCE)) == "6108"


def test_keys_that_no_psam_has_and_those_this_one_lacks(psam: Psam) -> None:
    lacking = Psam(DATA, absent={KeyName.RKSSSE})
    ask(lacking, BIND)
    assert ask(lacking, delivery(KeyName.RKSSSE, FACTORS + PROCESS_FACTOR)) == "6A88"
    assert ask(lacking, delivery(KeyName.IRK, FACTORS + PROCESS_FACTOR)) == "9000"
    ask(psam, BIND)
    for key in (KeyName.BK, KeyName.DTK, KeyName.DPK):
        assert ask(psam, delivery(key, FACTORS + PROCESS_FACTOR)) == "6A88"
    assert ask(psam, f"BFDE677F20{(FACTORS + PROCESS_FACTOR).hex()}") == "6A88"


def test_the_keys_of_ssf33_are_not_there(psam: Psam) -> None:
    assert ask(psam, SELECT_SSF33, BIND) == "9000"
    assert ask(psam, delivery(KeyName.RKSSSE, FACTORS + PROCESS_FACTOR + bytes(8))) == "6A88"


def test_the_psam_of_a_province_is_not_bound_to_cards_of_another() -> None:
    psam = Psam(DATA, level=PROVINCE)
    assert ask(psam, "BFEC00000143") == "6985"
    assert ask(Psam(DATA), "BFEC00000143") == "9000"


def test_a_blocked_psam_refuses_everything() -> None:
    psam = Psam(DATA, blocked=True)
    assert {ask(psam, command) for command in ("00B0960006", BIND, SELECT_3DES, "FF000000")} == {"6A81"}


def test_an_answer_waits_for_get_response_and_no_longer(psam: Psam) -> None:
    ask(psam, BIND, delivery(KeyName.IRK, FACTORS + PROCESS_FACTOR), cipher(0, SOURCE))
    assert ask(psam, "00C0000000") == "6C08"
    assert ask(psam, BIND, "00C0000008") == "6F00"
    ask(psam, delivery(KeyName.IRK, FACTORS + PROCESS_FACTOR), cipher(0, SOURCE))
    assert ask(psam, "FF000000", "00C0000008") == "6F00"


def test_get_challenge_gives_as_many_bytes_as_are_asked_for() -> None:
    psam = Psam(DATA, random=lambda length: bytes(range(length)))
    assert ask(psam, "0084000008") == "00010203040506079000"
    assert ask(psam, "0084000005") == "6700"


@pytest.mark.parametrize("version", ["2.00", "3.00"])
@pytest.mark.parametrize("level", [NATION, PROVINCE, CITY])
def test_a_card_and_a_psam_of_the_same_roots_recognise_each_other(version: str, level: int) -> None:
    card = social_security_card(replace(personas.load("zhang-jianguo").card, version=version))
    psam = Psam(level=level)
    ask(psam, *([SELECT_SM4] if version == "3.00" else []), "BFEC00000143")

    def challenge() -> bytes:
        return card.command(bytes.fromhex("0084000008"))[:8]

    def computed(key: KeyName, source: bytes, factor: bytes) -> bytes:
        filling = bytes(8) if version == "3.00" else b""
        region = "439900"
        factors = (card_factor(card.atr) + city_factor(region) + province_factor(region))[: 8 * level]
        assert ask(psam, delivery(key, factors + factor + filling, levels=level)) == "9000"
        block = whole(psam, cipher(0, source + filling))
        return bytes(one ^ other for one, other in zip(block[:8], block[8:] or bytes(8), strict=True))

    card.command(bytes.fromhex(SELECT_3DES))
    source, factor = challenge(), challenge()
    assert card.command(bytes.fromhex("0088000010") + factor + source) == bytes.fromhex("6108")
    assert card.command(bytes.fromhex("00C0000008"))[:8] == computed(KeyName.IRK, source, factor)
    source, factor = challenge(), challenge()
    value = computed(KeyName.RKSSSE, source, factor)
    assert card.command(bytes.fromhex("0082000A10") + value + source) == bytes.fromhex("9000")
    assert card.command(bytes.fromhex("00B2083014")).endswith(bytes.fromhex("9000"))


PURCHASE = "A1B2C3D4" + "0005" + "000007D0" + "000003E8" + "00001388" + "32" + "20261121" + "101530" + "01" + "01"


def init_purchase(rest: str, factors: bytes = FACTORS) -> bytes:
    """INIT SAM FOR PURCHASE."""
    data = bytes.fromhex(rest) + factors
    return bytes((0x80, 0x70, 0x01, 0x00, len(data))) + data


def test_a_purchase_with_a_3des_card() -> None:
    psam = Psam(PsamData(terminal_number="519900000001", count=0x12), roots=VECTOR_ROOTS)
    ask(psam, BIND)
    assert whole(psam, init_purchase(PURCHASE)).hex() == "00000012" + "e7f08a17"
    assert ask(psam, "80720000046fddc6b1") == "9000"
    assert ask(psam, "00A4000002DF01", "00B0990004") == "000000139000"


def test_a_wrong_receipt_ends_the_purchase_and_counts_nothing(psam: Psam) -> None:
    ask(psam, BIND)
    whole(psam, init_purchase(PURCHASE))
    assert ask(psam, "80720000046fddc6b2") == "9302"
    assert ask(psam, "80720000046fddc6b1") == "6901"
    assert ask(psam, "00A4000002DF01", "00B0990004") == "000000009000"


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (init_purchase(PURCHASE, FACTORS[:16]), "6A80"),
        (init_purchase(PURCHASE[:-2] + "03"), "6A80"),
        (init_purchase(PURCHASE[:-4] + "0201"), "6A88"),
        (init_purchase(PURCHASE, FACTORS[:5]), "6700"),
        (init_purchase(PURCHASE[:20], b""), "6700"),
        ("807000000101", "6A86"),
        ("8072000003000000", "6700"),
    ],
)
def test_a_purchase_that_does_not_fit_is_refused(psam: Psam, command: str | bytes, status: str) -> None:
    assert ask(psam, BIND, command) == status


def test_a_full_counter_makes_no_more_purchases() -> None:
    psam = Psam(PsamData(terminal_number="519900000001", count=0xFFFFFFFF))
    assert ask(psam, BIND, init_purchase(PURCHASE)) == "9402"


def test_no_key_of_the_default_psam_is_one_of_the_vectors() -> None:
    assert VECTOR_ROOTS[KeyName.IRK] not in FICTITIOUS_ROOTS.values()


COMMAND_HEADS = ("BFEC0000", "BFDE6708", "BFDE470A", "80FA0000", "80FA0700", "80FA0100", "80700100", "80720000")


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=60),
            st.sampled_from([SELECT_SM4, SELECT_SSF33, SELECT_3DES, BIND, "00C0000008", "00A4000002DF01"]).map(
                bytes.fromhex
            ),
            st.tuples(st.sampled_from(COMMAND_HEADS), st.binary(min_size=1, max_size=60)).map(
                lambda parts: bytes.fromhex(parts[0]) + bytes((len(parts[1]),)) + parts[1]
            ),
        ),
        max_size=8,
    )
)
def test_whatever_comes_is_answered(commands: list[bytes]) -> None:
    psam = Psam(DATA)
    for command in commands:
        answer = psam.command(command)
        assert len(answer) >= 2
        assert answer[-2] in (0x90, 0x61, 0x63, 0x65, 0x67, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x93, 0x94)
