"""Sales that stand settled, as they were kept, and the versions of the rules that settled bills were split by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import simplejson
from sqlalchemy import Connection, func, select

from pos_client.offline import journal, settlements
from pos_client.offline.journal import Kind
from pos_client.offline.schema import message, sale, settlement
from pos_client.offline.settlements import SettlementState


@dataclass(frozen=True, slots=True)
class SettledSale:
    """A sale that was settled and not voided, with what was kept of it."""

    id: str
    business_date: str
    record: Mapping[str, Any]


def settled_since(connection: Connection, day: date) -> Iterator[SettledSale]:
    """The sales of that business day and later that stand settled, oldest first."""
    ids = select(message.c.id).where(message.c.kind == Kind.SETTLE, message.c.business_date >= day.isoformat())
    for id_ in list(connection.scalars(ids.order_by(func.length(message.c.id), message.c.id))):
        settle = journal.find(connection, id_)
        record = settlements.sale_record(connection, id_)
        if settle is None or record is None:
            continue
        if settlements.state_of(connection, settle) is SettlementState.SETTLED:
            yield SettledSale(id_, settle.business_date, record)


def policies_used(connection: Connection) -> list[tuple[Mapping[str, Any], int]]:
    """Each policy as the records of splits name it, and by how many settlements, voided ones too."""
    used = func.json_extract(sale.c.record, "$.split.policy")
    rows = select(used, func.count()).join(settlement, settlement.c.id == sale.c.id).where(used.is_not(None))
    return [(simplejson.loads(policy), count) for policy, count in connection.execute(rows.group_by(used))]
