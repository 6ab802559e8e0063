"""The audit chain: every act adds a row in its own commit, and each row seals all rows before it.

chain = SM3(previous chain ‖ row), SM3 being GB/T 32905. A changed or removed row breaks the chain from there on;
cutting off the end shows only against a head that was written down outside (design, "sealing").
"""

from collections.abc import Mapping
from datetime import datetime

import simplejson
from cryptography.hazmat.primitives.hashes import SM3, Hash
from sqlalchemy import Connection, func, insert, select

from pos_client.offline.instants import text_of
from pos_client.offline.schema import audit

#: What stands before the first row.
GENESIS = "0" * 64

_LAST = select(audit.c.chain).order_by(audit.c.number.desc()).limit(1)
_ADD = insert(audit)


def append(
    connection: Connection, act: str, subject: str, detail: Mapping[str, object], *, now: datetime, operator: str
) -> None:
    """Adds one act; details carry no personal data, only the ids of the rows that do."""
    row = {
        "at": text_of(now),
        "operator": operator,
        "act": act,
        "subject": subject,
        "detail": simplejson.dumps(dict(detail), sort_keys=True, ensure_ascii=False, default=str),
    }
    previous = connection.scalar(_LAST) or GENESIS
    connection.execute(_ADD, {**row, "chain": _seal(previous, row)})


def count(connection: Connection, act: str, subject: str) -> int:
    """How often that was done to something."""
    done = select(func.count()).select_from(audit).where(audit.c.act == act, audit.c.subject == subject)
    return connection.scalars(done).one()


def first_broken_row(connection: Connection) -> int | None:
    """The number of the first row that does not fit its seal, or None when the chain holds."""
    previous = GENESIS
    for stored in connection.execute(select(audit).order_by(audit.c.number)):
        row = {name: getattr(stored, name) for name in ("at", "operator", "act", "subject", "detail")}
        if stored.chain != _seal(previous, row):
            return int(stored.number)
        previous = stored.chain
    return None


def _seal(previous: str, row: Mapping[str, str]) -> str:
    digest = Hash(SM3())
    digest.update(bytes.fromhex(previous))
    digest.update(simplejson.dumps(dict(row), sort_keys=True, ensure_ascii=False).encode())
    return digest.finalize().hex()
