"""Indicators of an institution's own bills: shares and means, with a warning where the policy has a figure.

``[[indicator]]``; rules N1, N3, N17, F18, A-46. Sums are whole fen, bills and days; a result is an exact fraction and
is rounded only to be shown. Tallies can be made bill by bill, kept by day or desk, and added up later.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal, NamedTuple

from pos_client.benefit.answers import Answers
from pos_client.benefit.conditions import Condition, Unknown, Verdict, compile_condition
from pos_client.benefit.policy_checks import stays_out_of_use
from pos_client.benefit.settled_bills import SettledBill
from pos_client.benefit.shapes import MISSING_KEY, UNKNOWN_KEY, Fault, Path, list_of, one_of, text
from pos_client.benefit.thresholds import Threshold, compile_threshold

INDICATOR_TWICE = stays_out_of_use("HOUSE-02", "指标 {name} 写了两次。", "the indicator {name} is written twice.")

Unit = Literal["percent", "yuan"]
#: The values that a row of results stands for, in the order of ``group_by``; None where a bill does not say.
Group = tuple[str | None, ...]
_Figure = Callable[[SettledBill], int | None]

BY_DRUG_GROUP: Final = "total_by_group"
NUMERATORS: Final[Mapping[str, _Figure]] = {
    "total": lambda bill: bill.total_fen,
    "own_expense": lambda bill: bill.own_expense_fen,
    "patient_total": lambda bill: bill.patient_total_fen,
    "total_drugs": lambda bill: bill.drugs_fen,
}
DENOMINATORS: Final[Mapping[str, _Figure]] = {
    "total": lambda bill: bill.total_fen,
    "count": lambda _: 1,
    "bed_days": lambda bill: bill.bed_days,
}
GROUPINGS: Final = ("institution", "month", "diagnosis", "event", "entitlement", "category", "level", "place")

# Why a result cannot be computed.
NO_BILLS: Final = "NO_BILLS"
NOTHING_TO_DIVIDE_BY: Final = "NOTHING_TO_DIVIDE_BY"
SOMETHING_UNKNOWN: Final = "SOMETHING_UNKNOWN"
DRUG_GROUPS_UNSET: Final = "DRUG_GROUPS_UNSET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator: what is added up, by what it is divided (None: a plain sum), over which bills, row by row.

    ``drug_groups`` belongs to the share of named groups of drugs only; None there means that no source names them.
    ``warn_above`` is in the unit of the result: 20 is 20 %, or 20 yuan.
    """

    id: str
    numerator: str
    denominator: str | None
    where: Condition
    leave_out: tuple[Condition, ...]
    group_by: tuple[str, ...]
    drug_groups: tuple[str, ...] | None
    warn_above: Threshold

    @property
    def unit(self) -> Unit:
        """Money by money is a percentage; money alone, for a bill or for a day is yuan."""
        return "percent" if self.denominator == "total" else "yuan"

    @property
    def can_be_computed(self) -> bool:
        """False where the policy leaves open what is to be counted."""
        return self.numerator != BY_DRUG_GROUP or self.drug_groups is not None


