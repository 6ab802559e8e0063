"""A slip as plain text for 80 mm paper: 48 columns, a Chinese character taking two."""

import unicodedata
from collections.abc import Iterator
from functools import cache

from pos_client.desk.slip import Slip, SlipLine
from pos_client.money import yuan_grouped

COLUMNS = 48
RULE = "-" * COLUMNS
#: What may not begin a line in Chinese typesetting (GB/T 15834): closing and pausing marks stay with their word.
NEVER_FIRST = "，。、；：！？）》」”’%"


def slip_text(slip: Slip) -> str:
    """The whole slip, lines ended by newlines."""
    return "\n".join(line.rstrip() for line in _all_lines(slip)) + "\n"


def _all_lines(slip: Slip) -> Iterator[str]:
    if slip.training:
        yield _centred("★ 模拟・演练单据，不作凭证 ★")
    yield _centred(slip.institution)
    yield _centred(slip.title)
    yield _spread(f"No. {slip.number}", slip.at)
    yield RULE
    for left, right in slip.who:
        yield _spread(left, right)
    if slip.lines:
        yield RULE
    for line in slip.lines:
        yield from _bill_line(line)
    yield RULE
    for sentence in slip.sentences:
        yield from wrapped(sentence)
    yield RULE
    for label, amount_fen, percent, pays_fen in slip.slices:
        yield _spread(f"{label}  {yuan_grouped(amount_fen)} × {percent}", yuan_grouped(pays_fen))
    for label, amount_fen in slip.sums:
        yield _spread(label, yuan_grouped(amount_fen))
    yield _spread(f"【{slip.big[0]}】", f"￥ {yuan_grouped(slip.big[1])}")
    yield from _foot(slip)


def _bill_line(line: SlipLine) -> Iterator[str]:
    yield from wrapped(line.name)
    yield _spread(f"  {line.price_and_quantity}  {line.mark}", yuan_grouped(line.amount_fen))


def _foot(slip: Slip) -> Iterator[str]:
    if slip.after or slip.policy:
        yield RULE
    for label, value in slip.after:
        yield _spread(f"结算后{label}", value)
    if slip.policy:
        yield from wrapped(f"规定：{slip.policy}")
    yield RULE
    for notice in slip.notices:
        yield from wrapped(notice)
    yield "电子票据号 " + "_" * (COLUMNS - width("电子票据号 "))
    yield f"收费员 {slip.operator}   参保人签字 " + "_" * 16


def width(text: str) -> int:
    """How many columns a text takes: wide and full-width characters two, combining marks none."""
    return sum(_character_width(character) for character in text)


@cache
def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def wrapped(text: str) -> list[str]:
    """The text in lines of at most 48 columns; a closing mark is not left alone at the start of a line, and a run of
    digits or Latin letters is not cut unless it is longer than a line.
    """
    lines = [""]
    for word in _words(text):
        if width(lines[-1]) + width(word) > COLUMNS and lines[-1]:
            lines.append("")
        for character in word:
            if width(lines[-1]) + width(character) > COLUMNS:
                lines.append("")
            lines[-1] += character
    return [line.strip() for line in lines]


def _words(text: str) -> Iterator[str]:
    """Pieces that stay together: a run of narrow characters, or one wide character, with closing marks after it."""
    word = ""
    for character in text:
        joins = character in NEVER_FIRST or (
            word and character != " " and _character_width(word[-1]) == 1 == _character_width(character)
        )
        if word and not joins:
            yield word
            word = ""
        word += character
    if word:
        yield word


def _centred(text: str) -> str:
    return " " * max((COLUMNS - width(text)) // 2, 0) + text


def _spread(left: str, right: str) -> str:
    """Left and right at the two margins; where both do not fit, the right one goes to a line of its own."""
    gap = COLUMNS - width(left) - width(right)
    if gap < 1:
        return left + "\n" + " " * max(COLUMNS - width(right), 0) + right
    return left + " " * gap + right
