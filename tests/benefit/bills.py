"""Bills to split, with everything ordinary filled in: an active person of fifty, insured for five years."""

from datetime import date
from decimal import Decimal
from typing import Any

from pos_client.benefit import ABSENT, Approval, Bill, Counters, Event, Line, Person

COUNTERS = {
    "inpatient_eligible": 0,
    "pool_paid": 0,
    "relief_paid": 0,
    "chronic_eligible": 0,
    "chronic_paid": 0,
    "special_exam_paid": 0,
}


def person(**changes: Any) -> Person:
    known: dict[str, Any] = {
        "category": "active",
        "birth": date(1960, 3, 3),
        "sex": "F",
        "first_contribution": date(2005, 1, 1),
        "first_unpaid_month": ABSENT,
    }
    return Person(**(known | changes))


def line(price: str, *, id: str = "1", **changes: Any) -> Line:  # noqa: A002 - the field's own name
    known: dict[str, Any] = {
        "id": id,
        "name": f"item {id}",
        "kind": "drug",
        "cls": "A",
        "unit_price": Decimal(price),
        "quantity": Decimal(1),
    }
    return Line(**(known | changes))


def counters(
    *, year: int = 2010, balance_fen: int | None = 0, local_admissions: int = 0, **amounts_fen: int
) -> Counters:
    return Counters(
        year=year,
        amounts_fen=COUNTERS | amounts_fen,
        counts={"local_admissions": local_admissions},
        account_balance_fen=balance_fen,
    )


def visit(*lines: Line, type: str = "outpatient", **changes: Any) -> Event:  # noqa: A002 - the field's own name
    known: dict[str, Any] = {"date": date(2010, 5, 4), "use_account": True}
    return Event(type=type, lines=lines, **(known | changes))


def stay(*lines: Line, **changes: Any) -> Event:
    known: dict[str, Any] = {
        "type": "inpatient",
        "admit": date(2010, 5, 4),
        "discharge": date(2010, 5, 14),
        "level": 2,
        "place": "local",
    }
    return Event(lines=lines, **(known | changes))


def bill(event: Event, *, who: Person | None = None, before: Counters | None = None, **site: str) -> Bill:
    return Bill(
        person=who or person(),
        counters=before or counters(),
        event=event,
        site={name: Decimal(value) for name, value in site.items()},
    )


def approval(day: date, *, emergency: bool = False) -> Approval:
    return Approval(date=day, emergency=emergency)
