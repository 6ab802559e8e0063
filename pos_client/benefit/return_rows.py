"""The rows of a bill with returns as a split lists them: sales as charged, returns negative, together what remains."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from pos_client.benefit.facts import Event
from pos_client.benefit.line import Line
from pos_client.benefit.result import PlainLine
from pos_client.benefit.returns import Returned

#: Amount, own expense, part above the limit, first share, eligible.
_Amounts = tuple[int, int, int, int, int]
_ZERO: Final[_Amounts] = (0, 0, 0, 0, 0)


def rows_with_returns(
    event: Event, remaining: Sequence[PlainLine], split_part: Callable[[Line], PlainLine]
) -> list[PlainLine]:
    """Every row of the bill in its order; a line and its returns add up to what remains of the line, part by part.

    ``split_part`` splits so much of a line as if nothing else were charged of it.
    """
    done = {line[0]: line for line in remaining}
    listed = {
        row[0]: row
        for sale_id, returned in event.returned.items()
        for row in _rows(returned, done.get(sale_id), split_part)
    }
    return [listed.get(line.id) or done[line.id] for line in event.lines]


def _rows(
    returned: Returned, remains: PlainLine | None, split_part: Callable[[Line], PlainLine]
) -> Iterator[PlainLine]:
    if remains is None:
        yield from _nothing_remains(returned)
        return
    sale = split_part(returned.sale)
    yield (*sale[:6], remains[6])
    left = _difference(remains[1:6], sale[1:6])
    *others, (last, _) = zip(returned.rows, returned.taken, strict=True)
    for row, part in others:
        back = _difference(_ZERO, split_part(part)[1:6])
        yield (row.id, *back, ())
        left = _difference(left, back)
    # Each row is rounded by itself; the last one makes the parts come to those of what remains.
    yield (last.id, *left, ())


def _difference(one: _Amounts, other: _Amounts) -> _Amounts:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2], one[3] - other[3], one[4] - other[4]


def _nothing_remains(returned: Returned) -> Iterator[PlainLine]:
    """No rule is asked about a line that was taken back whole, so its rows stay outside the insurance."""
    sale = returned.sale
    yield sale.id, sale.amount_fen, sale.amount_fen, 0, 0, 0, ()
    for row, part in zip(returned.rows, returned.taken, strict=True):
        yield row.id, -part.amount_fen, -part.amount_fen, 0, 0, 0, ()
