"""Small things that the store remembers by name, beside the tables that only grow."""

from sqlalchemy import Connection, insert, select, update

from pos_client.offline.schema import meta


def read(connection: Connection, name: str) -> str | None:
    """What is remembered under a name, or None."""
    return connection.scalar(select(meta.c.value).where(meta.c.name == name))


def write(connection: Connection, name: str, value: str) -> None:
    """Remembers a text under a name, in place of what was there."""
    changed = connection.execute(update(meta).where(meta.c.name == name).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(meta).values(name=name, value=value))
