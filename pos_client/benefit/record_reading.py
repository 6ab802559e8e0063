"""Reads the fields of a record strictly: whatever is wrong is refused with its place, such as event.lines[2].qty."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from pos_client.errors import Refused, Words
from pos_client.money import LARGEST_FEN, PRICE_DECIMALS, QUANTITY_DECIMALS

NOT_A_RECORD = Words(
    "BILL-01",
    "这一行不是一条完整的记录（{reason}），没有分割。请改正后重新提交这一行。",
    "This line is not a whole record ({reason}) and was not split. Correct it and send it again.",
)
MISSING = Words(
    "BILL-02",
    "记录里缺少 {at}，没有分割。请补上。",
    "The record lacks {at} and was not split. Add it.",
)
UNKNOWN_FIELD = Words(
    "BILL-03",
    "记录里有不认识的 {at}，没有分割，免得漏看一项。请改正名称或删去它。",
    "The record has a field {at} that is not known, and was not split, so that nothing is overlooked."
    " Correct its name or remove it.",
)
WRONG_FIELD = Words(
    "BILL-04",
    "记录里 {at} 的值不对，应为{expected_zh}，没有分割。请改正。",
    "The value of {at} in the record is wrong, it must be {expected_en}; nothing was split. Correct it.",
)
NEGATIVE_LINE = Words(
    "BILL-05",
    "{at} 没有写明退的是本次费用的哪一行，数量却是负数，没有计算。请写上原行编号；要退已结算的费用，请撤销原结算，"
    "再按剩下的项目重新结算。",
    "{at} does not say which line of this bill is returned, yet the quantity is negative; nothing was computed."
    " Name the line; of a bill that is settled, void the settlement and settle what remains.",
)

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)

_NUMBER = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,12})?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}", re.ASCII)
_PRICE_BELOW = Decimal(10) ** 10
_QUANTITY_BELOW = Decimal(10) ** 12


class BadRecord(Refused):
    """A record that cannot be read; ``at`` names the place."""

    def __init__(self, words: Words, at: str, **fill: object) -> None:
        super().__init__(words, None, at=at, **fill)
        self.at = at


def wrong(at: str, expected_zh: str, expected_en: str) -> NoReturn:
    """Refuses the value at this place, saying what it must be."""
    raise BadRecord(WRONG_FIELD, at, expected_zh=expected_zh, expected_en=expected_en)


class Fields:
    """The fields of one object of a record. A field that is absent or null reads as None."""

    def __init__(self, value: object, at: str, known: frozenset[str] | None = None) -> None:
        if not isinstance(value, Mapping):
            wrong(at, "一个对象", "an object")
        self._fields: Mapping[str, Any] = value
        self._at = at
        for key in value:
            if known is not None and key not in known:
                raise BadRecord(UNKNOWN_FIELD, self.place(key))

    def __contains__(self, key: str) -> bool:
        return key in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def place(self, key: str) -> str:
        """Where a field stands in the record."""
        return f"{self._at}.{key}" if self._at else key

    def raw(self, key: str) -> object:
        """The value as it stands in the record."""
        return self._fields.get(key)

    def required(self, key: str) -> object:
        """The value of a field that must be there."""
        value = self._fields.get(key)
        if value is None:
            raise BadRecord(MISSING, self.place(key))
        return value

    def text(self, key: str) -> str | None:
        """A text without control characters and unpaired surrogates."""
        value = self._fields.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > 400:
            wrong(self.place(key), "文字", "a text")
        return value

    def flag(self, key: str, *, absent: bool | None) -> bool | None:
        """true or false; null is unknown, and ``absent`` says what a field means that is not there."""
        if key not in self._fields:
            return absent
        value = self._fields[key]
        if value is not None and not isinstance(value, bool):
            wrong(self.place(key), " true 或 false", "true or false")
        return value

    def word(self, key: str, *words: str) -> str | None:
        """One of these words."""
        value = self._fields.get(key)
        if value is not None and value not in words:
            choice = ", ".join(words)
            wrong(self.place(key), f"下列之一：{choice}", f"one of: {choice}")
        return value

    def whole_number(self, key: str, least: int, most: int) -> int | None:
        """A whole number between two bounds."""
        value = self._fields.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            wrong(self.place(key), f" {least} 到 {most} 的整数", f"a whole number from {least} to {most}")
        return value

    def day(self, key: str) -> date | None:
        """A date written 2010-05-04."""
        value = self._fields.get(key)
        if value is None:
            return None
        found = _date(value, _DAY, "")
        if found is None:
            wrong(self.place(key), "日期（如 2010-05-04）", "a date such as 2010-05-04")
        return found

    def month(self, key: str) -> date | None:
        """The first day of a month written 2010-04."""
        value = self._fields.get(key)
        if value is None:
            return None
        found = _date(value, _MONTH, "-01")
        if found is None:
            wrong(self.place(key), "月份（如 2010-04）", "a month such as 2010-04")
        return found

    def fen(self, key: str) -> int | None:
        """An amount in yuan with at most two decimals, not below zero."""
        if self._fields.get(key) is None:
            return None
        fen = self.decimal(key) * 100
        if fen != int(fen) or not 0 <= fen <= LARGEST_FEN:
            wrong(self.place(key), "金额（元，最多两位小数）", "an amount in yuan with at most two decimals")
        return int(fen)

    def price(self, key: str) -> Decimal:
        """A price in yuan, at most six decimals, not below zero."""
        price = self.decimal(key)
        if price < 0 or price >= _PRICE_BELOW or price != round(price, PRICE_DECIMALS):
            wrong(
                self.place(key),
                "单价（元，不小于零，最多六位小数）",
                "a price in yuan, not below zero, with at most six decimals",
            )
        return price

    def quantity(self, key: str, returns: str) -> Decimal:
        """A quantity with at most four decimals; a negative one is refused, as nothing is named that it returns."""
        quantity = self._quantity(key)
        if quantity < 0:
            raise BadRecord(NEGATIVE_LINE, self.place(returns))
        return quantity

    def returned_quantity(self, key: str, returns: str) -> Decimal:
        """The negative quantity of a line that returns something; the field ``returns`` is refused with any other."""
        quantity = self._quantity(key)
        if quantity >= 0:
            wrong(self.place(returns), "空值，除非数量为负", "empty unless the quantity is negative")
        return quantity

    def _quantity(self, key: str) -> Decimal:
        quantity = self.decimal(key)
        if abs(quantity) >= _QUANTITY_BELOW or quantity != round(quantity, QUANTITY_DECIMALS):
            wrong(self.place(key), "数量（最多四位小数）", "a quantity with at most four decimals")
        return quantity

    def percentage(self, key: str) -> Decimal | None:
        """A percentage from 0 to 100, written 10 for 10 %."""
        if self._fields.get(key) is None:
            return None
        value = self.decimal(key)
        if not 0 <= value <= 100:
            wrong(self.place(key), " 0 到 100 的百分数", "a percentage from 0 to 100")
        return value

    def decimal(self, key: str) -> Decimal:
        """An exact number, written as a text or as a JSON number."""
        value = self.required(key)
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            return Decimal(value)
        if isinstance(value, int | Decimal) and not isinstance(value, bool) and _NUMBER.fullmatch(f"{value:f}"):
            return Decimal(value)
        wrong(self.place(key), "数（如 12.50）", "a number such as 12.50")


def _date(value: object, form: re.Pattern[str], rest: str) -> date | None:
    if not isinstance(value, str) or not form.fullmatch(value):
        return None
    try:
        found = date.fromisoformat(value + rest)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None
