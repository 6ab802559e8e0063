"""Shapes that the parts of a policy file can have, and the fault that names the place where one is broken.

A shape is a function of a value and its path. The grammar itself, which key has which shape, is in
:mod:`policy_schema`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NoReturn

from pos_client.benefit.known_facts import Fact
from pos_client.errors import Words

Path = tuple[str | int, ...]
Shape = Callable[[object, Path], None]

UNKNOWN_KEY = Words(
    "POL-02",
    "政策文件 {file} 第 {line} 行：不认识的键 {key}。整份文件没有启用，免得漏掉一条规定。请改正这个键名或删去它。",
    "Policy file {file}, line {line}: unknown key {key}. The whole file stays out of use, so that no rule is"
    " silently lost. Correct the name of the key or remove it.",
)
MISSING_KEY = Words(
    "POL-03",
    "政策文件 {file} 第 {line} 行：缺少键 {key}。整份文件没有启用。请补上它。",
    "Policy file {file}, line {line}: the key {key} is missing. The whole file stays out of use. Add it.",
)
WRONG_VALUE = Words(
    "POL-04",
    "政策文件 {file} 第 {line} 行：{key} 的值不对，应为{expected_zh}。整份文件没有启用。请改正。",
    "Policy file {file}, line {line}: the value of {key} is wrong, it must be {expected_en}."
    " The whole file stays out of use. Correct it.",
)


class Fault(Exception):
    """Something in a policy file is not as it must be: the sentence, the place, and what fills the sentence."""

    def __init__(self, words: Words, path: Path, **fill: object) -> None:
        super().__init__(words.code, path)
        self.words = words
        self.path = path
        self.fill = fill


def _wrong(path: Path, expected_zh: str, expected_en: str) -> NoReturn:
    raise Fault(WRONG_VALUE, path, expected_zh=expected_zh, expected_en=expected_en)


def text(value: object, path: Path) -> None:
    """A text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        _wrong(path, "文字", "a text")


def flag(value: object, path: Path) -> None:
    """true or false."""
    if not isinstance(value, bool):
        _wrong(path, " true 或 false", "true or false")


def day(value: object, path: Path) -> None:
    """A date, without a time of day."""
    if not isinstance(value, date) or isinstance(value, datetime):
        _wrong(path, "日期（如 2010-01-01）", "a date such as 2010-01-01")


def month_day(value: object, path: Path) -> None:
    """A day of the year, written "01-01"; 29 February does not exist every year."""
    if isinstance(value, str) and re.fullmatch(r"\d\d-\d\d", value):
        try:
            date(2001, int(value[:2]), int(value[3:]))
        except ValueError:
            pass
        else:
            return
    _wrong(path, '月和日（如 "01-01"）', 'a month and a day such as "01-01"')


