"""The vectors of our reading of the card standard, under fictitious keys; no real card has confirmed them."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.card.crypto import (
    Algorithm,
    authentication_value,
    chain_state,
    deciphered,
    diversified,
    enciphered,
    mac,
    mac_of_chain,
    padded,
    session_key,
    transaction_code,
)

ROOT = bytes.fromhex("00112233445566778899AABBCCDDEEFF")
PROVINCE, CITY, CARD = (bytes.fromhex(f) for f in ("3531303030307368", "3531393930307378", "8660519900000001"))
PROCESS_FACTOR = bytes.fromhex("1122334455667788")
SOURCE = bytes.fromhex("8877665544332211")
PIN = bytes.fromhex("123456")


@dataclass(frozen=True)
class Vector:
    """What one algorithm makes of the inputs above, in hex."""

    algorithm: Algorithm
    levels: tuple[str, str, str]
    session: str
    authentication: str
    maintenance_session: str
    enciphered_pin: str
    reload: str
    unblock_mac: str

    @property
    def card_key(self) -> bytes:
        return bytes.fromhex(self.levels[2])

    @property
    def maintenance_key(self) -> bytes:
        return self.card_key[:8] if self.algorithm is Algorithm.DES else self.card_key


DES = Vector(
    algorithm=Algorithm.DES,
    levels=(
        "5bb733ba0c26ea5e05ce5f6d5e2b2f50",
        "fe16c7ddfd3fa447346b1e50baf95fd6",
        "4fc50e165450bb812c47f8e5968547f9",
    ),
    session="c82fb4073d5ff4ea",
    authentication="3e6e045e94bd7047",
    maintenance_session="5a8c72c45fbde2fc",
    enciphered_pin="2c00a619f9657785",
    reload="842400010c2c00a619f9657785f778280a",
    unblock_mac="0c8daa87",
)
SM4 = Vector(
    algorithm=Algorithm.SM4,
    levels=(
        "eb90c6d0d7a404ada007458f5156301c",
        "983b79b51833236929add2dc00668882",
        "34aafdf19fa1ec804b4f0fbeb26c708a",
    ),
    session="eb5ce4e4e4df7f020f2edaec38dd192d",
    authentication="125d8e60c1918e5d",
    maintenance_session="eb5ce4e4e4df7f020f2edaec38dd192d",
    enciphered_pin="1a697fbe8527f29183341e5a06996ed7",
    reload="84240001141a697fbe8527f29183341e5a06996ed74ffad0a6",
    unblock_mac="871c4c47",
)
both = pytest.mark.parametrize("vector", [DES, SM4], ids=lambda vector: vector.algorithm.name)


@both
def test_a_key_descends_from_the_nation_to_the_card(vector: Vector) -> None:
    key = ROOT
    for factor, expected in zip((PROVINCE, CITY, CARD), vector.levels, strict=True):
        key = diversified(vector.algorithm, key, factor)
        assert key.hex() == expected


def test_a_factor_of_another_length_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="8 bytes"):
        diversified(Algorithm.SM4, ROOT, PIN)


@both
def test_a_session_key_and_what_it_proves(vector: Vector) -> None:
    key = session_key(vector.algorithm, vector.card_key, PROCESS_FACTOR)
    assert key.hex() == vector.session
    assert authentication_value(vector.algorithm, key, SOURCE).hex() == vector.authentication


@both
def test_the_maintenance_key_protects_unblocking_and_reloading_of_the_pin(vector: Vector) -> None:
    key = session_key(vector.algorithm, vector.maintenance_key, PROCESS_FACTOR)
    assert key.hex() == vector.maintenance_session
    secret = enciphered(vector.algorithm, key, PIN)
    assert secret.hex() == vector.enciphered_pin
    header = bytes.fromhex("84240001") + bytes((len(secret) + 4,))
    assert (header + secret + mac(vector.algorithm, key, header + secret)).hex() == vector.reload
    assert mac(vector.algorithm, key, bytes.fromhex("8424000004")).hex() == vector.unblock_mac


def test_a_purchase_of_3des() -> None:
    acct, self_pay, pool = bytes.fromhex("000007D0"), bytes.fromhex("000003E8"), bytes.fromhex("00001388")
    amounts = acct + self_pay + pool
    type_, terminal, time = b"\x32", bytes.fromhex("519900000001"), bytes.fromhex("20261121101530")
    key = session_key(Algorithm.DES, DES.card_key, bytes.fromhex("A1B2C3D4" + "0005" + "0012"))
    assert key.hex() == "a02a5ee6d633f0b9"
    assert mac(Algorithm.DES, key, amounts + type_ + terminal + time).hex() == "e7f08a17"
    assert mac(Algorithm.DES, key, amounts).hex() == "6fddc6b1"
    sequence = bytes.fromhex("00000012")
    code = transaction_code(Algorithm.DES, DES.card_key, amounts + type_ + terminal + sequence + time)
    assert code.hex() == "6b981a26"


def test_the_transaction_code_of_sm4_is_a_mac_under_the_key_itself() -> None:
    assert transaction_code(Algorithm.SM4, SM4.card_key, SOURCE) == mac(Algorithm.SM4, SM4.card_key, SOURCE)


@both
def test_padding_fills_a_block_and_adds_one_to_a_full_block(vector: Vector) -> None:
    block = vector.algorithm.block_length
    assert padded(vector.algorithm, PIN) == PIN + b"\x80" + bytes(block - 4)
    assert padded(vector.algorithm, bytes(block)) == bytes(block) + b"\x80" + bytes(block - 1)


@both
def test_what_is_not_enciphered_data_is_told_from_it(vector: Vector) -> None:
    key = session_key(vector.algorithm, vector.card_key, PROCESS_FACTOR)
    good = enciphered(vector.algorithm, key, PIN)
    for bad in (b"", good[:-1], bytes((good[0] ^ 1,)) + good[1:]):
        with pytest.raises(ValueError, match="not "):
            deciphered(vector.algorithm, key, bad)


@given(st.sampled_from([DES, SM4]), st.binary(max_size=200))
def test_enciphered_data_comes_back(vector: Vector, data: bytes) -> None:
    key = session_key(vector.algorithm, vector.card_key, PROCESS_FACTOR)
    assert deciphered(vector.algorithm, key, enciphered(vector.algorithm, key, data)) == data


@given(st.sampled_from([DES, SM4]), st.binary(max_size=100), st.integers(0, 100))
def test_a_mac_may_be_made_in_parts(vector: Vector, data: bytes, cut: int) -> None:
    algorithm = vector.algorithm
    key = session_key(algorithm, vector.card_key, PROCESS_FACTOR)
    whole = padded(algorithm, data)
    at = min(cut, len(whole) // algorithm.block_length - 1) * algorithm.block_length
    state = bytes(algorithm.block_length)
    for part in (whole[:at], whole[at:]):
        state = chain_state(algorithm, key, part, state) if part else state
    assert mac_of_chain(algorithm, state) == mac(algorithm, key, data)
