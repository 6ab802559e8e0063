"""The purse on a card (卡内账户): what is in it and what it was used for. It is looked at and nothing else.

The national platform settles online, so most cards have none, and no settlement here ever takes money from one: this
program knows no command that could. Source: 《社会保障（个人）卡规范》 part 5 (7), part 7 (12).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pos_client.card import words
from pos_client.card.iso7816 import apdu
from pos_client.card.iso7816.apdu import Answer, Transmitter
from pos_client.card.iso7816.tlv import Malformed
from pos_client.card.social_security import environment, fields, medical
from pos_client.errors import EnvironmentProblem, Problem, Refused

#: GET BALANCE: of the account; the year's own payments and the pool's, each followed by the settlement year.
_BALANCE: Final = bytes.fromhex("B026000104")
_OWN_PAYMENTS: Final = bytes.fromhex("B026000206")
_POOL_PAYMENTS: Final = bytes.fromhex("B026000306")
#: GET STARTING DAY of the settlement year, month and day.
_STARTING_DAY: Final = bytes.fromhex("B056010002")

_TRANSACTIONS: Final = 0x08
_RECORD_LENGTH: Final = 28
#: On a card that counts its account only, the two amounts at the end are absent.
_SHORT_RECORD_LENGTH: Final = 20


@dataclass(frozen=True, slots=True)
class PurseTransaction:
    """One movement of the purse, as the card wrote it."""

    sequence: int
    kind: str
    """``1`` money put in, ``2`` a settlement."""
    terminal: str
    """Twelve digits."""
    at: datetime
    """Of the terminal's clock: a time of day in China, with no zone of its own."""
    account_fen: int
    own_fen: int
    pool_fen: int


@dataclass(frozen=True, slots=True, repr=False)
class Purse:
    """What the card says of its account, in fen. The bureau's balance is what counts."""

    balance_fen: int
    own_paid_fen: int
    """Paid by the holder in the settlement year."""
    pool_paid_fen: int
    """Paid by the pool in the settlement year."""
    year: int
    """The settlement year of these sums; 0 where none has begun."""
    starts_on: str
    """Month and day on which a settlement year begins, ``MMDD``; nothing where the card does not say."""
    transactions: tuple[PurseTransaction, ...]
    """The newest first."""

    def __repr__(self) -> str:
        return f"Purse(year={self.year}, {len(self.transactions)} transactions)"


def read_purse(card: Transmitter, *, most_transactions: int = 10) -> Purse:
    """Looks into the purse. Its PIN, if it has one, must have been verified in this session.

    Args:
        card: the card, whose environment was entered before.
        most_transactions: how many of the newest are read.

    Raises:
        EnvironmentProblem: K-52, there is none; K-51, there is not even the application; the card is in trouble.
        Refused: K-43, the PIN is needed; K-25, the application is shut.
    """
    environment.select(card, recognised=True)
    medical.select(card)
    try:
        balance = _figures(card, _BALANCE, 4)
        own, year = _sum(card, _OWN_PAYMENTS)
        pool, _ = _sum(card, _POOL_PAYMENTS)
        return Purse(
            balance_fen=int.from_bytes(balance),
            own_paid_fen=own,
            pool_paid_fen=pool,
            year=year,
            starts_on=_starting_day(card),
            transactions=tuple(_transactions(card, most_transactions)),
        )
    except Malformed as damage:
        raise EnvironmentProblem(words.DATA_DAMAGED, {"damage": str(damage)}) from None


def _sum(card: Transmitter, command: bytes) -> tuple[int, int]:
    """A sum in fen and the year that it belongs to."""
    figures = _figures(card, command, 6)
    return int.from_bytes(figures[:4]), int(fields.digits(figures[4:]) or "0")


def _figures(card: Transmitter, command: bytes, length: int) -> bytes:
    answer = apdu.exchange(card, command)
    if not answer.ok:
        raise _refusal(answer)
    if len(answer.data) != length:
        raise Malformed("a balance of another length")
    return answer.data


def _refusal(answer: Answer) -> Problem:
    evidence = {"step": "GET BALANCE", "status": f"{answer.status:04X}"}
    if answer.status == apdu.SECURITY_NOT_SATISFIED:
        return Refused(words.PIN_NEEDED, evidence)
    if answer.status == apdu.APPLICATION_LOCKED:
        return Refused(words.APPLICATION_BLOCKED, evidence)
    return EnvironmentProblem(words.NO_PURSE, evidence)


def _starting_day(card: Transmitter) -> str:
    answer = apdu.exchange(card, _STARTING_DAY)
    return fields.digits(answer.data) if answer.ok else ""


def _transactions(card: Transmitter, most: int) -> Iterator[PurseTransaction]:
    length = _RECORD_LENGTH
    for number in range(1, most + 1):
        answer = apdu.exchange(card, apdu.read_numbered_record(number, length, _TRANSACTIONS))
        if not answer.ok or not answer.data.strip(b"\x00") or not answer.data.strip(b"\xff"):
            return  # no such record, or one that was never written
        length = len(answer.data)
        yield _transaction(answer.data)


def _transaction(record: bytes) -> PurseTransaction:
    if len(record) not in (_RECORD_LENGTH, _SHORT_RECORD_LENGTH):
        raise Malformed("a transaction of another length")
    own, pool = (record[20:24], record[24:]) if len(record) == _RECORD_LENGTH else (b"", b"")
    return PurseTransaction(
        sequence=int.from_bytes(record[:2]),
        kind=fields.code(record[2:3]),
        terminal=fields.digits(record[3:9]),
        at=_time(fields.digits(record[9:16])),
        account_fen=int.from_bytes(record[16:20]),
        own_fen=int.from_bytes(own),
        pool_fen=int.from_bytes(pool),
    )


def _time(text: str) -> datetime:
    try:
        if len(text) != len("YYYYMMDDhhmmss"):
            raise ValueError
        return datetime.fromisoformat(f"{text[:8]}T{text[8:]}")
    except ValueError:
        raise Malformed("no time of a calendar day") from None
