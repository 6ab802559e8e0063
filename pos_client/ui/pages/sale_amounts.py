"""The right column of a sale: the one big amount, and how it comes about."""

from typing import TYPE_CHECKING

from pos_client.money import yuan_grouped
from pos_client.ui.kit.headings import Big
from pos_client.ui.kit.rows import Gap, Meter, Pair, State
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.tokens import Role
from pos_client.ui.words import frame, say
from pos_client.ui.words import sale as words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pos_client.desk.sale_view import Amount, PaidView, SaleView


def amounts(view: "SaleView") -> list[Piece]:
    """What is to be collected, else what it will come to by our own estimate, else what the lines sum up to."""
    mark = say(frame.RECEIVE_MARK)
    unit = say(frame.YUAN)
    if view.to_collect_fen is not None:
        role = Role.INK if view.to_collect_fen else Role.DIM
        big = Big(say(words.COLLECT_CASH), yuan_grouped(view.to_collect_fen), unit, mark, role=role)
    elif view.estimated:
        cash_fen = view.sums[-1].amount_fen
        big = Big(say(words.ESTIMATE), yuan_grouped(cash_fen), unit, mark, role=Role.DIM)
    elif view.lines:
        big = Big(say(words.TOTAL), yuan_grouped(view.total_fen), unit, mark, role=Role.DIM)
    else:
        big = Big(say(words.COLLECT_CASH), yuan_grouped(0), unit, mark, role=Role.DIM)
    return [big, *sums(view.sums), *laid_down(view.paid), *_limits(view)]


def _limits(view: "SaleView") -> list[Piece]:
    """What of the limits is used, where a bill is settled without the bureau."""
    if view.offline is None:
        return []
    unit = say(frame.LIMIT)
    meters = [Meter(one.label, one.used, one.limit, unit, one.per_mille) for one in view.offline.limits]
    estimate = State(Sign.LOOK, say(words.OFFLINE_ESTIMATE))
    return [Gap(), estimate, *meters]


def sums(rows: "Iterable[Amount]") -> list[Piece]:
    """Rows of amounts; what is nothing goes where there is no room."""
    return [
        Pair(row.label, yuan_grouped(row.amount_fen), bold=row.bold, folds=not row.amount_fen and not row.bold)
        for row in rows
    ]


def laid_down(paid: "Iterable[PaidView]") -> list[Piece]:
    """What was paid by other means than cash."""
    rows: list[Piece] = [
        Pair(say(words.LAID_DOWN, means=one.word), "\N{MINUS SIGN}" + yuan_grouped(one.amount_fen)) for one in paid
    ]
    return [Gap(), *rows] if rows else []
