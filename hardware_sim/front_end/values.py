"""One value held against its field: type, length, decimals, code table; empty text and null mean absent."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal, localcontext
from functools import cache

from .refusal import Refusal
from .tables import Field

_SIZED_TYPE = re.compile(r"[CN](\d+)(?:,(\d+))?")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
#: Far above every field type; below it the exact arithmetic stays small.
_LARGEST_EXPONENT = 40
_TIME_FORMATS = {"D": "yyyy-MM-dd", "DT": "yyyy-MM-dd HH:mm:ss"}


def is_absent(raw: object) -> bool:
    """Whether a value counts as not sent: missing, null and the empty text are the same thing (protocol 1.3)."""
    return raw is None or raw == ""


def read_value(field: Field, raw: object, place: str, codes: Mapping[str, Collection[str]]) -> str | Decimal | None:
    """A value as text or exact number, or None when it is absent.

    Raises:
        Refusal: a required value is absent, or the value is not what the table says; names place and field.
    """
    if raw is None or raw == "":
        if field.required:
            raise Refusal(f"{_label(field, place)}为必填项,不能为空")
        return None
    kind = field.type[0]
    if kind == "N":
        return _number(field, raw, place)
    if not isinstance(raw, str):
        raise Refusal(f"{_label(field, place)}应为字符串")
    if kind == "D":
        return _time(field, raw, place)
    if len(raw) > _size(field.type)[0]:
        raise Refusal(f"{_label(field, place)}的长度超过{field.type[1:]}")
    if field.code is not None and raw not in codes[field.code]:
        raise Refusal(f"{_label(field, place)}的取值不在字典{field.code}中")
    return raw


def _label(field: Field, place: str) -> str:
    return f"{place}字段{field.name}({field.cn})"


@cache
def _size(kind: str) -> tuple[int, int]:
    """Length, or digits and decimals, of a type such as C30, N10 or N16,2."""
    match = _SIZED_TYPE.fullmatch(kind)
    assert match is not None, kind
    return int(match[1]), int(match[2] or 0)


def _number(field: Field, raw: object, place: str) -> Decimal:
    digits, decimals = _size(field.type)
    number = _exact(field, raw, place)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent < -decimals and number != _rounded(number, decimals):
        raise Refusal(f"{_label(field, place)}的小数位超过{decimals}位")
    if number and number.adjusted() >= digits - decimals:
        raise Refusal(f"{_label(field, place)}超出长度{field.type}")
    return number


def _exact(field: Field, raw: object, place: str) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        raise Refusal(f"{_label(field, place)}应为数值型{field.type}")
    if isinstance(raw, str) and not _PLAIN_NUMBER.fullmatch(raw):
        raise Refusal(f"{_label(field, place)}应为数值型{field.type}")
    number = Decimal(raw)
    if number.adjusted() > _LARGEST_EXPONENT:
        raise Refusal(f"{_label(field, place)}超出长度{field.type}")
    return number


def _rounded(number: Decimal, decimals: int) -> Decimal:
    with localcontext() as context:
        context.prec = 100
        return round(number, decimals)


def _time(field: Field, raw: str, place: str) -> str:
    words = _TIME_FORMATS[field.type]
    try:
        canonical = str(date.fromisoformat(raw) if field.type == "D" else datetime.fromisoformat(raw))
    except ValueError:
        canonical = ""
    if canonical != raw or len(raw) != len(words):
        raise Refusal(f"{_label(field, place)}的格式应为{words}")
    return raw
