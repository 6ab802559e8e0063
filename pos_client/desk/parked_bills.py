"""The list of the sales that wait for their customer, ready to be read."""

from datetime import datetime

from pos_client.desk import open_bills
from pos_client.desk.open_bills import OpenBill, OpenLine
from pos_client.desk.parked_view import ParkedBill
from pos_client.desk.station import Office
from pos_client.offline import catalogue
from pos_client.runtime import shanghai


def parked_bills(office: Office) -> tuple[ParkedBill, ...]:
    """Parked sales in the order in which they were begun; charges of a stay are no sale."""
    return tuple(_shown(office, one) for one in open_bills.parked(office) if one.draft.kind == "sale")


def _shown(office: Office, bill: OpenBill) -> ParkedBill:
    assert bill.parked_at is not None, "it is parked"
    lines, now = bill.draft.lines, office.bureau.now
    return ParkedBill(
        number=bill.number,
        who=bill.draft.label,
        first_item=_name(office, lines[0]) if lines else "",
        lines=len(lines),
        since=_moment(bill.opened_at, now),
        parked_at=_moment(bill.parked_at, now),
        operator=bill.operator,
    )


def _name(office: Office, line: OpenLine) -> str:
    if line.name:
        return line.name
    with office.store.read() as connection:
        found = catalogue.items_of_codes(connection, [line.code])
    return found[line.code].name if line.code in found else line.code


def _moment(instant: datetime, now: datetime) -> str:
    local = shanghai(instant)
    return f"{local:%H:%M}" if local.date() == shanghai(now).date() else f"{local:%m-%d %H:%M}"
