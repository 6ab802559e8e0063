"""A slip as plain text for 80 mm paper: 48 columns, a Chinese character taking two."""

from collections.abc import Iterator, Sequence

from pos_client.desk.line_breaks import broken
from pos_client.desk.line_breaks import width as width
from pos_client.desk.slip import TRAINING_BAND, SliceRow, Slip, SlipLine
from pos_client.desk.slip_words import HEADS, percent_text
from pos_client.money import yuan_grouped

COLUMNS = 48
RULE = "-" * COLUMNS


def slip_text(slip: Slip) -> str:
    """The whole slip, lines ended by newlines."""
    parts = (_head(slip), _who(slip), _lines(slip), _sentences(slip), _table(slip), _sums(slip), _after(slip))
    text = [line for part in parts for line in _ruled(part)]
    return "\n".join(line.rstrip() for line in (*text, *_foot(slip))) + "\n"


def wrapped(text: str) -> list[str]:
    """The text in lines of at most 48 columns."""
    return broken(text, lambda line: width(line) <= COLUMNS)


def _ruled(part: Iterator[str]) -> list[str]:
    """A part with a rule under it; nothing where it has nothing to say."""
    lines = list(part)
    return [*lines, RULE] if lines else []


def _head(slip: Slip) -> Iterator[str]:
    if slip.training:
        yield _centred(f"★ {TRAINING_BAND} ★")
    for text in (slip.institution, slip.title, slip.reprint):
        yield from (_centred(line) for line in wrapped(text) if line)
    yield from _spread(f"No. {slip.number}", slip.at)
    yield from (line for line in wrapped(slip.about) if line)


def _who(slip: Slip) -> Iterator[str]:
    who = slip.who
    if who.name or who.right:
        yield from _spread(f"{who.name} {who.description}".strip(), who.right)
    for row in who.rows:
        yield from _spread(row.left, row.right)


def _lines(slip: Slip) -> Iterator[str]:
    for line in slip.lines:
        yield from _bill_line(line)


def _bill_line(line: SlipLine) -> Iterator[str]:
    yield from wrapped(line.name)
    yield from _spread(f"  {line.price_and_quantity}  {line.mark}", yuan_grouped(line.amount_fen))


def _sentences(slip: Slip) -> Iterator[str]:
    for sentence in slip.sentences:
        yield from wrapped(sentence)


def _table(slip: Slip) -> Iterator[str]:
    if not slip.slices:
        return
    rows = [HEADS, *(_cells(row) for row in slip.slices), _cells(slip.total, total=True)]
    widths = [max(width(row[column]) for row in rows) for column in range(1, len(HEADS))]
    for row in rows:
        figures = "".join("  " + _right(cell, wide) for cell, wide in zip(row[1:], widths, strict=True))
        yield from _spread(row[0], figures)


def _cells(row: SliceRow, *, total: bool = False) -> Sequence[str]:
    amounts = (yuan_grouped(fen) for fen in (row.amount_fen, row.fund_fen, row.own_fen))
    amount, fund, own = amounts
    return (row.label, amount, "" if total else percent_text(row.percent), fund, own)


def _right(cell: str, columns: int) -> str:
    return " " * (columns - width(cell)) + cell


def _sums(slip: Slip) -> Iterator[str]:
    for one in slip.sums:
        yield from _spread(one.label, yuan_grouped(one.amount_fen))
    if slip.big is not None:
        yield from _spread(f"【{slip.big.label}】", f"￥ {yuan_grouped(slip.big.amount_fen)}")


def _after(slip: Slip) -> Iterator[str]:
    for row in slip.after:
        yield from _spread(f"结算后{row.left}", row.right)
    if slip.policy:
        yield from wrapped(f"规定：{slip.policy}")


def _foot(slip: Slip) -> Iterator[str]:
    for notice in slip.notices:
        yield from wrapped(notice)
    yield "电子票据号 " + "_" * (COLUMNS - width("电子票据号 "))
    yield f"收费员 {slip.operator}   参保人签字 " + "_" * 16


def _centred(text: str) -> str:
    return " " * max((COLUMNS - width(text)) // 2, 0) + text


def _spread(left: str, right: str) -> Iterator[str]:
    """Left and right at the two margins; where both do not fit, each goes to lines of its own."""
    gap = COLUMNS - width(left) - width(right)
    if gap >= 1 or not right:
        yield from wrapped(left) if gap < 0 else [left + " " * gap + right]
        return
    yield from wrapped(left)
    yield from (" " * (COLUMNS - width(line)) + line for line in wrapped(right))
