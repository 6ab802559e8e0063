"""The keys of the social-security card: their names, their numbers on the card and in a PSAM, and how they descend.

Source: 《社会保障（个人）卡规范》 part 9 (7.3, appendix B) and the reader conventions built on it. ALL key values here
are FICTITIOUS: each national root is made from the key's own name and opens no real card.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from cryptography.hazmat.primitives.hashes import SM3, Hash

from hardware_sim.card.crypto import Algorithm, diversified

KEY_LENGTH = 16

_ZHEJIANG = "33"
_SINGLE_KEY_LENGTH = 8


class KeyName(StrEnum):
    """The keys of a card, as the standard calls them; DFxx is the application that a key belongs to."""

    IRK = "IRK"
    PUK = "PUK"
    STK = "STK"
    BK = "BK"
    UKSSSE = "UKSSSE"
    RKSSSE = "RKSSSE"
    STKDF01 = "STKDF01"
    RK1DF01 = "RK1DF01"
    UK1DF01 = "UK1DF01"
    UK2DF01 = "UK2DF01"
    UK3DF01 = "UK3DF01"
    UK4DF01 = "UK4DF01"
    UK5DF01 = "UK5DF01"
    UK6DF01 = "UK6DF01"
    UK7DF01 = "UK7DF01"
    UK8DF01 = "UK8DF01"
    UK9DF01 = "UK9DF01"
    UKADF01 = "UKADF01"
    UKBDF01 = "UKBDF01"
    STKDF02 = "STKDF02"
    RK1DF02 = "RK1DF02"
    UK1DF02 = "UK1DF02"
    UK2DF02 = "UK2DF02"
    UK3DF02 = "UK3DF02"
    UK4DF02 = "UK4DF02"
    UK5DF02 = "UK5DF02"
    UK6DF02 = "UK6DF02"
    STKDF03 = "STKDF03"
    LKDF03 = "LKDF03"
    RK1DF03 = "RK1DF03"
    RK2DF03 = "RK2DF03"
    UK1DF03 = "UK1DF03"
    UK2DF03 = "UK2DF03"
    UK3DF03 = "UK3DF03"
    UK4DF03 = "UK4DF03"
    UK5DF03 = "UK5DF03"
    UK6DF03 = "UK6DF03"
    UK7DF03 = "UK7DF03"
    UK8DF03 = "UK8DF03"
    STKDF04 = "STKDF04"
    LKDF04 = "LKDF04"
    RK1DF04 = "RK1DF04"
    UK1DF04 = "UK1DF04"
    UK2DF04 = "UK2DF04"
    STKDF07 = "STKDF07"
    RK1DF07 = "RK1DF07"
    RK2DF07 = "RK2DF07"
    RK3DF07 = "RK3DF07"
    DPK = "DPK"
    DLK = "DLK"
    DTK = "DTK"
    DSK = "DSK"


#: Key number on the card (P2 of EXTERNAL AUTHENTICATE) and in a PSAM (P2 of DELIVERY SESSION KEY); None where there is
#: none. UK7–UKB of DF01, the keys of DF07 and DSK are named without a number: the next free ones are OUR ASSUMPTION.
_NUMBERS: Mapping[KeyName, tuple[int | None, int | None]] = MappingProxyType(
    {
        KeyName.IRK: (0x00, 0x08),
        KeyName.PUK: (0x06, 0x10),
        KeyName.STK: (0x02, 0x09),
        KeyName.BK: (0x05, 0x11),
        KeyName.UKSSSE: (0x04, 0x12),
        KeyName.RKSSSE: (0x0A, 0x0A),
        KeyName.STKDF01: (0x82, 0x20),
        KeyName.RK1DF01: (0x88, 0x2E),
        KeyName.UK1DF01: (0x83, 0x42),
        KeyName.UK2DF01: (0x84, 0x43),
        KeyName.UK3DF01: (0x85, 0x24),
        KeyName.UK4DF01: (0x86, 0x25),
        KeyName.UK5DF01: (0x87, 0x44),
        KeyName.UK6DF01: (0x89, 0x2F),
        KeyName.UK7DF01: (0x8A, None),
        KeyName.UK8DF01: (0x8B, None),
        KeyName.UK9DF01: (0x8C, None),
        KeyName.UKADF01: (0x8D, None),
        KeyName.UKBDF01: (0x8E, None),
        KeyName.STKDF02: (0x82, 0x21),
        KeyName.RK1DF02: (0x88, 0x35),
        KeyName.UK1DF02: (0x83, 0x26),
        KeyName.UK2DF02: (0x84, 0x45),
        KeyName.UK3DF02: (0x85, 0x46),
        KeyName.UK4DF02: (0x86, 0x27),
        KeyName.UK5DF02: (0x87, 0x28),
        KeyName.UK6DF02: (0x89, 0x36),
        KeyName.STKDF03: (0x82, 0x22),
        KeyName.LKDF03: (0x83, 0x40),
        KeyName.RK1DF03: (0x84, 0x2B),
        KeyName.RK2DF03: (0x85, 0x2C),
        KeyName.UK1DF03: (0x86, 0x47),
        KeyName.UK2DF03: (0x87, 0x29),
        KeyName.UK3DF03: (0x88, 0x48),
        KeyName.UK4DF03: (0x89, 0x37),
        KeyName.UK5DF03: (0x8A, 0x38),
        KeyName.UK6DF03: (0x8B, 0x39),
        KeyName.UK7DF03: (0x8C, 0x3A),
        KeyName.UK8DF03: (0x8D, 0x3B),
        KeyName.STKDF04: (0x82, 0x23),
        KeyName.LKDF04: (0x83, 0x41),
        KeyName.RK1DF04: (0x84, 0x2D),
        KeyName.UK1DF04: (0x85, 0x49),
        KeyName.UK2DF04: (0x86, 0x2A),
        KeyName.STKDF07: (0x82, None),
        KeyName.RK1DF07: (0x84, None),
        KeyName.RK2DF07: (0x85, None),
        KeyName.RK3DF07: (0x86, None),
        KeyName.DPK: (None, 0x01),
        KeyName.DLK: (None, 0x4B),
        KeyName.DTK: (None, 0x4C),
        KeyName.DSK: (0x87, 0x4A),
    }
)
_BY_PSAM_NUMBER = {number: name for name, (_, number) in _NUMBERS.items() if number is not None}


def reference(key: KeyName) -> int:
    """The key's number on the card; ValueError for the purse keys, which a terminal never names."""
    number = _NUMBERS[key][0]
    if number is None:
        raise ValueError(f"{key} is not a key of EXTERNAL AUTHENTICATE")
    return number


