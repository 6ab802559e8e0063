"""The benefits of a policy: which event has which, of what kind, and where it is settled (``[[benefit]]``)."""

from collections.abc import Mapping
from typing import Any, Protocol

from pos_client.benefit.account import account_use
from pos_client.benefit.answers import Answers, Rule
from pos_client.benefit.conditions import Unknown, compile_condition
from pos_client.benefit.counter_view import CounterView
from pos_client.benefit.facts import Event
from pos_client.benefit.flat_benefit import compile_flat
from pos_client.benefit.item_share import compile_item_shares
from pos_client.benefit.layered_rules import compile_layered
from pos_client.benefit.reasons import FACT_UNKNOWN, NO_RULE_PLACE_OF_SETTLEMENT, Held
from pos_client.benefit.result import BillLines, Mode, Payment
from pos_client.benefit.values import compile_value


class PayTable(Protocol):
    """The figures of a benefit for one combination of facts."""

    def pay(self, event: Event, lines: BillLines, counters: CounterView) -> Payment:
        """What the funds pay of this bill.

        Raises:
            Held: a fact or counter that matters is unknown.
        """


class Kind(Rule, Protocol):
    """One of the four kinds of benefit."""

    def table(self, answers: Answers) -> PayTable:
        """Its figures for such a bill.

        Raises:
            Held: a figure is missing, or a fact that it hangs on is unknown.
        """


class AccountOnly:
    """Ordinary outpatient and pharmacy: no fund takes part, the account or the patient pays (rules Y18)."""

    __slots__ = ()

    def facts(self) -> frozenset[str]:
        """None: there is no figure."""
        return frozenset()

    def params(self) -> frozenset[str]:
        """None: there is no figure."""
        return frozenset()

    def table(self, answers: Answers) -> "AccountOnly":
        """Itself: there is no figure."""
        return self

    def pay(self, event: Event, lines: BillLines, counters: CounterView) -> Payment:
        """Everything eligible is left to the account and the patient."""
        return Payment(0, 0, lines.eligible_fen)


class Benefit:
    """One compiled benefit.

    ``outside_bill`` says that the benefit is a fixed sum to the person and the bill itself own expense.
    """

    __slots__ = (
        "_requires",
        "_settle_at",
        "account",
        "id",
        "kind",
        "otherwise",
        "otherwise_reason",
        "outside_bill",
    )

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.id: str = table["id"]
        self.account = account_use(table["account_pays"])
        self.kind = _compile_kind(table)
        self.otherwise: str = table.get("otherwise", "")
        self.otherwise_reason: str = table.get("otherwise_reason", "")
        self.outside_bill: bool = table["kind"] == "flat"
        self._requires = compile_condition(table.get("requires"))
        self._settle_at = compile_value(table["settle_at"], NO_RULE_PLACE_OF_SETTLEMENT)

    def facts(self) -> frozenset[str]:
        """The names of the facts that its terms hang on."""
        return self._requires.facts() | self._settle_at.facts()

    def params(self) -> frozenset[str]:
        """The names of the values entered by hand that its terms use."""
        return self._settle_at.params()

    def applies(self, answers: Answers) -> bool:
        """Whether the person fulfils what the benefit requires; if not, ``otherwise`` takes its place.

        Raises:
            Held: a fact that it requires is unknown.
        """
        applies = self._requires.verdict(answers.look)
        if isinstance(applies, Unknown):
            raise Held(FACT_UNKNOWN, applies.fact)
        return applies

    def mode(self, answers: Answers) -> Mode:
        """Whether the bill is settled at the window or at the bureau.

        Raises:
            Held: the policy does not say, or a fact that it hangs on is unknown.
        """
        return "bureau" if self._settle_at.word(answers) == "bureau" else "pos"


def _compile_kind(table: Mapping[str, Any]) -> Kind:
    match table["kind"]:
        case "layered":
            return compile_layered(table)
        case "item_share":
            return compile_item_shares(table)
        case "flat":
            return compile_flat(table)
        case _:
            return AccountOnly()


def filled_in(table: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """The benefit with everything that it takes over from the one it is ``like``; its own keys win."""
    if "like" not in table:
        return table
    return {**filled_in(by_id[table["like"]], by_id), **table}


def compile_benefits(document: Mapping[str, Any]) -> Mapping[str, Benefit]:
    """The benefits by id, written in a policy file that has passed its checks."""
    tables = {table["id"]: table for table in document.get("benefit", ())}
    return {name: Benefit(filled_in(table, tables)) for name, table in tables.items()}


def benefits_by_event(document: Mapping[str, Any], benefits: Mapping[str, Benefit]) -> Mapping[str, Benefit]:
    """The benefit of each event type."""
    return {event: benefits[table["id"]] for table in document.get("benefit", ()) for event in table["events"]}


def chain(benefit: Benefit, benefits: Mapping[str, Benefit]) -> list[Benefit]:
    """The benefit and those that take its place where it does not apply, in their order."""
    found = [benefit]
    while found[-1].otherwise:
        found.append(benefits[found[-1].otherwise])
    return found
