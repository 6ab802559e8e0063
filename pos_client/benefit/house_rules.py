"""The house rules of designated institutions, read from a policy such as ``practice`` into typed values.

What a window must ask, what an institution counts and what an audit watches. The same library, files and checks as
for the rules about money; what concerns one section alone is checked here, when the house rules are read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from pos_client.benefit.answers import Answers
from pos_client.benefit.audit_rules import AuditRules, compile_audit_rules
from pos_client.benefit.consent import ConsentRule, compile_consent
from pos_client.benefit.identity_check import IdentityRule, compile_identity
from pos_client.benefit.indicators import Indicator, compile_indicators
from pos_client.benefit.library import PolicyLibrary
from pos_client.benefit.policy_file import PolicyFile
from pos_client.benefit.prescriptions import (
    PrescriberRule,
    PrescriptionRule,
    compile_prescriber,
    compile_prescription,
)
from pos_client.benefit.result import PolicyRef
from pos_client.benefit.shapes import WRONG_VALUE, Fault
from pos_client.benefit.site_params import compile_site_params
from pos_client.benefit.thresholds import compile_threshold

SHIPPED_ID: Final = "practice"
_NOTHING_ENTERED: Final[Mapping[str, Decimal]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """The reports due every month (N2, N13): which kinds, and by which day; None while no day is known."""

    kinds: tuple[str, ...]
    due_day: int | None


@dataclass(frozen=True, slots=True)
class BillDisplay:
    """Whether the patient is given an itemised list, and whether prices are on display (N4)."""

    itemised_list: bool
    price_on_display: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseRules:
    """The house rules in force; None where the policy has no such section.

    ``card_network`` is where the card works (N34), ``chronic_stay_diseases`` how many chronic diseases have
    rules of admission of their own (N32).
    """

    ref: PolicyRef
    indicators: tuple[Indicator, ...]
    audit: AuditRules
    prescription: PrescriptionRule | None
    prescriber: PrescriberRule | None
    consent: ConsentRule | None
    identity: IdentityRule | None
    bill: BillDisplay | None
    monthly_report: MonthlyReport | None
    card_network: str | None
    chronic_stay_diseases: int | None


def house_rules(
    library: PolicyLibrary, on: date, name: str = SHIPPED_ID, site: Mapping[str, Decimal] = _NOTHING_ENTERED
) -> HouseRules:
    """The house rules of that name in force on a day; ``site`` are the values entered by hand.

    Raises:
        UnknownPolicy, NoVersionInForce: as for :meth:`PolicyLibrary.pick`.
        PolicyFileProblem: the file cannot be used, or one of these sections asks for what nobody can do.
    """
    policy = library.pick(name, on)
    entered = Answers({}, site, compile_site_params(policy.document))
    try:
        return _compiled(policy.ref, policy.document, entered)
    except Fault as fault:
        raise _written_in(library, policy.ref, str(fault.path[0])).problem(fault) from None


def _compiled(ref: PolicyRef, document: Mapping[str, Any], entered: Answers) -> HouseRules:
    return HouseRules(
        ref=ref,
        indicators=compile_indicators(document, entered),
        audit=compile_audit_rules(document, entered),
        prescription=compile_prescription(document),
        prescriber=compile_prescriber(document),
        consent=compile_consent(document),
        identity=compile_identity(document),
        bill=BillDisplay(**document["bill"]) if "bill" in document else None,
        monthly_report=_monthly_report(document, entered),
        card_network=document.get("card_network", {}).get("scope"),
        chronic_stay_diseases=document.get("chronic_stay", {}).get("diseases_count"),
    )


def _monthly_report(document: Mapping[str, Any], entered: Answers) -> MonthlyReport | None:
    section = document.get("monthly_report")
    if section is None:
        return None
    path = ("monthly_report", "due_day")
    number = compile_threshold(section["due_day"], path, entered).number
    if number is None:
        return MonthlyReport(tuple(section["kinds"]), None)
    if number not in range(1, 32):
        raise Fault(WRONG_VALUE, path, expected_zh="每月的日子（1 到 31）", expected_en="a day of the month, 1 to 31")
    return MonthlyReport(tuple(section["kinds"]), int(number))


def _written_in(library: PolicyLibrary, ref: PolicyRef, section: str) -> PolicyFile:
    """The file that a section comes from: the policy's own, or the last of its includes that has it."""
    return next(file for file in _files(library, ref) if section in file.document)


def _files(library: PolicyLibrary, ref: PolicyRef) -> Iterator[PolicyFile]:
    yield from (file for file in library.versions(ref.id) if file.sha256 == ref.sha256)
    for included in reversed(ref.includes):
        yield from _files(library, included)
