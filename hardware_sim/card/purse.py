"""The purse of the medical application: load, purchase, balances, proof of the last transaction, starting day.

Source: 《社会保障（个人）卡规范》 part 5 (7) and part 7 (11–12). A transaction has two commands, an INITIALIZE and, as
the very next one, its CREDIT or DEBIT; anything else in between calls it off, except looking at a balance or a proof.
What the text leaves open and is OUR ASSUMPTION here: there is one key index, 1, of version 1; a transaction needs the
PIN as a balance does; the record and the proof carry the number that INITIALIZE gave; the proof of a load is its
MAC2 and TAC; no sum may exceed four bytes.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum
from typing import Protocol

from hardware_sim.card.crypto import Algorithm, mac, session_key, transaction_code
from hardware_sim.card.keys import KeyName
from hardware_sim.card.purse_contents import Contents, Price
from hardware_sim.card.status import (
    BALANCE_TOO_LOW,
    CLASS_UNKNOWN,
    COUNTER_FULL,
    INSTRUCTION_UNKNOWN,
    KEY_INDEX_UNKNOWN,
    MAC_WRONG,
    NOT_IN_THIS_STATE,
    OK,
    PROOF_NOT_AVAILABLE,
    SECURITY_NOT_SATISFIED,
    WRONG_DATA,
    WRONG_LENGTH,
    WRONG_PARAMETERS,
    Refusal,
    right_length,
)

LOAD = b"1"
PURCHASE = b"2"


class _Instruction(IntEnum):
    """INS of the class B0."""

    BALANCE = 0x26
    INITIALIZE = 0x28
    CREDIT = 0x2A
    DEBIT = 0x2C
    PROOF = 0x2E
    STARTING_DAY = 0x56


_CLASS = 0xB0
#: Every command there is by INS, P1, P2, and how much data it takes. Type in P2 of a proof: a number or a digit, the
#: text does not say which.
_DATA_LENGTHS: Mapping[tuple[int, int, int], int] = {
    (_Instruction.BALANCE, 0x00, 0x01): 0,
    (_Instruction.BALANCE, 0x00, 0x02): 0,
    (_Instruction.BALANCE, 0x00, 0x03): 0,
    (_Instruction.INITIALIZE, 0x00, 0x01): 11,
    (_Instruction.INITIALIZE, 0x01, 0x01): 19,
    (_Instruction.CREDIT, 0x00, 0x00): 11,
    (_Instruction.DEBIT, 0x01, 0x00): 15,
    (_Instruction.PROOF, 0x00, 0x01): 2,
    (_Instruction.PROOF, 0x00, 0x02): 2,
    (_Instruction.PROOF, 0x00, 0x31): 2,
    (_Instruction.PROOF, 0x00, 0x32): 2,
    (_Instruction.STARTING_DAY, 0x00, 0x00): 2,
    (_Instruction.STARTING_DAY, 0x01, 0x00): 0,
}
_KEY_INDEX = 1
_KEY_VERSION = 1
_RANDOM_LENGTH = 4
_LAST_SEQUENCE = 0xFFFF
_LEAP_YEAR = 2000
_TYPE_BITS = 0x0F


class TransactionRecords(Protocol):
    """The file of transactions, EF08."""

    def append(self, record: bytes) -> None:
        """Writes one record, the newest; raises when it cannot, and has then changed nothing."""


@dataclass(frozen=True, slots=True)
class _Load:
    """A load that was initialized."""

    amount: bytes
    terminal: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class _Purchase:
    """A purchase that was initialized: three amounts, four bytes each."""

    amounts: bytes
    terminal: bytes
    random: bytes


@dataclass(frozen=True, slots=True)
class _Proof:
    """What a card can show of its last transaction of one type."""

    sequence: int
    codes: bytes


class Purse:
    """One purse; it is told of every command in its class, and of interruptions by others."""

    def __init__(
        self,
        *,
        key_of: Callable[[KeyName], bytes],
        algorithm: Algorithm,
        records: TransactionRecords,
        random: Callable[[int], bytes] = secrets.token_bytes,
        contents: Contents | None = None,
    ) -> None:
        """A purse with what was in it at issue.

        Args:
            key_of: the card's own keys DPK, DLK and DTK.
            algorithm: of the card.
            records: where transactions are recorded.
            random: so many random bytes.
            contents: balances and counters.
        """
        self.contents = contents or Contents()
        self._key_of = key_of
        self._algorithm = algorithm
        self._records = records
        self._random = random
        self._begun: _Load | _Purchase | None = None
        self._proofs: dict[int, _Proof] = {}

    def interrupt(self) -> None:
        """Forgets a transaction that was begun: another command came between, or power went."""
        self._begun = None

    def command(
        self, header: bytes, data: bytes, le: int, /, *, pin_ok: bool, may_set_starting_day: bool = False
    ) -> tuple[bytes, int]:
        """The answer to one command, and its status word. A refused command changes nothing and ends what was begun.

        Args:
            header: CLA INS P1 P2.
            data: what came with it.
            le: the length asked for, of a command without data.
            pin_ok: whether the PIN was shown, or none is set.
            may_set_starting_day: whether the key DSK was shown.
        """
        begun, self._begun = self._begun, None
        try:
            _check_form(header, data)
            match header[1]:
                case _Instruction.BALANCE:
                    answer = self._balance(header[3], le, pin_ok=pin_ok)
                    self._begun = begun
                case _Instruction.INITIALIZE if header[2] == 0:
                    answer = self._initialize_load(data, pin_ok=pin_ok)
                case _Instruction.INITIALIZE:
                    answer = self._initialize_purchase(data, pin_ok=pin_ok)
                case _Instruction.CREDIT:
                    answer = self._credit(begun, data)
                case _Instruction.DEBIT:
                    answer = self._debit(begun, data)
                case _Instruction.PROOF:
                    answer = self._proof(header[3], data)
                    self._begun = begun
                case _:
                    answer = self._starting_day(data, le, allowed=may_set_starting_day)
        except Refusal as refusal:
            return b"", refusal.status
        return answer, OK

    def _balance(self, which: int, le: int, *, pin_ok: bool) -> bytes:
        _require(pin_ok)
        held = self.contents
        balances = {
            1: _bytes(held.balance_fen),
            2: _bytes(held.self_paid_fen) + _year(held),
            3: _bytes(held.pooled_fen) + _year(held),
        }
        return _measured(balances[which], le)

    def _initialize_load(self, data: bytes, *, pin_ok: bool) -> bytes:
        _require(pin_ok)
        amount, terminal = data[1:5], data[5:]
        sequence = _next_sequence(data[0], self.contents.load_sequence)
        if not self.contents.holds(load_fen=int.from_bytes(amount)):
            raise Refusal(WRONG_DATA)
        random = self._random(_RANDOM_LENGTH)
        key = session_key(self._algorithm, self._key_of(KeyName.DLK), random + sequence + b"\x80\x00")
        self._begun = _Load(amount, terminal, key)
        balance = _bytes(self.contents.balance_fen)
        code = mac(self._algorithm, key, balance + amount + LOAD + terminal)
        return balance + sequence + self._key_mark + random + code

    def _initialize_purchase(self, data: bytes, *, pin_ok: bool) -> bytes:
        _require(pin_ok)
        held = self.contents
        sequence = _next_sequence(data[0], held.purchase_sequence)
        price = _price(data[1:13])
        if price.account_fen > held.balance_fen:
            raise Refusal(BALANCE_TOO_LOW)
        if not held.holds(price):
            raise Refusal(WRONG_DATA)
        random = self._random(_RANDOM_LENGTH)
        self._begun = _Purchase(data[1:13], data[13:], random)
        sums = _bytes(held.balance_fen) + _bytes(held.self_paid_fen) + _bytes(held.pooled_fen)
        return sums + _year(held) + sequence + self._key_mark + random

    @property
    def _key_mark(self) -> bytes:
        return bytes((_KEY_VERSION, self._algorithm))

    def _credit(self, begun: _Load | _Purchase | None, data: bytes) -> bytes:
        if not isinstance(begun, _Load):
            raise Refusal(NOT_IN_THIS_STATE)
        time, code = data[:7], data[7:]
        message = begun.amount + LOAD + begun.terminal
        if mac(self._algorithm, begun.key, message + time) != code:
            raise Refusal(MAC_WRONG)
        _day(time)
        held = self.contents
        sequence = held.load_sequence.to_bytes(2)
        proof = self._transaction_code(_bytes(held.balance_fen) + sequence + message + time)
        record = sequence + LOAD + begun.terminal + time + begun.amount + bytes(8)
        self._conclude(record, held.after_load(int.from_bytes(begun.amount)), _Proof(held.load_sequence, code + proof))
        return proof

    def _debit(self, begun: _Load | _Purchase | None, data: bytes) -> bytes:
        if not isinstance(begun, _Purchase):
            raise Refusal(NOT_IN_THIS_STATE)
        terminal_sequence, time, code = data[:4], data[4:11], data[11:]
        sequence = self.contents.purchase_sequence.to_bytes(2)
        key = session_key(self._algorithm, self._key_of(KeyName.DPK), begun.random + sequence + terminal_sequence[-2:])
        message = begun.amounts + PURCHASE + begun.terminal
        if mac(self._algorithm, key, message + time) != code:
            raise Refusal(MAC_WRONG)
        after = self.contents.after_purchase(_price(begun.amounts), _day(time))
        receipt = mac(self._algorithm, key, begun.amounts)
        proof = self._transaction_code(message + terminal_sequence + time)
        record = sequence + PURCHASE + begun.terminal + time + begun.amounts
        self._conclude(record, after, _Proof(self.contents.purchase_sequence, receipt + proof))
        return proof + receipt

    def _transaction_code(self, message: bytes) -> bytes:
        return transaction_code(self._algorithm, self._key_of(KeyName.DTK), message)

    def _conclude(self, record: bytes, after: Contents, proof: _Proof) -> None:
        """All or nothing: the record is the only part that can fail, so it comes first."""
        self._records.append(record)
        self.contents = after
        self._proofs[record[2] & _TYPE_BITS] = proof

    def _proof(self, type_: int, data: bytes) -> bytes:
        proof = self._proofs.get(type_ & _TYPE_BITS)
        if proof is None or proof.sequence != int.from_bytes(data):
            raise Refusal(PROOF_NOT_AVAILABLE)
        return proof.codes

    def _starting_day(self, data: bytes, le: int, *, allowed: bool) -> bytes:
        if not data:
            return _measured(bytes.fromhex(self.contents.starting_day), le)
        _require(allowed)
        try:
            date(_LEAP_YEAR, int(data[:1].hex()), int(data[1:].hex()))
        except ValueError:
            raise Refusal(WRONG_DATA) from None
        self.contents = replace(self.contents, starting_day=data.hex())
        return b""


def _check_form(header: bytes, data: bytes) -> None:
    class_, instruction, p1, p2 = header
    if class_ != _CLASS:
        raise Refusal(CLASS_UNKNOWN)
    if instruction not in set(_Instruction):
        raise Refusal(INSTRUCTION_UNKNOWN)
    length = _DATA_LENGTHS.get((instruction, p1, p2))
    if length is None:
        raise Refusal(WRONG_PARAMETERS)
    if len(data) != length:
        raise Refusal(WRONG_LENGTH)


def _require(allowed: bool) -> None:
    if not allowed:
        raise Refusal(SECURITY_NOT_SATISFIED)


def _measured(answer: bytes, le: int) -> bytes:
    if le != len(answer):
        raise Refusal(right_length(len(answer)))
    return answer


def _next_sequence(key_index: int, sequence: int) -> bytes:
    if key_index != _KEY_INDEX:
        raise Refusal(KEY_INDEX_UNKNOWN)
    if sequence >= _LAST_SEQUENCE:
        raise Refusal(COUNTER_FULL)
    return sequence.to_bytes(2)


def _bytes(fen: int) -> bytes:
    return fen.to_bytes(4)


def _year(held: Contents) -> bytes:
    return bytes.fromhex(f"{held.settlement_year:04}")


def _price(amounts: bytes) -> Price:
    return Price(*(int.from_bytes(amounts[at : at + 4]) for at in (0, 4, 8)))


def _day(time: bytes) -> int:
    """The day of a time in packed digits, as the number YYYYMMDD."""
    try:
        datetime.strptime(time.hex(), "%Y%m%d%H%M%S")  # noqa: DTZ007 (a card knows no time zones)
    except ValueError:
        raise Refusal(WRONG_DATA) from None
    return int(time[:4].hex())
