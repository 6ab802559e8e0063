"""Money: integer fen inside, yuan with two decimals at the edges, exact decimals for prices and quantities.

No binary fraction comes near an amount. One yuan (元) is a hundred fen (分). The only rounding in this module is
that of a line amount, price times quantity to the fen, half up (rules part 6, R1).
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from typing import NewType

Fen = NewType("Fen", int)

FEN_PER_YUAN = 100
#: The national interface types money as N16,2, prices as N16,6, quantities as N16,4: sixteen digits in all.
INTERFACE_DIGITS = 16
LARGEST_FEN = 10**INTERFACE_DIGITS - 1
PRICE_DECIMALS = 6
QUANTITY_DECIMALS = 4
_MOST_DIGITS = 100


class NotAnAmount(ValueError):
    """A text or number that is not an exact amount of money, a price or a quantity."""


def decimal_of(value: object) -> Decimal:
    """The exact decimal that a text, an integer or a Decimal writes; a float is refused, never converted.

    Raises:
        NotAnAmount: the value is a float or a bool, is not a finite number, or is no number at all.
    """
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, int) and not isinstance(value, bool):
        number = Decimal(value)
    elif isinstance(value, str):
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            raise NotAnAmount(f"not a number: {value!r}") from None
    else:
        raise NotAnAmount(f"not an exact number: {value!r}")
    if not number.is_finite():
        raise NotAnAmount(f"not a finite number: {value!r}")
    if number.adjusted() > _MOST_DIGITS:  # 1e1000000 is a number, but calculating with it overflows
        raise NotAnAmount(f"more than anything here can carry: {value!r}")
    return number


def fen_of_yuan(value: object) -> Fen:
    """The fen in an amount written in yuan with at most two decimals.

    Raises:
        NotAnAmount: not a number, more than two decimals (1.005), or beyond N16,2 of the interface.
    """
    number = decimal_of(value)
    if abs(number) > Decimal(LARGEST_FEN) / FEN_PER_YUAN:
        raise NotAnAmount(f"more than the interface can carry: {value!r}")
    fen = number * FEN_PER_YUAN
    if fen != fen.to_integral_value():
        raise NotAnAmount(f"a fraction of a fen: {value!r}")
    return Fen(int(fen))


def yuan(amount_fen: int) -> str:
    """An amount as yuan with two decimals, for files and the wire: -5 is "-0.05"."""
    sign = "-" if amount_fen < 0 else ""
    whole, part = divmod(abs(amount_fen), FEN_PER_YUAN)
    return f"{sign}{whole}.{part:02d}"


def yuan_grouped(amount_fen: int) -> str:
    """An amount for people: thousands separated, minus as U+2212."""
    sign = "\N{MINUS SIGN}" if amount_fen < 0 else ""
    whole, part = divmod(abs(amount_fen), FEN_PER_YUAN)
    return f"{sign}{whole:,}.{part:02d}"


def yuan_decimal(amount_fen: int) -> Decimal:
    """An amount as an exact decimal number of yuan with two decimals, for the wire."""
    return Decimal(amount_fen).scaleb(-2)


def _with_decimals(value: object, decimals: int, what: str) -> Decimal:
    number = decimal_of(value)
    if abs(number) >= Decimal(10) ** (INTERFACE_DIGITS - decimals):
        raise NotAnAmount(f"{what} beyond what the interface can carry: {value!r}")
    if number != round(number, decimals):
        raise NotAnAmount(f"{what} with more than {decimals} decimals: {value!r}")
    return number


def unit_price(value: object) -> Decimal:
    """A unit price in yuan: an exact decimal, at most six decimals (N16,6 of the interface).

    Raises:
        NotAnAmount: not a number, negative, or too many decimals.
    """
    price = _with_decimals(value, PRICE_DECIMALS, "a unit price")
    if price < 0:
        raise NotAnAmount(f"a negative price: {value!r}")
    return price


def quantity(value: object) -> Decimal:
    """A quantity: an exact decimal, at most four decimals (N16,4). Negative means a return.

    Raises:
        NotAnAmount: not a number, or too many decimals.
    """
    return _with_decimals(value, QUANTITY_DECIMALS, "a quantity")


def fen_half_up(amount_yuan: Decimal) -> Fen:
    """The nearest fen to an exact number of yuan; a half goes away from zero (rules part 6, ROUND_HALF_UP)."""
    with localcontext() as context:
        context.prec = 60
        return Fen(int((amount_yuan * FEN_PER_YUAN).quantize(Decimal(1), rounding=ROUND_HALF_UP)))


def line_amount_fen(price: Decimal, count: Decimal) -> Fen:
    """Price times quantity to the fen, half up: the first rounding of a bill (rules part 6, R1)."""
    with localcontext() as context:
        context.prec = 60
        return fen_half_up(price * count)
