"""Charges of a stay from a file of the hospital's own system: every row checked before anything is sent.

Columns, under Chinese or English headers: code (own or national), at, quantity; and where the file has them unit_price,
amount, number, department, doctor, consent. A row without a price has the catalogue's.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from pos_client import money
from pos_client.desk import table_reasons as reasons
from pos_client.desk.table_file import Place, Row, Table, read_table
from pos_client.money import NotAnAmount, decimal_of, fen_of_yuan, line_amount_fen, yuan
from pos_client.offline.catalogue import items_of_codes, items_of_national_codes
from pos_client.offline.catalogue_file import Item
from pos_client.offline.store import StoreConnection
from pos_client.phrase import Phrase
from pos_client.runtime import SHANGHAI
from pos_client.sync.care import Department, Doctor

T = TypeVar("T")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("编码", "code", "本院编码", "项目编码", "医保编码"),
    "at": ("时间", "at", "日期", "费用时间", "发生时间"),
    "quantity": ("数量", "quantity"),
    "unit_price": ("单价", "unit_price"),
    "amount": ("金额", "amount"),
    "number": ("流水号", "number", "医嘱号"),
    "department": ("科室编码", "department"),
    "doctor": ("医生编码", "doctor"),
    "consent": ("知情同意", "consent"),
}
REQUIRED = ("code", "at", "quantity")
#: drord_no is C30.
LONGEST_NUMBER = 30
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,20})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One right row; price in yuan, amount in fen. ``number`` is the hospital's own number of the charge or empty.

    Without a time of day ``timed`` is false. Department and doctor are None where the ward's are meant.
    """

    row: int
    at: datetime
    timed: bool
    item: Item
    quantity: Decimal
    unit_price: Decimal
    amount_fen: int
    number: str
    department: Department | None
    doctor: Doctor | None
    signed: bool

    @property
    def price_differs(self) -> bool:
        """Whether the file charges another price than the catalogue says."""
        return self.unit_price != self.item.unit_price

    @property
    def unsigned(self) -> bool:
        """Whether it is own expense to which nobody has agreed."""
        return self.item.consent and not self.signed


@dataclass(frozen=True, slots=True)
class Limits:
    """What a row is checked against: the days of the stay, who may treat and where."""

    first_day: date
    now: datetime
    departments: Mapping[str, Department] = field(default_factory=dict)
    doctors: Mapping[str, Doctor] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChargeTable:
    """A file that can be read; ``wrong`` are the places of the rows that are not among ``lines``."""

    file: str
    lines: tuple[ChargeLine, ...]
    wrong: tuple[Place, ...]
    ignored: tuple[str, ...]


def read_charge_table(path: Path) -> Table:
    """The rows of a file, unchecked.

    Raises:
        Refused: T-01, T-02, T-03.
    """
    return read_table(path, COLUMNS, REQUIRED)


def checked(connection: StoreConnection, file: str, table: Table, limits: Limits) -> ChargeTable:
    """Every row of a table against catalogue, stay and lists."""
    codes = {row.text("code") for row in table.rows}
    own = items_of_codes(connection, codes)
    national = items_of_national_codes(connection, codes - own.keys())
    seen: set[str] = set()
    lines: list[ChargeLine] = []
    places = list(table.places)
    for row in table.rows:
        line = _line(row, own, national, limits, seen)
        places += row.places
        if line is not None and not row.places:
            lines.append(line)
    return ChargeTable(file, tuple(lines), tuple(places), table.ignored)


def _line(
    row: Row, own: Mapping[str, Item], national: Mapping[str, Sequence[Item]], limits: Limits, seen: set[str]
) -> ChargeLine | None:
    item = _item(row, own, national)
    at = _at(row, limits)
    quantity = _quantity(row)
    price = _price(row, item)
    number = _own_number(row, seen)
    department = _of_list(row, "department", limits.departments, reasons.UNKNOWN_DEPARTMENT)
    doctor = _of_list(row, "doctor", limits.doctors, reasons.UNKNOWN_DOCTOR)
    signed = _flag(row)
    if item is None or at is None or quantity is None or price is None:
        return None
    amount_fen = line_amount_fen(price, quantity)
    _check_amount(row, amount_fen)
    timed = ":" in row.text("at")
    return ChargeLine(row.number, at, timed, item, quantity, price, amount_fen, number, department, doctor, signed)


def _item(row: Row, own: Mapping[str, Item], national: Mapping[str, Sequence[Item]]) -> Item | None:
    code = row.text("code")
    if code in own:
        return own[code]
    found = national.get(code, ())
    if len(found) == 1:
        return found[0]
    row.wrong("code", reasons.AMBIGUOUS_ITEM if found else reasons.UNKNOWN_ITEM if code else reasons.EMPTY)
    return None


def _at(row: Row, limits: Limits) -> datetime | None:
    found = _DAY.fullmatch(row.text("at"))
    try:
        if found is None:
            raise ValueError("no date")
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        at = datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
    except ValueError:
        row.wrong("at", reasons.NOT_A_DAY)
        return None
    if at.date() < limits.first_day:
        row.wrong("at", reasons.BEFORE_ADMISSION)
    if at > limits.now:
        row.wrong("at", reasons.AFTER_NOW)
    return at


def _decimal(row: Row, column: str) -> Decimal | None:
    text = row.text(column).replace(",", "")
    if _NUMBER.fullmatch(text):
        return decimal_of(text)
    row.wrong(column, reasons.NOT_EXACT if text else reasons.EMPTY)
    return None


def _quantity(row: Row) -> Decimal | None:
    number = _decimal(row, "quantity")
    if number is None:
        return None
    if number <= 0:
        row.wrong("quantity", reasons.NOT_POSITIVE)
        return None
    try:
        return money.quantity(number)
    except NotAnAmount:
        row.wrong("quantity", reasons.QUANTITY_DECIMALS)
        return None


def _price(row: Row, item: Item | None) -> Decimal | None:
    if not row.text("unit_price"):
        return None if item is None else item.unit_price
    number = _decimal(row, "unit_price")
    if number is None:
        return None
    try:
        return money.unit_price(number)
    except NotAnAmount:
        row.wrong("unit_price", reasons.PRICE_DECIMALS)
        return None


def _check_amount(row: Row, amount_fen: int) -> None:
    if not row.text("amount"):
        return
    number = _decimal(row, "amount")
    if number is None:
        return
    try:
        told_fen = fen_of_yuan(number)
    except NotAnAmount:
        row.wrong("amount", reasons.NOT_AN_AMOUNT)
        return
    if told_fen != amount_fen:
        amount = yuan(amount_fen)
        row.wrong("amount", Phrase(*(text.format(amount=amount) for text in reasons.WRONG_AMOUNT)))


def _own_number(row: Row, seen: set[str]) -> str:
    number = row.text("number")
    if len(number) > LONGEST_NUMBER:
        row.wrong("number", reasons.TOO_LONG)
    if number in seen:
        row.wrong("number", reasons.REPEATED)
    if number:
        seen.add(number)
    return number


def _of_list(row: Row, column: str, known: Mapping[str, T], reason: Phrase) -> T | None:
    code = row.text(column)
    if code and code not in known:
        row.wrong(column, reason)
    return known.get(code)


def _flag(row: Row) -> bool:
    text = row.text("consent")
    if text not in ("", "0", "1", "是", "否"):
        row.wrong("consent", reasons.NOT_A_FLAG)
    return text in ("1", "是")
