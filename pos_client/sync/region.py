"""A region's dialect as data: transport, envelope constants, codes, facts mapping, what may be reversed.

Every key is known here; an unknown or missing one stops the program, because a misread region file would misread
people. Facts that a region does not map stay unknown: the calculator then holds, it never assumes.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast

from pos_client.config import Mode
from pos_client.errors import EnvironmentProblem, Refused
from pos_client.sync.words import NO_FAMILY_ACCOUNT, REGION_OF_OTHER_MODE, REGION_WRONG

FactValue = str | bool
_FACT_KEYS = {"from", "values", "type", "absent"}
#: The facts of a person that a region may map, and of which kind each is.
FACT_KINDS: Mapping[str, type] = {
    "category": str,
    "sex": str,
    "birth": date,
    "first_contribution": date,
    "first_unpaid_month": date,
    "renewed_on": date,
    "arrears_paid": bool,
    "flexible": bool,
    "civil_servant": bool,
    "maternity_insured": bool,
    "chronic_approved": bool,
}
#: Days of which it can be known that there is none: never unpaid, never renewed.
MAY_BE_NONE = frozenset({"first_unpaid_month", "renewed_on"})
#: In a table of values: the fact is known, and what it names does not exist.
KNOWN_TO_BE_NONE = "absent"


class AccountUse(StrEnum):
    """Which personal account pays: none, the person's own, or the family's (家庭共济; acct_used_flag)."""

    NO = "no"
    OWN = "own"
    FAMILY = "family"


#: How a region file names them; a region without ``family`` knows no family account.
_ACCOUNT_KEYS: Mapping[str, AccountUse] = {"no": AccountUse.NO, "yes": AccountUse.OWN, "family": AccountUse.FAMILY}


@dataclass(frozen=True, slots=True)
class Transport:
    """How messages travel, and how long anything is waited for."""

    path: str
    connect_timeout_ms: int
    query_timeout_ms: int
    booking_timeout_ms: int
    gateway_timeout_s: int
    numbers: Literal["number", "string"]


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where a fact about a person comes from: a field of 1101, read as a date or through a table of values."""

    node: str
    field: str
    is_date: bool
    values: Mapping[str, FactValue]
    absent_means_none: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """How one kind of visit is named in the region and in the policy."""

    med_type: str
    insurance_type: str
    event: str


@dataclass(frozen=True, slots=True)
class Queries:
    """Which questions of the search for a lost answer the region answers (protocol, 5.2 and 8).

    ``purchases``: 5201 lists pharmacy purchases. ``rows_without_settlement``: 5204 accepts an empty setl_id.
    ``open_stays``: 5303 is open.
    """

    purchases: bool
    rows_without_settlement: bool
    open_stays: bool


@dataclass(frozen=True, slots=True)
class Offline:
    """What may be done while the bureau cannot be reached.

    ``self_pay``: the person pays in full, everything else is nothing. ``provisional``: fund and account money may be
    given on the authority of ``document``, within four limits: fen per settlement, count and fen outstanding in all,
    days since the bureau last told about the person.
    """

    mode: Literal["self_pay", "provisional"]
    document: str = ""
    per_settlement_fen: int = 0
    count: int = 0
    total_fen: int = 0
    age_days: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """One region's dialect.

    ``reversal_not_found``, ``reversal_already_received`` and ``undo_not_found`` are parts of the bureau's refusals: of
    2601, that there is no such original; of any booking, that its message id came before (so the first delivery may
    have booked); of 2202, 2205, 2302, 2404 and 2405, that there is nothing left to undo.
    """

    id: str
    title: str
    simulated: bool
    edition: Literal["base", "hunan"]
    transport: Transport
    envelope: Mapping[str, str]
    reversible: frozenset[str]
    reversal_not_found: tuple[str, ...]
    reversal_already_received: tuple[str, ...]
    undo_not_found: tuple[str, ...]
    queries: Queries
    visits: Mapping[str, Visit]
    account_used: Mapping[AccountUse, str]
    settle_way: str
    insured_status_ok: frozenset[str]
    funds: Mapping[str, str]
    facts: Mapping[str, FactSource]
    counter_amounts: Mapping[str, str]
    counter_counts: Mapping[str, str]
    entitlement_fund: str
    offline: Offline

    def account_code(self, account: AccountUse) -> str:
        """What messages say of the account that pays.

        Raises:
            Refused: S-FAMILY, the region knows no family account.
        """
        if account not in self.account_used:
            raise Refused(NO_FAMILY_ACCOUNT, region=self.title)
        return self.account_used[account]


