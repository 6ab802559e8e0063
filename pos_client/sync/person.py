"""Who the card belongs to, as the bureau knows it: 1101, 2001 and 5206, and what of it the calculator may use.

What was shown is only the question; the person is what the bureau answers. A fact that the region does not map, or a
value that its table does not hold, stays out of :attr:`InsuredPerson.facts` and is thereby unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pos_client.errors import Refused
from pos_client.money import decimal_of, fen_of_yuan
from pos_client.runtime import business_date, shanghai
from pos_client.sync.bureau import Bureau
from pos_client.sync.envelope import Request, UnreadableError, node, rows_of, wire_time
from pos_client.sync.fields import is_required
from pos_client.sync.region import KNOWN_TO_BE_NONE, FactSource, Region, Visit
from pos_client.sync.words import NO_INSURANCE

_VOUCHER, _ID_CARD, _CARD = "01", "02", "03"  # mdtrt_cert_type: 医保电子凭证, 居民身份证, 社会保障卡
_ID_DOCUMENT = "01"  # psn_cert_type: 居民身份证
#: mdtrt_cert_no is C50.
LONGEST_VOUCHER = 50

FactValue = str | bool | date | None


class CredentialKind(StrEnum):
    """How a person was identified."""

    CARD = "card"
    ID_NUMBER = "id_number"
    VOUCHER = "voucher"


@dataclass(frozen=True, slots=True)
class Credential:
    """What the person was identified by, as every later message of the visit carries it.

    Card number and identification code are empty but for a card. Whoever showed an electronic voucher goes on by his
    identity number: the voucher's token is a secret that no stored message may hold, and it expires, while the number
    remains usable (protocol, 1.7 and 5.9).
    """

    card_number: str = field(repr=False)
    identification_code: str = field(repr=False)
    id_number: str = field(repr=False)
    name: str = field(repr=False)
    kind: CredentialKind = CredentialKind.CARD


@dataclass(frozen=True, slots=True)
class Voucher:
    """The one-time token of an electronic voucher (医保电子凭证): asked once in 1101, never stored, never logged."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class InsuredPerson:
    """The bureau's answer to 1101, for the scheme that the visit needs."""

    person_no: str
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    id_type: str
    sex: str
    born_on: date | None = field(repr=False)
    person_type: str
    insurance_type: str
    place_of_insurance: str
    account_balance_fen: int
    facts: Mapping[str, FactValue] = field(repr=False)

    def age_on(self, day: date) -> int | None:
        """Completed years of age on a day, or None when the bureau did not say when the person was born."""
        if self.born_on is None:
            return None
        had_birthday = (day.month, day.day) >= (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - (not had_birthday)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The bureau's answer to 2001 for one fund: may it pay, from which day, and why not."""

    fund: str
    entitled: bool
    first_covered_day: str
    reason: str


@dataclass(frozen=True, slots=True)
class YearlyCounters:
    """The bureau's answer to 5206 in the policy's names; amounts in fen."""

    year: int
    amounts_fen: Mapping[str, int]
    counts: Mapping[str, int]


def credential_fields(credential: Credential) -> dict[str, object]:
    """The credential of the visit; the card's identification code is demanded with a card (protocol, 1.7 and 3.3)."""
    if credential.kind is CredentialKind.CARD:
        return _certificate(_CARD, credential.card_number, credential.identification_code)
    return _certificate(_ID_CARD, credential.id_number)


def _certificate(kind: str, number: str, card_code: str = "") -> dict[str, object]:
    return {"mdtrt_cert_type": kind, "mdtrt_cert_no": number, "card_sn": card_code}


def papers_demanded(region: Region) -> bool:
    """Whether 1101 wants document and name beside any credential, as in Hunan."""
    return is_required(region, "1101", "data", "psn_name")


def fetch_person(bureau: Bureau, shown: Credential | Voucher, visit: Visit) -> InsuredPerson:
    """Asks who that is (1101).

    Raises:
        Refused: R-1101, by the bureau or because no valid insurance fits the visit.
        EnvironmentProblem: N-DOWN, N-ANSWER.
    """
    answer = bureau.query(Request("1101", {"data": _question(shown)}))

    def read(output: Mapping[str, Any]) -> InsuredPerson | None:
        return _person(bureau.region, visit, node(output, "baseinfo"), rows_of(output, "insuinfo"))

    person = bureau.readable(answer, "1101", read)
    if person is None:
        raise Refused(NO_INSURANCE, scheme=visit.insurance_type)
    return person


def _question(shown: Credential | Voucher) -> dict[str, object]:
    if isinstance(shown, Voucher):
        return _certificate(_VOUCHER, shown.token)
    papers = {"psn_cert_type": _ID_DOCUMENT, "certno": shown.id_number, "psn_name": shown.name}
    return credential_fields(shown) | papers


def _person(
    region: Region, visit: Visit, base: Mapping[str, Any], insurances: list[Mapping[str, Any]]
) -> InsuredPerson | None:
    """The insurance that fits the visit, in force before paused; never blindly the first row (protocol, 5.10)."""
    fitting = [row for row in insurances if str(row["insutype"]) == visit.insurance_type]
    fitting.sort(key=lambda row: str(row.get("psn_insu_stas") or "") not in region.insured_status_ok)
    if not fitting:
        return None
    insurance = fitting[0]
    nodes = {"baseinfo": base, "insuinfo": insurance}
    facts = {name: value for name, source in region.facts.items() for value in _fact(source, nodes)}
    return InsuredPerson(
        person_no=str(base["psn_no"]),
        name=str(base["psn_name"]),
        id_number=str(base["certno"]),
        id_type=str(base["psn_cert_type"]),
        sex=str(base["gend"]),
        born_on=date.fromisoformat(str(base["brdy"])) if base.get("brdy") else None,
        person_type=str(insurance["psn_type"]),
        insurance_type=visit.insurance_type,
        place_of_insurance=str(insurance["insuplc_admdvs"]),
        account_balance_fen=fen_of_yuan(insurance["balc"]),
        facts=facts,
    )


def _fact(source: FactSource, nodes: Mapping[str, Mapping[str, Any]]) -> list[FactValue]:
    """The fact's value, or nothing when it is unknown."""
    found = nodes.get(source.node, {}).get(source.field)
    if found in (None, ""):
        return [None] if source.absent_means_none else []
    if source.is_date:
        return [date.fromisoformat(str(found)[:10])]
    if str(found) not in source.values:
        return []
    value = source.values[str(found)]
    return [None if value == KNOWN_TO_BE_NONE else value]


def fetch_entitlements(bureau: Bureau, person: InsuredPerson, visit: Visit) -> tuple[Entitlement, ...]:
    """Asks what the person is entitled to now (2001)."""
    asked = {
        "psn_no": person.person_no,
        "insutype": person.insurance_type,
        "fixmedins_code": bureau.institution_code,
        "med_type": visit.med_type,
        "begntime": wire_time(bureau.now),
    }
    answer = bureau.query(Request("2001", {"data": asked}, person.place_of_insurance))

    def read(output: Mapping[str, Any]) -> tuple[Entitlement, ...]:
        return tuple(
            Entitlement(
                fund=str(row["fund_pay_type"]),
                entitled=str(row["trt_enjymnt_flag"]) == "1",
                first_covered_day=str(row.get("begndate") or ""),
                reason=str(row.get("trt_chk_rslt") or ""),
            )
            for row in rows_of(output, "trtinfo")
        )

    return bureau.readable(answer, "2001", read)


def fetch_counters(bureau: Bureau, person: InsuredPerson) -> YearlyCounters:
    """Asks for the year's accumulations (5206); kinds that the region file does not name are left out."""
    answer = bureau.query(Request("5206", {"data": {"psn_no": person.person_no}}, person.place_of_insurance))
    year = shanghai(bureau.now).year

    def read(output: Mapping[str, Any]) -> YearlyCounters:
        amounts: dict[str, int] = {}
        counts: dict[str, int] = {}
        for row in rows_of(output, "cuminfo"):
            if str(row["insutype"]) != person.insurance_type or int(row["year"]) != year:
                continue
            kind, value = str(row["cum_type_code"]), decimal_of(row["cum"])
            if kind in bureau.region.counter_amounts:
                amounts[bureau.region.counter_amounts[kind]] = fen_of_yuan(value)
            elif kind in bureau.region.counter_counts:
                counts[bureau.region.counter_counts[kind]] = _whole(value)
        return YearlyCounters(year, amounts, counts)

    return bureau.readable(answer, "5206", read)


def _whole(value: Decimal) -> int:
    if value != value.to_integral_value():
        raise UnreadableError(f"a count of {value}")
    return int(value)


def visit_day(bureau: Bureau) -> date:
    """The business day on which a visit that begins now takes place."""
    return business_date(bureau.now)
