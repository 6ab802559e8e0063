"""The citizen identity number (公民身份号码) as it is typed: GB 11643-1999, seventeen digits and a check character.

The check character is ISO 7064 MOD 11-2 over the seventeen; X stands for ten. The seventh to fourteenth digits are the
day of birth.
"""

import re
import unicodedata
from datetime import date
from typing import Final

from pos_client.desk.identify_words import NUMBER_WRONG
from pos_client.errors import Refused

_FORM: Final = re.compile(r"[0-9]{17}[0-9X]")
_CHECKS: Final = "10X98765432"


def checked_number(typed: str) -> str:
    """The number in its one written form: ASCII digits, a capital X, no blanks.

    Raises:
        Refused: S-IDNO, no such number can exist; nothing was asked.
    """
    number = "".join(unicodedata.normalize("NFKC", typed).split()).upper()
    if _FORM.fullmatch(number) is None or check_character(number[:17]) != number[17] or not _is_day(number[6:14]):
        raise Refused(NUMBER_WRONG)
    return number


def check_character(seventeen: str) -> str:
    """The eighteenth character that belongs to seventeen digits."""
    weighted = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(seventeen))
    return _CHECKS[weighted % 11]


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
