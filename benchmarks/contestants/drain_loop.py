"""What one writes in an afternoon: a table of requests and a loop that posts one after the other."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import requests

from benchmarks.contestants.drain_ours import Ours
from benchmarks.counters import PATH, Buyer
from benchmarks.kept import Kept

TIMEOUT_S = 30


class Loop:
    """One sqlite3 file, one connection to the bureau; as durable as ours, not encrypted."""

    def __init__(self, folder: Path, url: str, desk: int, *, keep_alive: bool = True) -> None:
        self._folder, self._url, self._desk = folder, url, desk
        self._keep_alive = keep_alive
        self._database = sqlite3.connect(folder / "outbox.db", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY, person TEXT, body TEXT, done INTEGER)"
        )

    @classmethod
    def without_keep_alive(cls, folder: Path, url: str, desk: int) -> "Loop":
        """The same with a new connection for every message: ``requests.post``."""
        return cls(folder, url, desk, keep_alive=False)

    def fill(self, buyers: Sequence[Buyer]) -> None:
        """Takes the bodies that ours would send."""
        ours = Ours(self._folder, self._url, self._desk)
        bodies = [(message.person_no, message.request) for message in ours.queue(buyers)]
        ours.close()
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO outbox (person, body, done) VALUES (?, ?, 0)", bodies)
        self._database.execute("COMMIT")

    def drain(self) -> None:
        """Posts what is not done; what is not answered with a yes stays for the next time."""
        rows = self._database.execute("SELECT id, body FROM outbox WHERE done = 0 ORDER BY id").fetchall()
        with requests.Session() as session:
            post = session.post if self._keep_alive else requests.post
            for id_, body in rows:
                answer = post(
                    self._url + PATH,
                    data=body.encode(),
                    headers={"Content-Type": "application/json; charset=utf-8"},
                    timeout=TIMEOUT_S,
                )
                if answer.ok and answer.json()["infcode"] == 0:
                    self._database.execute("UPDATE outbox SET done = 1 WHERE id = ?", (id_,))

    def pragma(self, name: str) -> str:
        """SQLite's answer on the one connection."""
        return str(self._database.execute(f"PRAGMA {name}").fetchone()[0])

    def kept(self) -> Kept:
        """What the file says."""
        return Kept(done=self._persons(done=1), open=self._persons(done=0), tasks=[])

    def _persons(self, *, done: int) -> list[str]:
        return [row[0] for row in self._database.execute("SELECT person FROM outbox WHERE done = ?", (done,))]

    def close(self) -> None:
        """Closes the file."""
        self._database.close()
