"""The audit rules of a policy (``[[audit_rule]]``): signs of cashing out, and causes that want a proof (F16, N15).

A rule has either ``signs`` with a ``threshold``, or diagnoses with what to ``ask`` for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from pos_client.benefit.answers import Answers
from pos_client.benefit.audit_bills import AuditBill, Finding
from pos_client.benefit.audit_signs import (
    Detector,
    Sign,
    bought_again,
    emptied_at_once,
    many_cards,
    paid_without_record,
)
from pos_client.benefit.policy_checks import stays_out_of_use
from pos_client.benefit.shapes import MISSING_KEY, UNKNOWN_KEY, WRONG_VALUE, Fault, Path
from pos_client.benefit.thresholds import compile_threshold
from pos_client.phrase import Phrase

ONE_SIGN_A_THRESHOLD = stays_out_of_use(
    "HOUSE-03",
    "threshold 只能配一个迹象，各迹象的单位不同。请把每个迹象写成一条规则。",
    "a threshold goes with one sign, because signs have different units; write one rule for each sign.",
)
CARDS_NEED_MINUTES = stays_out_of_use(
    "HOUSE-04",
    "按卡数设了 threshold，迹象里必须写明几分钟，如 many cards at one window in 10 minutes。",
    "with a threshold of cards the sign must say how many minutes, as in: many cards at one window in 10 minutes.",
)

WITHOUT_RECORD: Final = "account paid, no medical record"
AGAIN_WITHIN_DAYS: Final = "repeat purchase of one drug within days"
MANY_AT_A_WINDOW: Final = "many cards at one window in minutes"
EMPTIED_IN_ONE: Final = "account emptied in one visit"
_MINUTES: Final = re.compile(r"(?<= in )([1-9]\d{0,3}) (?=minutes$)")
_DETECTORS: Final[Mapping[str, Detector]] = {
    WITHOUT_RECORD: paid_without_record,
    AGAIN_WITHIN_DAYS: bought_again,
    MANY_AT_A_WINDOW: many_cards,
    EMPTIED_IN_ONE: emptied_at_once,
}

PROOF_MISSING: Final = Phrase(
    "账单 {bills}：诊断为{diagnosis}，没有留存{ask}。请向病人补要；确属这些原因的不由医保支付。",
    "Bill {bills}: the diagnosis is {diagnosis}, and no {ask} is on file. Ask the patient for it; what comes from such"
    " a cause is not paid by the insurance.",
)
PROOF_UNKNOWN: Final = Phrase(
    "账单 {bills}：诊断为{diagnosis}，不知道有没有{ask}。请查看存档。",
    "Bill {bills}: the diagnosis is {diagnosis}, and it is not known whether there is {ask}. Look into the file.",
)
#: Words of the shipped policy as people say them; others are told as they are written.
SAID: Final[Mapping[str, Phrase]] = {
    "fracture": Phrase("骨折", "fracture"),
    "trauma": Phrase("外伤", "trauma"),
    "proof that it is no work injury, traffic accident or fight": Phrase(
        "能排除工伤、交通事故和打架的证明", "proof that it is no work injury, traffic accident or fight"
    ),
}


class SuspiciousCause(NamedTuple):
    """Diagnoses that may come from an excluded cause, and the proof to ask for (N15)."""

    rule: str
    diagnoses: tuple[str, ...]
    ask: str

    def met_by(self, bill: AuditBill) -> str | None:
        """The first diagnosis of the bill that begins with one of the words or codes, whatever their case."""
        begins = tuple(word.casefold() for word in self.diagnoses)
        return next((diagnosis for diagnosis in bill.diagnoses if diagnosis.casefold().startswith(begins)), None)


class AuditRules(NamedTuple):
    """The audit rules of one policy, in its order."""

    signs: tuple[Sign, ...] = ()
    causes: tuple[SuspiciousCause, ...] = ()


def audit(rules: AuditRules, bills: Iterable[AuditBill]) -> tuple[Finding, ...]:
    """Everything that the rules find in these bills, rule by rule; the order of the bills does not matter."""
    in_order = sorted(bills, key=lambda bill: (bill.settled_at, bill.id))
    findings: list[Finding] = []
    for sign in rules.signs:
        findings += _DETECTORS[_without_minutes(sign.text)](sign, in_order)
    for cause in rules.causes:
        findings += _suspicious(cause, in_order)
    return tuple(findings)


def _suspicious(cause: SuspiciousCause, bills: Iterable[AuditBill]) -> Iterator[Finding]:
    for bill in bills:
        diagnosis = cause.met_by(bill)
        if diagnosis is None or bill.cause_proved:
            continue
        known = bill.cause_proved is False
        yield Finding(
            rule=cause.rule,
            sign=cause.ask,
            severity="alarm" if known else "look",
            bills=(bill.id,),
            figures={},
            phrase=PROOF_MISSING if known else PROOF_UNKNOWN,
            names={"diagnosis": SAID.get(diagnosis, diagnosis), "ask": SAID.get(cause.ask, cause.ask)},
        )


def compile_audit_rules(document: Mapping[str, Any], entered: Answers) -> AuditRules:
    """The audit rules written in a policy file that has passed its checks.

    Raises:
        Fault: a rule is neither of the two kinds, or names a sign or threshold that cannot be looked for.
    """
    signs: list[Sign] = []
    causes: list[SuspiciousCause] = []
    for index, table in enumerate(document.get("audit_rule", ())):
        path: Path = ("audit_rule", index)
        if "signs" in table:
            _must_have(table, path, needed=("threshold",), other=("diagnosis", "ask"))
            signs += _signs(table, path, entered)
        else:
            _must_have(table, path, needed=("diagnosis", "ask"), other=("threshold",))
            causes.append(SuspiciousCause(table["id"], tuple(table["diagnosis"]), table["ask"]))
    return AuditRules(tuple(signs), tuple(causes))


def _must_have(table: Mapping[str, Any], path: Path, *, needed: Iterable[str], other: Iterable[str]) -> None:
    for key in needed:
        if key not in table:
            raise Fault(MISSING_KEY, (*path, key))
    for key in other:
        if key in table:
            raise Fault(UNKNOWN_KEY, (*path, key))


def _signs(table: Mapping[str, Any], path: Path, entered: Answers) -> Iterator[Sign]:
    threshold = compile_threshold(table["threshold"], (*path, "threshold"), entered)
    is_set = table["threshold"] != "unset"
    if is_set and len(table["signs"]) != 1:
        raise Fault(ONE_SIGN_A_THRESHOLD, (*path, "threshold"))
    for index, text in enumerate(table["signs"]):
        here = (*path, "signs", index)
        plain = _without_minutes(text)
        minutes = _MINUTES.search(text)
        if plain not in _DETECTORS or (minutes and plain != MANY_AT_A_WINDOW):
            choice = "; ".join(_DETECTORS)
            raise Fault(WRONG_VALUE, here, expected_zh=f"下列之一：{choice}", expected_en=f"one of: {choice}")
        if is_set and plain == MANY_AT_A_WINDOW and minutes is None:
            raise Fault(CARDS_NEED_MINUTES, here)
        yield Sign(table["id"], text, threshold, int(minutes.group(1)) if minutes else None)


def _without_minutes(text: str) -> str:
    return _MINUTES.sub("", text)
