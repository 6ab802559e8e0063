"""The key table, and the descent of a card's keys from fictitious roots."""

from collections import defaultdict

import pytest

from hardware_sim.card.crypto import Algorithm
from hardware_sim.card.keys import (
    FICTITIOUS_ROOTS,
    KeyName,
    as_used,
    card_key,
    city_factor,
    key_of_psam_number,
    province_factor,
    psam_number,
    reference,
)

CARD_FACTOR = bytes.fromhex("8660519900000001")
VECTOR_ROOT = bytes.fromhex("00112233445566778899AABBCCDDEEFF")


@pytest.mark.parametrize(
    ("key", "on_the_card", "in_the_psam"),
    [
        (KeyName.IRK, 0x00, 0x08),
        (KeyName.PUK, 0x06, 0x10),
        (KeyName.STK, 0x02, 0x09),
        (KeyName.UKSSSE, 0x04, 0x12),
        (KeyName.RKSSSE, 0x0A, 0x0A),
        (KeyName.RK1DF01, 0x88, 0x2E),
        (KeyName.RK1DF03, 0x84, 0x2B),
        (KeyName.RK2DF03, 0x85, 0x2C),
        (KeyName.RK1DF04, 0x84, 0x2D),
        (KeyName.UK2DF04, 0x86, 0x2A),
    ],
)
def test_the_numbers_of_a_key(key: KeyName, on_the_card: int, in_the_psam: int) -> None:
    assert reference(key) == on_the_card
    assert psam_number(key) == in_the_psam
    assert key_of_psam_number(in_the_psam) is key


def test_a_purse_key_has_no_number_on_the_card() -> None:
    with pytest.raises(ValueError, match="DPK"):
        reference(KeyName.DPK)


def test_a_key_may_be_in_no_psam_and_a_number_be_no_key() -> None:
    with pytest.raises(ValueError, match="RK1DF07"):
        psam_number(KeyName.RK1DF07)
    assert key_of_psam_number(0x7F) is None


def test_numbers_are_unique_within_an_application_and_within_a_psam() -> None:
    of_application: dict[str, list[int]] = defaultdict(list)
    in_psam = []
    for key in KeyName:
        if key not in (KeyName.DPK, KeyName.DLK, KeyName.DTK):
            _, marker, number = key.partition("DF")
            of_application["DF04" if key is KeyName.DSK else marker + number].append(reference(key))
        if not (key.endswith("DF07") or "UK7DF01" <= key <= "UKBDF01"):
            in_psam.append(psam_number(key))
    for references in of_application.values():
        assert len(references) == len(set(references))
    assert len(in_psam) == len(set(in_psam))


def test_a_key_of_the_application_has_the_high_bit_and_a_global_one_has_not() -> None:
    assert all(reference(key) & 0x80 for key in KeyName if "DF" in key)
    assert not any(reference(key) & 0x80 for key in (KeyName.IRK, KeyName.PUK, KeyName.BK, KeyName.RKSSSE))


def test_the_factors_of_a_region() -> None:
    assert province_factor("650100").hex() == "3635303030307368"
    assert city_factor("650100").hex() == "3635303130307378"


def test_the_districts_of_a_city_in_zhejiang_share_its_factor() -> None:
    assert city_factor("330102") == city_factor("330100") == b"330100sx"


@pytest.mark.parametrize(
    ("algorithm", "expected"),
    [(Algorithm.DES, "4fc50e165450bb812c47f8e5968547f9"), (Algorithm.SM4, "34aafdf19fa1ec804b4f0fbeb26c708a")],
)
def test_a_card_key_descends_from_the_root_that_is_given(algorithm: Algorithm, expected: str) -> None:
    roots = dict.fromkeys(KeyName, VECTOR_ROOT)
    assert card_key(KeyName.RKSSSE, algorithm, "519900", CARD_FACTOR, roots=roots).hex() == expected


def test_the_maintenance_key_of_a_3des_card_is_half_as_long() -> None:
    whole = bytes(range(16))
    assert as_used(KeyName.STK, Algorithm.DES, whole) == whole[:8]
    assert as_used(KeyName.STKDF04, Algorithm.DES, whole) == whole[:8]
    assert as_used(KeyName.STK, Algorithm.SM4, whole) == whole
    assert as_used(KeyName.RKSSSE, Algorithm.DES, whole) == whole


def test_every_fictitious_root_and_every_card_has_keys_of_its_own() -> None:
    assert len(set(FICTITIOUS_ROOTS.values())) == len(KeyName)
    assert {len(root) for root in FICTITIOUS_ROOTS.values()} == {16}
    other = bytes.fromhex("8660519900000002")
    cards = [
        (Algorithm.DES, "519900", CARD_FACTOR),
        (Algorithm.SM4, "519900", CARD_FACTOR),
        (Algorithm.SM4, "519800", CARD_FACTOR),
        (Algorithm.SM4, "519900", other),
    ]
    assert len({card_key(KeyName.RKSSSE, *card) for card in cards}) == len(cards)
