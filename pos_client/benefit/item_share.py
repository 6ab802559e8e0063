"""A percentage of single items, such as special examinations and treatments (kind ``item_share``; rules Y25, A-43)."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pos_client.benefit.answers import Answers
from pos_client.benefit.conditions import Condition, LineTest, Unknown, compile_condition, facts_of
from pos_client.benefit.counter_view import CounterView
from pos_client.benefit.facts import Event, Line
from pos_client.benefit.reasons import FACT_UNKNOWN, NO_RULE_SHARE, Held
from pos_client.benefit.result import BillLines, Grant, Payment, PlainLine
from pos_client.benefit.rounding import Percent, share_fen
from pos_client.benefit.values import Value, compile_value


class _ShareRule(NamedTuple):
    when: Condition
    approval: str | None
    fund: str
    before_first_share: bool
    pay: Value
    paid_counter: str


class _Share(NamedTuple):
    test: LineTest
    rule: _ShareRule
    pay: Percent

    def base_fen(self, line: PlainLine) -> int:
        """What the percentage is taken of: the item after its price overrun, before or after the first share."""
        _, _, _, _, first_share_fen, eligible_fen, _ = line
        return eligible_fen + (first_share_fen if self.rule.before_first_share else 0)


class ShareTable(NamedTuple):
    """The shares that items of such a bill can get."""

    shares: tuple[_Share, ...]

    def pay(self, event: Event, lines: BillLines, counters: CounterView) -> Payment:
        """The grants for the items of the bill; each item gets the first share that it fits.

        Raises:
            Held: a fact that matters is unknown.
        """
        unapproved = {(missing.line_id, missing.approval_id) for missing in lines.unapproved}
        grants: list[Grant] = []
        paid: dict[str, int] = {}
        counted: dict[str, int] = {}
        for line, done in zip(event.remaining, lines.lines, strict=True):
            share = _first_fitting(self.shares, line)
            if share is None or (line.id, share.rule.approval) in unapproved:
                continue
            base = share.base_fen(done)
            if base == 0:
                continue
            pays = share_fen(base, share.pay)
            rule = share.rule
            grants.append(Grant(rule.fund, line.id, base, share.pay.value, pays))
            paid[rule.fund] = paid.get(rule.fund, 0) + pays
            counted[rule.paid_counter] = counted.get(rule.paid_counter, 0) + pays
        left = lines.eligible_fen - sum(paid.values())
        return Payment(copay_fen=max(left, 0), fund_pay_fen=paid, grants=tuple(grants), counted_fen=counted)


class ItemShares:
    """The shares of single items that one benefit pays."""

    __slots__ = ("_rules",)

    def __init__(self, rules: Sequence[_ShareRule]) -> None:
        self._rules = tuple(rules)

    def facts(self) -> frozenset[str]:
        """The names of the facts that the percentages hang on."""
        return facts_of(rule.when for rule in self._rules).union(*(rule.pay.facts() for rule in self._rules))

    def params(self) -> frozenset[str]:
        """The names of the values entered by hand that the percentages use."""
        return frozenset[str]().union(*(rule.pay.params() for rule in self._rules))

    def table(self, answers: Answers) -> ShareTable:
        """The shares with everything about the bill already answered.

        Raises:
            Held: a percentage is missing.
        """
        tests = ((rule, rule.when.for_lines(answers.look)) for rule in self._rules)
        return ShareTable(
            tuple(_Share(test, rule, rule.pay.percent(answers)) for rule, test in tests if test is not None)
        )


def _first_fitting(shares: Sequence[_Share], line: Line) -> _Share | None:
    for share in shares:
        verdict = share.test.verdict(line)
        if isinstance(verdict, Unknown):
            raise Held(FACT_UNKNOWN, f"{verdict.fact}: {line.id}")
        if verdict:
            return share
    return None


def compile_item_shares(table: Mapping[str, Any]) -> ItemShares:
    """The shares written in a policy file that has passed its checks."""
    return ItemShares(
        [
            _ShareRule(
                when=compile_condition(share.get("when")),
                approval=share.get("approval"),
                fund=share["fund"],
                before_first_share=share["base"] == "in_limit",
                pay=compile_value(share["pay"], NO_RULE_SHARE),
                paid_counter=share["paid_counter"],
            )
            for share in table["share"]
        ],
    )
