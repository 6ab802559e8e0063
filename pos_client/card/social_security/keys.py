"""Which key of the card a PSAM must use, and what makes it the key of this very card.

Nothing secret is here: keys stay in the PSAM and on the card. A PSAM holds the key of the nation, of a province or of a
city, and the factors below lead it from there to the card's own. Source: 《社会保障（个人）卡规范》 part 9, 7.3 and
appendix B; for the algorithm a card announces, the card-reader interface that follows LD/T 33-2015, 10.1.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from pos_client.card import words
from pos_client.card.iso7816 import atr as answers_to_reset
from pos_client.card.iso7816.atr import NoAtr
from pos_client.card.iso7816.tlv import FileControl, Malformed
from pos_client.errors import Refused

_HISTORICAL_LENGTH: Final = 13
_FACTOR_LENGTH: Final = 8
_BEIJING: Final = "11"
_ZHEJIANG: Final = "33"


class Algorithm(IntEnum):
    """The cipher of a card's keys, numbered as the card announces it."""

    TRIPLE_DES = 1
    SSF33 = 2
    SM4 = 3

    @property
    def block_length(self) -> int:
        """Bytes in one block of the cipher."""
        return 8 if self is Algorithm.TRIPLE_DES else 16


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the card, as card and PSAM call it."""

    name: str
    on_card: int
    """Its number in EXTERNAL AUTHENTICATE; the high bit means a key of the current directory."""
    in_psam: int


#: Answers whether the card is genuine.
INTERNAL: Final = Key("IRK", 0x00, 0x08)
#: Opens the holder's data of a card of version 3.
READ_HOLDER: Final = Key("RKSSSE", 0x0A, 0x0A)
#: Opens the medical-insurance application without the PIN, on cards from version 2 on.
READ_MEDICAL: Final = Key("RK1DF04", 0x84, 0x2D)


@dataclass(frozen=True, slots=True)
class Descent:
    """How the keys of one card descend from the nation's."""

    algorithm: Algorithm
    city: str
    """The issuing region, the first six digits of the identification code."""
    card_factor: bytes

    def factors(self, levels: int) -> bytes:
        """What a PSAM that holds the key ``levels`` levels above the card needs: 3 the nation's, 1 the city's."""
        return b"".join((self.card_factor, city_factor(self.city), province_factor(self.city))[:levels])


def province_factor(city: str) -> bytes:
    """F1: the first two digits of the region."""
    return f"{city[:2]}0000sh".encode("ascii")


def city_factor(city: str) -> bytes:
    """F2: the six digits of the region; the cities of Zhejiang have one key for all their counties."""
    region = f"{city[:4]}00" if city.startswith(_ZHEJIANG) else city
    return f"{region}sx".encode("ascii")


def card_factor(atr: bytes) -> bytes:
    """F3: the last eight of the card's thirteen historical bytes (maker, city, serial number).

    Raises:
        Malformed: the answer to reset has not these thirteen bytes.
    """
    try:
        historical = answers_to_reset.historical_bytes(atr)
    except NoAtr:
        raise Malformed("no answer to reset") from None
    if len(historical) != _HISTORICAL_LENGTH:
        raise Malformed(f"{len(historical)} historical bytes instead of {_HISTORICAL_LENGTH}")
    return historical[-_FACTOR_LENGTH:]


def algorithm_of(control: FileControl, city: str) -> Algorithm:
    """The algorithm that a card announces; one that announces none is older than the choice.

    Raises:
        Refused: K-35, no PSAM can be expected to know it.
    """
    if control.algorithm is None:
        return Algorithm.SSF33 if city.startswith(_BEIJING) else Algorithm.TRIPLE_DES
    try:
        return Algorithm(control.algorithm)
    except ValueError:
        raise Refused(words.PSAM_LACKS_KEY, {"key_algorithm": control.algorithm}) from None
