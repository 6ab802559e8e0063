"""Bills and splits as records: the JSON form of the vectors, with money as texts of two decimals.

A register flag that is absent from a record is false, one that is null is unknown. ``first_unpaid_month``,
``renewed_on``, ``contract`` and the approvals are none when absent or null. A renewal counts as one with the arrears
paid unless ``arrears_paid`` says otherwise. A line with a negative ``qty`` takes something back of the line whose id
it names in ``returns``.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal, cast

from pos_client.benefit.facts import (
    ABSENT,
    Absent,
    Approval,
    Bill,
    CatalogueClass,
    Contract,
    Counters,
    Event,
    Line,
    Person,
    Sex,
)
from pos_client.benefit.known_facts import CATALOGUE_CLASSES, LEVELS, LINE_KINDS, PLACES
from pos_client.benefit.record_reading import (
    EARLIEST,
    LATEST,
    MISSING,
    BadRecord,
    Fields,
    wrong,
)
from pos_client.benefit.result import PolicyRef, Split
from pos_client.benefit.returns import BadReturn, returned_lines
from pos_client.benefit.rounding import plain_decimal
from pos_client.money import LARGEST_FEN, yuan

# The types of casts are quoted: to build a union anew for each line takes longer than to read the field.
_APPROVAL_SUFFIX: Final = "_approval"
_PERSON_FIELDS: Final = frozenset(
    {
        "category",
        "birth",
        "sex",
        "first_contribution",
        "first_unpaid_month",
        "renewed_on",
        "arrears_paid",
        "insured_years",
        "flexible",
        "civil_servant",
        "maternity_insured",
        "chronic_approved",
        "contract",
    }
)
_EVENT_FIELDS: Final = frozenset(
    {
        "type",
        "date",
        "admit",
        "discharge",
        "level",
        "place",
        "institution",
        "treatment",
        "delivery",
        "family_planning_ok",
        "cause",
        "third_party_unpaid",
        "use_pa",
        "estimate",
        "deposit_paid",
        "lines",
    }
)
_LINE_FIELDS: Final = frozenset(
    {
        "id",
        "name",
        "kind",
        "cls",
        "unit_price",
        "qty",
        "limit_price",
        "pre_pct",
        "essential",
        "listed",
        "approval",
        "performed",
        "returns",
    }
)
_NOT_COUNTERS: Final = frozenset({"year", "pa_balance"})


def bill_of_record(record: Mapping[str, Any]) -> Bill:
    """The bill that a record describes.

    Raises:
        BadRecord: something in it is missing, unknown or wrong; the problem names the place.
    """
    fields = Fields(record, "")
    event = _event(fields.required("event"))
    person = _person(fields.required("person"))
    if person.birth is not None and event.first_day is not None and person.birth > event.first_day:
        wrong("person.birth", "不晚于就诊日的日期", "a date not later than the visit")
    return Bill(
        person=person,
        counters=_counters(fields.required("acc_before")),
        event=event,
        site=_site(fields.raw("site")),
    )


def _site(value: object) -> Mapping[str, Decimal]:
    if value is None:
        return {}
    site = Fields(value, "site")
    return {param: site.decimal(param) for param in site}


def _person(value: object) -> Person:
    fields = Fields(value, "person", _PERSON_FIELDS)
    return Person(
        category=fields.text("category"),
        birth=fields.day("birth"),
        sex=cast("Sex | None", fields.word("sex", "M", "F")),
        first_contribution=fields.day("first_contribution"),
        first_unpaid_month=fields.month("first_unpaid_month") or ABSENT,
        renewed_on=fields.day("renewed_on") or ABSENT,
        arrears_paid=fields.flag("arrears_paid", absent=True),
        insured_years=fields.whole_number("insured_years", 0, 99),
        flexible=fields.flag("flexible", absent=False),
        civil_servant=fields.flag("civil_servant", absent=False),
        maternity_insured=fields.flag("maternity_insured", absent=False),
        chronic_approved=fields.flag("chronic_approved", absent=False),
        contract=_contract(fields.raw("contract")),
    )


def _contract(value: object) -> Contract | Absent:
    if value is None:
        return ABSENT
    fields = Fields(value, "person.contract", frozenset({"institution", "from"}))
    institution, signed_on = fields.text("institution"), fields.day("from")
    if institution is None or signed_on is None:
        raise BadRecord(MISSING, fields.place("institution" if institution is None else "from"))
    return Contract(institution=institution, signed_on=signed_on)


def _counters(value: object) -> Counters:
    fields = Fields(value, "acc_before")
    year = fields.whole_number("year", EARLIEST.year, LATEST.year)
    if year is None:
        raise BadRecord(MISSING, fields.place("year"))
    amounts: dict[str, int] = {}
    counts: dict[str, int] = {}
    for name in fields:
        counter = fields.raw(name)
        if name in _NOT_COUNTERS or counter is None:
            continue
        if isinstance(counter, int) and not isinstance(counter, bool):
            counts[name] = fields.whole_number(name, 0, 9999) or 0
        else:
            amounts[name] = fields.fen(name) or 0
    return Counters(year=year, amounts_fen=amounts, counts=counts, account_balance_fen=fields.fen("pa_balance"))


def _event(value: object) -> Event:
    approvals = (
        {key for key in value if isinstance(key, str) and key.endswith(_APPROVAL_SUFFIX)}
        if isinstance(value, Mapping)
        else set()
    )
    fields = Fields(value, "event", _EVENT_FIELDS | approvals)
    visit, admit, discharge = _days(fields)
    event_type = fields.text("type")
    if event_type is None:
        raise BadRecord(MISSING, fields.place("type"))
    return Event(
        type=event_type,
        date=visit,
        admit=admit,
        discharge=discharge,
        level=fields.whole_number("level", min(LEVELS), max(LEVELS)),
        place=cast('Literal["local", "out"] | None', fields.word("place", *PLACES)),
        institution=fields.text("institution"),
        treatment=fields.text("treatment") or ABSENT,
        delivery=fields.word("delivery", "natural", "caesarean"),
        family_planning_ok=fields.flag("family_planning_ok", absent=False),
        cause=fields.text("cause") or ABSENT,
        third_party_unpaid=fields.flag("third_party_unpaid", absent=False),
        use_account=fields.flag("use_pa", absent=False) is True,
        approvals=_approvals(fields, approvals),
        estimate_fen=fields.fen("estimate"),
        deposit_paid_fen=fields.fen("deposit_paid"),
        lines=_lines(fields),
    )


def _days(fields: Fields) -> tuple[date | None, date | None, date | None]:
    """The day of the visit, or the days of admission and discharge; never both."""
    visit, admit, discharge = (fields.day(key) for key in ("date", "admit", "discharge"))
    if visit is None:
        if admit is None or discharge is None:
            missing = "date" if admit is discharge else "admit" if admit is None else "discharge"
            raise BadRecord(MISSING, fields.place(missing))
        if discharge < admit:
            wrong(fields.place("discharge"), "不早于入院日的日期", "a date not before admission")
    elif admit is not None or discharge is not None:
        wrong(fields.place("date"), "就诊日，住院则只写入院日和出院日", "a visit's day; a stay has admit and discharge")
    return visit, admit, discharge


def _approvals(fields: Fields, names: set[str]) -> Mapping[str, Approval]:
    given = {name: _approval(fields.raw(name), fields.place(name)) for name in names}
    return {name: approval for name, approval in given.items() if approval is not None}


def _approval(value: object, at: str) -> Approval | None:
    if value is None:
        return None
    fields = Fields(value, at, frozenset({"date", "emergency"}))
    day = fields.day("date")
    if day is None:
        raise BadRecord(MISSING, fields.place("date"))
    return Approval(date=day, emergency=fields.flag("emergency", absent=False) is True)


def _lines(fields: Fields) -> tuple[Line, ...]:
    value = fields.required("lines")
    if not isinstance(value, list) or not value:
        wrong(fields.place("lines"), "至少一行费用", "a list of at least one line")
    lines = tuple(_line(line, f"{fields.place('lines')}[{index}]", index) for index, line in enumerate(value))
    if len({line.id for line in lines}) < len(lines):
        wrong(fields.place("lines"), "编号各不相同的费用行", "lines whose ids differ")
    if sum(abs(line.amount_fen) for line in lines) > LARGEST_FEN:
        wrong(fields.place("lines"), "接口能传的金额之内", "no more than the interface can carry")
    try:
        returned_lines(lines)
    except BadReturn as bad:
        wrong(f"{fields.place('lines')}[{bad.index}].returns", bad.must_be.zh, bad.must_be.en)
    return lines


def _line(value: object, at: str, index: int) -> Line:
    fields = Fields(value, at, _LINE_FIELDS)
    returns = fields.text("returns")
    return Line(
        id=fields.text("id") or str(index + 1),
        name=fields.text("name") or "",
        kind=fields.word("kind", *LINE_KINDS),
        cls=cast("CatalogueClass | None", fields.word("cls", *CATALOGUE_CLASSES)),
        unit_price=fields.price("unit_price"),
        quantity=fields.quantity("qty", "returns") if returns is None else fields.returned_quantity("qty", "returns"),
        limit_price=None if fields.raw("limit_price") is None else fields.price("limit_price"),
        pre_self_pay_percent=fields.percentage("pre_pct"),
        essential=fields.flag("essential", absent=False),
        listed=fields.flag("listed", absent=False),
        approval=_approval(fields.raw("approval"), fields.place("approval")),
        performed=fields.day("performed"),
        returns=returns,
    )


def record_of_split(record_id: object, result: Split) -> dict[str, Any]:
    """The record of a split: the fields of the vectors' ``expected``, and beside them lines, details and policy."""
    record: dict[str, Any] = {
        "id": record_id,
        "status": result.status,
        "reasons": list(result.reasons),
        "details": list(result.details),
        "acc_after": record_of_counters(result.counters_after),
        "policy": _record_of_policy(result.policy),
    }
    if result.status == "hold":
        return record
    funds = {"pool": 0, "relief": 0, **result.fund_pay_fen}
    record |= {
        "entitlement": result.entitlement,
        "mode": result.mode,
        "total": yuan(result.total_fen),
        "own_expense": yuan(result.own_expense_fen),
        "pre_self_pay": yuan(result.pre_self_pay_fen),
        "eligible": yuan(result.eligible_fen),
        "deductible": yuan(result.deductible_fen),
        **{f"{fund}_pay": yuan(paid_fen) for fund, paid_fen in funds.items()},
        "fund_total": yuan(result.fund_total_fen),
        "patient_total": yuan(result.patient_total_fen),
        "pa_pay": yuan(result.account_pay_fen),
        "cash_pay": yuan(result.cash_pay_fen),
        "flat_benefit": yuan(result.flat_benefit_fen),
        "slices": [
            {
                "layer": piece.layer,
                "from": yuan(piece.from_fen),
                "to": yuan(piece.to_fen),
                "pct": str(plain_decimal(piece.percent)),
                "pays": yuan(piece.pays_fen),
            }
            for piece in result.slices
        ],
        "lines": [
            {
                "id": line.id,
                "amount": yuan(line.amount_fen),
                "own_expense": yuan(line.own_expense_fen),
                "over_limit": yuan(line.over_limit_fen),
                "pre_self_pay": yuan(line.pre_self_pay_fen),
                "eligible": yuan(line.eligible_fen),
                "reasons": list(line.reasons),
            }
            for line in result.lines
        ],
    }
    if result.deposit is not None:
        record |= {
            "deposit_required": yuan(result.deposit.required_fen),
            "deposit_refund": yuan(result.deposit.refund_fen),
            "deposit_collect": yuan(result.deposit.collect_fen),
        }
    return record


def record_of_counters(counters: Counters) -> dict[str, Any]:
    """The record of counters: ``year``, amounts as texts, counts as numbers, ``pa_balance`` where it is known."""
    record: dict[str, Any] = {"year": counters.year}
    record |= {name: yuan(fen) for name, fen in counters.amounts_fen.items()}
    record |= counters.counts
    if counters.account_balance_fen is not None:
        record["pa_balance"] = yuan(counters.account_balance_fen)
    return record


def _record_of_policy(ref: PolicyRef) -> dict[str, Any]:
    return {
        "id": ref.id,
        "valid_from": ref.valid_from.isoformat(),
        "revision": ref.revision,
        "sha256": ref.sha256,
        "includes": [_record_of_policy(included) for included in ref.includes],
    }