class Tally(NamedTuple):
    """What was added up for one row: fen above the line, fen, bills or days below it, and how many bills.

    ``unknown`` names what was missing on which bill; such a bill is in no sum, so there is no result until it is known.
    """

    numerator_fen: int = 0
    denominator: int = 0
    bills: int = 0
    unknown: frozenset[tuple[str, str]] = frozenset()

    def plus(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(
            self.numerator_fen + other.numerator_fen,
            self.denominator + other.denominator,
            self.bills + other.bills,
            self.unknown | other.unknown,
        )


Tallies = Mapping[Group, Tally]


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator for one row: the result, or why there is none, and whether it is above the line."""

    indicator: Indicator
    group: Group
    tally: Tally

    @property
    def not_computable(self) -> str:
        """The code of why there is no result; empty if there is one."""
        if not self.indicator.can_be_computed:
            return DRUG_GROUPS_UNSET
        if self.tally.unknown:
            return SOMETHING_UNKNOWN
        if not self.tally.bills:
            return NO_BILLS
        return "" if self.tally.denominator or self.indicator.denominator is None else NOTHING_TO_DIVIDE_BY

    @property
    def exact(self) -> Fraction | None:
        """The exact result in percent or yuan; None if it cannot be computed."""
        if self.not_computable:
            return None
        if self.indicator.denominator is None:
            return Fraction(self.tally.numerator_fen, 100)
        per_one = Fraction(self.tally.numerator_fen, self.tally.denominator)
        return per_one * 100 if self.indicator.unit == "percent" else per_one / 100

    @property
    def shown(self) -> Decimal | None:
        """The result for people: two decimals, half up. 39131.50 / 666 is 58.76 (N17)."""
        exact = self.exact
        if exact is None:
            return None
        hundredths = (200 * exact.numerator + exact.denominator) // (2 * exact.denominator)
        return Decimal(hundredths).scaleb(-2)

    @property
    def alarm(self) -> bool:
        """Whether the exact result is above the figure to warn by; up to and including it is within (以内)."""
        exact, limit = self.exact, self.indicator.warn_above.number
        return exact is not None and limit is not None and exact > Fraction(limit)


def tally(indicator: Indicator, bills: Iterable[SettledBill]) -> Tallies:
    """Adds up the bills row by row; a bill that the indicator leaves out is in no row."""
    rows: dict[Group, Tally] = {}
    if indicator.can_be_computed:
        for bill in bills:
            for group, counted in _counted(indicator, bill):
                rows[group] = rows.get(group, Tally()).plus(counted)
    return rows


def together(parts: Iterable[Tallies]) -> Tallies:
    """The tallies of one indicator over several streams of bills that have no bill in common."""
    rows: dict[Group, Tally] = {}
    for part in parts:
        for group, counted in part.items():
            rows[group] = rows.get(group, Tally()).plus(counted)
    return rows


def readings(indicator: Indicator, rows: Tallies) -> tuple[Reading, ...]:
    """The results in the order of their rows; with no row at all, one that says that nothing can be computed."""
    if not rows:
        return (Reading(indicator, (), Tally()),)
    return tuple(Reading(indicator, group, rows[group]) for group in sorted(rows, key=_in_order))


def measure(indicator: Indicator, bills: Iterable[SettledBill]) -> tuple[Reading, ...]:
    """The results of one indicator over these bills."""
    return readings(indicator, tally(indicator, bills))


def _in_order(group: Group) -> tuple[tuple[bool, str], ...]:
    return tuple((value is None, value or "") for value in group)


def _counted(indicator: Indicator, bill: SettledBill) -> Iterator[tuple[Group, Tally]]:
    """What one bill adds to which rows."""
    verdict = _counts(indicator, bill)
    if verdict is False:
        return
    group = tuple(_grouping(bill, name) for name in indicator.group_by)
    if isinstance(verdict, Unknown):
        yield group, _lacks(verdict.fact, bill)
    elif indicator.numerator == BY_DRUG_GROUP:
        for name in indicator.drug_groups or ():
            by_group = bill.drug_groups_fen
            part = None if by_group is None else by_group.get(name, 0)
            yield (*group, name), _sums(indicator, bill, part)
    else:
        yield group, _sums(indicator, bill, NUMERATORS[indicator.numerator](bill))


def _counts(indicator: Indicator, bill: SettledBill) -> Verdict:
    """Whether the bill counts, or the fact without which nobody can tell."""
    wanted = indicator.where.verdict(bill.look)
    refused = [condition.verdict(bill.look) for condition in indicator.leave_out]
    if wanted is False or True in refused:
        return False
    return next((verdict for verdict in (wanted, *refused) if isinstance(verdict, Unknown)), True)


def _grouping(bill: SettledBill, name: str) -> str | None:
    value = bill.look(name)
    return None if value is None else str(value)


def _sums(indicator: Indicator, bill: SettledBill, numerator_fen: int | None) -> Tally:
    denominator = 0 if indicator.denominator is None else DENOMINATORS[indicator.denominator](bill)
    if numerator_fen is None:
        return _lacks(indicator.numerator, bill)
    if denominator is None:
        return _lacks(str(indicator.denominator), bill)
    return Tally(numerator_fen, denominator, 1)


def _lacks(what: str, bill: SettledBill) -> Tally:
    return Tally(unknown=frozenset({(what, bill.id)}))


def compile_indicators(document: Mapping[str, Any], entered: Answers) -> tuple[Indicator, ...]:
    """The indicators written in a policy file that has passed its checks.

    Raises:
        Fault: a word that no indicator knows, a unit that is not the result's, or an id that is there twice.
    """
    found: dict[str, Indicator] = {}
    for index, table in enumerate(document.get("indicator", ())):
        path: Path = ("indicator", index)
        indicator = _compile(table, path, entered)
        if indicator.id in found:
            raise Fault(INDICATOR_TWICE, (*path, "id"), name=indicator.id)
        found[indicator.id] = indicator
    return tuple(found.values())


def _compile(table: Mapping[str, Any], path: Path, entered: Answers) -> Indicator:
    one_of(*NUMERATORS, BY_DRUG_GROUP)(table["numerator"], (*path, "numerator"))
    if "denominator" in table:
        one_of(*DENOMINATORS)(table["denominator"], (*path, "denominator"))
    list_of(one_of(*GROUPINGS))(table["group_by"], (*path, "group_by"))
    indicator = Indicator(
        id=table["id"],
        numerator=table["numerator"],
        denominator=table.get("denominator"),
        where=compile_condition(table.get("where")),
        leave_out=tuple(compile_condition(condition) for condition in table.get("leave_out", ())),
        group_by=tuple(table["group_by"]),
        drug_groups=_drug_groups(table, path),
        warn_above=compile_threshold(table["warn_above"], (*path, "warn_above"), entered),
    )
    if "unit" in table:
        one_of(indicator.unit)(table["unit"], (*path, "unit"))
    return indicator


def _drug_groups(table: Mapping[str, Any], path: Path) -> tuple[str, ...] | None:
    """The groups of drugs, in one text with commas between them; None while the policy leaves them unset."""
    here = (*path, "groups")
    if table["numerator"] != BY_DRUG_GROUP:
        if "groups" in table:
            raise Fault(UNKNOWN_KEY, here)
        return None
    if "groups" not in table:
        raise Fault(MISSING_KEY, here)
    text(table["groups"], here)
    if table["groups"] == "unset":
        return None
    return tuple(dict.fromkeys(name.strip() for name in table["groups"].split(",")))
