"""The right column of a discharge: the one amount that goes back or is collected, and how it comes about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pos_client.desk.tendered import still_open_fen
from pos_client.money import yuan_grouped
from pos_client.ui.kit.headings import Big
from pos_client.ui.kit.rows import Gap, Pair, Rule, State
from pos_client.ui.kit.sheet import Piece
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.means_foot import AS_IT_CAME, NAMES
from pos_client.ui.pages.sale_amounts import sums
from pos_client.ui.tokens import Role
from pos_client.ui.words import discharge as words
from pos_client.ui.words import frame, sale, say

if TYPE_CHECKING:
    from pos_client.desk.stay_view import EstimateView, LeftView


def before(view: "EstimateView", back: str, paid: Sequence[tuple[str, int, str]]) -> Sequence[Piece]:
    """As long as nothing is settled."""
    laid: list[Piece] = [
        Pair(say(sale.LAID_DOWN, means=say(NAMES[means])), yuan_grouped(-amount_fen)) for means, amount_fen, _ in paid
    ]
    return [
        _big(view, back, still_open_fen(view.due_fen, (amount_fen for _, amount_fen, _ in paid))),
        *_sums(view),
        *([Rule(folds=True)] if view.deposit_sums else []),
        *_deposit(view),
        *([Gap(), *laid] if laid else []),
    ]


def _sums(view: "EstimateView") -> list[Piece]:
    """Where room is short what stands in the centre too goes."""
    drawn = len(view.sums) - 2 if view.slices else 0
    return [
        Pair(row.label, yuan_grouped(row.amount_fen), bold=row.bold, folds=number < drawn or not row.amount_fen)
        for number, row in enumerate(view.sums)
    ]


def _deposit(view: "EstimateView") -> list[Piece]:
    """Where room is short the deposit alone: what is taken off it and what is left stand above in large."""
    return [
        Pair(row.label, yuan_grouped(row.amount_fen), bold=row.bold, folds=number > 0)
        for number, row in enumerate(view.deposit_sums)
    ]


def _big(view: "EstimateView", back: str, open_fen: int) -> Piece:
    unit, collect, give = say(frame.YUAN), say(frame.RECEIVE_MARK), say(frame.GIVE_BACK_MARK)
    if not (view.quoted or view.finishing):
        cash_fen = view.sums[-1].amount_fen
        return Big(say(words.ESTIMATED_CASH), yuan_grouped(cash_fen), unit, collect, role=Role.DIM)
    if view.back_fen:
        as_it_came = back == AS_IT_CAME
        label = say(words.GIVE_BACK_AS_IT_CAME) if as_it_came else say(words.GIVE_BACK, means=say(NAMES[back]))
        return Big(label, yuan_grouped(view.back_fen), unit, give, role=Role.ACCENT)
    if view.due_fen:
        return Big(say(words.COLLECT), yuan_grouped(open_fen), unit, collect)
    return Big(say(words.NOTHING_DUE), yuan_grouped(0), unit, collect, role=Role.DIM)


def after(left: "LeftView") -> Sequence[Piece]:
    """Once it is settled: what to hand out, and what was booked."""
    unit, give = say(frame.YUAN), say(frame.GIVE_BACK_MARK)
    if left.back_fen:
        one = left.back[0].label if len(left.back) == 1 else ""
        label = say(words.HAND_OUT, means=one) if one else say(words.HAND_OUT_ALL)
        big = Big(label, yuan_grouped(left.back_fen), unit, give, role=Role.ACCENT)
    elif left.change_fen:
        big = Big(say(words.CHANGE), yuan_grouped(left.change_fen), unit, give, role=Role.ACCENT)
    elif left.short_fen:
        big = Big(say(words.COLLECT), yuan_grouped(left.short_fen), unit, say(frame.RECEIVE_MARK), role=Role.WARN)
    else:
        big = Big(say(words.NOTHING_DUE), yuan_grouped(0), unit, say(frame.RECEIVE_MARK), role=Role.DIM)
    parts = sums(left.back) if len(left.back) > 1 else []
    return [big, *parts, *sums(left.sums), Rule(), State(Sign.DONE, say(words.SETTLED), left.settle_id)]


def said_after(left: "LeftView") -> tuple[Sign, str]:
    """The sentence once it is settled."""
    documents = say(words.DOCUMENTS_BACK, documents=left.documents) if left.documents else ""
    if left.short_fen:
        return Sign.LOOK, say(words.DONE_SHORT, amount=yuan_grouped(left.short_fen), documents=documents)
    if left.differences:
        return Sign.LOOK, " ".join(left.differences)
    if left.back_fen:
        return Sign.DONE, say(words.DONE_BACK, amount=yuan_grouped(left.back_fen), documents=documents)
    if left.change_fen:
        return Sign.DONE, say(words.DONE_CHANGE, amount=yuan_grouped(left.change_fen), documents=documents)
    return Sign.DONE, say(words.DONE, documents=documents)
