"""One value held against its field: type, length, decimals, code table; empty text and null mean absent."""

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal, localcontext

from .refusal import Refusal
from .tables import Field

_NUMBER_TYPE = re.compile(r"N(\d+)(?:,(\d+))?")
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
    label = f"{place}字段{field.name}({field.cn})"
    if is_absent(raw):
        if field.required:
            raise Refusal(f"{label}为必填项,不能为空")
        return None
    if field.type.startswith("N"):
        return _number(field.type, raw, label)
    if not isinstance(raw, str):
        raise Refusal(f"{label}应为字符串")
    if field.type in _TIME_FORMATS:
        return _time(field.type, raw, label)
    _check_text(field, raw, label)
    if field.code is not None and raw not in codes[field.code]:
        raise Refusal(f"{label}的取值不在字典{field.code}中")
    return raw


def _number(kind: str, raw: object, label: str) -> Decimal:
    match = _NUMBER_TYPE.fullmatch(kind)
    assert match is not None, kind
    digits, decimals = int(match[1]), int(match[2] or 0)
    number = _exact(raw, label, kind)
    with localcontext() as context:
        context.prec = 100
        if number != round(number, decimals):
            raise Refusal(f"{label}的小数位超过{decimals}位")
    if number.copy_abs() >= Decimal(10) ** (digits - decimals):
        raise Refusal(f"{label}超出长度{kind}")
    return number


def _exact(raw: object, label: str, kind: str) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        raise Refusal(f"{label}应为数值型{kind}")
    if isinstance(raw, str) and not _PLAIN_NUMBER.fullmatch(raw):
        raise Refusal(f"{label}应为数值型{kind}")
    number = Decimal(raw)
    if number.adjusted() > _LARGEST_EXPONENT:
        raise Refusal(f"{label}超出长度{kind}")
    return number


def _time(kind: str, raw: str, label: str) -> str:
    words = _TIME_FORMATS[kind]
    try:
        canonical = str(date.fromisoformat(raw) if kind == "D" else datetime.fromisoformat(raw))
    except ValueError:
        canonical = ""
    if canonical != raw or len(raw) != len(words):
        raise Refusal(f"{label}的格式应为{words}")
    return raw


def _check_text(field: Field, raw: str, label: str) -> None:
    limit = int(field.type[1:])
    if len(raw) > limit:
        raise Refusal(f"{label}的长度超过{limit}")
