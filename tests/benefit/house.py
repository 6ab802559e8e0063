"""House rules and settled bills to test with, with everything ordinary filled in."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

from pos_client.benefit import PolicyLibrary
from pos_client.benefit.audit_bills import AuditBill
from pos_client.benefit.house_rules import HouseRules, house_rules
from pos_client.benefit.indicators import Indicator
from pos_client.benefit.settled_bills import SettledBill
from tests.benefit.policies import SHIPPED, write

DAY = date(2010, 5, 4)
SHANGHAI = timezone(timedelta(hours=8))
HEAD = """schema = 1
[policy]
id = "own-house"
title = "own rules"
valid_from = 2010-01-01
status = "in_force"
source = "test"
"""


def library(folder: Path, source: str) -> PolicyLibrary:
    """A library with nothing but one file of house rules."""
    write(folder, "own-house/2010-01-01", HEAD + source)
    return PolicyLibrary.open(folder)


def rules(folder: Path, source: str, **site: str) -> HouseRules:
    entered = {name: Decimal(value) for name, value in site.items()}
    return house_rules(library(folder, source), DAY, "own-house", entered)


def shipped_rules() -> HouseRules:
    return house_rules(SHIPPED, DAY)


def shipped_indicator(name: str) -> Indicator:
    return next(indicator for indicator in shipped_rules().indicators if indicator.id == name)


def settled(total_fen: int = 10000, **changes: Any) -> SettledBill:
    known: dict[str, Any] = {
        "id": "01-000001",
        "settled_on": DAY,
        "institution": "H4399",
        "event": "outpatient",
        "entitlement": "ok",
        "total_fen": total_fen,
        "own_expense_fen": 0,
        "patient_total_fen": total_fen,
    }
    return SettledBill(**(known | changes))


def sale(number: int, minute: int = 0, *, day: int = 0, **changes: Any) -> AuditBill:
    """A sale some minutes after ten o'clock, some days after the fourth of May; each with a person of its own."""
    known: dict[str, Any] = {
        "id": f"01-{number:06}",
        "person": f"person {number}",
        "card": f"card {number}",
        "window": "1",
        "settled_at": datetime(2010, 5, 4, 10, tzinfo=SHANGHAI) + timedelta(days=day, minutes=minute),
        "account_pay_fen": 5000,
    }
    return AuditBill(**(known | changes))
