"""The calculator's arithmetic: integer fen, exact percentages, half up to the fen (rules part 6).

A percentage is kept as an exact fraction of two integers, so that a share of an amount is one multiplication and
one integer division. All amounts but those of returned quantities are zero or positive.
"""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pos_client.money import NotAnAmount


class Percent(NamedTuple):
    """An exact percentage: 12.6 % is (Decimal("12.6"), 126, 1000)."""

    value: Decimal
    numerator: int
    denominator: int


@lru_cache(maxsize=4096)
def percent(value: Decimal) -> Percent:
    """The percentage written 83 for 83 %."""
    plain = plain_decimal(value)
    exponent = plain.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    return Percent(plain, int(plain.scaleb(decimals)), 100 * 10**decimals)


def plain_decimal(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 80.0 is 80, not 8E+1."""
    return Decimal(format(value.normalize(), "f"))


NOTHING = percent(Decimal(0))


def share_fen(amount_fen: int, part: Percent) -> int:
    """The share of an amount, half up to the fen (R3, R4, R6, R7)."""
    _, numerator, denominator = part
    return (2 * amount_fen * numerator + denominator) // (2 * denominator)


def expense_for_fen(paid_fen: int, part: Percent) -> int:
    """The expense of which ``part`` is ``paid_fen``, half up to the fen: where a paid limit is reached (R5)."""
    return (2 * paid_fen * part.denominator + part.numerator) // (2 * part.numerator)


def amount_fen(unit_price: Decimal, quantity: Decimal) -> int:
    """Price times quantity, exact, then half away from zero to the fen, so that a return mirrors its sale (R1, R2).

    Raises:
        NotAnAmount: a negative price.
    """
    price, price_parts = unit_price.as_integer_ratio()
    count, count_parts = quantity.as_integer_ratio()
    if price < 0:
        raise NotAnAmount(f"not a price: {unit_price}")
    parts = price_parts * count_parts
    if count < 0:
        return -((parts - 200 * price * count) // (2 * parts))
    return (200 * price * count + parts) // (2 * parts)
