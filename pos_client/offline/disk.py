"""Where the database lies: an encrypted file in WAL mode with ``synchronous=FULL``, and the proof that it is that.

The runtime may hand in another disk: a simulation keeps its stores in memory, counts what would have been synced, and
lets the disk fail. Everything above the connection is the same.
"""

import errno
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from pos_client.errors import EnvironmentProblem
from pos_client.offline import words

BUSY_TIMEOUT_MS = 10_000
#: SQLite releases before this can corrupt a WAL database that two connections use (sqlite.org/wal.html#walresetbug).
FIRST_SAFE_SQLITE = (3, 51, 3)
#: A little more than the smallest file that SQLite wants to make beside the database.
PROBE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class EncryptedFile:
    """The real disk."""

    busy_timeout_ms: int = BUSY_TIMEOUT_MS

    def connect(self, file: Path, key: bytes) -> Any:
        """A DB-API connection to the database file; the file is made when it is missing."""
        connection = dbapi2.connect(str(file), isolation_level=None, check_same_thread=False)
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA cipher_log_level = NONE")  # a wrong key is told to the clerk, not to stderr
            cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            cursor.execute(f"PRAGMA busy_timeout = {self.busy_timeout_ms}")
            cursor.execute("PRAGMA temp_store = MEMORY")
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.close()
        except BaseException:
            connection.close()
            raise
        return connection

    def prove_durable(self, connection: Any) -> None:
        """Reads back what was set.

        Raises:
            EnvironmentProblem: D-UNSAFE; no money may be taken on such a database.
        """

        def pragma(name: str) -> str:
            return str(connection.execute(f"PRAGMA {name}").fetchone()[0]).lower()

        if connection.execute("PRAGMA cipher_version").fetchone() is None:
            raise EnvironmentProblem(words.NOT_DURABLE, why="no SQLCipher")
        found = {name: pragma(name) for name in ("journal_mode", "synchronous", "foreign_keys")}
        if found != {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}:
            raise EnvironmentProblem(words.NOT_DURABLE, found, why="WAL, FULL")
        version = str(connection.execute("SELECT sqlite_version()").fetchone()[0])
        if tuple(int(part) for part in version.split(".")) < FIRST_SAFE_SQLITE:
            raise EnvironmentProblem(words.NOT_DURABLE, why=f"SQLite {version} < 3.51.3")


def is_full(folder: Path) -> bool:
    """Whether a small file finds no room in a folder; of a full disk SQLite may say no more than "I/O error"."""
    probe = folder / f"probe.{os.getpid()}.new"
    try:
        with probe.open("wb") as stream:
            stream.write(bytes(PROBE_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return False
