"""The lines of a bill explained: own expense, price overrun and first share of each, and what they come to."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from pos_client.benefit import explain_words as words
from pos_client.benefit.facts import Line
from pos_client.benefit.items import first_share
from pos_client.benefit.reasons import LINE_CLASS_C, LINE_OUT_OF_SCOPE
from pos_client.benefit.result import LineSplit
from pos_client.benefit.rounding import plain_decimal
from pos_client.benefit.telling import Sentence, Telling

_WHOLE_LINE: Final = {LINE_CLASS_C: words.CLASS_C, LINE_OUT_OF_SCOPE: words.OUT_OF_SCOPE}


def returned_sentences(telling: Telling) -> Iterator[Sentence]:
    """One sentence for each row that takes something back."""
    source = telling.source("items", telling.policy.document.get("items", {}))
    for row, done in zip(telling.bill.event.lines, telling.result.lines, strict=True):
        if row.returns is not None:
            name = _name(telling.bill.event.returned[row.returns].sale)
            yield telling.say(
                f"returned.{row.id}",
                words.RETURNED,
                source,
                name=name,
                quantity=-row.quantity,
                amount=-done.amount_fen,
            )


def line_sentences(telling: Telling) -> Iterator[Sentence]:
    """One sentence for each amount, after returns, of each line that is not simply eligible."""
    source = telling.source("items", telling.policy.document.get("items", {}))
    for line, done in zip(telling.bill.event.remaining, telling.result.remaining, strict=True):
        if done.own_expense_fen:
            phrase = _WHOLE_LINE.get(done.reasons[0], words.LINE_NOT_APPROVED)
            yield telling.say(f"own_expense.{line.id}", phrase, source, name=_name(line), amount=done.own_expense_fen)
        if done.over_limit_fen:
            yield _over_limit(telling, line, done, source)
        if done.pre_self_pay_fen:
            yield _first_share(telling, line, done, source)


def _name(line: Line) -> str:
    return line.name or line.id


def _over_limit(telling: Telling, line: Line, done: LineSplit, source: str) -> Sentence:
    limit = line.limit_price
    assert limit is not None
    return telling.say(
        f"over_limit.{line.id}",
        words.OVER_LIMIT,
        source,
        name=_name(line),
        price=_price(line.unit_price),
        limit=_price(limit),
        over=_price(line.unit_price - limit),
        quantity=line.quantity,
        amount=done.over_limit_fen,
    )


def _first_share(telling: Telling, line: Line, done: LineSplit, source: str) -> Sentence:
    part = first_share(telling.policy.plan(telling.bill).items.first_shares, line)
    return telling.say(
        f"pre_self_pay.{line.id}",
        words.FIRST_SHARE,
        source,
        name=_name(line),
        base=done.amount_fen - done.over_limit_fen,
        percent=part.value,
        amount=done.pre_self_pay_fen,
    )


def _price(price: Decimal) -> str:
    """A price with the decimals that it has, but at least two."""
    plain = plain_decimal(price)
    return f"{plain:.2f}" if plain == round(plain, 2) else str(plain)


def total_sentences(telling: Telling) -> Iterator[Sentence]:
    """What the parts of the lines come to."""
    result = telling.result
    source = telling.source("items", telling.policy.document.get("items", {}))
    for key, phrase, amount in (
        ("own_expense", words.OWN_EXPENSE_TOTAL, result.own_expense_fen),
        ("pre_self_pay", words.FIRST_SHARE_TOTAL, result.pre_self_pay_fen),
        ("eligible", words.ELIGIBLE_TOTAL, result.eligible_fen),
    ):
        if amount:
            yield telling.say(key, phrase, source, amount=amount)
