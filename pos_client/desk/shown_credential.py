"""What is being typed or scanned by somebody without a card: an identity number so far, or an electronic voucher.

By its form alone, and nothing is asked. A voucher is whatever the phone shows (an opaque text), so everything that
cannot become an identity number is taken for one.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos_client.desk.citizen_number import checked_number
from pos_client.errors import Refused

LENGTH: Final = 18
#: A traceability code (药品追溯码) has twenty digits.
LONGEST_OF_GOODS: Final = 20
_BEGINS = re.compile(r"[0-9]{1,17}|[0-9]{17}[0-9Xx]", re.ASCII)


class Shape(StrEnum):
    """What a text is by its form."""

    NOTHING = "nothing"
    NUMBER_SO_FAR = "number_so_far"  # may become an identity number
    NUMBER = "number"  # an identity number, its check character right
    NUMBER_WRONG = "number_wrong"  # eighteen places, but no such number exists
    VOUCHER = "voucher"


@dataclass(frozen=True, slots=True)
class Shown:
    """What was recognised; ``missing`` places of an identity number."""

    shape: Shape
    missing: int = 0


def is_voucher_scan(code: str) -> bool:
    """Whether what was scanned beside goods can only be a voucher: it is longer than any code that goods carry."""
    text = code.strip()
    return len(text) > LONGEST_OF_GOODS and text.isascii() and text.isalnum()


def recognised(typed: str) -> Shown:
    """What a text is by its form; blanks and the width of figures do not matter."""
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    if not text:
        return Shown(Shape.NOTHING)
    if _BEGINS.fullmatch(text) is None:
        return Shown(Shape.VOUCHER)
    if len(text) < LENGTH:
        return Shown(Shape.NUMBER_SO_FAR, LENGTH - len(text))
    return Shown(Shape.NUMBER if _exists(text) else Shape.NUMBER_WRONG)


def _exists(number: str) -> bool:
    try:
        checked_number(number)
    except Refused:
        return False
    return True
