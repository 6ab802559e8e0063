"""How the keys of a card descend: the factors of the vectors, from any answer to reset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.card import keys as simulated
from hardware_sim.card.keys import KeyName
from pos_client.card import words
from pos_client.card.iso7816.tlv import FileControl, Malformed
from pos_client.card.social_security import keys
from pos_client.card.social_security.keys import Algorithm, Descent
from pos_client.errors import Refused

ATR = bytes.fromhex("3B6D000000814A44468660519900000001")
F1, F2, F3 = (bytes.fromhex(factor) for factor in ("3531303030307368", "3531393930307378", "8660519900000001"))


def test_the_factors_of_the_vectors() -> None:
    assert keys.province_factor("519900") == F1
    assert keys.city_factor("519900") == F2
    assert keys.card_factor(ATR) == F3


def test_every_level_above_the_card_adds_its_factor_behind() -> None:
    descent = Descent(Algorithm.SM4, "519900", F3)
    assert [descent.factors(levels) for levels in (1, 2, 3)] == [F3, F3 + F2, F3 + F2 + F1]


def test_the_counties_of_a_city_in_zhejiang_share_its_key() -> None:
    assert keys.city_factor("330127") == keys.city_factor("330100") == bytes.fromhex("3333303130307378")
    assert keys.city_factor("430127") != keys.city_factor("430100")


@given(st.from_regex(r"[0-9]{6}", fullmatch=True))
def test_the_simulator_made_its_keys_from_the_same_factors(city: str) -> None:
    assert keys.province_factor(city) == simulated.province_factor(city)
    assert keys.city_factor(city) == simulated.city_factor(city)


@pytest.mark.parametrize(
    "atr",
    [
        "3B6D000000814A44468660519900000001",
        "3B7D95000000814A44468660519900000001",
        "3BED0000801FC300814A44468660519900000001" + "00",
        "3B8D800100814A44468660519900000001" + "00",
    ],
    ids=["T=0", "faster", "two protocols", "contactless"],
)
def test_the_card_factor_is_found_wherever_the_historical_bytes_begin(atr: str) -> None:
    raw = bytearray.fromhex(atr)
    if raw[1] >> 4 & 0x8:  # protocols other than T=0 are announced: a check byte stands at the end
        for byte in raw[1:-1]:
            raw[-1] ^= byte
    assert keys.card_factor(bytes(raw)) == F3


@pytest.mark.parametrize("atr", ["", "3B00", "3B6E000000814A4446866051990000000177", "3B6D0000", "0000"])
def test_an_answer_to_reset_without_the_thirteen_bytes_gives_no_factor(atr: str) -> None:
    with pytest.raises(Malformed):
        keys.card_factor(bytes.fromhex(atr))


@pytest.mark.parametrize(
    ("announced", "city", "algorithm"),
    [
        (1, "519900", Algorithm.TRIPLE_DES),
        (2, "519900", Algorithm.SSF33),
        (3, "110000", Algorithm.SM4),
        (None, "519900", Algorithm.TRIPLE_DES),
        (None, "110000", Algorithm.SSF33),
    ],
)
def test_the_algorithm_is_what_the_card_says_or_what_its_age_means(
    announced: int | None, city: str, algorithm: Algorithm
) -> None:
    assert keys.algorithm_of(FileControl(None, announced), city) is algorithm


def test_an_algorithm_of_the_future_is_for_another_psam() -> None:
    with pytest.raises(Refused) as told:
        keys.algorithm_of(FileControl(None, 9), "519900")
    assert told.value.words is words.PSAM_LACKS_KEY


def test_the_key_numbers_are_those_of_the_simulated_card_and_psam() -> None:
    pairs = ((keys.INTERNAL, KeyName.IRK), (keys.READ_HOLDER, KeyName.RKSSSE), (keys.READ_MEDICAL, KeyName.RK1DF04))
    for key, name in pairs:
        assert key.name == name
        assert (key.on_card, key.in_psam) == (simulated.reference(name), simulated.psam_number(name))
