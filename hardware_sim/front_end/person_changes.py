"""Changing persons of the register by hand: balance, insured status, dates, counters."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from pos_client.money import NotAnAmount, decimal_of, fen_of_yuan, yuan

from .region import COUNTERS, COUNTS
from .register import NORMAL, PAUSED, Counters, Insured

_STATUSES: Final = ("0", "1", "2", "3", "4")


class MalformedChange(ValueError):
    """A change that cannot be made as written; says why."""


def shown(person: Insured) -> dict[str, object]:
    """A person as the control endpoint lists one; amounts in yuan with two decimals."""
    counters = person.counters
    return {
        "psn_no": person.psn_no,
        "name": person.name,
        "card_number": person.card_number,
        "card_sn": person.card_sn,
        "id_number": person.id_number,
        "psn_type": person.psn_type,
        "insured_status": person.insured_status,
        "insured_since": person.insured_since.isoformat(),
        "paused_since": None if person.paused_since is None else person.paused_since.isoformat(),
        "balance": yuan(person.balance_fen),
        "counters_year": counters.year,
        "counters": {
            **{name: yuan(value) for name, value in counters.amounts_fen.items()},
            **counters.counts,
        },
    }


def changed(person: Insured, change: Mapping[str, Any], this_year: int) -> Insured:
    """The person with the change made; what the change does not name stays.

    Status 1 ends a pause; status 2 needs the day since when. Counters named count for ``this_year``.

    Raises:
        MalformedChange: an unknown key, or a value that makes no sense.
    """
    unknown = set(change) - set(_SETTERS) - {"psn_no"}
    if unknown:
        raise MalformedChange(f"{', '.join(sorted(unknown))} cannot be changed, only {', '.join(_SETTERS)}")
    after = person
    for key, setter in _SETTERS.items():
        if key in change:
            after = setter(after, change[key], this_year)
    if after.insured_status == PAUSED and after.paused_since is None:
        raise MalformedChange("insured_status 2 needs paused_since")
    if after.insured_status == NORMAL:
        after = replace(after, paused_since=None)
    return after


def _with_balance(person: Insured, value: object, _year: int) -> Insured:
    balance_fen = _fen(value, "balance")
    return replace(person, balance_fen=balance_fen)


def _with_status(person: Insured, value: object, _year: int) -> Insured:
    if value not in _STATUSES:
        raise MalformedChange(f"insured_status is one of {', '.join(_STATUSES)}")
    return replace(person, insured_status=str(value))


def _with_insured_since(person: Insured, value: object, _year: int) -> Insured:
    return replace(person, insured_since=_day(value, "insured_since"))


def _with_paused_since(person: Insured, value: object, _year: int) -> Insured:
    return replace(person, paused_since=None if value is None else _day(value, "paused_since"))


def _with_counters(person: Insured, value: object, year: int) -> Insured:
    if not isinstance(value, dict):
        raise MalformedChange("counters is an object of names and values")
    unknown = set(value) - set(COUNTERS)
    if unknown:
        raise MalformedChange(f"unknown counter {', '.join(sorted(unknown))}; there are {', '.join(COUNTERS)}")
    before = person.counters.in_year(year)
    amounts_fen = {name: _fen(amount, name) for name, amount in value.items() if name not in COUNTS}
    counts = {name: _count(number, name) for name, number in value.items() if name in COUNTS}
    after = Counters(
        year=before.year,
        amounts_fen={**before.amounts_fen, **amounts_fen},
        counts={**before.counts, **counts},
    )
    return replace(person, counters=after)


_SETTERS: Final[Mapping[str, Callable[[Insured, Any, int], Insured]]] = {
    "balance": _with_balance,
    "insured_status": _with_status,
    "insured_since": _with_insured_since,
    "paused_since": _with_paused_since,
    "counters": _with_counters,
}


def _fen(value: object, key: str) -> int:
    try:
        amount_fen = fen_of_yuan(value)
    except NotAnAmount:
        amount_fen = None
    if amount_fen is None or amount_fen < 0:
        raise MalformedChange(f"{key} is an amount in yuan, not below zero, with at most two decimals")
    return amount_fen


def _count(value: object, key: str) -> int:
    try:
        number = decimal_of(value)
    except NotAnAmount:
        number = Decimal(-1)
    if number < 0 or number != int(number):
        raise MalformedChange(f"{key} is a whole number, not below zero")
    return int(number)


def _day(value: object, key: str) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise MalformedChange(f"{key} is a day such as 2026-03-01") from None