def whole_number(value: object, path: Path) -> None:
    """A whole number, zero or more."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        _wrong(path, "不小于零的整数", "a whole number, zero or more")


def _is_number(value: object) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, int) and not isinstance(value, bool)


def number(value: object, path: Path) -> None:
    """Any number."""
    if not _is_number(value):
        _wrong(path, "数", "a number")


def percentage(value: object, path: Path) -> None:
    """A percentage written 83 for 83 %."""
    if not _is_number(value) or not 0 <= Decimal(str(value)) <= 100:
        _wrong(path, "0 到 100 的百分数（83 表示 83%）", "a percentage from 0 to 100, 83 for 83 %")


def _whole_fen(value: object) -> bool:
    return _is_number(value) and Decimal(str(value)) * 100 == (Decimal(str(value)) * 100).to_integral_value()


def money(value: object, path: Path) -> None:
    """An amount in yuan with at most two decimals, zero or more."""
    if not _whole_fen(value) or Decimal(str(value)) < 0:
        _wrong(path, "金额（元，最多两位小数，不小于零）", "an amount in yuan, at most two decimals, not below zero")


def money_change(value: object, path: Path) -> None:
    """An amount in yuan with at most two decimals by which something rises or falls."""
    if not _whole_fen(value):
        _wrong(path, "金额（元，最多两位小数）", "an amount in yuan, at most two decimals")


def one_of(*words: str) -> Shape:
    """One of these words."""

    def check(value: object, path: Path) -> None:
        if value not in words:
            choice = ", ".join(words)
            _wrong(path, f"下列之一：{choice}", f"one of: {choice}")

    return check


def exactly(wanted: Decimal) -> Shape:
    """This number; the calculator knows no other."""

    def check(value: object, path: Path) -> None:
        if not _is_number(value) or Decimal(str(value)) != wanted:
            _wrong(path, f" {wanted}", f"{wanted}")

    return check


def list_of(shape: Shape) -> Shape:
    """A list whose members all have the shape."""

    def check(value: object, path: Path) -> None:
        if not isinstance(value, list):
            _wrong(path, "列表", "a list")
        for index, member in enumerate(value):
            shape(member, (*path, index))

    return check


texts = list_of(text)


def table(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """A table with these keys and no others."""
    known = {**required, **(optional or {})}

    def check(value: object, path: Path) -> None:
        if not isinstance(value, dict):
            _wrong(path, "表", "a table")
        for key, member in value.items():
            if key not in known:
                raise Fault(UNKNOWN_KEY, (*path, key))
            known[key](member, (*path, key))
        for key in required:
            if key not in value:
                raise Fault(MISSING_KEY, (*path, key))

    return check


def names_to(shape: Shape) -> Shape:
    """A table with free names, each of the shape."""

    def check(value: object, path: Path) -> None:
        if not isinstance(value, dict):
            _wrong(path, "表", "a table")
        for key, member in value.items():
            shape(member, (*path, key))

    return check


def by_kind(kinds: Mapping[str, Shape]) -> Shape:
    """A table whose key ``kind`` says which of these shapes it has."""

    def check(value: object, path: Path) -> None:
        if not isinstance(value, dict):
            _wrong(path, "表", "a table")
        if "kind" not in value:
            raise Fault(MISSING_KEY, (*path, "kind"))
        one_of(*kinds)(value["kind"], (*path, "kind"))
        kinds[value["kind"]](value, path)

    return check


def condition(facts: Mapping[str, Fact]) -> Shape:
    """A condition over these facts: each key a literal, a list of literals, or a range."""

    def check(value: object, path: Path) -> None:
        if not isinstance(value, dict):
            _wrong(path, "条件（表）", "a condition, which is a table")
        for key, wanted in value.items():
            if key not in facts:
                raise Fault(UNKNOWN_KEY, (*path, key))
            _check_wanted(facts[key], wanted, (*path, key))

    return check


def _check_wanted(fact: Fact, wanted: object, path: Path) -> None:
    if isinstance(wanted, dict):
        if fact.type not in {"whole number", "amount"} or not wanted:
            _wrong(path, "值或值的列表", "a value or a list of values")
        table({}, {"min": number, "max": number})(wanted, path)
    elif isinstance(wanted, list):
        if not wanted:
            _wrong(path, "至少一个值", "at least one value")
        for index, literal in enumerate(wanted):
            _check_literal(fact, literal, (*path, index))
    else:
        _check_literal(fact, wanted, path)


def _check_literal(fact: Fact, literal: object, path: Path) -> None:
    shape = {"word": text, "whole number": whole_number, "amount": number, "yes or no": flag}[fact.type]
    shape(literal, path)
    if fact.values and literal not in fact.values:
        choice = ", ".join(str(value) for value in fact.values)
        _wrong(path, f"下列之一：{choice}", f"one of: {choice}")


def value_of(figure: Shape, facts: Mapping[str, Fact], *words: str) -> Shape:
    """A value of the grammar: a figure, "unset", one of the words, a hand-entered one, or rows of these."""
    site = table({"site": text})

    def check(value: object, path: Path) -> None:
        if isinstance(value, str) and (value == "unset" or value in words):
            return
        if isinstance(value, dict):
            site(value, path)
        elif isinstance(value, list):
            if not value:
                _wrong(path, "至少一行", "at least one row")
            list_of(row)(value, path)
        else:
            figure(value, path)

    row = table({"value": check}, {"when": condition(facts)})
    return check
