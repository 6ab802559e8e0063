"""Tables of a run: as text for people, as data for --json."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from benchmarks.rounds import Contestant, measure
from benchmarks.spread import ratio, spread

Cell = str | int | float
_NS_PER: Final = {"µs": 1_000, "ms": 1_000_000}


class Table(NamedTuple):
    """Rows under named columns; the first row is the reference of ratios."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]

    def as_data(self) -> dict[str, object]:
        """The table for JSON: a list of objects, one a row."""
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return {"title": self.title, "rows": rows}

    def as_markdown(self) -> str:
        """The table as it stands in the README."""
        aligned = [":--", *("--:" for _ in self.columns[1:])]
        lines = [self.columns, aligned, *([_shown(cell) for cell in row] for row in self.rows)]
        return f"**{self.title}**\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def timed(title: str, contestants: Sequence[Contestant], rounds: int, unit: str = "µs") -> Table:
    """Times the contestants in interleaved rounds; ``time ÷ first`` above 1 means slower than the first row."""
    samples = measure(contestants, rounds)
    rows: list[tuple[Cell, ...]] = []
    for contestant, mine in zip(contestants, samples, strict=True):
        middle = spread([sample / _NS_PER[unit] for sample in mine])
        per_second = 1_000_000_000 / (middle.median * _NS_PER[unit])
        rows.append((contestant.name, *middle, round(per_second), ratio(mine, samples[0])))
    columns = ("contestant", f"median {unit}", "lower quartile", "upper quartile", "per second", "time ÷ first")
    return Table(f"{title} ({rounds} rounds)", columns, rows)


def _shown(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int):
        return f"{cell:,}"
    return f"{cell:.3g}" if abs(cell) < 100 else f"{cell:,.0f}"
