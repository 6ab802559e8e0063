"""How many of many random stays come out wrong by a fen or more, against exact fractions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from benchmarks import oracle
from benchmarks.bills import random_stays
from benchmarks.contestants import bare_decimal, by_hand_decimal, by_hand_fen, openfisca, ours
from benchmarks.contestants.stay import Figures, OnHold
from benchmarks.table import Table
from pos_client.benefit import PolicyLibrary

Record = Mapping[str, Any]
#: What pool and relief pay.
Funds = tuple[int, int]

EVERYTHING: Final = "all figures, slices, lines, counters, holds"


class _Segments(NamedTuple):
    """An entitled stay, for contestants who know segments only: what they are handed and what is right."""

    record: Record
    right: Figures

    @property
    def retired(self) -> bool:
        return bool(self.record["person"]["category"] == "retired")

    @property
    def axis_fen(self) -> int:
        return self.right.axis_after_fen - self.right.eligible_fen

    @property
    def funds(self) -> Funds:
        return self.right.pool_fen, self.right.relief_fen


def answer(compute: Callable[[Record], Figures], record: Record) -> Figures | str:
    """The figures, or the code of the reason for which the bill is held."""
    try:
        return compute(record)
    except OnHold as held:
        return str(held)


def table(seed: int, count: int) -> Table:
    """Wrong results of each contestant; a wrong hold counts as well."""
    records = random_stays(seed, count)
    right = [answer(oracle.split, record) for record in records]
    stays = [
        _Segments(record, figures)
        for record, figures in zip(records, right, strict=True)
        if isinstance(figures, Figures) and figures.state == "ok"
    ]
    library = PolicyLibrary.shipped()
    whole: dict[str, Callable[[Record], Figures]] = {
        "ours": lambda record: ours.figures(ours.split_record(library, record)),
        "by hand, Decimal": lambda record: by_hand_decimal.figures(by_hand_decimal.split_record(record)),
        "by hand, integer fen": lambda record: by_hand_fen.figures(by_hand_fen.split_record(record)),
    }
    parts: dict[str, Iterable[Funds]] = {
        "bare Decimal": map(_bare, stays),
        "exact, but rounded once a fund": map(_rounded_once, stays),
        "OpenFisca, segments only": _openfisca(stays),
    }
    rows: list[tuple[str | int | float, ...]] = []
    for name, compute in whole.items():
        wrong = sum(answer(compute, record) != truth for record, truth in zip(records, right, strict=True))
        rows.append((name, EVERYTHING, len(records), wrong))
    for name, funds in parts.items():
        wrong = sum(mine != stay.funds for mine, stay in zip(funds, stays, strict=True))
        rows.append((name, "pool and relief of entitled stays", len(stays), wrong))
    return Table(f"Fen-wrong results, seed {seed}", ("contestant", "compared", "bills", "wrong"), rows)


def _bare(stay: _Segments) -> Funds:
    axis, deductible = (Decimal(fen).scaleb(-2) for fen in (stay.axis_fen, stay.right.deductible_fen))
    shares = bare_decimal.split(stay.retired, axis, deductible, by_hand_decimal.items_of_record(stay.record))
    return int(shares.pool.scaleb(2)), int(shares.relief.scaleb(2))


def _rounded_once(stay: _Segments) -> Funds:
    """What is due to a reading of the rounding rule alone: the slices of a fund added up, then rounded."""
    start, end = stay.axis_fen + stay.right.deductible_fen, stay.axis_fen + stay.right.eligible_fen
    opens, hundredths = 0, {"pool": 0, "relief": 0}
    for fund, closes, percent in by_hand_fen.RETIRED if stay.retired else by_hand_fen.ACTIVE:
        hundredths[fund] += max(min(end, closes) - max(start, opens), 0) * percent
        opens = closes
    return (hundredths["pool"] + 50) // 100, (hundredths["relief"] + 50) // 100


def _openfisca(stays: Sequence[_Segments]) -> Iterable[Funds]:
    cases = [
        openfisca.Case(
            stay.retired, stay.axis_fen / 100, stay.right.eligible_fen / 100, stay.right.deductible_fen / 100
        )
        for stay in stays
    ]
    pool, relief = openfisca.pays(openfisca.system(), cases)
    return zip(openfisca.fen(pool), openfisca.fen(relief), strict=True)
