"""The deposit of a stay, entry by entry: its receipts by number, and which stays still have one here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from pos_client.offline.instants import instant_of
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.offline.schema import money

_SIGNS = {Entry.DEPOSIT: 1, Entry.DEPOSIT_USED: -1, Entry.DEPOSIT_BACK: -1}


@dataclass(frozen=True, slots=True)
class DepositMove:
    """One entry of the money book about a stay's deposit; ``number`` is the entry's and names its receipt."""

    number: int
    at: datetime
    entry: Entry
    paid: Paid
    desk: int
    operator: str

    @property
    def receipt_number(self) -> str:
        """What stands on the receipt: desk and number, never given twice."""
        return f"YJ{self.desk:02d}-{self.number:06d}"


def moves_of(connection: Connection, stay: str) -> list[DepositMove]:
    """Everything that happened to the deposit of a stay, oldest first."""
    mine = select(money).where(money.c.id == stay, money.c.entry.in_(list(_SIGNS))).order_by(money.c.number)
    return [
        DepositMove(
            row.number,
            instant_of(row.at),
            Entry(row.entry),
            Paid(Means(row.means), row.amount_fen, row.reference),
            row.desk,
            row.operator,
        )
        for row in connection.execute(mine)
    ]


def find_move(connection: Connection, receipt_number: str) -> tuple[str, DepositMove, int] | None:
    """The stay, the entry and what was held after it, by the number of its paper; None where there is none."""
    desk, _, number = receipt_number.removeprefix("YJ").partition("-")
    if not receipt_number.startswith("YJ") or not (desk + number).isdecimal() or not number:
        return None
    stay = connection.scalar(select(money.c.id).where(money.c.number == int(number), money.c.entry.in_(list(_SIGNS))))
    if stay is None:
        return None
    held_fen = 0
    for move in moves_of(connection, stay):
        held_fen += _SIGNS[move.entry] * move.paid.amount_fen
        if move.receipt_number == receipt_number:
            return stay, move, held_fen
    return None


def receipts(moves: Sequence[DepositMove]) -> list[DepositMove]:
    """The receipts that the patient has in hand: those given out since the deposit was last at zero.

    What a void laid back into the deposit has no receipt.
    """
    left_fen, found = 0, list[DepositMove]()
    for move in moves:
        left_fen += _SIGNS[move.entry] * move.paid.amount_fen
        if move.entry is Entry.DEPOSIT and move.paid.means is not Means.DEPOSIT:
            found.append(move)
        if left_fen == 0:
            found = []
    return found


def stays_with_deposit(connection: Connection) -> set[str]:
    """The stays of which a deposit is neither used up nor given back."""
    sign = case(*((money.c.entry == entry, sign) for entry, sign in _SIGNS.items()), else_=0)
    left = func.sum(sign * money.c.amount_fen)
    rows = select(money.c.id).where(money.c.entry.in_(list(_SIGNS))).group_by(money.c.id).having(left != 0)
    return set(connection.scalars(rows))
