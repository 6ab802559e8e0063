"""A bill cut into parts: what each comes to, which share of it a fund pays, what the person bears.

The parts add up to the bill, to the funds' money and to the person's part; whatever the rules do, nothing is left over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pos_client.benefit import Split
from pos_client.sync.setlinfo import BureauFigures


class PartKind(StrEnum):
    """What sort of part it is."""

    DEDUCTIBLE = "deductible"
    SLICE = "slice"  # a piece of the year's expense of which a fund pays a percentage
    ITEM = "item"  # a share of one item
    SUPPLEMENT = "supplement"  # a fund pays part of what the others left: no expense of its own
    ABOVE_LIMITS = "above_limits"
    SHARED = "shared"  # eligible expense of which only the sum that funds pay is known
    NOT_COVERED = "not_covered"  # eligible expense that no fund takes part in
    FIRST_SHARE = "first_share"
    OWN_EXPENSE = "own_expense"


@dataclass(frozen=True, slots=True)
class Part:
    """One part in fen; ``percent`` None: none is applied. A slice has its fund and its two ends on the year's axis."""

    kind: PartKind
    amount_fen: int
    percent: Decimal | None
    fund_fen: int
    fund: str = ""
    from_fen: int = 0
    to_fen: int = 0

    @property
    def own_fen(self) -> int:
        """What the person bears of it; below zero where a supplement takes from the other parts."""
        return self.amount_fen - self.fund_fen


def parts_of(split: Split) -> tuple[Part, ...]:
    """A settled split in parts, in the order in which they are computed."""
    parts = [part for part in _eligible(split) if part.amount_fen or part.fund_fen]
    left_fen = split.eligible_fen - sum(part.amount_fen for part in parts)
    outside = (
        _own(PartKind.NOT_COVERED, left_fen),
        _own(PartKind.FIRST_SHARE, split.pre_self_pay_fen),
        _own(PartKind.OWN_EXPENSE, split.own_expense_fen),
    )
    return (*parts, *(part for part in outside if part.amount_fen))


def parts_of_figures(figures: BureauFigures) -> tuple[Part, ...]:
    """The bureau's figures in parts, where its slices are not known."""
    deductible_fen = min(figures.deductible_fen, figures.eligible_fen)
    rest_fen = figures.total_fen - figures.own_expense_fen - figures.pre_self_pay_fen - deductible_fen
    parts = (
        _own(PartKind.DEDUCTIBLE, deductible_fen),
        Part(PartKind.SHARED, rest_fen, None, figures.fund_total_fen),
        _own(PartKind.FIRST_SHARE, figures.pre_self_pay_fen),
        _own(PartKind.OWN_EXPENSE, figures.own_expense_fen),
    )
    return tuple(part for part in parts if part.amount_fen or part.fund_fen)


def _eligible(split: Split) -> Iterator[Part]:
    yield _own(PartKind.DEDUCTIBLE, split.deductible_fen)
    for piece in split.slices:
        amount_fen = piece.to_fen - piece.from_fen
        ends = (piece.layer, piece.from_fen, piece.to_fen)
        yield Part(PartKind.SLICE, amount_fen, piece.percent, piece.pays_fen, *ends)
    eligible_fen = {line.id: line.eligible_fen for line in split.remaining}
    for grant in split.grants:
        if grant.line_id is None:
            yield Part(PartKind.SUPPLEMENT, 0, grant.percent, grant.pays_fen, grant.fund)
        else:
            yield Part(PartKind.ITEM, eligible_fen[grant.line_id], grant.percent, grant.pays_fen, grant.fund)
    yield _own(PartKind.ABOVE_LIMITS, split.above_limits_fen)


def _own(kind: PartKind, amount_fen: int) -> Part:
    return Part(kind, amount_fen, None, 0)
