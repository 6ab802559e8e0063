"""The lines of a bill: own expense, part above the price limit, first share, eligible (``[items]``)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, Final, NamedTuple

from pos_client.benefit.answers import Answers
from pos_client.benefit.approvals import ApprovalRule, ItemApproval, item_approvals
from pos_client.benefit.conditions import Condition, LineTest, Unknown, compile_condition, facts_of
from pos_client.benefit.facts import Event, Line
from pos_client.benefit.reasons import (
    FACT_UNKNOWN,
    LINE_CLASS_C,
    LINE_FIRST_SHARE,
    LINE_OUT_OF_SCOPE,
    LINE_OVER_LIMIT,
    NO_RULE_CLASS_B,
    Held,
)
from pos_client.benefit.result import BillLines, PlainLine, Unapproved
from pos_client.benefit.return_rows import rows_with_returns
from pos_client.benefit.rounding import Percent, percent, share_fen
from pos_client.benefit.values import Value, compile_value

_CLASS_C: Final = (LINE_CLASS_C,)
_OUT_OF_SCOPE: Final = (LINE_OUT_OF_SCOPE,)
_OVER_LIMIT: Final = (LINE_OVER_LIMIT,)
_FIRST_SHARE: Final = (LINE_FIRST_SHARE,)


class FirstShare(NamedTuple):
    """One row of the first shares: a percentage, the catalogue row's own (None), or a hold."""

    test: LineTest
    part: Percent | Held | None


_OF_CATALOGUE: Final = FirstShare(LineTest((), None), None)


class ItemTable(NamedTuple):
    """The rules about lines with everything about the bill already answered.

    ``share_of_catalogue``: the first row of the first shares takes every item, and leaves it to the catalogue.
    """

    scope: tuple[LineTest, ...] | None
    first_shares: tuple[FirstShare, ...]
    share_of_catalogue: bool
    approvals: tuple[ItemApproval, ...]


def _in_scope(scope: Iterable[LineTest], line: Line) -> bool:
    unknown: str | None = None
    for test in scope:
        verdict = test.verdict(line)
        if verdict is True:
            return True
        if isinstance(verdict, Unknown):
            unknown = unknown or verdict.fact
    if unknown is not None:
        raise Held(FACT_UNKNOWN, f"{unknown}: {line.id}")
    return False


def first_share(rows: Iterable[FirstShare], line: Line) -> Percent:
    """The first share of a class-B item.

    Raises:
        Held: there is no figure for it, or a fact that matters is unknown.
    """
    for test, part in rows:
        verdict = test.verdict(line)
        if isinstance(verdict, Unknown):
            raise Held(FACT_UNKNOWN, f"{verdict.fact}: {line.id}")
        if not verdict:
            continue
        if isinstance(part, Held):
            raise Held(part.reason, part.detail or line.id)
        if part is not None:
            return part
        if line.first_share is not None:
            return line.first_share
        break
    raise Held(NO_RULE_CLASS_B, line.id)


def _split(table: ItemTable, bill_lines: Iterable[Line]) -> BillLines:
    """Whole lines outside first, then the price overrun, then the first share of what is within the limit."""
    scope, of_catalogue = table.scope, table.share_of_catalogue
    lines: list[PlainLine] = []
    total = own = first_shares = eligible = 0
    for line in bill_lines:
        charged, line_class = line.amount_fen, line.cls
        total += charged
        if line_class is None:
            raise Held(FACT_UNKNOWN, f"cls: {line.id}")
        if line_class == "C" or (scope is not None and not _in_scope(scope, line)):
            outside = _CLASS_C if line_class == "C" else _OUT_OF_SCOPE
            own += charged
            lines.append((line.id, charged, charged, 0, 0, 0, outside))
            continue
        over = line.over_limit_fen
        reasons: tuple[str, ...] = _OVER_LIMIT if over else ()
        within = charged - over
        first = 0
        if line_class == "B":
            # Most policies leave every first share to the catalogue; then there are no rows to be tried.
            part = line.first_share if of_catalogue else None
            first = share_fen(within, part or first_share(table.first_shares, line))
            if first:
                reasons += _FIRST_SHARE
                first_shares += first
        own += over
        eligible += within - first
        lines.append((line.id, charged, 0, over, first, within - first, reasons))
    return BillLines(lines, (total, own, first_shares, eligible))


def _split_line(table: ItemTable, line: Line) -> PlainLine:
    return _split(table, (line,)).lines[0]


def _whole_line(line: Line, reason: str) -> PlainLine:
    return line.id, line.amount_fen, line.amount_fen, 0, 0, 0, (reason,)


