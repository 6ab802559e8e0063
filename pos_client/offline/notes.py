"""Small things that the store remembers by name, beside the tables that only grow."""

from sqlalchemy import Connection, bindparam, insert, select, update

from pos_client.offline.schema import meta

_READ = select(meta.c.value).where(meta.c.name == bindparam("of"))
_CHANGE = update(meta).where(meta.c.name == bindparam("of")).values(value=bindparam("value"))
_ADD = insert(meta)


def read(connection: Connection, name: str) -> str | None:
    """What is remembered under a name, or None."""
    return connection.scalar(_READ, {"of": name})


def write(connection: Connection, name: str, value: str) -> None:
    """Remembers a text under a name, in place of what was there."""
    changed = connection.execute(_CHANGE, {"of": name, "value": value})
    if changed.rowcount == 0:
        connection.execute(_ADD, {"name": name, "value": value})
