"""What the bureau said of a person, as the calculator reads it."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pos_client.benefit import ABSENT, Absent, Counters, Person
from pos_client.desk.identify import Identified

_SEXES: Mapping[str, Literal["M", "F"]] = {"M": "M", "F": "F"}


def counters_of(identified: Identified) -> Counters:
    """The year's counters, with the balance of the person's own account."""
    known = identified.counters
    return Counters(
        year=known.year,
        amounts_fen=known.amounts_fen,
        counts=known.counts,
        account_balance_fen=identified.person.account_balance_fen,
    )


def person_of(identified: Identified) -> Person:
    """The mapped facts; what is not mapped stays None (unknown), what is known to be none becomes ABSENT."""
    facts = identified.person.facts

    def text(name: str) -> str | None:
        value = facts.get(name)
        return value if isinstance(value, str) else None

    def day(name: str) -> date | None:
        value = facts.get(name)
        return value if isinstance(value, date) else None

    def day_if_any(name: str) -> date | Absent | None:
        return ABSENT if name in facts and facts[name] is None else day(name)

    def flag(name: str) -> bool | None:
        value = facts.get(name)
        return value if isinstance(value, bool) else None

    return Person(
        category=text("category"),
        sex=_SEXES.get(text("sex") or ""),
        birth=day("birth"),
        first_contribution=day("first_contribution"),
        first_unpaid_month=day_if_any("first_unpaid_month"),
        renewed_on=day_if_any("renewed_on"),
        arrears_paid=flag("arrears_paid"),
        flexible=flag("flexible"),
        civil_servant=flag("civil_servant"),
        maternity_insured=flag("maternity_insured"),
        chronic_approved=flag("chronic_approved"),
    )
