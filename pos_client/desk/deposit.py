"""The deposit of a stay at the counter: numbered receipts, what is held, what goes back and how.

It is settled at discharge, the rest goes back or the missing part is collected (rules K10).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pos_client.desk import stay
from pos_client.desk.money_words import MEANS
from pos_client.desk.slip import Slip
from pos_client.desk.slip_file import write_slip
from pos_client.desk.station import Office
from pos_client.desk.stay_papers import deposit_slip
from pos_client.desk.visit_desk import find
from pos_client.offline import deposits
from pos_client.offline.deposits import DepositMove
from pos_client.offline.money_book import Entry, Means, Paid
from pos_client.runtime import shanghai


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One receipt that the patient has in hand, as the window shows it."""

    number: str
    at: str
    means: str
    amount_fen: int
    operator: str


@dataclass(frozen=True, slots=True)
class Deposit:
    """What of a stay's deposit may be used or given back now, and its receipts."""

    held_fen: int
    receipts: tuple[ReceiptRow, ...]


@dataclass(frozen=True, slots=True)
class DepositMoved:
    """A deposit taken or given back; ``number`` is that of its paper, ``held_fen`` what is held now."""

    number: str
    paid: Paid
    held_fen: int
    slip: Slip
    slip_file: Path


def deposit_of(office: Office, id_: str) -> Deposit:
    """The deposit of a stay.

    Raises:
        Refused: S-NOVISIT.
    """
    visit = find(office, id_)
    with office.store.read() as connection:
        receipts = deposits.receipts(deposits.moves_of(connection, visit.id))
    return Deposit(stay.deposit_held_fen(office, visit), tuple(_row(office, one) for one in receipts))


def receive(office: Office, id_: str, paid: Paid) -> DepositMoved:
    """Takes a deposit and writes its receipt.

    Raises:
        Refused: S-NOVISIT, S-VISIT. EnvironmentProblem: D-…; S-SLIP, the money is booked.
    """
    return _moved(office, id_, stay.take_deposit(office, id_, paid))


def hand_back(office: Office, id_: str, paid: Paid) -> DepositMoved:
    """Gives deposit back and writes a paper for it.

    Raises:
        Refused: S-NOVISIT, S-DEPOSIT. EnvironmentProblem: D-…; S-SLIP, the money is booked.
    """
    return _moved(office, id_, stay.give_deposit_back(office, id_, paid))


def as_it_came(moves: Sequence[DepositMove], amount_fen: int) -> tuple[Paid, ...]:
    """How an amount goes back when nobody says otherwise: what came otherwise than in cash first, the newest first.

    What a void laid back, and whatever is left, goes back in cash.
    """
    came: dict[tuple[Means, str], int] = {}
    for move in moves:
        key = move.paid.means, move.paid.reference
        if move.entry is Entry.DEPOSIT and move.paid.means not in (Means.CASH, Means.DEPOSIT):
            came[key] = came.get(key, 0) + move.paid.amount_fen
        elif move.entry is Entry.DEPOSIT_BACK and key in came:
            came[key] -= move.paid.amount_fen
    back = []
    for (means, reference), left_fen in reversed(came.items()):
        part_fen = min(left_fen, amount_fen)
        if part_fen > 0:
            back.append(Paid(means, part_fen, reference))
            amount_fen -= part_fen
    return (*back, Paid(Means.CASH, amount_fen)) if amount_fen else tuple(back)


def _moved(office: Office, id_: str, held_fen: int) -> DepositMoved:
    visit = find(office, id_)
    with office.store.read() as connection:
        move = deposits.moves_of(connection, visit.id)[-1]
    slip = deposit_slip(office, visit, move, held_fen)
    return DepositMoved(
        move.receipt_number, move.paid, held_fen, slip, write_slip(office.books.home, move.receipt_number, slip)
    )


def _row(office: Office, move: DepositMove) -> ReceiptRow:
    return ReceiptRow(
        number=move.receipt_number,
        at=f"{shanghai(move.at):%Y-%m-%d %H:%M}",
        means=MEANS[move.paid.means].say(office.settings.language),
        amount_fen=move.paid.amount_fen,
        operator=move.operator,
    )
