"""What the transactions that book something do here, and how the outcome of each is found out when its answer is lost.

Protocol 5.2, with the rest inferred from the field tables; what a region does not answer is said by its file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pos_client.offline.journal import Kind


class Search(StrEnum):
    """How a lost outcome is found out."""

    SETTLEMENT = "settlement"  # visit → rows → settlement that names our message id; else reversed
    VISIT = "visit"  # by the institution's own number; else reversed where the region allows it
    ROWS = "rows"  # by their serials; else withdrawn
    IN_HOSPITAL = "in_hospital"  # whether the person still is
    REPEAT = "repeat"  # done twice is done once: sent again, and "nothing there" is as good as done


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction that books."""

    kind: Kind
    search: Search


TRANSACTIONS: Mapping[str, Transaction] = {
    "2102": Transaction(Kind.SETTLE, Search.SETTLEMENT),
    "2103": Transaction(Kind.VOID, Search.SETTLEMENT),
    "2201": Transaction(Kind.REGISTER, Search.VISIT),
    "2202": Transaction(Kind.UNREGISTER, Search.REPEAT),
    "2203": Transaction(Kind.DESCRIBE, Search.REPEAT),
    "2204": Transaction(Kind.CHARGE, Search.ROWS),
    "2205": Transaction(Kind.WITHDRAW, Search.REPEAT),
    "2207": Transaction(Kind.SETTLE, Search.SETTLEMENT),
    "2208": Transaction(Kind.VOID, Search.SETTLEMENT),
    "2301": Transaction(Kind.CHARGE, Search.ROWS),
    "2302": Transaction(Kind.WITHDRAW, Search.REPEAT),
    "2304": Transaction(Kind.SETTLE, Search.SETTLEMENT),
    "2305": Transaction(Kind.VOID, Search.SETTLEMENT),
    "2401": Transaction(Kind.ADMIT, Search.VISIT),
    "2402": Transaction(Kind.DISCHARGE, Search.IN_HOSPITAL),
    "2403": Transaction(Kind.CHANGE, Search.REPEAT),
    "2404": Transaction(Kind.UNADMIT, Search.REPEAT),
    "2405": Transaction(Kind.UNDISCHARGE, Search.REPEAT),
}

#: Kinds that take something back: "there is nothing to take back" is then as good as done.
UNDOING = frozenset({Kind.UNREGISTER, Kind.WITHDRAW, Kind.UNADMIT, Kind.UNDISCHARGE})
