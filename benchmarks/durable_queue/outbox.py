"""What a careful programmer writes by hand: one table, one index, three statements."""

import sqlite3
from pathlib import Path

from benchmarks.durable_queue.queues import Taken


class Outbox:
    """An outbox on plain sqlite3."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "outbox.db", isolation_level=None, timeout=10)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY, text TEXT NOT NULL, done INTEGER NOT NULL)"
        )
        self._connection.execute("CREATE INDEX IF NOT EXISTS waiting ON outbox (id) WHERE done = 0")

    def put(self, text: str) -> None:
        """Adds a row."""
        self._connection.execute("INSERT INTO outbox (text, done) VALUES (?, 0)", (text,))

    def take(self) -> Taken | None:
        """The oldest row that is not done; there is one consumer, so nothing is marked."""
        row = self._connection.execute("SELECT id, text FROM outbox WHERE done = 0 ORDER BY id LIMIT 1").fetchone()
        return None if row is None else Taken(row[0], row[1])

    def acknowledge(self, taken: Taken) -> None:
        """Marks the row as done."""
        self._connection.execute("UPDATE outbox SET done = 1 WHERE id = ?", (taken.handle,))

    def left(self) -> list[str]:
        """The rows that are not done."""
        return [row[0] for row in self._connection.execute("SELECT text FROM outbox WHERE done = 0")]

    def pragma(self, statement: str) -> str:
        """The answer of the one connection."""
        answer = self._connection.execute(f"PRAGMA {statement}").fetchone()
        return "" if answer is None else str(answer[0])

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()