def _missing_approval(table: ItemTable, line: Line, event: Event) -> ApprovalRule | None:
    for approval in table.approvals:
        if approval.lacks(line, event):
            return approval.rule
    return None


class Items:
    """The rules about the lines of one policy."""

    __slots__ = ("_approvals", "_first_shares", "_scope")

    def __init__(
        self,
        scope: tuple[Condition, ...] | None,
        first_shares: tuple[tuple[Condition, Value], ...],
        approvals: tuple[ApprovalRule, ...],
    ) -> None:
        self._scope = scope
        self._first_shares = first_shares
        self._approvals = approvals

    def facts(self) -> frozenset[str]:
        """The names of the facts that the rules about lines look at."""
        conditions = [*(self._scope or ()), *(when for when, _ in self._first_shares)]
        conditions += (rule.when for rule in self._approvals)
        return facts_of(conditions).union(*(value.facts() for _, value in self._first_shares))

    def params(self) -> frozenset[str]:
        """The names of the values entered by hand that first shares use."""
        return frozenset[str]().union(*(value.params() for _, value in self._first_shares))

    def table(self, answers: Answers) -> ItemTable:
        """The rules about the lines of such a bill."""
        shares = _shares(self._first_shares, answers)
        return ItemTable(
            None if self._scope is None else _tests(self._scope, answers),
            shares,
            bool(shares) and shares[0] == _OF_CATALOGUE,
            item_approvals(self._approvals, answers.look),
        )


def split_lines(table: ItemTable, event: Event) -> BillLines:
    """The lines of the bill, each into its parts.

    Raises:
        Held: a figure for a class-B item is missing, or a fact that matters is unknown.
    """
    if table.approvals:
        return _split_with_approvals(table, event)
    done = _split(table, event.remaining)
    if event.returned:
        done.rows = rows_with_returns(event, done.lines, partial(_split_line, table))
    return done


def _split_with_approvals(table: ItemTable, event: Event) -> BillLines:
    def split_part(line: Line) -> PlainLine:
        return _split_or_refused(table, line, _missing_approval(table, line, event))

    lines: list[PlainLine] = []
    unapproved: list[Unapproved] = []
    for line in event.remaining:
        rule = _missing_approval(table, line, event)
        done = _split_or_refused(table, line, rule)
        if rule is not None:
            unapproved.append(Unapproved(rule.id, rule.reason, rule.missing == "hold", line.id, done[5]))
        lines.append(done)
    rows = rows_with_returns(event, lines, split_part) if event.returned else None
    return BillLines(lines, unapproved=unapproved, rows=rows)


def _split_or_refused(table: ItemTable, line: Line, missing: ApprovalRule | None) -> PlainLine:
    if missing is not None and missing.missing == "own_expense":
        return _whole_line(line, missing.reason)
    return _split_line(table, line)


def own_expense_lines(event: Event, reason: str) -> BillLines:
    """The lines of a bill that is own expense as a whole: no figure is looked up, nothing can hold it (A-46)."""
    lines = [_whole_line(line, reason) for line in event.remaining]
    rows = rows_with_returns(event, lines, lambda line: _whole_line(line, reason)) if event.returned else None
    return BillLines(lines, rows=rows)


def _tests(conditions: tuple[Condition, ...], answers: Answers) -> tuple[LineTest, ...]:
    tests = (condition.for_lines(answers.look) for condition in conditions)
    return tuple(test for test in tests if test is not None)


def _shares(rows: tuple[tuple[Condition, Value], ...], answers: Answers) -> tuple[FirstShare, ...]:
    shares = []
    for when, value in rows:
        test = when.for_lines(answers.look)
        if test is not None:
            shares.append(FirstShare(test, _share_or_hold(value, answers)))
    return tuple(shares)


def _share_or_hold(value: Value, answers: Answers) -> Percent | Held | None:
    # A bill without a class-B item never looks at this figure, so a missing one must wait until a line asks for it.
    try:
        figure = value.figure(answers)
    except Held as held:
        return held
    return percent(figure) if isinstance(figure, Decimal) else None


def compile_items(document: Mapping[str, Any], approvals: tuple[ApprovalRule, ...]) -> Items:
    """The rules about lines written in a policy file that has passed its checks."""
    table = document.get("items", {})
    scope = table.get("scope")
    return Items(
        None if scope is None else tuple(compile_condition(condition) for condition in scope),
        tuple(
            (compile_condition(row.get("when")), compile_value(row["pre_self_pay"], NO_RULE_CLASS_B))
            for row in table.get("class_b", ())
        ),
        tuple(rule for rule in approvals if rule.of_item),
    )
