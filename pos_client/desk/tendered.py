"""What is typed as money, and the change it comes to; only whole fen count."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pos_client.money import NotAnAmount, fen_of_yuan

#: More than this is a slip of the fingers at a counter: one million yuan.
MOST_FEN = 100_000_000
#: At most two decimals, and a comma only before three figures: typed for a point it would make ten times as much.
_AMOUNT = re.compile(r"(?=\.?[0-9])(?:[0-9]*|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{0,2})?")


@dataclass(frozen=True, slots=True)
class Tendered:
    """Cash as it is typed: how much, and what goes back; ``short_fen`` is missing still."""

    tendered_fen: int
    change_fen: int
    short_fen: int


def tendered(typed: str, due_fen: int) -> Tendered | None:
    """What typed cash comes to; nothing typed is the exact amount; None while it is no amount."""
    amount_fen = due_fen if not typed.strip() else amount_of(typed)
    if amount_fen is None:
        return None
    return Tendered(amount_fen, max(amount_fen - due_fen, 0), max(due_fen - amount_fen, 0))


def still_open_fen(due_fen: int, laid_down_fen: Iterable[int]) -> int:
    """What of an amount is still to be paid after what was laid down."""
    return due_fen - sum(laid_down_fen)


def amount_of(typed: str) -> int | None:
    """The fen of an amount that is typed in yuan, or None while it is none."""
    wanted = typed.strip()
    if _AMOUNT.fullmatch(wanted) is None:
        return None
    try:
        amount_fen = int(fen_of_yuan(wanted.replace(",", "")))
    except NotAnAmount:
        return None
    return amount_fen if amount_fen <= MOST_FEN else None
