"""The disk of a simulated machine: databases in memory that outlive the program, and commits that fail or kill it.

The fast form keeps each database in one in-memory connection and counts the commits that would have been synced; the
true form is the product's own encrypted file. Programs, faults and crash points are the same on both.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlcipher3 import dbapi2

from pos_client.offline.disk import EncryptedFile

from .program import Program

#: What a commit can suffer, and whether it was written all the same.
DISK_TROUBLES = {
    "disk_full": ("SQLITE_FULL", "database or disk is full", False),
    "disk_error": ("SQLITE_IOERR_WRITE", "disk I/O error", False),
    "disk_error_after": ("SQLITE_IOERR_FSYNC", "disk I/O error", True),
}


@dataclass(frozen=True, slots=True)
class DiskTrouble:
    """One planned trouble: at the so-manyth commit from now; a full disk stays full until the trouble is taken away."""

    name: str
    commit: int


class Shelf(Protocol):
    """Where the databases of one machine lie."""

    def open(self, file: Path, key: bytes) -> Any:
        """A raw connection to a database."""

    def let_go(self, raw: Any) -> None:
        """The program that had this connection has ended or closed it."""

    def prove_durable(self, raw: Any) -> None:
        """As ``pos_client.runtime.Disk`` wants it."""


class MemoryShelf:
    """Databases in memory; a new one is a copy of the template."""

    def __init__(self, template: Any = None) -> None:
        self._template = template
        self._databases: dict[Path, Any] = {}

    def open(self, file: Path, key: bytes) -> Any:
        """The one connection of a database, which all programs of the machine share."""
        del key
        raw = self._databases.get(file)
        if raw is None:
            raw = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
            if self._template is not None:
                self._template.backup(raw)
            raw.execute("PRAGMA foreign_keys = ON")
            self._databases[file] = raw
        assert not raw.in_transaction, "a program has left a transaction open"
        return raw

    def let_go(self, raw: Any) -> None:
        """What was not committed is gone; the database stays."""
        raw.rollback()

    def prove_durable(self, raw: Any) -> None:
        """Memory is as durable as the simulated day needs."""

    def close(self) -> None:
        """Throws the databases away."""
        for raw in self._databases.values():
            raw.close()
        self._databases.clear()


class FileShelf:
    """The product's own encrypted files."""

    def __init__(self) -> None:
        self._disk = EncryptedFile()

    def open(self, file: Path, key: bytes) -> Any:
        """A connection of its own, as the product opens it."""
        return self._disk.connect(file, key)

    def let_go(self, raw: Any) -> None:
        """Closes it, which rolls back."""
        raw.close()

    def prove_durable(self, raw: Any) -> None:
        """As the product proves it."""
        self._disk.prove_durable(raw)

    def close(self) -> None:
        """Nothing is kept open."""


class ProgramDisk:
    """The disk as one program sees it (``pos_client.runtime.Disk``)."""

    def __init__(self, program: Program, shelf: Shelf, counts: Counter[str]) -> None:
        self._program = program
        self._shelf = shelf
        self._counts = counts
        self._trouble: DiskTrouble | None = None
        self._commits = 0

    def plan_trouble(self, trouble: DiskTrouble | None) -> None:
        """Plans a trouble, counted from now; None takes the planned one away."""
        self._trouble, self._commits = trouble, 0

    def connect(self, file: Path, key: bytes) -> Any:
        """A connection of this program."""
        self._program.breathe()
        return _Connection(self, self._shelf.open(file, key))

    def prove_durable(self, connection: Any) -> None:
        """As the shelf proves it."""
        self._shelf.prove_durable(connection.raw)

    def breathe(self) -> None:
        """Raises Killed when the program is dead."""
        self._program.breathe()

    def let_go(self, raw: Any) -> None:
        """The program closes a connection, or the operating system does it for a dead one."""
        self._shelf.let_go(raw)

    def commit(self, raw: Any, *, wrote: bool) -> None:
        """One commit: may be fatal before or after, or fail; one that wrote nothing costs nothing."""
        if not wrote:
            self._program.breathe()
            raw.commit()
            return
        self._program.step("commit_before")
        self._commits += 1
        failure = self._failure()
        if failure is None or DISK_TROUBLES[failure][2]:
            raw.commit()
            self._counts["syncs"] += 1
        if failure is not None:
            self._counts[failure] += 1
            raise _failed(failure)
        self._program.step("commit_after")

    def _failure(self) -> str | None:
        trouble = self._trouble
        if trouble is None or self._commits < trouble.commit:
            return None
        if trouble.name != "disk_full":
            self._trouble = None
        return trouble.name


def _failed(trouble: str) -> dbapi2.OperationalError:
    name, words, _ = DISK_TROUBLES[trouble]
    error = dbapi2.OperationalError(words)
    error.sqlite_errorname = name
    return error


class _Connection:
    """A DB-API connection of one program; a dead program's does nothing any more."""

    def __init__(self, disk: ProgramDisk, raw: Any) -> None:
        self._disk = disk
        self.raw = raw
        self._changes_before = raw.total_changes

    def cursor(self) -> Any:
        self._disk.breathe()
        if not self.raw.in_transaction:
            self._changes_before = self.raw.total_changes
        return self.raw.cursor()

    def execute(self, *arguments: Any) -> Any:
        self._disk.breathe()
        return self.raw.execute(*arguments)

    def commit(self) -> None:
        self._disk.commit(self.raw, wrote=self.raw.total_changes != self._changes_before)

    def rollback(self) -> None:
        self.raw.rollback()

    def close(self) -> None:
        self._disk.let_go(self.raw)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)
