"""Causes that no fund pays for, and when it advances the money after all (``[[exclusion]]``; rules N12, A-33, A-46)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pos_client.benefit.answers import Answers
from pos_client.benefit.conditions import Condition, Unknown, compile_condition, facts_of
from pos_client.benefit.facts import ABSENT, Absent
from pos_client.benefit.reasons import FACT_UNKNOWN, Held, needed


class _Exclusion(NamedTuple):
    unless: Condition | None
    then_reason: str


class CauseVerdict(NamedTuple):
    """Whether the bill is outside the fund, or why it is inside although its cause is on the list."""

    excluded: bool
    reason: str


_INSIDE = CauseVerdict(excluded=False, reason="")
_OUTSIDE = CauseVerdict(excluded=True, reason="")


class Exclusions:
    """The excluded causes of one policy."""

    __slots__ = ("_by_cause",)

    def __init__(self, by_cause: Mapping[str, _Exclusion]) -> None:
        self._by_cause = dict(by_cause)

    def facts(self) -> frozenset[str]:
        """The names of the facts that an exception hangs on."""
        return facts_of(exclusion.unless for exclusion in self._by_cause.values() if exclusion.unless)

    def params(self) -> frozenset[str]:
        """None: a cause hangs on no value entered by hand."""
        return frozenset()

    def verdicts(self, answers: Answers) -> Mapping[str, CauseVerdict | Held]:
        """What each cause means for such a bill; a hold where that cannot be known."""
        return {cause: _verdict(exclusion, answers) for cause, exclusion in self._by_cause.items()}


def cause_verdict(verdicts: Mapping[str, CauseVerdict | Held], cause: str | Absent | None) -> CauseVerdict:
    """What the declared cause means for the bill.

    Raises:
        Held: the cause, or a fact that its exception hangs on, is unknown or not on the policy's list.
    """
    if cause is ABSENT or not verdicts:
        return _INSIDE
    if cause is None or cause not in verdicts:
        raise Held(FACT_UNKNOWN, "cause")
    return needed(verdicts[cause])


def _verdict(exclusion: _Exclusion, answers: Answers) -> CauseVerdict | Held:
    if exclusion.unless is None:
        return _OUTSIDE
    verdict = exclusion.unless.verdict(answers.look)
    if isinstance(verdict, Unknown):
        return Held(FACT_UNKNOWN, verdict.fact)
    return CauseVerdict(excluded=False, reason=exclusion.then_reason) if verdict else _OUTSIDE


def compile_exclusions(document: Mapping[str, Any]) -> Exclusions:
    """The excluded causes written in a policy file that has passed its checks."""
    by_cause = {
        table["cause"]: _Exclusion(
            compile_condition(table["unless"]) if "unless" in table else None, table.get("then_reason", "")
        )
        for table in document.get("exclusion", ())
    }
    return Exclusions(by_cause)
