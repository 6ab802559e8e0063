"""The journal of pos_client: an intent for each message put, an outcome for each one acknowledged.

An intent that is found open at the start is of unknown outcome: it is asked about before anything else, never simply
done again. That is what ``doubtful`` says here.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import text

from benchmarks.durable_queue.queues import Taken
from pos_client.config import Home, load_settings, prepare
from pos_client.offline import journal
from pos_client.offline.journal import Draft, Kind, State
from pos_client.offline.store import Store
from pos_client.runtime import HttpAdapter, HttpAnswer, system_runtime

OLDEST = text("SELECT m.id, m.request FROM pending AS p JOIN message AS m ON m.id = p.id ORDER BY p.id LIMIT 1")
LEFT = text("SELECT m.request FROM pending AS p JOIN message AS m ON m.id = p.id")
NEWEST_AT_START = text("SELECT max(id) FROM message")


class NoNetwork(HttpAdapter):
    """A queue in a benchmark speaks with nobody."""

    def post(self, url: str, **_: object) -> HttpAnswer:
        """Nobody calls this."""
        raise AssertionError(url)


def open_store(folder: Path) -> Store:
    """The store of a fresh training home, exactly as a desk opens it."""
    home = Home(folder / "home")
    prepare(home)
    return Store.open(home, load_settings(home, {}), system_runtime(NoNetwork()))


class Journal:
    """The journal with the face of a queue."""

    def __init__(self, folder: Path) -> None:
        self._store = open_store(folder)
        self._numbers: Iterator[int] = count(int(datetime.now(UTC).timestamp() * 1_000_000))
        with self._store.read() as connection:
            self._newest_at_start: str = connection.scalar(NEWEST_AT_START) or ""

    def put(self, text: str) -> None:
        """Writes an intent."""
        draft = Draft(Kind.SETTLE, "2102", f"P43999900001{next(self._numbers):018d}", "person", 100, text)
        with self._store.commit() as connection:
            journal.record_intent(connection, draft, now=datetime.now(UTC), desk=1, operator="01")

    def take(self) -> Taken | None:
        """The oldest message without a final outcome; reading it writes nothing, its intent is durable already."""
        with self._store.read() as connection:
            row = connection.execute(OLDEST).first()
        return None if row is None else Taken(row[0], row[1], row[0] <= self._newest_at_start)

    def acknowledge(self, taken: Taken) -> None:
        """Writes the outcome."""
        with self._store.commit() as connection:
            journal.record_outcome(
                connection, str(taken.handle), State.OK, now=datetime.now(UTC), answer=None, evidence={}
            )

    def left(self) -> list[str]:
        """The messages without a final outcome."""
        with self._store.read() as connection:
            return list(connection.scalars(LEFT))

    def pragma(self, statement: str) -> str:
        """The answer of the store's connection."""
        connection = self._store._engine.raw_connection()  # noqa: SLF001  # a desk has no PRAGMA to ask for
        answer = connection.cursor().execute(f"PRAGMA {statement}").fetchone()
        connection.close()
        return "" if answer is None else str(answer[0])

    def close(self) -> None:
        """Closes the store."""
        self._store.close()
