"""What a transaction works with: the tables, the catalogue, the calculator, the clock, the faults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from .assessment import Assessor
from .catalogue import Item
from .clock import BureauClock
from .faults import FaultPlan
from .message import Request
from .tables import Tables


@dataclass(frozen=True, slots=True)
class Office:
    """The bureau's side of the desk; the ledger comes as a connection inside a transaction."""

    tables: Tables
    catalogue: Mapping[str, Item]
    assessor: Assessor
    clock: BureauClock
    faults: FaultPlan


#: The nodes of ``output``, each one object or a list of them (no node: an empty text is sent); 5204 has a bare list.
Output = dict[str, object] | list[dict[str, object]]
#: A transaction: reads and writes the ledger, gives ``output``.
Handler = Callable[[Office, Connection, Request], Output]
