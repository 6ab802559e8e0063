"""People whom the bureau has told this desk about, and when: what a provisional settlement may rest on.

A cache, not a book: a newer answer takes the older one's place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import simplejson
from sqlalchemy import Connection, delete, insert, select

from pos_client.offline.instants import instant_of, text_of
from pos_client.offline.schema import known_person


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What the bureau said of the holder of a card at that time."""

    seen_at: datetime
    record: Mapping[str, Any]


def remember(
    connection: Connection, card_number: str, person_no: str, record: Mapping[str, object], *, now: datetime
) -> None:
    """Keeps the newest answer about the holder of a card."""
    connection.execute(delete(known_person).where(known_person.c.card_number == card_number))
    kept = simplejson.dumps(dict(record), ensure_ascii=False, use_decimal=True)
    values = {"card_number": card_number, "person_no": person_no, "seen_at": text_of(now), "record": kept}
    connection.execute(insert(known_person), values)


def find(connection: Connection, card_number: str) -> KnownPerson | None:
    """What is known of the holder of a card, or None."""
    columns = select(known_person.c.seen_at, known_person.c.record)
    row = connection.execute(columns.where(known_person.c.card_number == card_number)).first()
    return None if row is None else KnownPerson(instant_of(row.seen_at), simplejson.loads(row.record, use_decimal=True))
