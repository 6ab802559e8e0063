"""The bills that are split: one of ten lines, random ones from a seed, and the vectors with other amounts.

A bill is a record (the JSON form of the settlement vectors); each contestant makes of it what it works with before
any clock runs.
"""

import json
import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

Record = dict[str, Any]

VECTORS: Final = Path(__file__).parents[1] / "tests" / "benefit" / "vectors" / "hand.jsonl"


def vectors() -> list[Record]:
    """All vectors computed by hand."""
    return [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]


def _line(cls: str, price: str, quantity: str, limit: str | None = None, percent: str | None = None) -> Record:
    line: Record = {"name": "item", "kind": "drug", "cls": cls, "unit_price": price, "qty": quantity}
    if limit is not None:
        line["limit_price"] = limit
    if percent is not None:
        line["pre_pct"] = percent
    return line


def ten_line_bill() -> Record:
    """A stay of an active person at level 2, the second of the year, across two segments and into relief.

    Four class-A lines, five of class B with first shares of 5 to 20 percent, one of class C; two above their limit.
    """
    return {
        "id": "ten-lines",
        "locality": "yizheng-2010",
        "person": {"category": "active", "birth": "1970-03-03", "sex": "M", "first_contribution": "2005-01-01"},
        "acc_before": {
            "year": 2010,
            "inpatient_eligible": "12500.00",
            "pool_paid": "9604.00",
            "relief_paid": "0.00",
            "local_admissions": 1,
            "chronic_eligible": "0.00",
            "chronic_paid": "0.00",
            "special_exam_paid": "0.00",
            "pa_balance": "1203.55",
        },
        "event": {
            "type": "inpatient",
            "level": 2,
            "place": "local",
            "admit": "2010-05-04",
            "discharge": "2010-05-24",
            "use_pa": True,
            "lines": [
                _line("A", "45.00", "20"),
                _line("A", "1280.00", "1"),
                _line("A", "0.385000", "84"),
                _line("A", "9600.00", "1"),
                _line("B", "218.50", "14", percent="10"),
                _line("B", "86.40", "21", limit="79.20", percent="10"),
                _line("B", "12450.00", "1", limit="11800.00", percent="20"),
                _line("B", "3.1725", "60", percent="5"),
                _line("B", "410.00", "12.5", percent="12.5"),
                _line("C", "35.00", "8"),
            ],
        },
    }


def random_stays(seed: int, count: int) -> list[Record]:
    """Stays under Yizheng 2010 of all kinds that these rules know, from a seed; a few of them end on hold."""
    dice = random.Random(seed)
    return [_random_stay(dice, number) for number in range(count)]


def _random_stay(dice: random.Random, number: int) -> Record:
    admitted = date(2010, 1, 1) + timedelta(days=dice.randrange(720))
    discharged = admitted + timedelta(days=dice.randrange(40))
    event: Record = {
        "type": "inpatient",
        "level": dice.choice((1, 2, 2, 2)),
        "place": "out" if dice.random() < 0.1 else "local",
        "admit": admitted.isoformat(),
        "discharge": discharged.isoformat(),
        "use_pa": dice.random() < 0.5,
        "lines": [_random_line(dice) for _ in range(dice.randint(1, 12))],
    }
    if event["place"] == "out":
        approved = admitted + timedelta(days=dice.randint(-3, 4))
        event["transfer_approval"] = {"date": approved.isoformat(), "emergency": dice.random() < 0.5}
    if dice.random() < 0.1:
        event["treatment"] = "malignancy_radio_chemo"
    if dice.random() < 0.03:
        event |= {"cause": "third_party", "third_party_unpaid": dice.random() < 0.7}
    return {
        "id": f"random-{number}",
        "locality": "yizheng-2010",
        "person": _random_person(dice),
        "acc_before": _random_counters(dice, discharged.year),
        "event": event,
    }


def _random_person(dice: random.Random) -> Record:
    person: Record = {
        "category": dice.choice(("active", "flexible", "retired")),
        "birth": "1955-03-03",
        "sex": dice.choice("MF"),
        "first_contribution": "2005-01-01",
    }
    if dice.random() < 0.04:
        person["first_contribution"] = (date(2010, 1, 1) + timedelta(days=dice.randrange(400))).isoformat()
    if dice.random() < 0.04:
        person["first_unpaid_month"] = f"2010-{dice.randint(1, 12):02d}"
        if dice.random() < 0.7:
            person["renewed_on"] = (date(2011, 1, 1) + timedelta(days=dice.randrange(200))).isoformat()
    return person


def _random_counters(dice: random.Random, year: int) -> Record:
    return {
        "year": year - (dice.random() < 0.05),
        "inpatient_eligible": _yuan(dice.choice((0, 0, dice.randrange(2_600_000), dice.randrange(26_000_000)))),
        "pool_paid": _yuan(dice.randrange(3_500_000)),
        "relief_paid": _yuan(0),
        "local_admissions": dice.choice((0, 0, 1, 2, 3, 5)),
        "chronic_eligible": "0.00",
        "chronic_paid": "0.00",
        "special_exam_paid": "0.00",
        "pa_balance": _yuan(dice.randrange(500_000)),
    }


def _random_line(dice: random.Random) -> Record:
    decimals = dice.choice((2, 2, 2, 4, 6))
    price = Decimal(dice.randint(1, 10 ** dice.randint(2, 6))).scaleb(-2)
    price += Decimal(dice.randrange(10**decimals)).scaleb(-decimals) if decimals > 2 else 0
    quantity = Decimal(dice.randint(1, 60)) if dice.random() < 0.8 else Decimal(dice.randint(1, 99_999)).scaleb(-4)
    cls = dice.choice("AAABBBBC")
    limit = str((price * 7 / 8).quantize(Decimal("0.01"))) if dice.random() < 0.2 else None
    percent = dice.choice(("5", "10", "12.5", "20", "33.33")) if cls == "B" and dice.random() < 0.999 else None
    return _line(cls, str(price), str(quantity), limit, percent)


def mixed_bills(seed: int, count: int) -> list[Record]:
    """The vectors again and again, each time with other unit prices: every place and kind in their proportion.

    Left out are those whose day has no policy: there is nothing to compute.
    """
    dice = random.Random(seed)
    originals = [vector for vector in vectors() if vector["expected"].get("reasons") != ["NO_POLICY_VERSION"]]
    return [_with_other_prices(dice, originals[number % len(originals)]) for number in range(count)]


def _with_other_prices(dice: random.Random, vector: Record) -> Record:
    lines = []
    for line in vector["event"]["lines"]:
        price_fen = int(Decimal(line["unit_price"]).scaleb(2))
        lines.append(line | {"unit_price": _yuan(dice.randint(1, 2 * price_fen + 2))})
    kept = {key: vector[key] for key in ("id", "locality", "person", "acc_before", "site") if key in vector}
    return kept | {"event": vector["event"] | {"lines": lines}}


def _yuan(fen: int) -> str:
    return str(Decimal(fen).scaleb(-2))
