"""What is typed as money, and the change it comes to; only whole fen count."""

from dataclasses import dataclass

from pos_client.money import NotAnAmount, fen_of_yuan

#: More than this is a slip of the fingers at a counter: one million yuan.
MOST_FEN = 100_000_000


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


def amount_of(typed: str) -> int | None:
    """The fen of an amount that is typed in yuan, or None while it is none."""
    try:
        amount_fen = int(fen_of_yuan(typed.strip().replace(",", "")))
    except NotAnAmount:
        return None
    return amount_fen if 0 <= amount_fen <= MOST_FEN else None
