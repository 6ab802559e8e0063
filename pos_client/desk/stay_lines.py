"""The unsettled charges of a stay as lines of a bill: from the uploads in the journal and the catalogue of today."""

from collections.abc import Iterable, Mapping

from pos_client.benefit import Line
from pos_client.desk.station import Office
from pos_client.offline.catalogue import items_of_codes
from pos_client.offline.catalogue_file import Item
from pos_client.offline.visits import Visit
from pos_client.sync.charged_rows import SentRow, sent_rows


def charged(visit: Visit) -> tuple[SentRow, ...]:
    """Every row that stands at the bureau and is not settled, in the order of their uploads."""
    return tuple(row for upload in visit.unsettled_charges for row in sent_rows(upload))


def bill_lines(office: Office, rows: Iterable[SentRow]) -> tuple[Line, ...]:
    """The rows as the calculator reads them. What the catalogue no longer has is of unknown class, which holds."""
    rows = tuple(rows)
    with office.store.read() as connection:
        items = items_of_codes(connection, {row.own_code for row in rows})
    return tuple(_line(row, items) for row in rows)


def _line(row: SentRow, items: Mapping[str, Item]) -> Line:
    item = items.get(row.own_code)
    returns = row.refunded_serial or None
    if item is None:
        return Line(
            id=row.serial,
            name=row.own_code,
            kind=None,
            cls=None,
            unit_price=row.unit_price,
            quantity=row.quantity,
            returns=returns,
        )
    return Line(
        id=row.serial,
        name=item.name,
        kind=item.kind,
        cls=item.cls,
        unit_price=row.unit_price,
        quantity=row.quantity,
        limit_price=item.limit_price,
        pre_self_pay_percent=item.pre_self_pay_percent,
        essential=item.essential,
        returns=returns,
    )
