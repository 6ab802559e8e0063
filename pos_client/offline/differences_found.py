"""Bills on which the bureau's figures are not ours and at which nobody has looked yet, by the day they were made."""

from sqlalchemy import Connection, exists, select

from pos_client.offline.journal import Remark
from pos_client.offline.schema import difference, message, remark

_SEEN = exists().where(remark.c.id == difference.c.id, remark.c.remark == Remark.DIFFERENCE_SEEN.value)
_UNSEEN = (
    select(message.c.business_date, difference.c.id)
    .join(message, message.c.id == difference.c.id)
    .where(~_SEEN)
    .group_by(message.c.business_date, difference.c.id)
    .order_by(message.c.business_date, difference.c.id)
)


def unseen(connection: Connection) -> dict[str, list[str]]:
    """The ids of such bills, by business date."""
    found: dict[str, list[str]] = {}
    for day, id_ in connection.execute(_UNSEEN):
        found.setdefault(day, []).append(id_)
    return found
