"""The libraries: each used as its manual says, its own connection asked for the level of durability."""

import sqlite3
from pathlib import Path

from huey.storage import SqliteStorage
from litequeue import LiteQueue, MessageStatus
from persistqueue import Empty, SQLiteAckQueue

from benchmarks.durable_queue.queues import Taken


def _answer(connection: sqlite3.Connection, statement: str) -> str:
    row = connection.execute(f"PRAGMA {statement}").fetchone()
    return "" if row is None else str(row[0])


class PersistQueue:
    """persist-queue's SQLiteAckQueue; it says nothing of ``synchronous``, so SQLite's own default stands."""

    def __init__(self, folder: Path) -> None:
        self._queue = SQLiteAckQueue(str(folder))

    def put(self, text: str) -> None:
        """Puts."""
        self._queue.put(text)

    def take(self) -> Taken | None:
        """Gets, which marks the row as un-acknowledged; opening the queue again makes such rows ready again."""
        try:
            got = self._queue.get(block=False, raw=True)
        except Empty:
            return None
        return Taken(got["pqid"], got["data"])

    def acknowledge(self, taken: Taken) -> None:
        """Acknowledges."""
        self._queue.ack(id=taken.handle)

    def left(self) -> list[str]:
        """The rows that are not acknowledged."""
        acknowledged = 5
        return [row["data"] for row in self._queue.queue() if row["status"] != acknowledged]

    def pragma(self, statement: str) -> str:
        """The answer of the connection that puts."""
        return _answer(self._queue._putter, statement)  # noqa: SLF001  # there is no public way to it

    def close(self) -> None:
        """Closes the queue."""
        self._queue.close()


class Huey:
    """huey's SqliteStorage with ``fsync`` asked for; taking a task deletes it, there is nothing to acknowledge."""

    def __init__(self, folder: Path) -> None:
        self._storage = SqliteStorage(filename=str(folder / "huey.db"), fsync=True, timeout=10)

    def put(self, text: str) -> None:
        """Enqueues."""
        self._storage.enqueue(text.encode())

    def take(self) -> Taken | None:
        """Dequeues."""
        data = self._storage.dequeue()
        return None if data is None else Taken(None, bytes(data).decode())

    def acknowledge(self, taken: Taken) -> None:
        """Nothing is left to be acknowledged."""

    def left(self) -> list[str]:
        """The tasks in the file."""
        return [bytes(data).decode() for data in self._storage.enqueued_items()]

    def pragma(self, statement: str) -> str:
        """The answer of the storage's connection."""
        return _answer(self._storage.conn, statement)

    def close(self) -> None:
        """Closes the storage."""
        self._storage.close()


class Lite:
    """litequeue; as shipped it asks for NORMAL, which may lose the last commits with the power."""

    def __init__(self, folder: Path, synchronous: str | None = None) -> None:
        self._queue = LiteQueue(folder / "lite.db", timeout=10)
        if synchronous is not None:
            self._queue.conn.execute(f"PRAGMA synchronous = {synchronous}")

    def put(self, text: str) -> None:
        """Puts."""
        self._queue.put(text)

    def take(self) -> Taken | None:
        """Pops, which locks the row for good: nothing unlocks it but ``done`` or ``retry`` by who knows its id."""
        message = self._queue.pop()
        return None if message is None else Taken(message.message_id, message.data)

    def acknowledge(self, taken: Taken) -> None:
        """Marks it as done."""
        self._queue.done(taken.handle)

    def left(self) -> list[str]:
        """The rows that are not done."""
        statement = f"SELECT data FROM {self._queue.table} WHERE status <> {MessageStatus.DONE.value}"  # noqa: S608
        return [row["data"] for row in self._queue.conn.execute(statement)]

    def pragma(self, statement: str) -> str:
        """The answer of the queue's connection."""
        return _answer(self._queue.conn, statement)

    def close(self) -> None:
        """Closes the connection."""
        self._queue.close()
