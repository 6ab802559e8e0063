"""What remains of the lines of a bill after the rows that take something back (退费; rules part 6, R1 and R2).

Every row is rounded by itself, so a return mirrors its sale. The row that takes the last of a line back takes back
what is left of its amounts, whatever was rounded before: of a line that is returned whole, nothing remains.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final, NamedTuple

from pos_client.benefit.line import Line
from pos_client.phrase import Phrase

NO_SUCH_LINE: Final = Phrase(
    "本次费用中一个收费行（不是退费行）的编号", "the id of a line of this bill that is no return itself"
)
ANOTHER_ITEM: Final = Phrase(
    "同一项目（单价、限价、类别、种类、先行自付都相同）的收费行编号",
    "the id of a line of the same item: same price, ceiling, class, kind and first share",
)
TOO_MUCH: Final = Phrase(
    "还剩下足够数量和金额可退的收费行编号", "the id of a line of which as much as is returned is left"
)

_NONE: Final[Mapping[str, "Returned"]] = MappingProxyType({})


class BadReturn(ValueError):
    """The row at this index of the lines takes back what it cannot; ``must_be`` says what its ``returns`` must name."""

    def __init__(self, index: int, must_be: Phrase) -> None:
        super().__init__(index, must_be.en)
        self.index = index
        self.must_be = must_be


class Returned(NamedTuple):
    """A line with its returns: ``taken`` says of each of ``rows`` what it takes back, as a part of the line.

    ``remains`` is None where the whole line was taken back.
    """

    sale: Line
    rows: tuple[Line, ...]
    taken: tuple[Line, ...]
    remains: Line | None


def returned_lines(lines: Sequence[Line]) -> Mapping[str, Returned]:
    """The lines that something was taken back of, by id.

    Raises:
        BadReturn: a return of a line that is not there or is a return itself, of another item, or of more than is left.
    """
    rows: defaultdict[str, list[int]] | None = None
    for index, line in enumerate(lines):
        if line.returns is not None:
            if rows is None:
                rows = defaultdict(list)
            rows[line.returns].append(index)
    if rows is None:
        return _NONE
    sales = {line.id: line for line in lines if line.returns is None}
    return {sale_id: _taken_back(sales.get(sale_id), lines, indexes) for sale_id, indexes in rows.items()}


def remaining_lines(lines: Iterable[Line], returned: Mapping[str, Returned]) -> tuple[Line, ...]:
    """What is split: each line after its returns, in the order of the bill."""
    remaining = ((returned[line.id].remains if line.id in returned else line) for line in lines if line.returns is None)
    return tuple(line for line in remaining if line is not None)


def _taken_back(sale: Line | None, lines: Sequence[Line], indexes: Iterable[int]) -> Returned:
    rows: list[Line] = []
    taken: list[Line] = []
    remains = sale
    for index in indexes:
        row = lines[index]
        if sale is None:
            raise BadReturn(index, NO_SUCH_LINE)
        if _item(row) != _item(sale):
            raise BadReturn(index, ANOTHER_ITEM)
        if remains is None:
            raise BadReturn(index, TOO_MUCH)
        part = _part_of(remains, row, index)
        rows.append(row)
        taken.append(part)
        remains = _less(remains, part)
    assert sale is not None
    return Returned(sale, tuple(rows), tuple(taken), remains)


def _item(line: Line) -> tuple[object, ...]:
    """What a line and its return have in common. Names and approvals may differ: the line's own count."""
    return (
        line.unit_price,
        line.limit_price,
        line.kind,
        line.cls,
        line.pre_self_pay_percent,
        line.essential,
        line.listed,
    )


def _part_of(remains: Line, row: Line, index: int) -> Line:
    """What the row takes back of what remains, as a part of it."""
    quantity = -row.quantity
    if quantity == remains.quantity:
        return remains
    if quantity > remains.quantity or -row.amount_fen > remains.amount_fen:
        raise BadReturn(index, TOO_MUCH)
    return remains.part(quantity, -row.amount_fen, -row.over_limit_fen)


def _less(remains: Line, part: Line) -> Line | None:
    quantity: Decimal = remains.quantity - part.quantity
    if quantity == 0:
        return None
    amount_fen = remains.amount_fen - part.amount_fen
    # Rows that are rounded one by one can take back a fen more of the overrun than is left of it, or of the amount.
    over_limit_fen = min(max(remains.over_limit_fen - part.over_limit_fen, 0), amount_fen)
    return remains.part(quantity, amount_fen, over_limit_fen)
