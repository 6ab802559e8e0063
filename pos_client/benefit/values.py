"""Values of a policy, compiled once: a figure, "unset", a value entered by hand, or rows of which the first counts."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from pos_client.benefit.answers import Answers
from pos_client.benefit.conditions import ALWAYS, Condition, Unknown, compile_condition, facts_of
from pos_client.benefit.reasons import FACT_UNKNOWN, SITE_PARAM_OUT_OF_BOUNDS, Held
from pos_client.benefit.rounding import Percent, percent


class FromSite(NamedTuple):
    """The figure is the one entered by hand under this name."""

    param: str


class _Unset(NamedTuple):
    """The source gives no figure."""


UNSET: Final = _Unset()
Figure = Decimal | str | FromSite | _Unset


class Row(NamedTuple):
    """One row of a value; a value without conditions is one row that always holds."""

    when: Condition
    value: "Figure | Value"


class Value(NamedTuple):
    """A compiled value: its rows, and the reason code when none of them gives a figure."""

    rows: tuple[Row, ...]
    missing: str

    def facts(self) -> frozenset[str]:
        """The names of the facts its rows look at."""
        nested = (row.value.facts() for row in self.rows if isinstance(row.value, Value))
        return facts_of(row.when for row in self.rows).union(*nested)

    def params(self) -> frozenset[str]:
        """The names of the values entered by hand that it uses."""
        own = frozenset(row.value.param for row in self.rows if isinstance(row.value, FromSite))
        return own.union(*(row.value.params() for row in self.rows if isinstance(row.value, Value)))

    def figure(self, answers: Answers) -> Decimal | str:
        """The figure for one bill.

        Raises:
            Held: no row matches, the figure is unset or not entered, or a fact that matters is unknown.
        """
        for when, value in self.rows:
            verdict = when.verdict(answers.look)
            if isinstance(verdict, Unknown):
                raise Held(FACT_UNKNOWN, verdict.fact)
            if verdict:
                return self._resolved(value, answers)
        raise Held(self.missing)

    def _resolved(self, value: "Figure | Value", answers: Answers) -> Decimal | str:
        if isinstance(value, Value):
            return value.figure(answers)
        if isinstance(value, FromSite):
            return answers.entered(value.param)
        if isinstance(value, _Unset):
            raise Held(self.missing)
        return value

    def percent(self, answers: Answers) -> Percent:
        """The figure as a percentage."""
        return percent(self._number(answers))

    def fen(self, answers: Answers) -> int:
        """The figure as an amount of money.

        Raises:
            Held: as for :meth:`figure`; also when a value entered by hand has a fraction of a fen.
        """
        amount = self._number(answers) * 100
        if amount != amount.to_integral_value():
            raise Held(SITE_PARAM_OUT_OF_BOUNDS, ", ".join(sorted(self.params())))
        return int(amount)

    def word(self, answers: Answers) -> str:
        """The figure as a word."""
        return str(self.figure(answers))

    def _number(self, answers: Answers) -> Decimal:
        figure = self.figure(answers)
        assert isinstance(figure, Decimal)
        return figure


def _compiled_figure(written: object, missing: str) -> "Figure | Value":
    if isinstance(written, list):
        return compile_value(written, missing)
    if isinstance(written, Mapping):
        return FromSite(written["site"])
    if isinstance(written, str):
        return UNSET if written == "unset" else written
    return Decimal(str(written))


def compile_value(written: object, missing: str) -> Value:
    """The value as written in a policy file that has passed its checks; ``missing`` is its reason code for a hold."""
    if isinstance(written, list):
        rows = (Row(compile_condition(row.get("when")), _compiled_figure(row["value"], missing)) for row in written)
        return Value(tuple(rows), missing)
    return Value((Row(ALWAYS, _compiled_figure(written, missing)),), missing)
