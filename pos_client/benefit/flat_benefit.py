"""A fixed sum to the person, outside the bill (kind ``flat``): the birth grant (rules Y26, Y27, A-20)."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pos_client.benefit.answers import Answers
from pos_client.benefit.conditions import Condition, Unknown, compile_condition, facts_of
from pos_client.benefit.counter_view import CounterView
from pos_client.benefit.facts import Event
from pos_client.benefit.reasons import FACT_UNKNOWN, NO_RULE_AMOUNT, Held
from pos_client.benefit.result import BillLines, Payment
from pos_client.benefit.values import Value, compile_value


class _Refusal(NamedTuple):
    condition: Condition
    refuses_when: bool
    reason: str


class FlatTable(NamedTuple):
    """The grant for such a person, or the first reason why there is none."""

    payment: Payment

    def pay(self, event: Event, lines: BillLines, counters: CounterView) -> Payment:
        """The grant, whatever the bill: it is paid to the person outside of it."""
        return self.payment


class FlatBenefit:
    """The fixed sum of one benefit and the reasons, in their order, for which it is refused."""

    __slots__ = ("_amount", "_refusals")

    def __init__(self, amount: Value, refusals: Sequence[_Refusal]) -> None:
        self._amount = amount
        self._refusals = tuple(refusals)

    def facts(self) -> frozenset[str]:
        """The names of the facts that the grant hangs on."""
        return facts_of(refusal.condition for refusal in self._refusals) | self._amount.facts()

    def params(self) -> frozenset[str]:
        """The names of the values entered by hand that the amount uses."""
        return self._amount.params()

    def table(self, answers: Answers) -> FlatTable:
        """The grant with everything about the person already answered.

        Raises:
            Held: the figure is missing or a fact that matters is unknown.
        """
        for condition, refuses_when, reason in self._refusals:
            verdict = condition.verdict(answers.look)
            if isinstance(verdict, Unknown):
                raise Held(FACT_UNKNOWN, verdict.fact)
            if verdict is refuses_when:
                return FlatTable(Payment(reasons=((reason, ""),)))
        return FlatTable(Payment(flat_benefit_fen=self._amount.fen(answers)))


def compile_flat(table: Mapping[str, Any]) -> FlatBenefit:
    """The fixed sum written in a policy file that has passed its checks."""
    refusals = [
        _Refusal(compile_condition(row.get("when", row.get("unless"))), "when" in row, row["reason"])
        for row in table.get("refuse", ())
    ]
    return FlatBenefit(compile_value(table["amount"], NO_RULE_AMOUNT), refusals)
