"""What has happened in a shift so far, counted by indexes alone; no sum of money (the count at handover is blind)."""

from sqlalchemy import Connection, bindparam, func, select

from pos_client.offline.journal import Kind
from pos_client.offline.schema import message, money, settlement

_OF_SHIFT = (message.c.business_date == bindparam("day"), message.c.operator == bindparam("operator"))
_BOOKED = (
    select(message.c.kind, func.count())
    .join(settlement, settlement.c.id == message.c.id)
    .where(*_OF_SHIFT, message.c.kind.in_((Kind.SETTLE.value, Kind.VOID.value)))
    .group_by(message.c.kind)
)
_FIRST_MESSAGE = select(func.min(message.c.created_at)).where(*_OF_SHIFT)
_FIRST_MONEY = select(func.min(money.c.at)).where(money.c.shift == bindparam("shift"))


def booked(connection: Connection, day: str, operator: str) -> tuple[int, int]:
    """How many settlements and how many voids the bureau has booked of what an operator sent on a business day."""
    rows = connection.execute(_BOOKED, {"day": day, "operator": operator})
    counts = {str(kind): int(count) for kind, count in rows}
    return counts.get(Kind.SETTLE, 0), counts.get(Kind.VOID, 0)


def first_entry(connection: Connection, day: str, operator: str, shift: str) -> str | None:
    """When the first message or the first money of a shift was written (a UTC text), or None."""
    found = (
        connection.scalar(_FIRST_MESSAGE, {"day": day, "operator": operator}),
        connection.scalar(_FIRST_MONEY, {"shift": shift}),
    )
    return min((one for one in found if one is not None), default=None)
