"""A layered benefit explained: the deductible, every slice, the limits and the supplements."""

from collections.abc import Iterator, Mapping
from typing import Any

from pos_client.benefit import explain_words as words
from pos_client.benefit.counter_view import CounterView
from pos_client.benefit.layered import LayeredTable, Repeat
from pos_client.benefit.rounding import percent, share_fen
from pos_client.benefit.telling import Sentence, Telling

Table = Mapping[str, Any]


def layered_sentences(
    telling: Telling, table: LayeredTable, written: Table, counters: CounterView
) -> Iterator[Sentence]:
    """One sentence for each amount of a layered benefit, in the order in which it is computed."""
    yield from _deductible(telling, table, written, counters)
    yield from _slices(telling, table, written, counters)
    yield from _supplements(telling, written)


def _deductible(telling: Telling, table: LayeredTable, written: Table, counters: CounterView) -> Iterator[Sentence]:
    result = telling.result
    source = telling.source("benefit", written["deductible"], written)
    start = 0 if table.axis is None else counters.amount_fen(table.axis)
    due = table.due_fen(start, counters)
    if table.deductible_fen == 0:
        yield telling.say("deductible", words.NO_DEDUCTIBLE, source)
    elif table.deductible_per == "year":
        yield _yearly(telling, table.deductible_fen, start, due, source)
    elif table.repeat is not None and counters.count(table.repeat.counter):
        yield _repeated(telling, table.deductible_fen, table.repeat, counters, source)
    else:
        phrase = words.DEDUCTIBLE_PER_VISIT if table.deductible_per == "visit" else words.DEDUCTIBLE
        yield telling.say("deductible", phrase, source, due=due)
    counted = result.deductible_fen - sum(result.layer_deductible_fen.values())
    if table.deductible_per != "year" and counted != due:
        yield telling.say("deductible.counted", words.DEDUCTIBLE_IN_PART, source, amount=counted)
    for fund, amount in result.layer_deductible_fen.items():
        where = telling.source("benefit", _layer(written, fund), written)
        yield telling.say(
            f"deductible.{fund}", words.DEDUCTIBLE_OF_LAYER, where, amount=amount, fund=telling.fund(fund)
        )


def _layer(written: Table, fund: str) -> Table:
    found: Table = next(layer for layer in written["layer"] if layer["fund"] == fund)
    return found


def _yearly(telling: Telling, first_fen: int, start: int, due: int, source: str) -> Sentence:
    if due == 0:
        return telling.say("deductible", words.DEDUCTIBLE_OF_YEAR_FULL, source, first=first_fen)
    return telling.say(
        "deductible",
        words.DEDUCTIBLE_OF_YEAR,
        source,
        first=first_fen,
        used=start,
        amount=telling.result.deductible_fen,
    )


def _repeated(telling: Telling, first_fen: int, repeat: Repeat, counters: CounterView, source: str) -> Sentence:
    stays_before = counters.count(repeat.counter)
    due = repeat.amount_fen(first_fen, stays_before)
    stay = str(stays_before + 1)
    if repeat.factors:
        factor = repeat.factor(stays_before)
        return telling.say(
            "deductible", words.DEDUCTIBLE_FACTOR, source, stay=stay, first=first_fen, percent=factor.value, due=due
        )
    less = -repeat.step_fen * stays_before
    phrase = words.DEDUCTIBLE_STEP if first_fen - less == due else words.DEDUCTIBLE_AT_FLOOR
    return telling.say("deductible", phrase, source, stay=stay, first=first_fen, less=less, due=due)


def _slices(telling: Telling, table: LayeredTable, written: Table, counters: CounterView) -> Iterator[Sentence]:
    result = telling.result
    for number, piece in enumerate(result.slices, start=1):
        expense = piece.to_fen - piece.from_fen
        yield telling.say(
            f"slice.{number}",
            words.SLICE,
            telling.source("benefit", _layer(written, piece.layer), written),
            start=piece.from_fen,
            end=piece.to_fen,
            expense=expense,
            percent=piece.percent,
            pays=piece.pays_fen,
            own=expense - piece.pays_fen,
            fund=telling.fund(piece.layer),
        )
    for layer in table.layers:
        paid = result.fund_pay_fen.get(layer.fund, 0)
        if layer.cap_on == "fund_paid" and paid and counters.amount_fen(layer.paid_counter) + paid == layer.cap_fen:
            source = telling.source("benefit", _layer(written, layer.fund), written)
            fund = telling.fund(layer.fund)
            yield telling.say(f"cap.{layer.fund}", words.FUND_USED_UP, source, fund=fund, cap=layer.cap_fen)
    if result.above_limits_fen:
        source = telling.source("benefit", written["layer"][-1], written)
        yield telling.say("above_limits", words.ABOVE_LIMITS, source, amount=result.above_limits_fen)


def _supplements(telling: Telling, written: Table) -> Iterator[Sentence]:
    for grant in telling.result.grants:
        rows = next(row for row in written["supplement"] if row["fund"] == grant.fund)
        in_full = grant.pays_fen == share_fen(grant.base_fen, percent(grant.percent))
        yield telling.say(
            f"supplement.{grant.fund}",
            words.SUPPLEMENT if in_full else words.SUPPLEMENT_CAPPED,
            telling.source("benefit", rows, written),
            base=grant.base_fen,
            percent=grant.percent,
            pays=grant.pays_fen,
            fund=telling.fund(grant.fund),
        )