def load_region(region_id: str, own_folder: Path, mode: Mode) -> Region:
    """Reads a region file: the home's own one first, else the shipped one.

    Raises:
        EnvironmentProblem: E-REGION when it is missing or malformed; E-MODE when a training home asks for a real
            region or a real home for a simulated one.
    """
    own = own_folder / f"{region_id}.toml"
    shipped = resources.files(__package__) / "regions" / f"{region_id}.toml"
    source = own if own.exists() else shipped
    try:
        region = _region(tomllib.loads(source.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EnvironmentProblem(REGION_WRONG, file=f"{region_id}.toml", why=error) from error
    except _Malformed as error:
        raise EnvironmentProblem(REGION_WRONG, file=f"{region_id}.toml", why=error) from error
    if region.simulated != (mode == "training"):
        raise EnvironmentProblem(REGION_OF_OTHER_MODE, region=region.title)
    return region


class _Malformed(Exception):
    """The place in the region file and what is wrong there."""


class _Section:
    """One table of the file; every key must be taken, every taken key must be there and of its type."""

    def __init__(self, name: str, table: object) -> None:
        if not isinstance(table, dict):
            raise _Malformed(f"[{name}] is missing")
        self._name = name
        self._left: dict[str, Any] = dict(table)

    def take(self, key: str, kind: type) -> Any:
        value = self._left.pop(key, None)
        if type(value) is not kind:
            raise _Malformed(f"{self._name}.{key} is missing or no {kind.__name__}")
        return value

    def texts(self, key: str) -> dict[str, str]:
        value = self.take(key, dict)
        if not all(isinstance(one, str) for one in value.values()):
            raise _Malformed(f"{self._name}.{key} may hold only texts")
        return cast("dict[str, str]", value)

    def text_list(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them empty: an empty text would be found in every sentence of the bureau."""
        value = self.take(key, list)
        if not all(isinstance(one, str) and one.strip() for one in value):
            raise _Malformed(f"{self._name}.{key} may hold only texts, none empty")
        return tuple(value)

    def done(self) -> None:
        if self._left:
            raise _Malformed(f"{self._name} has unknown keys: {', '.join(sorted(self._left))}")


def _region(table: dict[str, Any]) -> Region:
    file = _Section("file", table)
    head = _Section("region", file.take("region", dict))
    edition = head.take("edition", str)
    if edition not in ("base", "hunan"):
        raise _Malformed(f"region.edition {edition!r} is neither base nor hunan")
    reversal = _Section("reversal", file.take("reversal", dict))
    undo = _Section("undo", file.take("undo", dict))
    codes = _Section("codes", file.take("codes", dict))
    counters = _Section("counters", file.take("counters", dict))
    entitlement = _Section("entitlement", file.take("entitlement", dict))
    region = Region(
        id=head.take("id", str),
        title=head.take("title", str),
        simulated=head.take("simulated", bool),
        edition=cast(Literal["base", "hunan"], edition),
        transport=_transport(_Section("transport", file.take("transport", dict))),
        envelope=file.texts("envelope"),
        reversible=frozenset(reversal.text_list("transactions")),
        reversal_not_found=reversal.text_list("not_found"),
        reversal_already_received=reversal.text_list("already_received"),
        undo_not_found=undo.text_list("not_found"),
        queries=_queries(_Section("queries", file.take("queries", dict))),
        visits={name: _visit(name, one) for name, one in file.take("visits", dict).items()},
        account_used=_account_used(codes.texts("account_used")),
        settle_way=codes.take("settle_way", str),
        insured_status_ok=frozenset(codes.text_list("insured_status_ok")),
        funds=file.texts("funds"),
        facts={name: _fact(name, one) for name, one in file.take("facts", dict).items()},
        counter_amounts=counters.texts("amounts"),
        counter_counts=counters.texts("counts"),
        entitlement_fund=entitlement.take("fund", str),
        offline=_offline(_Section("offline", file.take("offline", dict))),
    )
    for section in (file, head, reversal, undo, codes, counters, entitlement):
        section.done()
    return region


def _transport(section: _Section) -> Transport:
    if section.take("family", str) != "direct":
        raise _Malformed("transport.family: only direct is spoken so far")
    numbers = section.take("numbers", str)
    if numbers not in ("number", "string"):
        raise _Malformed("transport.numbers is neither number nor string")
    transport = Transport(
        path=section.take("path", str),
        connect_timeout_ms=section.take("connect_timeout_ms", int),
        query_timeout_ms=section.take("query_timeout_ms", int),
        booking_timeout_ms=section.take("booking_timeout_ms", int),
        gateway_timeout_s=section.take("gateway_timeout_s", int),
        numbers=cast(Literal["number", "string"], numbers),
    )
    section.done()
    return transport


def _queries(section: _Section) -> Queries:
    queries = Queries(*(section.take(key, bool) for key in ("purchases", "rows_without_settlement", "open_stays")))
    section.done()
    return queries


def _offline(section: _Section) -> Offline:
    mode = section.take("mode", str)
    if mode not in ("self_pay", "provisional"):
        raise _Malformed("offline.mode is neither self_pay nor provisional")
    offline = Offline("self_pay")
    if mode == "provisional":
        document = section.take("document", str)
        limits = [section.take(key, int) for key in ("per_settlement_fen", "count", "total_fen", "age_days")]
        if not document.strip() or min(limits) <= 0:
            raise _Malformed("offline: provisional wants the document that authorises it and four limits above zero")
        offline = Offline("provisional", document, *limits)
    section.done()
    return offline


def _account_used(codes: dict[str, str]) -> dict[AccountUse, str]:
    if not {"yes", "no"} <= set(codes) <= set(_ACCOUNT_KEYS):
        raise _Malformed("codes.account_used wants yes and no, and family where there is a family account")
    return {use: codes[key] for key, use in _ACCOUNT_KEYS.items() if key in codes}


def _visit(name: str, table: object) -> Visit:
    section = _Section(f"visits.{name}", table)
    visit = Visit(*(section.take(key, str) for key in ("med_type", "insurance_type", "event")))
    section.done()
    return visit


def _fact(name: str, table: object) -> FactSource:
    if not isinstance(table, dict) or not set(table) <= _FACT_KEYS:
        raise _Malformed(f"facts.{name} may hold only {', '.join(sorted(_FACT_KEYS))}")
    node, dot, field = str(table.get("from", "")).partition(".")
    if not dot or ("values" in table) == (table.get("type") == "date"):
        raise _Malformed(f'facts.{name} wants from = "node.field" and either values or type = "date"')
    _check_kind(name, table)
    return FactSource(
        node=node,
        field=field,
        is_date="values" not in table,
        values=table.get("values", {}),
        absent_means_none=table.get("absent") == "none",
    )


def _check_kind(name: str, table: Mapping[str, Any]) -> None:
    if name not in FACT_KINDS:
        raise _Malformed(f"facts.{name}: the calculator knows no such fact")
    kind = FACT_KINDS[name]
    values = list(table.get("values", {}).values())
    says_none = "absent" in table or KNOWN_TO_BE_NONE in values
    if says_none and name not in MAY_BE_NONE:
        raise _Malformed(f"facts.{name} cannot be known to be none")
    if "values" not in table and kind is not date:
        raise _Malformed(f"facts.{name} is no date")
    for value in values:
        if type(value) is not kind and value != KNOWN_TO_BE_NONE:
            raise _Malformed(f"facts.{name}: {value!r} is no {kind.__name__}")
