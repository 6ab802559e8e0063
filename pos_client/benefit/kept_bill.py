"""A bill as a record of the vectors' form, so exact that its split can be computed again years later.

The form reads a missing unpaid month, renewal, contract, cause or treatment as "there is none". Where that is in
truth not known, the record names it under ``unknown``; other facts of the person known to be none stand under
``none``. A program that only knows the form ignores both.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from pos_client.benefit.facts import ABSENT, Absent, Approval, Bill, Contract, Event, Line, Person
from pos_client.benefit.records import bill_of_record, record_of_counters
from pos_client.money import yuan

_NONE_WHEN_MISSING: Final = ("first_unpaid_month", "renewed_on", "contract")
_DECLARED_AT_THE_DESK: Final = ("cause", "treatment")


def record_of_bill(bill: Bill) -> dict[str, Any]:
    """The record of a bill; :func:`bill_of_kept_record` gives an equal bill back."""
    person, event = bill.person, bill.event
    record: dict[str, Any] = {
        "person": _person(person),
        "acc_before": record_of_counters(bill.counters),
        "event": _event(event),
    }
    if bill.site:
        record["site"] = {name: str(value) for name, value in bill.site.items()}
    unknown = [name for name in _NONE_WHEN_MISSING if getattr(person, name) is None]
    unknown += [name for name in _DECLARED_AT_THE_DESK if getattr(event, name) is None]
    none = [
        field.name
        for field in fields(person)
        if field.name not in _NONE_WHEN_MISSING and getattr(person, field.name) is ABSENT
    ]
    return record | ({"unknown": unknown} if unknown else {}) | ({"none": none} if none else {})


def bill_of_kept_record(record: Mapping[str, Any]) -> Bill:
    """The bill that :func:`record_of_bill` wrote down, unpaid months by their first day.

    Raises:
        BadRecord: something in it is missing, unknown or wrong; the problem names the place.
    """
    bill = bill_of_record(record)
    unknown, none = record.get("unknown", ()), record.get("none", ())
    of_person: dict[str, Any] = {name: None for name in unknown if name in _NONE_WHEN_MISSING}
    of_person |= dict.fromkeys(none, ABSENT)
    of_event: dict[str, Any] = {name: None for name in unknown if name in _DECLARED_AT_THE_DESK}
    return replace(bill, person=replace(bill.person, **of_person), event=replace(bill.event, **of_event))


def _person(person: Person) -> dict[str, Any]:
    record = {field.name: _written(getattr(person, field.name)) for field in fields(person)}
    if isinstance(person.first_unpaid_month, date):
        record["first_unpaid_month"] = f"{person.first_unpaid_month:%Y-%m}"
    for name in ("birth", "sex", "category", "first_contribution", "insured_years", *_NONE_WHEN_MISSING):
        if record[name] is None:
            del record[name]
    return record


def _event(event: Event) -> dict[str, Any]:
    record: dict[str, Any] = {
        "type": event.type,
        "date": _written(event.date),
        "admit": _written(event.admit),
        "discharge": _written(event.discharge),
        "level": event.level,
        "place": event.place,
        "institution": event.institution,
        "treatment": _written(event.treatment),
        "delivery": event.delivery,
        "cause": _written(event.cause),
        "estimate": None if event.estimate_fen is None else yuan(event.estimate_fen),
        "deposit_paid": None if event.deposit_paid_fen is None else yuan(event.deposit_paid_fen),
        **{name: _written(approval) for name, approval in event.approvals.items()},
    }
    return {name: value for name, value in record.items() if value is not None} | {
        "family_planning_ok": event.family_planning_ok,
        "third_party_unpaid": event.third_party_unpaid,
        "use_pa": event.use_account,
        "lines": [_line(line) for line in event.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": line.id,
        "name": line.name or None,
        "kind": line.kind,
        "cls": line.cls,
        "unit_price": f"{line.unit_price:f}",
        "qty": f"{line.quantity:f}",
        "limit_price": None if line.limit_price is None else f"{line.limit_price:f}",
        "pre_pct": None if line.pre_self_pay_percent is None else f"{line.pre_self_pay_percent:f}",
        "approval": _written(line.approval),
        "performed": _written(line.performed),
        "returns": line.returns,
    }
    return {name: value for name, value in record.items() if value is not None} | {
        "essential": line.essential,
        "listed": line.listed,
    }


def _written(value: object) -> Any:
    """A fact as JSON has it; what is known to be none and what is unknown both become null."""
    if isinstance(value, Absent):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Contract):
        return {"institution": value.institution, "from": value.signed_on.isoformat()}
    if isinstance(value, Approval):
        return {"date": value.date.isoformat(), "emergency": value.emergency}
    return value
