"""Holding the card against what the bureau knows: is the person whom the bureau found the one on the card.

Two numbers that differ are two persons: nothing may go on. Two names that differ may be one person whose name is
written in two ways: the clerk looks. What both leave empty, or one of them, cannot be compared.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos_client.card.social_security.identity import CardIdentity

#: The point within the names of some peoples, in all the ways that programs write it.
_POINTS: Final = "·•‧∙⋅・･․．.˙●⦁ᐧ"
_UNWRITTEN: Final = re.compile(rf"[\s{re.escape(_POINTS)}]+")
#: A citizen number of the first generation: without the century (its place: 6 to 8) and the check character.
_OLD_LENGTH: Final = 15
_NEW_LENGTH: Final = 18


class Compared(StrEnum):
    """What was compared."""

    ID_NUMBER = "id_number"
    CARD_NUMBER = "card_number"
    IDENTIFICATION_CODE = "identification_code"
    NAME = "name"


@dataclass(frozen=True, slots=True, repr=False)
class Mismatch:
    """One thing that the card and the bureau say differently; both values for the clerk's screen, never for a log."""

    compared: Compared
    on_card: str
    at_bureau: str

    @property
    def stops(self) -> bool:
        """Whether nothing may go on: everything but a name."""
        return self.compared is not Compared.NAME

    def __repr__(self) -> str:
        return f"Mismatch({self.compared})"


def mismatches(
    identity: CardIdentity, *, id_number: str, name: str, card_number: str = "", identification_code: str = ""
) -> tuple[Mismatch, ...]:
    """What the bureau says otherwise than the card; those that stop come first.

    Args:
        identity: the card.
        id_number: the person's number at the bureau.
        name: the person's name there.
        card_number: the card's number there, where the bureau gives it.
        identification_code: the card's identification code there, where the bureau gives it.
    """
    pairs = {
        Compared.ID_NUMBER: (identity.id_number, id_number),
        Compared.CARD_NUMBER: (identity.card_number, card_number),
        Compared.IDENTIFICATION_CODE: (identity.identification_code, identification_code),
        Compared.NAME: (identity.name, name),
    }
    return tuple(_differing(pairs))


def _differing(pairs: dict[Compared, tuple[str, str]]) -> Iterator[Mismatch]:
    for compared, (on_card, at_bureau) in pairs.items():
        same = _same_name if compared is Compared.NAME else _same_number
        if on_card.strip() and at_bureau.strip() and not same(on_card, at_bureau):
            yield Mismatch(compared, on_card, at_bureau)


def _same_number(one: str, other: str) -> bool:
    first, second = sorted((_number(one), _number(other)), key=len)
    if len(first) == _OLD_LENGTH and len(second) == _NEW_LENGTH:
        return first == second[:6] + second[8:17]
    return first == second


def _number(written: str) -> str:
    return "".join(unicodedata.normalize("NFKC", written).split()).upper()


def _same_name(one: str, other: str) -> bool:
    return _name(one) == _name(other)


def _name(written: str) -> str:
    """What of a name counts: its characters, however wide, without blanks and points."""
    unpointed = _UNWRITTEN.sub("", written)
    return _UNWRITTEN.sub("", unicodedata.normalize("NFKC", unpointed)).casefold()
