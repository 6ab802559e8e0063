"""Message ids: institution code (12) + time (14) + desk (2) + counter (2), unique in the whole institution.

The national interface wants 30 characters (protocol, 1.1); a reversal names its original by this id. The time part
never goes back, whatever the clock does: the store remembers the last second that was given out ("slot") and a new
slot is always later. A slot is a hundred ids, reserved by one commit, so that a query costs no fsync; a message that
books money takes a slot of its own inside the commit of its intent.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Integer, String, cast, update

from pos_client.offline import notes
from pos_client.offline.schema import meta
from pos_client.offline.store import Store
from pos_client.runtime import Clock, shanghai

IDS_IN_A_SLOT = 100
_SLOT = "message_slot"
_NUMBER = "message_number"
_TIME = "%Y%m%d%H%M%S"

_COUNT_ON = (
    update(meta)
    .where(meta.c.name == _NUMBER)
    .values(value=cast(cast(meta.c.value, Integer) + 1, String))
    .returning(meta.c.value)
)


class MessageIds:
    """Gives out message ids for one desk."""

    def __init__(self, store: Store, clock: Clock, institution_code: str, desk: int) -> None:
        self._store = store
        self._clock = clock
        self._prefix = institution_code
        self._desk = desk
        self._slot = ""
        self._used = IDS_IN_A_SLOT

    def for_query(self) -> str:
        """An id for a message that books nothing; one commit in a hundred."""
        if self._used == IDS_IN_A_SLOT:
            with self._store.commit() as connection:
                slot = _reserve_slot(connection, self._clock.now_utc())
            self._slot, self._used = slot, 0
        self._used += 1
        return self._id(self._slot, self._used - 1)

    def for_booking(self, connection: Connection) -> str:
        """An id for a message that books money, durable with the commit that the connection belongs to."""
        return self._id(_reserve_slot(connection, self._clock.now_utc()), 0)

    def _id(self, slot: str, counter: int) -> str:
        return f"{self._prefix}{slot}{self._desk:02d}{counter:02d}"


def next_number(connection: Connection) -> int:
    """The next running number of this store, durable with the commit that the connection belongs to."""
    counted = connection.scalar(_COUNT_ON)
    if counted is None:
        notes.write(connection, _NUMBER, "1")
    return int(counted or 1)


def _reserve_slot(connection: Connection, now: datetime) -> str:
    slot = shanghai(now).strftime(_TIME)
    last = notes.read(connection, _SLOT)
    if last is not None and slot <= last:
        slot = (datetime.strptime(last, _TIME) + timedelta(seconds=1)).strftime(_TIME)  # noqa: DTZ007 (wall clock)
    notes.write(connection, _SLOT, slot)
    return slot