def psam_number(key: KeyName) -> int:
    """The key's number in a PSAM; ValueError for a key that is in none."""
    number = _NUMBERS[key][1]
    if number is None:
        raise ValueError(f"{key} is in no PSAM")
    return number


def key_of_psam_number(number: int) -> KeyName | None:
    """The key that a PSAM knows by this number; None when it knows no such key."""
    return _BY_PSAM_NUMBER.get(number)


def fictitious_root(key: KeyName) -> bytes:
    """The national root of this key, 16 bytes: fictitious, the beginning of the SM3 of a label with its name."""
    label = Hash(SM3())
    label.update(f"fictitious {key}".encode("ascii"))
    return label.finalize()[:KEY_LENGTH]


#: All national roots; a caller may bring a table of its own.
FICTITIOUS_ROOTS: Mapping[KeyName, bytes] = MappingProxyType({key: fictitious_root(key) for key in KeyName})


def province_factor(city: str) -> bytes:
    """F1: the first two digits of the region code, four zeros and "sh"."""
    return f"{city[:2]}0000sh".encode("ascii")


def city_factor(city: str) -> bytes:
    """F2: the six digits of the region code and "sx"; in Zhejiang its counties share the factor of their city."""
    return f"{city[:4]}00sx".encode("ascii") if city.startswith(_ZHEJIANG) else f"{city}sx".encode("ascii")


def card_key(
    key: KeyName,
    algorithm: Algorithm,
    city: str,
    card_factor: bytes,
    *,
    roots: Mapping[KeyName, bytes] = FICTITIOUS_ROOTS,
) -> bytes:
    """The key as it stands on one card: 16 bytes, and 8 for the maintenance keys (STK…) of a 3DES card.

    Args:
        key: which one.
        algorithm: of the card.
        city: region code of the card, six digits: the first three bytes of its identification code.
        card_factor: the last 8 of the 13 historical bytes of its answer to reset.
        roots: the national roots.
    """
    derived = roots[key]
    for factor in (province_factor(city), city_factor(city), card_factor):
        derived = diversified(algorithm, derived, factor)
    return as_used(key, algorithm, derived)


def as_used(key: KeyName, algorithm: Algorithm, card_level: bytes) -> bytes:
    """A key of card level as the card works with it: the maintenance keys of a 3DES card are its left 8 bytes."""
    single = algorithm is Algorithm.DES and key.startswith("STK")
    return card_level[:_SINGLE_KEY_LENGTH] if single else card_level
